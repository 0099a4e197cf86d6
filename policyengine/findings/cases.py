"""Codes PE430 to PE469: what can be wrong with cases, the tests of policies."""

from policyengine.findings.finding import Code, Severity

_FILE = "house/treatment_test.yaml"
_SUITE = """\
suite: how customers are treated
about: contact
cases:
"""
_CASE = """\
  - case: {name}
    given: {{{given}}}
    expect: {{{expect}}}
"""
_TABLE = """\
  - case: each kind of customer
    table:
      columns: [{columns}]
      rows:
        - [value_driven, {cell}]
"""
_DISCOUNT = "customer.type: value_driven"
_SERVICE = "customer.type: service_oriented"
_EMAIL = "plans: {treatment: by-email}"
_PHONE = "plans: {treatment: by-phone}"


def _case(name: str, given: str = _DISCOUNT, expect: str = _EMAIL) -> str:
    return _CASE.format(name=name, given=given, expect=expect)


def _one(given: str = _DISCOUNT, expect: str = _EMAIL) -> str:
    return _SUITE + _case("buys on discount", given, expect)


def _table(columns: str, cell: str = "by-email") -> str:
    return _SUITE + _TABLE.format(columns=columns, cell=cell)


def _code(
    id_: str, title: str, why: str, *, bad: str, good: str, severity: Severity = "error"
) -> Code:
    return Code(id_, title, why, bad=bad, good=good, file=_FILE, severity=severity)


CASE_TWICE = _code(
    "PE430",
    "case named twice",
    "A case that fails is found by its name. Two of one name cannot be told apart.",
    bad=_SUITE + _case("by e-mail") + _case("by e-mail", _SERVICE, _PHONE),
    good=_SUITE + _case("by e-mail") + _case("by phone", _SERVICE, _PHONE),
)
UNKNOWN_CASE = _code(
    "PE431",
    "unknown case",
    "`same_as` names another case of the file. Without it there is nothing to be the same as.",
    bad=_SUITE
    + _case("speaks Dutch", "customer.type: missing", _PHONE)
    + _case("speaks English", "contact.spoken: en", "same_as: talks Dutch"),
    good=_SUITE
    + _case("speaks Dutch", "customer.type: missing", _PHONE)
    + _case("speaks English", "contact.spoken: en", "same_as: speaks Dutch"),
)
NOTHING_EXPECTED = _code(
    "PE432",
    "case that expects nothing",
    "Whatever the policies answer, such a case passes. It looks like a test and shows nothing.",
    bad=_table("customer.type, contact.spoken", "nl"),
    good=_table("customer.type, expect plans.treatment"),
)
NOT_GIVEN = _code(
    "PE433",
    "fact that does not come in",
    "`given` holds what a context brings along. Constants of the house, and what the engine works "
    "out itself, never come in that way.",
    bad=_one(f"{_DISCOUNT}, house.regular_from: 5"),
    good=_SUITE.replace("cases:", "house: {regular_from: 5}\ncases:") + _case("buys on discount"),
)
DECIDED_GIVEN = _code(
    "PE434",
    "decided fact among the given ones",
    "The policy would still be asked and the context refused. `assume` stands in for the decision.",
    bad=_one("customer.urgent: true", _PHONE),
    good=_one("customer.urgent: true", "facts: {customer.urgent: true}").replace("given", "assume"),
)
NOBODY_DECIDES = _code(
    "PE435",
    "assumption of what nobody decides",
    "An assumption stands in for the decision of a policy. This fact comes in with the context.",
    bad=_one().replace("given:", "assume:"),
    good=_one(),
)
UNKNOWN_HOUSE_FACT = _code(
    "PE436",
    "unknown house fact",
    "A constant that `policyset.yaml` does not declare is asked by nobody, so that setting it has "
    "no effect.",
    bad=_SUITE.replace("cases:", "house: {regulars_from: 5}\ncases:") + _case("a new customer"),
    good=_SUITE.replace("cases:", "house: {regular_from: 5}\ncases:") + _case("a new customer"),
)
UNKNOWN_RULE = _code(
    "PE437",
    "unknown rule",
    "Rules are known by their names. A case that expects one which does not exist can never pass.",
    bad=_one(expect="rules: {treatment: [value drivn]}"),
    good=_one(expect="rules: {treatment: [value driven]}"),
)
UNKNOWN_COLUMN = _code(
    "PE438",
    "column that says nothing",
    "A column of cases is a fact, `assume` or `house` with a name, or `expect` with what must come "
    "out. What stands in any other would not be looked at.",
    bad=_table("customer.type, plans.treatment"),
    good=_table("customer.type, expect plans.treatment"),
)
NOT_ASKED = _code(
    "PE439",
    "policy that is not asked",
    "A decision asks the policies about its own subject and those they depend on. "
    "What another one answers is never seen here.",
    bad="""\
suite: how customers are treated
about: operation
cases:
  - case: nothing is known
    expect: {plans: {treatment: by-phone}}
""",
    good="""\
suite: how customers are treated
about: contact
cases:
  - case: nothing is known
    expect: {plans: {treatment: by-phone}}
""",
)
FACT_COMES_IN = _code(
    "PE440",
    "expected fact that comes in",
    "What comes in is always as it was given. A case shows what is decided or computed from it.",
    bad=_one(expect=f"facts: {{{_DISCOUNT}}}"),
    good=_one(expect="rules: {treatment: value driven}"),
)
NO_SUCH_SUM = _code(
    "PE441",
    "sum that no policy keeps",
    "Only policies with `hit: score` add up points, one sum for each of their outcomes.",
    bad=_one(expect="sums: {treatment: {by-email: 3}}"),
    good=_one(expect=_EMAIL),
)
UNREAD_FACT = _code(
    "PE442",
    "fact that nothing asks",
    "No policy that is asked here reads the fact, so the case would pass without it. "
    "Often a rule was meant to ask it. To show that it makes no difference, expect `same_as`.",
    bad=_one(f"{_DISCOUNT}, contact.spoken: nl"),
    good=_one(),
    severity="warning",
)

CASE_CODES = (
    CASE_TWICE,
    UNKNOWN_CASE,
    NOTHING_EXPECTED,
    NOT_GIVEN,
    DECIDED_GIVEN,
    NOBODY_DECIDES,
    UNKNOWN_HOUSE_FACT,
    UNKNOWN_RULE,
    UNKNOWN_COLUMN,
    NOT_ASKED,
    FACT_COMES_IN,
    NO_SUCH_SUM,
    UNREAD_FACT,
)
