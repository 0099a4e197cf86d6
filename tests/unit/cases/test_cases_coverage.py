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
