"""Sources: statements that policies, plans and rules stand on, and those that nobody implements."""

import pytest

from policyengine import load
from policyengine.analysis import check, implemented
from policyengine.cli import main
from policyengine.loading import read_set

CHARTER = """\
source: charter
title: What we promise our customers
date: 2026-01-31
statements:
  S1: Nobody has to explain twice.
  S2: Whoever writes gets an answer in writing.
  S3: "Nobody waits longer than promised."
"""
ANSWERS = """\
policy: how-we-answer
kind: task_allocation
title: How we answer
about: contact
owner: customer-care
basis: S1
plans:
  in-writing:
    title: In writing
    directives: {channel: email, max_wait: 1 h}
    basis: {S2: channel, local: [max_wait]}
  by-phone: {title: By phone, directives: {channel: phone}, basis: local}
rules:
  - rule: writes
    when: {contact.channel: email}
    then: in-writing
    basis: [S1, S3]
  - otherwise: by-phone
    basis: S3
"""
FILES = {"sources/charter.yaml": CHARTER, "house/how-we-answer.yaml": ANSWERS}
FACTS = {"customer.known": True, "contact.channel": "email"}


def _said(found):
    return [(one.code.id, one.message, one.hint, one.span.text) for one in found]


def _read(overlay, old="", new="", **more):
    files = {name: text.replace(old, new, 1) for name, text in FILES.items()}
    return read_set(overlay({**files, **more}))


def test_statements_know_what_stands_on_them(overlay):
    policies = load(overlay(FILES))
    assert check(policies) == ()
    places = implemented(policies.definitions)
    assert {number: [span.line for span in spans] for number, spans in places.items()} == {
        "S1": [1, 14],
        "S2": [8],
        "S3": [14, 18],
    }
    assert policies.definitions.statements["S2"].text.startswith("Whoever writes")


def test_a_plan_carries_what_it_stands_on_and_with_which_directives(overlay):
    policies = load(overlay(FILES))
    plans = policies.decide(FACTS).plans
    (plan,) = (plan for plan in plans if plan.policy == "how-we-answer")
    assert plan.basis == {"S2": ("channel",), "local": ("max_wait",), "S1": (), "S3": ()}
    plans = policies.decide({**FACTS, "contact.channel": "chat"}).plans
    (plan,) = (plan for plan in plans if plan.policy == "how-we-answer")
    assert plan.basis == {"local": (), "S3": (), "S1": ()}


def test_people_read_on_which_statements_a_plan_stands(overlay, capsys, tmp_path):
    (tmp_path / "contact.json").write_text('{"customer.known": true, "contact.channel": "email"}')
    folder = overlay(FILES)
    arguments = ["decide", str(tmp_path / "contact.json"), "--policies", str(folder)]
    main(arguments, standalone_mode=False)
    shown = capsys.readouterr().out
    assert "stands on S2 (channel): Whoever writes gets an answer in writing\n" in shown
    assert "decided by the house (max_wait)\n" in shown
    assert "stands on S3: Nobody waits longer than promised\n" in shown


def test_a_statement_that_nobody_names_is_found(overlay):
    policies, _ = _read(overlay, old="basis: {S2: channel, local: [max_wait]}", new="basis: local")
    assert policies is not None
    assert _said(check(policies)) == [
        (
            "PE385",
            "nobody implements `S2`: Whoever writes gets an answer in writing",
            "write `basis: S2` where a policy, a plan or a rule does",
            "S2",
        )
    ]


def test_of_a_source_that_nobody_names_that_is_said_once(overlay):
    folder = overlay({"sources/charter.yaml": CHARTER})
    assert _said(check(load(folder))) == [
        (
            "PE385",
            "nobody implements any of the 3 statements of `charter`",
            "name their numbers under `basis` of the rules that implement them",
            "charter",
        )
    ]
    (one,) = check(load(overlay({"sources/a.yaml": "source: a\nstatements: {S1: One thing}\n"})))
    assert one.message == "nobody implements `S1`: One thing"


@pytest.mark.parametrize(
    ("change", "code", "message", "hint"),
    [
        (
            ("[S1, S3]", "[S1, S33]"),
            "PE292",
            "no source has a statement `S33`",
            "did you mean `S3`?",
        ),
        (
            ("[S1, S3]", "hearsay"),
            "PE292",
            "no source has a statement `hearsay`",
            "known here: `S1`",
        ),
        (("basis: S1\n", "basis: loca\n"), "PE292", "no source has a statement `loca`", "`local`"),
        (("S2: channel", "S2: chanel"), "PE204", "the plan has no directive `chanel`", "`channel`"),
        (
            ("S2: channel", "S2: say"),
            "PE204",
            "the plan has no directive `say`",
            "known here: `channel`",
        ),
        (("[S1, S3]", "{S1: channel}"), "PE107", "found a mapping", ""),
        (("2026-01-31", "2026-02-31"), "PE258", "2026-02-31", ""),
        (
            ("  S3:", "  local:"),
            "PE109",
            "expected letters and digits such as `A01`",
            "decision of the",
        ),
        (("  S3:", "  S 3:"), "PE109", "expected letters and digits such as `A01`", ""),
    ],
)
def test_what_is_wrong_with_a_basis_or_a_source_is_said(overlay, change, code, message, hint):
    policies, found = _read(overlay, *change)
    assert policies is None
    assert [one.code.id for one in found] == [code]
    assert message in found[0].message
    assert hint in found[0].hint


def test_a_number_stands_for_one_statement_of_all_sources(overlay):
    law = "source: law\nstatements: {S3: Whoever is hurt is helped first}\n"
    policies, found = _read(overlay, **{"sources/law.yaml": law})
    assert policies is None
    assert _said(found) == [
        (
            "PE215",
            "two statements have the number `S3`",
            "number them apart: a `basis` names a statement by its number alone",
            "S3",
        )
    ]
    assert found[0].related[0].message == "the one of `charter`"


def test_a_broken_source_is_said_and_not_what_follows_from_it(overlay):
    policies, found = _read(overlay, old="statements:", new="statments:")
    assert policies is None
    assert {one.span.file for one in found} == {"sources/charter.yaml"}
