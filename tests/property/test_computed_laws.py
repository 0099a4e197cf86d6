"""What holds of every function of the catalogue that estimates, whatever it is given."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.computed import CATALOGUE, Argument, Computation, compute, refusal_text
from policyengine.computed.figures import FIGURES
from policyengine.computed.queues import QUEUES
from policyengine.computed.rounding import estimate
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Refused
from policyengine.source import Source
from policyengine.values import FieldType

ESTIMATES = {**FIGURES, **QUEUES}
RESULTS = [
    FieldType("share"),
    FieldType("duration"),
    FieldType("integer"),
    FieldType("money", unit="EUR"),
]
UTC = ZoneInfo("UTC")
SPAN = Source("x", "").span(0, 0)

whole = st.integers(-2, 60) | st.sampled_from([100_001, 10**13, -(10**13)])
plain = st.decimals(-2, 400, places=3) | st.decimals(-1, 2, places=2) | st.just(Decimal("1e-70"))
share = st.decimals(0, 1, places=3) | st.sampled_from([Decimal(-1), Decimal(2), Decimal(0)])
time = st.decimals(0, 4000, places=1) | st.sampled_from([Decimal(-1), Decimal(0), Decimal(10**14)])
NUMBERS = {"integer": whole | plain, "number": plain, "share": share, "duration": time}


def _fact(parameter):
    if parameter.words:
        return st.sampled_from(parameter.words)
    return NUMBERS.get(parameter.kinds[0], plain)


@st.composite
def calls(draw):
    """A call of an estimating function, of a type that it gives, with all or most arguments."""
    name = draw(st.sampled_from(sorted(ESTIMATES)))
    function = ESTIMATES[name]
    arguments, facts = [], []
    left_out = draw(st.booleans())
    for parameter in function.parameters:
        if parameter.optional and left_out:
            continue
        words = FieldType("choice", values=parameter.words)
        type_ = words if parameter.words else FieldType(parameter.kinds[0])
        arguments.append(Argument(f"x.{parameter.name}", None, type_, parameter.name))
        facts.append(draw(_fact(parameter)))
    choice = FieldType("choice", values=function.values)
    fitting = [choice] if function.values else [r for r in RESULTS if not function.check((), r)]
    return Computation(name, tuple(arguments), fitting[0], SPAN), facts


@given(calls())
@settings(max_examples=600, deadline=None)
def test_an_estimate_is_a_finite_number_or_a_refusal_from_its_list(call):
    computation, facts = call
    function = CATALOGUE[computation.function]
    result = compute(computation, facts, UTC)
    match result:
        case Refused(reason):
            assert reason in function.refusals
            assert not refusal_text(reason).endswith(reason)
        case str():
            assert result in function.values
        case int():
            assert result >= 0
        case Decimal():
            assert result.is_finite()
            assert result >= 0
            assert result.as_tuple().exponent >= -9
        case _:
            raise AssertionError(result)
    assert compute(computation, facts, UTC) == result


@given(calls(), st.integers(0, 20), st.sampled_from([MISSING, UNKNOWN, UNDECIDED]))
@settings(max_examples=300, deadline=None)
def test_missing_in_is_missing_out_and_unknown_in_is_undecided(call, place, absent):
    computation, facts = call
    place %= len(facts)
    result = compute(computation, [*facts[:place], absent, *facts[place + 1 :]], UTC)
    if absent is MISSING:
        name = computation.arguments[place].name
        parameters = CATALOGUE[computation.function].parameters
        reason = next(one.refused_as for one in parameters if one.name == name)
        assert result == (Refused(reason) if reason else MISSING)
    else:
        assert result is UNDECIDED


@given(st.decimals(0, 10_000, places=9), st.sampled_from(["0.5", "1", "60"]))
def test_a_wait_is_never_announced_shorter_than_it_is(wait, step):
    """But for what is cut below a microsecond."""
    shown = estimate(wait, FieldType("duration", step=Decimal(step)))
    assert shown % Decimal(step) == 0
    assert -Decimal("0.000001") < shown - wait < Decimal(step)
