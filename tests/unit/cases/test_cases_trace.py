"""What is shown of the rules behind a failure."""

import pytest

NEEDY = "queue.wait: 5 s, customer.needs: [price]"


def _case(given, expect, name="it"):
    return f"  - case: {name}\n    given: {{{given}}}\n    expect: {{{expect}}}\n"


def _failure(run, given, expect, **more):
    (failure,) = run(_case(given, expect), **more).failures
    return failure


def _lines(trace):
    return [(line.depth, line.words, line.seen, line.verdict) for line in trace.lines]


def test_the_chosen_rule_comes_first_and_then_the_one_that_would_be_right(run):
    failure = _failure(run, NEEDY, "plans: {waiting: promised}")
    assert [(trace.rule, trace.role, trace.verdict) for trace in failure.trace] == [
        ("otherwise", "chosen", "holds"),
        ("in need", "wanted", "does not hold"),
    ]


def test_every_test_is_shown_with_the_value_seen(run):
    _, wanted = _failure(run, NEEDY, "plans: {waiting: promised}").trace
    assert _lines(wanted) == [
        (0, "any of these", None, "does not hold"),
        (1, "customer.needs: has speed", "price", "does not hold"),
        (1, "queue.wait: over 10 min", "5 s", "does not hold"),
    ]


def test_unless_holds_where_it_lets_the_rule_hold(run):
    given = "order.value: 2000 EUR, queue.wait: 5 s, contact.requested_channel: email"
    _, wanted = _failure(run, given, "plans: {waiting: soon}").trace
    assert _lines(wanted) == [
        (0, "customer.tier: gold", "gold", "holds"),
        (0, "unless", None, "does not hold"),
        (1, "contact.requested_channel: email", "email", "holds"),
    ]
    assert wanted.failing == 1


def test_a_missing_fact_leaves_a_test_unknown(run):
    given = "order.value: 2000 EUR, queue.wait: 5 s"
    chosen, wanted = _failure(run, given, "plans: {waiting: promised}").trace
    assert (1, "contact.requested_channel: email", "missing", "unknown") in _lines(chosen)
    assert (1, "customer.needs: has speed", "missing", "unknown") in _lines(wanted)
    assert wanted.lines[1].value is None


def test_a_required_fact_that_nobody_gave_is_called_so(run):
    failure = _failure(run, "order.value: 5 EUR", "rules: {waiting: in need}")
    (wanted,) = failure.trace
    assert failure.actual == "no rule (missing_data)"
    assert wanted.verdict == "unknown"
    assert (1, "queue.wait: over 10 min", "not given", "unknown") in _lines(wanted)


def test_a_rule_that_holds_too_says_what_stands_above_it(run):
    given = "order.value: 2000 EUR, queue.wait: 11 min"
    _, wanted = _failure(run, given, "plans: {waiting: promised}").trace
    assert wanted.verdict == "holds"
    assert wanted.note == "it holds too, but `gold waits the least` stands above it"


def test_a_decided_fact_shows_the_rules_of_its_policy(run):
    given = "order.value: 2000 EUR, queue.wait: 5 s"
    failure = _failure(run, given, "facts: {customer.tier: silver}")
    assert [(trace.rule, trace.role) for trace in failure.trace] == [
        ("orders a lot", "chosen"),
        ("comes back", "wanted"),
    ]


def test_a_chosen_plan_as_a_fact_shows_the_rules_of_its_policy(run):
    failure = _failure(run, NEEDY, "facts: {chosen.waiting: promised}")
    assert [(trace.rule, trace.role) for trace in failure.trace] == [
        ("otherwise", "chosen"),
        ("in need", "wanted"),
    ]


def test_a_sum_shows_the_rules_that_add_to_it(run):
    failure = _failure(run, "order.value: 2000 EUR, queue.wait: 5 s", "sums: {tier: {gold: 4}}")
    assert [(trace.rule, trace.verdict) for trace in failure.trace] == [
        ("orders a lot", "holds"),
        ("comes back", "does not hold"),
    ]


def test_a_directive_shows_whose_plan_gave_it_and_whose_would_be_right(run):
    failure = _failure(
        run, "customer.type: value_driven, queue.wait: 5 s", "treatment: {channel: phone}"
    )
    assert [(trace.policy, trace.rule, trace.role) for trace in failure.trace] == [
        ("treatment", "value driven", "chosen"),
        ("treatment", "otherwise", "wanted"),
        ("waiting", "gold waits the least", "wanted"),
    ]


def test_an_origin_shows_the_rules_of_both_plans(run):
    given = "customer.type: value_driven, order.value: 2000 EUR, queue.wait: 5 s"
    failure = _failure(run, given, 'from: {channel: "waiting:soon"}')
    assert [(trace.policy, trace.rule, trace.role) for trace in failure.trace] == [
        ("treatment", "value driven", "chosen"),
        ("waiting", "gold waits the least", "wanted"),
    ]


def test_a_reason_shows_the_rules_that_could_match(run):
    failure = _failure(run, NEEDY, "reasons: {waiting: matched}")
    assert [(trace.rule, trace.role) for trace in failure.trace] == [
        ("otherwise", "chosen"),
        ("gold waits the least", "wanted"),
        ("in need", "wanted"),
    ]


CARE = """\
policy: care
kind: task_allocation
title: Who takes care
about: contact
applies: {customer.known: true}
plans:
  personal:
    title: Somebody they know
    directives: {max_wait: 1 min}
    applies: {contact.spoken: nl}
rules:
  - rule: in need
    when:
      not: {all: [{customer.needs: empty}, {customer.type: missing}]}
    then: personal
    because: They ask for it.
  - rule: in summer
    then: personal
    effective: {from: 2026-06-01, through: 2026-08-31}
    because: It is quiet.
"""


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("customer.known: false", (0, "the policy applies", None, "does not hold")),
        ("customer.known: true", (0, "the plan personal applies", None, "unknown")),
    ],
)
def test_what_keeps_a_policy_or_a_plan_from_applying_is_shown(run, given, line):
    given = (
        f"{given}, customer.needs: [price], contact.at: 2026-07-01T09:00:00+02:00, queue.wait: 5 s"
    )
    failure = _failure(run, given, "plans: {care: personal}", files={"house/care.yaml": CARE})
    assert any(line in _lines(trace) for trace in failure.trace)
    if "true" in given:
        assert failure.actual == "no plan (not_applicable)"


def test_a_rule_that_is_out_of_its_dates_says_so(run):
    given = "customer.known: true, customer.needs: [], contact.at: 2026-01-01T09:00:00+01:00, queue.wait: 5 s, contact.spoken: nl"
    failure = _failure(run, given, "plans: {care: personal}", files={"house/care.yaml": CARE})
    notes = {trace.rule: trace.note for trace in failure.trace}
    assert notes == {"in need": "", "in summer": "not in force on this day"}
    (trace,) = [trace for trace in failure.trace if trace.rule == "in need"]
    assert _lines(trace)[:3] == [
        (0, "not", None, "does not hold"),
        (1, "all of these", None, "holds"),
        (2, "customer.needs: empty", "empty", "holds"),
    ]
