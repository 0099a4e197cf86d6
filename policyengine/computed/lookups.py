"""The function that looks a fact up in a register."""

from collections.abc import Mapping

from policyengine.computed.computation import Call, Function, Parameter
from policyengine.facts import MISSING, Fact, Refused
from policyengine.registers import Listing


def _lookup(call: Call) -> Fact | Refused:
    column = call.computation.resource
    assert isinstance(column, Listing)
    (key,) = call.values
    if key not in column.values:
        return Refused("not_listed")
    found = column.values[key]
    return MISSING if found is None else found


LOOKUPS: Mapping[str, Function] = {
    "lookup": Function(
        lambda _types, _result: "",  # the columns are asked where the register is found
        _lookup,
        parameters=(
            Parameter("in", resource="register"),
            Parameter("key", literal=False),
            Parameter("take", resource="column"),
        ),
        refusals=("not_listed",),
    ),
}
