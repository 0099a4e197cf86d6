"""Codes PE280 to PE284: measures that cannot be judged, or after which nothing could follow."""

from policyengine.findings.finding import Code

_MEASURE = """\
policy: example
kind: task_allocation
title: How much is ordered
about: contact
measure: {{field: {field}, better: higher, {levels}}}
plans:
  look:
    title: Look at what these orders have in common
on_breach:
  - otherwise: look
    because: Small orders cost more than they bring.
"""


def _measure(field: str = "order.value", levels: str = "target: 80, acceptable: 50") -> str:
    return _MEASURE.format(field=field, levels=levels)


WRONG_MEASURE = Code(
    "PE280",
    "measure that does not fit",
    "A measure is a figure: a number with a target of the same type, and a count of what was measured.",
    bad=_measure("customer.tier", "target: silver, acceptable: red"),
    good=_measure(),
)
NO_UNIT = Code(
    "PE281",
    "measure without a unit",
    "A figure of 6 means nothing to those who read it: six hours, six contacts or six points.",
    bad=_measure("contact.previous_contacts", "target: 3, acceptable: 1"),
    good=_measure("order.weight", "target: 3 kg, acceptable: 1 kg"),
)
WRONG_LEVELS = Code(
    "PE282",
    "levels that contradict each other",
    "What is still acceptable is at best as good as the target. A figure would else reach the "
    "target and be unacceptable at once.",
    bad=_measure(levels="target: 50, acceptable: 80"),
    good=_measure(levels="target: 80, acceptable: 50"),
)
COUNT_WITHOUT_FIELD = Code(
    "PE283",
    "least number of nothing",
    "`at_least` is compared with how many were measured, and `n` is the field that says so.",
    bad=_measure(levels="target: 80, acceptable: 50, at_least: 30"),
    good=_measure(levels="target: 80, acceptable: 50, n: contact.previous_contacts, at_least: 30"),
)
NEVER_BREACHED = Code(
    "PE284",
    "measure that is never breached",
    "A breach is a figure worse than `acceptable`. Without it the rules under `on_breach` are never "
    "tried, and nothing follows from the worst figure.",
    severity="warning",
    bad=_measure(levels="target: 80"),
    good=_measure(levels="target: 80, acceptable: 50"),
)
MEASURE_CODES = (WRONG_MEASURE, NO_UNIT, WRONG_LEVELS, COUNT_WITHOUT_FIELD, NEVER_BREACHED)
