"""Codes PE380 to PE384: lists of subjects, and what nobody or two decide about one of them."""

from policyengine.findings.finding import Code


def _leads(head: str = "", when: str = "desk.name: orders", last: str = "") -> str:
    return f"""\
policy: desk-leads
title: Who leads each desk
about: desk
{head}decides: desk.lead
rules:
  - rule: care
    when: {{desk.name: care}}
    then: anna
    because: Anna has done it for years.
  - rule: the others
    when: {{{when}}}
    then: ben
    because: Ben knows the goods.
{last}"""


def _desks(people: str = "9", returns: str = "  - [returns, 2]\n") -> str:
    return f"""\
register: desks
about: desk
columns: [desk.name, desk.people]
rows:
  - [care, {people}]
  - [orders, 4]
{returns}"""


_REGISTER = "registers/desks.yaml"

NO_ANSWER = Code(
    "PE380",
    "gap in a list",
    "A register that lists subjects names everything that has to be decided. A row for which no rule "
    "holds is a task that nobody was given.",
    bad=_leads(),
    good=_leads(when="desk.name: orders or returns"),
)
ANSWERED_TWICE = Code(
    "PE381",
    "two answers for one of a list",
    "Where two rules hold for one row and only one may, the task has two owners, and each waits for "
    "the other.",
    bad=_leads(head="hit: unique\n", when="desk.name: any"),
    good=_leads(head="hit: unique\n", when="desk.name: not care"),
)
NO_POLICY_APPLIES = Code(
    "PE382",
    "one of a list to which no policy applies",
    "Somebody put it into the list so that it would be looked after. Every policy about such subjects "
    "says that it is for others.",
    bad=_leads(head="applies: {desk.people: present}\n", last="  - otherwise: missing\n"),
    good=_leads(last="  - otherwise: missing\n"),
)
NOT_IN_THE_LIST = Code(
    "PE383",
    "value that no row lists",
    "The vocabulary says that there is such a one, and the list does not have it. So nothing checks "
    "that anybody looks after it.",
    file=_REGISTER,
    bad=_desks(returns=""),
    good=_desks(),
    severity="warning",
)
IMPOSSIBLE_ROW = Code(
    "PE384",
    "row that cannot be",
    "The vocabulary says that such a subject cannot exist. Either the row is wrong or the vocabulary "
    "is.",
    file=_REGISTER,
    bad=_desks(people="0"),
    good=_desks(people="1"),
)
LIST_CODES = (NO_ANSWER, ANSWERED_TWICE, NO_POLICY_APPLIES, NOT_IN_THE_LIST, IMPOSSIBLE_ROW)
