"""What cases reach of the policies."""

CASES = """\
  - case: gold
    given: {order.value: 2000 EUR, queue.wait: 5 s}
    expect: {plans: {waiting: soon}}
  - case: poor
    given: {order.value: 5 EUR, queue.wait: 5 s, customer.needs: [], contact.requested_channel: web}
    expect: {plans: {waiting: none}}
"""


def _policy(report, name):
    return next(policy for policy in report.coverage.policies if policy.policy == name)


def _names(rules):
    return [rule.rule for rule in rules]


def test_rules_and_plans_are_counted_where_a_case_chose_them(run):
    waiting = _policy(run(CASES), "waiting")
    assert (waiting.cases, waiting.rules_chosen, waiting.plans_chosen) == (2, 2, 1)
    assert [(rule.rule, rule.chosen, rule.held, rule.failed) for rule in waiting.rules] == [
        ("gold waits the least", 1, 1, 1),
        ("in need", 0, 0, 2),
        ("otherwise", 1, 0, 0),
    ]


def test_what_no_case_reaches_is_named(run):
    waiting = _policy(run(CASES), "waiting")
    assert _names(waiting.never_chosen) == ["in need"]
    assert _names(waiting.never_held) == ["in need"]
    assert _names(waiting.never_failed) == []
    assert [plan.plan for plan in waiting.plans_never_chosen] == ["promised"]


def test_a_rule_that_was_never_tried_where_it_does_not_hold_is_named(run):
    gold = CASES[: CASES.index("  - case: poor")]
    waiting = _policy(run(gold), "waiting")
    assert _names(waiting.never_failed) == ["gold waits the least"]


def test_totals_are_over_all_policies(run):
    coverage = run(CASES).coverage
    assert coverage.rules == sum(len(policy.rules) for policy in coverage.policies)
    assert coverage.rules_chosen == sum(policy.rules_chosen for policy in coverage.policies)
    assert (coverage.plans, coverage.plans_chosen) == (4, 2)


def test_a_suite_for_one_policy_counts_for_that_one_only(run):
    report = run(CASES, "suite: waiting\nabout: contact\npolicy: waiting\ncases:\n")
    assert {policy.policy: policy.cases for policy in report.coverage.policies} == {
        "tier": 0,
        "treatment": 0,
        "urgency": 0,
        "waiting": 2,
    }


def test_an_invalid_context_reaches_nothing(run):
    report = run("  - case: it\n    given: {queue.wait: -5 s}\n    expect: {status: invalid}\n")
    assert report.passed == 1
    assert report.coverage.rules_chosen == 0


def test_cases_are_chosen_by_a_part_of_their_name(run):
    report = run(CASES, named="oo")
    assert [one.case.name for suite in report.suites for one in suite.results] == ["poor"]
    assert run(CASES, named="nobody").suites == ()


def test_every_otherwise_of_a_measure_is_counted_by_itself(run):
    measure = """\
policy: order-size
kind: task_allocation
title: Whether orders are large enough
about: contact
measure: {field: order.value, better: higher, target: 80, acceptable: 50}
plans:
  look: {title: Look at the small orders}
  ask: {title: Ask what was ordered}
on_breach:
  - {rule: light, when: {order.weight: under 1 kg}, then: none}
  - otherwise: look
on_unknown:
  - otherwise: ask
"""
    cases = """\
  - case: small
    given: {order.value: 20 EUR}
    expect: {plans: {order-size: look}}
"""
    report = run(cases, files={"house/order-size.yaml": measure})
    visits = next(one for one in report.coverage.policies if one.policy == "order-size")
    assert [(rule.rule, rule.chosen) for rule in visits.rules] == [
        ("light", 0),
        ("otherwise", 1),
        ("otherwise", 0),
    ]


def test_a_failed_case_shows_the_standing_that_a_rule_asks(run):
    measure = """\
policy: order-size
kind: task_allocation
title: Whether orders are large enough
about: contact
measure: {field: order.value, better: higher, target: 80, acceptable: 50}
plans:
  look: {title: Look at the small orders}
on_breach:
  - {rule: light, when: {order.weight: under 1 kg}, then: look}
"""
    cases = """\
  - case: small
    given: {order.value: 60 EUR, order.weight: 0.5 kg}
    expect: {plans: {order-size: look}}
"""
    [failure] = run(cases, files={"house/order-size.yaml": measure}).failures
    [trace] = failure.trace
    assert [(line.words, line.seen, line.verdict) for line in trace.lines] == [
        ("standing.order-size: breach", "off_target", "does not hold"),
        ("order.weight: under 1 kg", "0.5 kg", "holds"),
    ]
