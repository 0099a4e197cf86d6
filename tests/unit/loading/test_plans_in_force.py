"""Plans with `activate`: read and kept; into whose treatment they go is asked there."""

from policyengine import load
from policyengine.loading import read_set

SURGE = """\
policy: surge
kind: task_allocation
title: What we do while far too many call
about: operation
plans:
  callbacks:
    title: Offer a call-back
    owner: planning
    alternate: customer-care
    activate: {when: {queue.wait: over 2 min}, for: 5 min, by: planning}
    stand_down: {when: {queue.wait: under 1 min}, for: 3 samples, by: planning}
    applies: {contact.requested_channel: phone or missing, customer.urgent: false or missing}
    directives: {add_agents: 2}
  nothing: {title: Carry on}
rules:
  - {rule: very long, when: {queue.wait: over 10 min}, then: callbacks}
  - otherwise: nothing
"""


def test_the_plan_of_an_operation_may_ask_which_contacts_receive_it(overlay):
    policies = load(overlay({"house/surge.yaml": SURGE}))
    (surge,) = (one for one in policies.definitions.policies if one.name == "surge")
    assert surge.asks == ("queue.wait",)
    decision = policies.decide({"queue.wait": 1200}, about="operation")
    assert [plan.id for plan in decision.plans] == ["surge:callbacks"]
    assert decision.missing == ()


def test_a_plan_that_only_rules_choose_asks_what_its_policy_can_see(overlay):
    timed = ("activate:", "stand_down:")
    lines = (line for line in SURGE.splitlines() if not line.strip().startswith(timed))
    chosen = "\n".join(lines)
    policies, found = read_set(overlay({"house/surge.yaml": chosen}))
    assert policies is None
    assert {(one.code.id, one.span.text) for one in found} == {
        ("PE202", "contact.requested_channel"),
        ("PE202", "customer.urgent"),
    }
