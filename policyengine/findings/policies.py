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


SAID_BY_A_POLICY = Code(
    "PE390",
    "something a policy forbids",
    "A plan with a `severity` is a finding: `check` decides every subject of a list, and shows such a "
    "plan where a rule chooses it. What is wrong, and how grave that is, the policy says.",
    bad=_policy("desk.people: missing"),
    good=_policy("desk.people: 0"),
)
POLICY_CODES = (SAID_BY_A_POLICY,)
