"""Codes PE290 and PE291: registers whose rows say nothing, or cannot be found."""

from policyengine.findings.finding import Code

_FILE = "registers/example.yaml"


def _register(columns: str = "customer.tier, customer.discount_share", last: str = "gold") -> str:
    return f"""\
register: discounts
columns: [{columns}]
rows:
  - [silver, 2%]
  - [{last}, 5%]
"""


WRONG_REGISTER_COLUMN = Code(
    "PE290",
    "register column that does not fit",
    "A row of a register says what is known. The first column tells the rows apart, so it holds one "
    "value a row; where the rows are subjects it is what identifies the subject. What the engine or "
    "a policy works out cannot be written down.",
    file=_FILE,
    bad=_register(columns="customer.tier, house.regular_from").replace("%", ""),
    good=_register(columns="customer.tier, contact.previous_contacts").replace("%", ""),
)
KEY_FINDS_NO_ROW = Code(
    "PE291",
    "key that does not find one row",
    "Rows are looked up by their first cell. Of two rows with the same key nobody can tell which is "
    "meant, and a row without a key is never found.",
    file=_FILE,
    bad=_register(last="silver"),
    good=_register(last="gold"),
)
REGISTER_CODES = (WRONG_REGISTER_COLUMN, KEY_FINDS_NO_ROW)
