"""Sites: a set that extends another, overrides its facts, adds files and replaces policies."""

import shutil

import pytest

from policyengine import load
from policyengine.cases import read_suites, run_suites
from policyengine.loading import read_set
from policyengine.report.findings_text import findings_text

GREETING = """\
policy: greeting
kind: task_allocation
title: How we answer
about: contact
owner: customer-care
plans:
  by-name: {title: We say who we are, directives: {channel: phone, max_wait: {fact: house.short_wait}}}
  in-writing: {title: We write, directives: {channel: email}}
rules:
  - rule: wishes a letter
    when: {contact.requested_channel: email}
    then: in-writing
    because: They asked for it.
  - otherwise: by-name
guarantees:
  - never: {when: {contact.requested_channel: email}, then: {plan: by-name}}
"""
RECALL = """\
policy: recall
kind: task_allocation
title: Somebody may be hurt
about: contact
plans:
  at-once:
    title: A person answers at once
    mandate: {citation: "Product Safety Act, section 12"}
    directives: {channel: phone, add_agents: 2}
  later: {title: We call back}
rules:
  - rule: hurt
    when: {customer.urgent: true}
    then: at-once
  - otherwise: later
"""
OPERATION = """\
vocabulary: operation
subject: {id: operation.id, at: operation.at}
fields:
  operation.id: {type: text, optional: true}
  operation.at: {type: datetime, optional: true}
  queue.wait: {type: duration, unit: s, min: 0}
directives:
  add_agents: {type: integer, combine: max, tighter: higher}
"""
HOUSE = "house:\n  short_wait: {type: duration, unit: s, value: 1 min}\n"
CASES = """\
suite: how we answer
about: contact
cases:
  - case: by phone
    given: {contact.requested_channel: phone}
    expect: {plans: {greeting: by-name}}
"""


@pytest.fixture
def site(overlay, tmp_path):
    """Make the base set the house, with two policies more, and lay a site beside it."""

    def lay(files, head="", house=None):
        base = (overlay({}) / "policyset.yaml").read_text("utf-8")
        more = {
            "policyset.yaml": base.replace("house:\n", HOUSE, 1),
            "house/greeting.yaml": GREETING,
            "house/greeting_test.yaml": CASES,
            "house/recall.yaml": RECALL,
            "vocabulary/operation.yaml": OPERATION,
        }
        folder = overlay({**more, **(house or {})})
        shutil.rmtree(tmp_path / "house", ignore_errors=True)
        folder.rename(tmp_path / "house")
        south = tmp_path / "south"
        for name, text in {"policyset.yaml": SITE + head, **files}.items():
            path = south / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return south

    return lay


SITE = "policyset: south\nextends: ../house\n"
CALL = {"contact.channel": "phone", "queue.wait": 5}


def _said(folder):
    return [f"{one.span.file}:{one.span.line} {one.code.id}" for one in read_set(folder)[1]]


def _instead(text, name="greeting"):
    return text.replace("about: contact\n", f"about: contact\nreplaces: {name}\n", 1)


def test_a_site_alone_decides_as_the_house(site):
    south = load(site({}))
    house = load(site({}).parent / "house")
    assert (south.name, south.version) == ("south", house.version)
    assert south.definitions.zone == house.definitions.zone
    one, other = south.decide(CALL), house.decide(CALL)
    assert one.outcomes.keys() == other.outcomes.keys()
    assert {name: one.outcomes[name].plans for name in one.outcomes} == {
        name: other.outcomes[name].plans for name in other.outcomes
    }


def test_sources_name_the_files_of_the_house_as_seen_from_the_site(site):
    decision = load(site({})).decide(CALL)
    plan = next(plan for plan in decision.plans if plan.policy == "greeting")
    assert plan.source.file == "../house/house/greeting.yaml"


def test_a_fact_of_the_house_is_overridden_and_others_stay(site):
    head = "house:\n  short_wait: {type: duration, unit: s, value: 30 s}\n  open: {type: boolean, value: true}\n"
    south = load(site({}, head))
    assert south.decide(CALL).treatment["max_wait"].value == 30
    assert south.definitions.house["house.regular_from"].value_on(None) == 6
    assert south.definitions.house["house.open"].value_on(None) is True


def test_a_site_has_a_zone_a_version_roles_and_kinds_of_its_own(site):
    head = (
        "version: 7.1\nzone: Europe/Lisbon\nlanguages: [en, pt]\nroles: [shop-owner]\n"
        "kinds: {local_habit: {layer: house}}\n"
    )
    gift = GREETING.replace("greeting", "gift").replace("task_allocation", "local_habit")
    definitions = load(
        site({"gift.yaml": gift.replace("customer-care", "shop-owner")}, head)
    ).definitions
    assert (definitions.version, definitions.zone.key) == ("7.1", "Europe/Lisbon")
    assert definitions.languages == ("en", "nl", "pt")
    assert definitions.roles == ("customer-care", "planning", "shop-owner")
    assert definitions.layers[0] == "mandate"
    assert definitions.policy("gift").layer == "house"


def test_a_policy_is_replaced(site):
    own = _instead(GREETING.replace("We write", "We write in our own hand"))
    decision = load(site({"greeting.yaml": own})).decide(
        {**CALL, "contact.requested_channel": "email"}
    )
    [plan] = [plan for plan in decision.plans if plan.policy == "greeting"]
    assert (plan.title, plan.source.file) == ("We write in our own hand", "greeting.yaml")


def test_a_policy_is_replaced_by_one_of_another_name(site):
    own = _instead(GREETING.replace("policy: greeting", "policy: salute"))
    policies = load(site({"salute.yaml": own}))
    assert policies.definitions.policy("greeting") is None
    assert policies.definitions.policy("salute") is not None


def test_versions_may_replace_a_policy_together(site):
    own = _instead(GREETING)
    first = own.replace("owner:", "effective: {through: 2026-12-31}\nowner:")
    second = own.replace("owner:", "effective: {from: 2027-01-01}\nowner:")
    policies = load(site({"one.yaml": first, "two.yaml": second}))
    assert len(policies.definitions.versions["greeting"]) == 2


def test_guarantees_of_the_replaced_policy_and_of_the_set_are_inherited(site):
    own = _instead(GREETING[: GREETING.index("guarantees:")] + "guarantees:\n  - exclusive\n")
    head = "guarantees:\n  - complete: {about: contact, kind: task_allocation}\n"
    definitions = load(site({"greeting.yaml": own}, head)).definitions
    assert [one.kind for one in definitions.policy("greeting").guarantees] == ["never", "exclusive"]
    assert [one.kind for one in definitions.guarantees] == ["complete"]


def test_the_suites_of_the_house_are_not_those_of_the_site(site):
    south = site({"greeting_test.yaml": CASES.replace("how we", "how we in the south")})
    policies = load(south)
    suites, findings = read_suites(policies)
    assert findings == ()
    assert [suite.name for suite in suites] == ["how we in the south answer"]
    assert run_suites(policies, suites).failures == ()


def test_the_digest_holds_the_house_and_not_its_suites(site):
    def digest(**house):
        return load(site({}, house=house)).digest

    same = digest()
    assert digest(**{"house/greeting_test.yaml": CASES + "# more\n"}) == same
    assert digest(**{"house/greeting.yaml": GREETING + "# more\n"}) != same


def test_a_kind_of_the_house_brings_its_schema(site):
    schema = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Habit",'
        ' "type": "object", "properties": {"due": {"title": "Due", "type": "string"}},'
        ' "required": ["due"]}'
    )
    folder = site({"gift.yaml": GREETING.replace("greeting", "gift")})
    path = folder.parent / "house/schemas/plans/task_allocation.schema.json"
    path.parent.mkdir(parents=True)
    path.write_text(schema, "utf-8")
    found = {(one.span.file, one.code.id) for one in read_set(folder)[1]}
    assert ("gift.yaml", "PE120") in found
    assert ("../house/house/greeting.yaml", "PE120") in found


def test_mistakes_of_the_house_are_said_of_its_files_and_hold_back_the_rest(site):
    broken = GREETING.replace("then: in-writing", "thne: in-writing")
    folder = site({"greeting.yaml": _instead(GREETING)}, house={"house/greeting.yaml": broken})
    [finding] = read_set(folder)[1]
    assert finding.span.file == "../house/house/greeting.yaml"
    shown = findings_text([finding], colour=False, root="policies/south")
    assert shown.startswith("policies/house/house/greeting.yaml:12:5: error: unknown key `thne`")


def test_a_name_that_a_replacement_takes_away_is_said_where_it_is_asked(site):
    asks = (
        "policy: asks\nabout: contact\ndecides: customer.type\nrules:\n"
        "  - {rule: one, when: {chosen.greeting: in-writing}, then: value_driven}\n"
    )
    own = _instead(GREETING.replace("policy: greeting", "policy: salute"))
    folder = site({"salute.yaml": own}, house={"house/asks.yaml": asks})
    assert _said(folder) == ["../house/house/asks.yaml:5 PE201"]


@pytest.mark.parametrize("extends", ["/tmp", "..\\house", "../nowhere", "../house/policyset.yaml"])
def test_a_folder_that_cannot_be_read_from_here_is_no_set(site, extends):
    folder = site({})
    (folder / "policyset.yaml").write_text(f"policyset: south\nextends: {extends}\n", "utf-8")
    assert _said(folder) == ["policyset.yaml:2 PE150"]


def test_a_folder_without_a_policy_set_is_none(site):
    folder = site({})
    (folder.parent / "empty").mkdir()
    (folder / "policyset.yaml").write_text("policyset: south\nextends: ../empty\n", "utf-8")
    [finding] = read_set(folder)[1]
    assert finding.message == "the folder `../empty` is no policy set: it has no `policyset.yaml`"


def test_two_sets_that_extend_each_other_are_a_circle(site):
    folder = site({}, house={"policyset.yaml": "policyset: house\nextends: ../south\n"})
    [finding] = read_set(folder)[1]
    assert (finding.code.id, finding.message) == ("PE152", "`../house` extends this set in turn")
    assert finding.related[0].span.file == "../house/policyset.yaml"


def test_a_site_does_not_lie_in_the_set_that_it_extends(site):
    inner = site({}).parent / "house" / "sites"
    inner.mkdir()
    (inner / "policyset.yaml").write_text("policyset: inner\nextends: ..\n", "utf-8")
    assert _said(inner) == ["policyset.yaml:2 PE152"]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("precedence: [house]\n", "PE116"),
        ("default_about: operation\n", "PE116"),
        ("kinds: {task_allocation: {layer: house}}\n", "PE216"),
        ("house: {short_wait: {type: integer, value: 3}}\n", "PE158"),
    ],
)
def test_what_the_house_settles_for_all_its_sites_is_not_settled_again(site, head, code):
    assert _said(site({}, head)) == [f"policyset.yaml:3 {code}"]


def test_replaces_counts_only_in_a_site(overlay):
    folder = overlay(
        {"house/greeting.yaml": _instead(GREETING.replace("house.short_wait", "queue.wait"))}
    )
    assert _said(folder) == ["house/greeting.yaml:5 PE153"]


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("  at-once:", "  quickly:", "it has no mandated plan `at-once`"),
        (
            '    mandate: {citation: "Product Safety Act, section 12"}\n',
            "",
            "it has no mandated plan `at-once`",
        ),
        ("section 12", "section 3", "the plan `at-once` cites something else"),
        ("channel: phone, ", "", "the plan `at-once` changes `channel`"),
        ("channel: phone", "channel: chat", "the plan `at-once` changes `channel`"),
        ("add_agents: 2", "add_agents: 1", "the plan `at-once` changes `add_agents`"),
        (
            "customer.urgent: true",
            "customer.urgent: false",
            "the rule `hurt` no longer chooses `at-once`",
        ),
        (
            "then: at-once\n",
            "unless: {customer.known: true}\n    then: at-once\n",
            "the rule `hurt` no longer chooses `at-once`",
        ),
        (
            "about: contact\n",
            "about: contact\napplies: {customer.known: true}\n",
            "the plan `at-once` is for fewer",
        ),
        (
            "about: contact\n",
            "about: contact\neffective: {through: 2030-01-01}\n",
            "it is in force on fewer days",
        ),
    ],
)
def test_a_mandate_cannot_be_replaced_away(site, was, now, why):
    own = _instead(RECALL, "recall").replace(was, now)
    if was.startswith("  at-once"):
        own = own.replace("then: at-once", "then: quickly")
    folder = site({"recall.yaml": own})
    [finding] = read_set(folder)[1]
    assert finding.code.id == "PE156"
    assert finding.message == f"`recall` drops what is mandated by `recall`: {why}"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("add_agents: 2", "add_agents: 3"),
        ("title: We call back", "title: We call back soon"),
        ("about: contact\n", "about: contact\neffective: {from: 2020-01-01}\n"),
    ],
)
def test_a_replacement_may_be_stricter_and_add_to_a_mandate(site, was, now):
    own = _instead(RECALL, "recall").replace(was, now)
    house = {"house/recall.yaml": RECALL.replace(was, now)} if "effective" in now else {}
    assert _said(site({"recall.yaml": own}, house=house)) == []
