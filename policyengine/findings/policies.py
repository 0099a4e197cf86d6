"""Code PE390: what the policies about the policies say."""

from policyengine.findings.finding import Code


def _policy(when: str, severity: str = "error") -> str:
    return f"""\
policy: every-desk-has-people
kind: task_allocation
title: What must be true of a desk
about: desk
plans:
  nobody:
    title: Nobody can answer
    severity: {severity}
    say: "nobody works at the desk `{{desk.name}}`"
rules:
  - rule: empty desk
    when: {{{when}}}
    then: nobody
    because: A desk is there to be reached.
  - otherwise: none
    because: It has people.
"""


def _about_plans(test: str) -> str:
    return f"""\
policy: what-a-plan-must-say
title: What every plan must say
about: plan
plans:
  no-limit: {{severity: warning, say: the amount has no limit}}
rules:
  - rule: large amounts
    when: {{plan.kind: segment_treatment, {test}}}
    then: no-limit
    because: Above a hundred euros somebody looks first.
"""


SAID_BY_A_POLICY = Code(
    "PE390",
    "something a policy forbids",
    "A plan with a `severity` is a finding: `check` decides every subject of a list, and shows such a "
    "plan where a rule chooses it. What is wrong, and how grave that is, the policy says.",
    bad=_policy("desk.people: missing"),
    good=_policy("desk.people: 0"),
)
NOT_DECIDED = Code(
    "PE391",
    "policy about policies that cannot tell",
    "A directive that takes a fact has another value for every contact. A rule that compares it can "
    "say nothing of the plan, and nobody should take that for consent.",
    bad=_about_plans("plan.directives.show_value: over 100 EUR"),
    good=_about_plans("plan.directives.show_value: present, plan.directives.channel: missing"),
    severity="info",
)
POLICY_CODES = (SAID_BY_A_POLICY, NOT_DECIDED)
