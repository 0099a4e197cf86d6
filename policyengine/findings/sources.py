"""Codes PE292 and PE385: statements of a source, and what stands on them."""

from policyengine.findings.finding import Code

_SOURCE = """\
source: charter
title: What we promise our customers
statements:
  S1: Nobody has to explain twice.
  S2: Whoever writes gets an answer in writing.
"""


def _policy(first: str, second: str = "S2") -> str:
    return f"""\
policy: how-we-answer
kind: task_allocation
title: How we answer
about: contact
owner: customer-care
basis: {first}
plans:
  in-writing: {{title: In writing, directives: {{channel: email}}, basis: {{{second}: channel}}}}
rules:
  - otherwise: in-writing
    because: They wrote.
"""


_BESIDE = (("sources/charter.yaml", _SOURCE),)

UNKNOWN_STATEMENT = Code(
    "PE292",
    "unknown statement",
    "A `basis` says on which statement of a source something stands. A number that no source has "
    "leads whoever looks it up to nothing.",
    beside=_BESIDE,
    bad=_policy("[S1, S3]"),
    good=_policy("[S1, local]"),
)
NOT_IMPLEMENTED = Code(
    "PE385",
    "statement that nobody implements",
    "A source is put beside the policies so that they keep to it. A statement that no policy, plan or "
    "rule names as its basis is either forgotten, or kept without anybody saying so.",
    beside=_BESIDE,
    bad=_policy("S1", "local"),
    good=_policy("S1"),
    severity="info",
)
SOURCE_CODES = (UNKNOWN_STATEMENT, NOT_IMPLEMENTED)
