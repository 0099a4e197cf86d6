"""How a measure stands: its figure against its target, and what is tried in that standing."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from policyengine.facts import MISSING, UNDECIDED, Absent, Fact, Refused
from policyengine.formulas.metrics import Gap, metric_gap, metric_status
from policyengine.formulas.refusals import Amount
from policyengine.model import Measure, Policy, Standing
from policyengine.reference.days import in_effect
from policyengine.reference.truth import Known, condition_truth, is_certain, may_be_true
from policyengine.unary_tests import Constant, FieldRef, Operand

_DIGITS = 28


@dataclass(frozen=True, slots=True)
class Measured:
    """How a measure stands, and by which figures; what is not known or not declared is nothing.

    *absent* are those of its fields that would have to be given for the figure to count.
    """

    measure: Measure
    standing: Standing
    value: Amount | None
    target: Amount | None
    acceptable: Amount | None
    n: Amount | None
    gap: Gap | None
    absent: tuple[str, ...] = ()


def measured(measure: Measure, known: Known) -> Measured:
    """Return how *measure* stands by what is *known*.

    A figure that is absent, in whatever way, makes the standing `unknown`: that is an answer,
    for which a policy may have rules.
    """
    value = _amount(known.fact(measure.field))
    n = None if measure.n is None else _amount(known.fact(measure.n))
    target = _level(measure.target, known)
    acceptable = _level(measure.acceptable, known)
    status = metric_status(
        value,
        target=target,
        acceptable=acceptable,
        better=measure.better,
        n=n,
        at_least=measure.at_least,
    )
    standing: Standing = "unknown" if isinstance(status, Refused) else status
    too_few = n is not None and n < measure.at_least
    absent = () if too_few else _absent(measure, value, n)
    gap = _gap(measure, value, target)
    return Measured(measure, standing, value, target, acceptable, n, gap, absent)


def _gap(measure: Measure, value: Amount | None, target: Amount | None) -> Gap | None:
    if value is None or target is None:
        return None
    # INVARIANT: the figures do not depend on the precision that a caller's thread has set.
    with localcontext(prec=_DIGITS):
        found = metric_gap(value, target, better=measure.better)
    return None if isinstance(found, Refused) else found


def _absent(measure: Measure, value: Amount | None, n: Amount | None) -> tuple[str, ...]:
    names = [measure.field] if value is None else []
    if measure.n is not None and measure.at_least and n is None:
        names.append(measure.n)
    return tuple(names)


def standing_of(policy: Policy, known: Known, day: date | None) -> Fact:
    """Return the fact `standing.POLICY`: missing where the policy does not answer at all."""
    if policy.measure is None or not in_effect(policy.effective, day):
        return MISSING
    applies = condition_truth(policy.applies, known)
    if not may_be_true(applies):
        return MISSING
    if not is_certain(applies):
        return UNDECIDED
    return measured(policy.measure, known).standing


def in_its_standing(policy: Policy, known: Known) -> Policy:
    """Return *policy* with the `otherwise` of its standing, if it has a measure."""
    if policy.measure is None:
        return policy
    standing = known.fact(policy.standing)
    if isinstance(standing, Absent):
        return policy
    return replace(policy, otherwise=policy.fallbacks.get(str(standing)))


def _amount(fact: Fact) -> Amount | None:
    return fact if isinstance(fact, int | Decimal) else None


def _level(level: Operand | None, known: Known) -> Amount | None:
    match level:
        case Constant(value):
            return _amount(value)
        case FieldRef(name):
            return _amount(known.fact(name))
        case None:
            return None
