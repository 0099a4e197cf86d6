"""Suites as they are read: what is wrong with them is said where it stands."""

import pytest

from policyengine.cases import read_suites
from policyengine.findings.cases import CASE_CODES
from policyengine.loading import load, read_set

GOOD = "given: {queue.wait: 5 s}\n    expect: {plans: {waiting: none}}\n"


def _one(expect="plans: {waiting: none}", given="queue.wait: 5 s", more=""):
    return f"  - case: it\n    given: {{{given}}}\n{more}    expect: {{{expect}}}\n"


def _table(columns, *rows, more=""):
    lines = "".join(f"        - [{row}]\n" for row in rows)
    return f"  - case: it\n{more}    table:\n      columns: [{columns}]\n      rows:\n{lines}"


WRONG = [
    (_one(given="queue.wiat: 5 s"), "PE201", "unknown field `queue.wiat`", "did you mean `queue.wait`?"),
    (_one("facts: {customer.teir: gold}"), "PE201", "unknown field `customer.teir`", "did you mean"),
    (_one(given="queue.wait: 5"), "PE239", "5", "5 s"),
    (_one(given="customer.discount_share: 0.5"), "PE238", "0.5", "50%"),
    (_one(given="customer.needs: [sped]"), "PE230", "sped", "speed"),
    (_one(given="queue.wait: [5 s, 6 s]"), "PE252", "found a list", "write one value"),
    (_one(given="queue.wait: present"), "PE252", "found `present`", "`missing`"),
    (_one(given="customer.tier: gold"), "PE434", "decided by the policy `tier`", "`assume`"),
    (_one(given="house.regular_from: 5"), "PE433", "a constant of the house", "house: {regular_from"),
    (_one(given="plans.in_force: []"), "PE433", "worked out by the engine", "leave it out"),
    (_one(more="    assume: {order.value: 5 EUR}\n"), "PE435", "no policy decides `order.value`", "`given`"),
    (_one(more="    assume: {house.regular_from: 5}\n"), "PE435", "no policy decides", "`house`"),
    (_one("facts: {queue.wait: 5 s}"), "PE440", "neither decided nor computed", "policy"),
    (_one("facts: {customer.tier: glod}"), "PE230", "glod", "gold"),
    (_one("treatment: {max_wiat: 5 s}"), "PE204", "unknown directive `max_wiat`", "max_wait"),
    (_one("treatment: {max_wait: 5}"), "PE239", "5", "5 s"),
    (_one("plans: {wating: soon}"), "PE213", "unknown policy `wating`", "waiting"),
    (_one("plans: {waiting: son}"), "PE203", "unknown plan `son` of `waiting`", "soon"),
    (_one("plans: {waiting: 'waiting:soon'}"), "PE203", "unknown plan", "write `soon`"),
    (_one("plans: {tier: gold}"), "PE203", "the policy `tier` has no plans", "facts: {customer.tier"),
    (_one("rules: {waiting: gold waits}"), "PE437", "unknown rule `gold waits`", "did you mean"),
    (_one("rules: {waiting: otherwise}"), "PE437", "unknown rule `otherwise`", "waiting: none"),
    (_one("from: {max_wait: soon}"), "PE203", "unknown plan `soon`", "write `waiting:soon`"),
    (_one("from: {max_wait: 'waiting:son'}"), "PE203", "unknown plan", "waiting:soon"),
    (_one("overridden: {chanel: 'waiting:soon'}"), "PE204", "unknown directive", "channel"),
    (_one("withheld: [max_wiat]"), "PE204", "unknown directive", "max_wait"),
    (_one("missing: [queue.wiat]"), "PE201", "unknown field", "queue.wait"),
    (_one("sums: {waiting: {soon: 3}}"), "PE441", "adds up no points", "expect plans"),
    (_one("sums: {tier: {glod: 3}}"), "PE441", "unknown outcome `glod`", "gold"),
    (_one("from: {max_wait: 'care:x'}"), "PE203", "unknown plan `care:x`", ""),
    (_one("sums: {tretment: {x: 1}}"), "PE213", "unknown policy `tretment`", "treatment"),
    (_one("rules: {tretment: x}"), "PE213", "unknown policy `tretment`", "treatment"),
    (_one(given="house.gold: 5"), "PE201", "unknown field `house.gold`", ""),
    (_one(more="    assume: {customer.teir: gold}\n"), "PE201", "unknown field", "customer.tier"),
    (_table("'  ', expect plans.waiting", "5 s, none"), "PE438", "says nothing", "a column is"),
    (_one("same_as: anything"), "PE431", "unknown case `anything`", ""),
    (_one("same_as: it"), "PE431", "is this case itself", "another"),
    (_one("why_not: {plan: 'waiting:soon'}"), "PE190", "`why_not` is not supported yet", ""),
    (_one("nearest: {plan: 'waiting:soon', set: {queue.wait: 1 s}}"), "PE190", "`nearest`", ""),
    (_table("on, queue.wait, expect plans.waiting", "2026-02-30, 5 s, none"), "PE258", "2026-02-30", ""),
    (_one(more="    assume: {customer.tier: gold}\n", expect="rules: {tier: none}"), "PE439", "its decision is assumed", "assume less"),
    (_one(given="queue.wait: 5 s, contact.spoken: nl"), "PE442", "reads `contact.spoken`", "leave it out"),
    (_table("queue.wait, plans.waiting", "5 s, none"), "PE438", "`plans.waiting` says nothing", "expect plans.waiting"),
    (_table("queue.wait, expect plans", "5 s, none"), "PE438", "`expect plans` says nothing", "expect plans.NAME"),
    (_table("queue.wait, expect missing.x", "5 s, none"), "PE438", "says nothing", "expect missing"),
    (_table("queue.wait, expect treatmnt.say", "5 s, none"), "PE438", "says nothing", "treatment"),
    (_table("queue.wait, then", "5 s, soon"), "PE438", "`then` says nothing", "a column is a fact"),
    (_table("queue.wait", "5 s"), "PE432", "no row expects anything", "add a column"),
    (_table("queue.wait, expect plans.waiting", "5 s, none", "6 s, any"), "PE432", "the row expects nothing", "`any`"),
    (_table("queue.wait, expect reasons.waiting", "5 s, matchd"), "PE108", "unknown reason `matchd`", "matched"),
    (_table("queue.wait, expect status", "5 s, ok"), "PE108", "unknown status `ok`", "decided"),
    (_table("queue.wait, expect sums.tier.gold", "5 s, many"), "PE252", "many", ""),
    (_table("queue.wait, house regulars", "5 s, 5", more="    expect: {status: decided}\n"), "PE436", "unknown house fact `regulars`", ""),
    (_table("contact.spoken, queue.wait, expect plans.waiting", "nl, 5 s, none"), "PE442", "`contact.spoken`", ""),
    (_table("queue.wait, expect plans.waiting", "any, none"), "PE252", "found `any`", "`missing`"),
]  # fmt: skip


@pytest.mark.parametrize(("cases", "code", "message", "hint"), WRONG)
def test_a_mistake_in_a_case_is_said_once_with_the_way_out(read, cases, code, message, hint):
    _, findings = read(cases)
    assert [finding.code.id for finding in findings] == [code]
    assert message in findings[0].message
    assert hint in findings[0].hint


@pytest.mark.parametrize("code", CASE_CODES, ids=lambda code: code.id)
def test_the_bad_example_of_a_code_is_found_and_the_good_one_is_not(code, overlay):
    policies, findings = read_set(overlay({code.file: code.bad}))
    assert findings == ()
    assert {finding.code.id for finding in read_suites(policies)[1]} == {code.id}
    policies, findings = read_set(overlay({code.file: code.good}))
    assert findings == ()
    assert [str(finding) for finding in read_suites(policies)[1]] == []


def test_a_case_with_an_error_is_set_aside_and_the_rest_go_on(read):
    (suite,), _ = read(
        f"  - case: wrong\n    {GOOD.replace('none', 'nothing')}  - case: right\n    {GOOD}"
    )
    assert [case.name for case in suite.cases] == ["right"]
    assert suite.unread == ("wrong",)


def test_what_is_the_same_as_a_case_with_an_error_is_set_aside_without_more_words(read):
    cases = _one("plans: {waiting: son}") + _one("same_as: it").replace("case: it", "case: other")
    (suite,), findings = read(cases)
    assert [finding.code.id for finding in findings] == ["PE203"]
    assert suite.unread == ("it", "other")


def test_a_mistake_stands_at_its_place(read):
    _, (finding,) = read(_table("queue.wait, expect plans.waiting", "5 s, none", "6 s, son"))
    assert (finding.span.line, finding.span.text) == (9, "son")


def test_a_wrong_column_is_marked_where_its_name_stands(read):
    _, (finding,) = read(_table("queue.wait, expect plans.wating", "5 s, none"))
    assert finding.span.text == "wating"


def test_each_row_is_a_case_of_its_own(read):
    (suite,), _ = read(_table("queue.wait, expect plans.waiting", "5 s, none", "11 min, promised"))
    assert [case.name for case in suite.cases] == ["it, row 1", "it, row 2"]
    assert [case.facts["queue.wait"] for case in suite.cases] == [5, 660]
    assert [case.span.line for case in suite.cases] == [8, 9]


def test_what_a_suite_assumes_holds_for_all_and_a_case_overrides_it_one_by_one(read):
    head = "suite: x\nabout: contact\nassume: {customer.tier: gold}\ncases:\n"
    (suite,), findings = read(
        _one() + _one(more="    assume: {customer.tier: red}\n").replace("case: it", "case: other"),
        head,
    )
    assert findings == ()
    assert [case.assumed["customer.tier"] for case in suite.cases] == ["gold", "red"]
    _, (finding,) = read(_one(), head.replace("tier", "teir"))
    assert (finding.code.id, finding.span.line) == ("PE201", 3)


def test_the_facts_of_a_suite_hold_for_all_and_a_case_overrides_them_one_by_one(read):
    head = "suite: x\nabout: contact\ngiven: {queue.wait: 5 s, order.value: 5 EUR}\ncases:\n"
    cases = """\
  - case: as they are
    expect: {plans: {waiting: none}}
  - case: another
    given: {order.value: missing}
    expect: {plans: {waiting: none}}
  - case: by row
    table:
      columns: [queue.wait, expect plans.waiting]
      rows: [[missing, any], [6 s, none]]
    expect: {status: decided}
"""
    (suite,), findings = read(cases, head)
    assert findings == ()
    assert [dict(case.facts) for case in suite.cases] == [
        {"queue.wait": 5, "order.value": 5},
        {"queue.wait": 5, "order.value": None},
        {"queue.wait": None, "order.value": 5},
        {"queue.wait": 6, "order.value": 5},
    ]


def test_any_takes_a_shared_expectation_away(read):
    cases = _table(
        "expect plans.waiting, queue.wait",
        "none, 5 s",
        "any, 6 s",
        more="    expect: {plans: {waiting: none}, status: decided}\n",
    )
    (suite,), _ = read(cases)
    assert [len(case.expected) for case in suite.cases] == [2, 1]


def test_a_fact_that_no_case_of_the_suite_reads_is_said_at_the_suite(read):
    head = "suite: x\nabout: contact\ngiven: {contact.spoken: nl, queue.wait: 5 s}\ncases:\n"
    _, (finding,) = read("  - case: it\n    expect: {plans: {waiting: none}}\n", head)
    assert (finding.code.id, finding.span.line) == ("PE442", 3)


def test_a_case_may_give_what_nothing_reads_to_show_that_it_makes_no_difference(read):
    cases = _one(given="queue.wait: 5 s, contact.spoken: en") + _one(
        "same_as: it", "queue.wait: 5 s, contact.spoken: nl"
    ).replace("case: it", "case: other")
    assert read(cases)[1] == ()


def test_a_fact_that_only_a_computed_field_reads_is_read(read):
    vocabulary = """\
vocabulary: visit
subject: {sees: [contact]}
fields:
  visit.total: {type: money, unit: EUR, computed: {sum: [order.value, visit.extra]}}
  visit.extra: {type: money, unit: EUR, optional: true}
directives:
  pin: {type: integer}
"""
    head = "suite: x\nabout: visit\ncases:\n"
    cases = "  - case: it\n    given: {order.value: 5 EUR, visit.extra: 1 EUR}\n    expect: {facts: {visit.total: 6 EUR}}\n"
    assert read(cases, head, {"vocabulary/visit.yaml": vocabulary})[1] == ()
    _, (finding,) = read(
        cases.replace("visit.extra", "visit.total"), head, {"vocabulary/visit.yaml": vocabulary}
    )
    assert finding.code.id == "PE433"
    assert finding.hint == "give what it is computed from: `order.value`, `visit.extra`"


def test_a_fact_goes_in_as_it_is_where_a_problem_with_it_is_expected(read):
    (suite,), findings = read(_one("problems: [queue.wait]", "queue.wait: soon"))
    assert findings == ()
    assert suite.cases[0].facts == {"queue.wait": "soon"}


def test_a_given_that_may_win_is_no_mistake(read):
    tier = """\
policy: urgency
title: Which customers cannot wait
about: contact
decides: customer.urgent
given: wins
rules:
  - rule: upset
    when: {customer.upset: true}
    then: true
    because: Whoever is upset is not kept waiting.
"""
    cases = _one("facts: {customer.urgent: true}", "customer.urgent: true")
    assert read(cases, files={"house/urgency.yaml": tier})[1] == ()


def test_a_case_without_a_day_is_said_where_a_policy_depends_on_it(read):
    summer = """\
policy: summer
title: Whom we know in summer
about: contact
decides: customer.known
effective: {from: 2026-06-01, through: 2026-08-31}
rules:
  - rule: all
    then: true
    because: In summer we know everybody.
"""
    files = {"house/summer.yaml": summer}
    _, (finding,) = read(_one("facts: {customer.known: true}"), files=files)
    assert finding.code.id == "PE410"
    assert finding.message == "the policy `summer` depends on the day, and the case gives none"
    assert "or give `contact.at`" in finding.hint
    assert (
        read(_one("facts: {customer.known: true}", more="    on: 2026-07-01\n"), files=files)[1]
        == ()
    )
    assert read(_one("problems: [contact.at]"), files=files)[1] == ()


def test_cases_over_time_are_not_yet(read):
    cases = "  - case: it\n    series: [{at: 1, queue.wait: 5 s}]\n    expect: {log: [{plan: x}]}\n"
    (suite,), findings = read(cases)
    assert [finding.code.id for finding in findings] == ["PE190"]
    assert suite.unread == ("it",)


def test_a_suite_about_nothing_that_exists_is_left_out(read):
    suites, (finding,) = read(_one(), "suite: x\nabout: contcat\ncases:\n")
    assert suites == ()
    assert (finding.code.id, finding.hint) == ("PE206", "did you mean `contact`?")


def test_a_suite_must_say_what_it_is_about_where_the_set_does_not(read, policies):
    text = (policies().definitions.name, "")  # the set is laid before it is changed
    assert text[0] == "base"
    head = "suite: x\ncases:\n"
    files = {
        "policyset.yaml": "policyset: base\nversion: 1.0.0\nzone: UTC\nlanguages: [en]\nkinds:\n  segment_treatment: {layer: house}\n  task_allocation: {layer: house}\nroles: [customer-care, planning]\nmoments: [before_answer, during]\n"
    }
    suites, (finding,) = read(_one(), head, files)
    assert suites == ()
    assert finding.code.id == "PE103"


def test_a_suite_may_name_a_policy_that_must_exist(read):
    _, (finding,) = read(_one(), "suite: x\nabout: contact\npolicy: wating\ncases:\n")
    assert (finding.code.id, finding.span.text) == ("PE213", "wating")


def test_findings_stand_in_order_of_place(overlay):
    text = "suite: x\nabout: contact\ncases:\n  - case: it\n    given: {queue.wiat: 5 s}\n    expect: {plans: {tretment: none}}\n"
    policies = load(overlay({"house/a_test.yaml": text, "house/b_test.yaml": text}))
    _, findings = read_suites(policies)
    assert [(one.span.file, one.span.line) for one in findings] == [
        ("house/a_test.yaml", 5),
        ("house/a_test.yaml", 6),
        ("house/b_test.yaml", 5),
        ("house/b_test.yaml", 6),
    ]
