"""Folders become policy sets, whole or not at all."""

import hashlib

import pytest

from policyengine import PolicyEngineError, PolicyError, load
from policyengine.loading import read_set


def test_a_set_knows_its_name_version_and_digest(overlay):
    folder = overlay({})
    policies = load(folder)
    total = hashlib.sha256()
    for path in sorted(
        folder.rglob("*.yaml"), key=lambda path: path.relative_to(folder).as_posix()
    ):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        total.update(name.encode() + b"\0" + str(len(content)).encode() + b"\0" + content)
    assert (policies.name, policies.version) == ("base", "1.0.0")
    kinds = policies.digest
    assert kinds.startswith("sha256:")
    assert len(kinds) == len("sha256:") + 64


def test_the_digest_does_not_depend_on_line_ends_or_suites_but_on_every_rule(overlay):
    first = load(overlay({})).digest
    folder = overlay({})
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).digest == first
    suite = "suite: s\ncases:\n  - {case: a, expect: {status: decided}}\n"
    assert load(overlay({"house/treatment_test.yaml": suite})).digest == first
    treatment = (overlay({}) / "house" / "treatment.yaml").read_text("utf-8")
    changed = {"house/treatment.yaml": treatment.replace("best.", "well.")}
    assert load(overlay(changed)).digest != first


def test_all_errors_of_all_files_come_in_one_run_in_order_of_place(overlay):
    files = {
        "house/a.yaml": "policy: a\nabout: contact\ndecides: customer.tyer\nrules:\n  - otherwise: x\n",
        "house/b.yaml": "policy: b\nabout: contct\ndecides: customer.tier\nrules:\n  - otherwise: x\n",
    }
    with pytest.raises(PolicyError) as raised:
        load(overlay(files))
    places = [finding.place for finding in raised.value.findings]
    assert places == sorted(places)
    assert {place[0] for place in places} == {"house/a.yaml", "house/b.yaml"}


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(PolicyEngineError, match="does not exist: expected a policy set"):
        load(tmp_path / "nowhere")


def test_a_folder_without_a_policyset_says_so(tmp_path):
    _, findings = read_set(tmp_path)
    assert [finding.code.id for finding in findings] == ["PE217"]


def test_a_kind_of_the_house_has_its_own_schema(overlay):
    folder = overlay({})
    head = folder / "policyset.yaml"
    head.write_text(
        head.read_text("utf-8").replace("kinds:\n", "kinds:\n  courtesy: {layer: house}\n"), "utf-8"
    )
    schema = folder / "schemas" / "plans" / "courtesy.schema.json"
    schema.parent.mkdir(parents=True)
    schema.write_text(
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",'
        ' "required": ["owner"], "title": "Courtesy", "properties": {"owner": {"type": "string"}}}',
        "utf-8",
    )
    policy = """\
policy: thanks
kind: courtesy
about: contact
plans:
  say-thanks: {title: Say thank you}
rules:
  - {rule: always, then: say-thanks}
"""
    (folder / "house" / "thanks.yaml").write_text(policy, "utf-8")
    _, findings = read_set(folder)
    assert len(findings) == 1
    assert "owner" in findings[0].message


def test_policies_are_asked_after_those_they_ask(overlay):
    files = {
        "a/uses.yaml": """\
policy: uses
about: contact
decides: customer.type
rules:
  - {rule: gold, when: {customer.tier: gold, chosen.treatment: by-phone}, then: value_driven}
""".replace(", chosen.treatment: by-phone", ""),
        "z/makes.yaml": """\
policy: makes
about: contact
decides: customer.tier
rules:
  - {rule: known, when: {customer.known: true}, then: gold}
""",
    }
    policies = load(overlay(files))
    decision = policies.decide({"contact.channel": "phone", "customer.known": True})
    order = list(decision.outcomes)
    assert order.index("makes") < order.index("uses") < order.index("treatment")
    assert decision.facts["customer.type"] == "value_driven"


def test_a_seen_subjects_policy_is_asked_only_where_it_is_needed(overlay):
    staff = """\
policy: staff
about: operation
decides: queue.agents
rules:
  - {rule: busy, when: {queue.wait: over 2 min}, then: 4}
  - otherwise: 2
"""
    alone = load(overlay({"house/staff.yaml": staff}))
    context = {"contact.channel": "phone", "queue.wait": 200}
    assert "staff" not in alone.decide(context).outcomes
    asking = """\
policy: example
about: contact
decides: customer.tier
rules:
  - {rule: many, when: {queue.agents: at least 3}, then: gold}
"""
    both = load(overlay({"house/staff.yaml": staff, "house/example.yaml": asking}))
    decision = both.decide(context)
    assert decision.outcomes["staff"].values == {"queue.agents": 4}
    assert decision.facts["customer.tier"] == "gold"
