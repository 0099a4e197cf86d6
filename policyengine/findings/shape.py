"""Codes PE101 to PE199: files and entries that are not of the shape they should have."""

from policyengine.findings.finding import Code

_POLICY = """\
policy: call-back
kind: task_allocation
title: Who calls back
about: contact
"""
_PLANS = """\
plans:
  quick:
    title: Somebody who solves it at once
    directives: {skills: [fast_resolution]}
"""
_RULES = """\
rules:
  - rule: waits too long
    when: {queue.wait: over 2 min}
    then: quick
    because: A long wait deserves a quick answer.
  - otherwise: none
    because: Everybody else is in time.
"""
_HEAD = _POLICY + _PLANS
_WHOLE = _HEAD + _RULES
_SET = """\
policyset: base
version: 1.0.0
zone: Europe/Amsterdam
languages: [en, nl]
default_about: contact
precedence: [mandate, contingency, strategy, tier, type, service, house]
kinds:
  segment_treatment: {layer: type}
  task_allocation: {layer: service}
moments: [before_answer, during]
"""
_SCORE = """\
policy: kind-of-customer
title: What kind of customer this is
about: contact
decides: customer.type
hit: score
needs: 2
rules:
  - rule: buys on discount
    when: {customer.discount_share: at least 50%}
    points: {value_driven: 3}
    because: Half of what they buy is on discount.
  - otherwise: service_oriented
    because: Nothing says otherwise.
"""
_SUITE = """\
suite: how customers are treated
about: contact
cases:
  - case: a hunter of discounts
    given: {customer.type: value_driven}
    expect: {plans: {treatment: by-email}}
"""
_TABLE = """\
table:
  columns: [rule, order.value, then]
  rows:
    - [large orders, at least 1000 EUR, quick]
  otherwise: none
  because: Everybody else is in time.
"""
_MEASURE = """\
policy: order-size
kind: task_allocation
title: Whether orders are large enough
about: contact
measure:
  field: order.value
  better: higher
  target: 80 EUR
  acceptable: 50 EUR
plans:
  look:
    title: Look at what the small orders have in common
"""
_ON_BREACH = """\
on_breach:
  - otherwise: look
    because: Small orders cost more than they bring.
"""
_KIND = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "How a kind of customer is treated",
  "type": "object",
  "properties": {"title": {"title": "Title", "type": "string", "maxLength": 60}}
}
"""


def _changed(text: str, *changes: tuple[str, str]) -> str:
    """Return *text* with each of the *changes* made once."""
    for old, new in changes:
        text = text.replace(old, new, 1)
    return text


UNKNOWN_HEAD = Code(
    "PE101",
    "file that does not say what it is",
    "The first key of a file says what the file is. Without it nobody, and no editor, knows how to read it.",
    bad=_changed(_WHOLE, ("policy:", "polcy:")),
    good=_WHOLE,
)
TWO_HEADS = Code(
    "PE102",
    "two files in one",
    "A file is one thing, so that people find it by its name. Two in one would hide the second.",
    bad=_WHOLE + "suite: call-backs\n",
    good=_WHOLE,
)
MISSING_KEY = Code(
    "PE103",
    "missing key",
    "Without this line it is not known what is meant, and the engine does not guess.",
    bad=_changed(_WHOLE, ("kind: task_allocation\n", "")),
    good=_WHOLE,
)
UNKNOWN_KEY = Code(
    "PE104",
    "unknown key",
    "A misspelt key would have no effect at all, and nobody would notice.",
    bad=_changed(_WHOLE, ("    when:", "    whem:")),
    good=_WHOLE,
)
OTHER_SPELLING = Code(
    "PE105",
    "key in another spelling",
    "Keys are told apart by capital letters and signs. One spelling keeps files searchable.",
    bad=_changed(_WHOLE, ("    when:", "    When:")),
    good=_WHOLE,
)
BESIDE_RULE = Code(
    "PE106",
    "instruction or test beside a rule",
    "A rule says when and why, and names a plan. What is done stands in the plan, "
    "so that several rules can choose the same.",
    bad=_changed(_WHOLE, ("    then: quick\n", "    then: quick\n    max_wait: 2 min\n")),
    good=_changed(
        _WHOLE, ("{skills: [fast_resolution]}", "{skills: [fast_resolution], max_wait: 2 min}")
    ),
)
WRONG_SHAPE = Code(
    "PE107",
    "list, mapping or value in the wrong place",
    "Where a list is expected a single value may be one entry or a mistake. It is asked, not guessed.",
    bad=_changed(_WHOLE, ("when: {queue.wait: over 2 min}", "when: [queue.wait over 2 min]")),
    good=_WHOLE,
)
UNKNOWN_WORD = Code(
    "PE108",
    "unknown word",
    "Some keys take one of a few words. Any other would have no meaning.",
    bad=_changed(_WHOLE, ("about: contact\n", "about: contact\nhit: frist\n")),
    good=_changed(_WHOLE, ("about: contact\n", "about: contact\nhit: first\n")),
)
MALFORMED = Code(
    "PE109",
    "text without the form it needs",
    "Names, dates and numbers have a form, so that they are read alike by everybody.",
    bad=_changed(_WHOLE, ("  quick:", "  quick answer:"), ("then: quick", "then: quick answer")),
    good=_WHOLE,
)
EMPTY = Code(
    "PE110",
    "empty entry",
    "An empty list or mapping says nothing. Perhaps something got lost here.",
    bad=_changed(_WHOLE, ("when: {queue.wait: over 2 min}", "when: {}")),
    good=_WHOLE,
)
ENTRY_TWICE = Code(
    "PE111",
    "entry given twice",
    "The second has no effect. Perhaps another one was meant.",
    bad=_changed(_SET, ("[en, nl]", "[en, en]")),
    good=_SET,
    file="policyset.yaml",
)
RULE_WITHOUT_OUTCOME = Code(
    "PE112",
    "rule without an outcome",
    "When the rule holds, nothing would follow from it.",
    bad=_changed(_WHOLE, ("    then: quick\n", "")),
    good=_WHOLE,
)
RULE_WITH_OTHERWISE = Code(
    "PE113",
    "rule and otherwise in one entry",
    "`otherwise` is what follows when no rule holds. In the entry of a rule it is unclear when it counts.",
    bad=_changed(
        _WHOLE,
        ("    because: A long wait deserves a quick answer.\n", ""),
        ("  - otherwise: none", "    otherwise: none"),
    ),
    good=_WHOLE,
)
RULES_AND_TABLE = Code(
    "PE114",
    "rules and a table in one policy",
    "Rules and rows are tried in order, and between the two there is none.",
    bad=_WHOLE + _TABLE,
    good=_HEAD + _TABLE,
)
NOTHING_TO_DECIDE = Code(
    "PE115",
    "policy without plans or a decision",
    "A policy chooses between plans, or decides a field. This one does neither, so nothing could come of it.",
    bad=_POLICY + _RULES,
    good=_WHOLE,
)
KEY_OUT_OF_PLACE = Code(
    "PE116",
    "key that does not count here",
    "Next to what else is written here the key would have no effect, and its writer would think it had.",
    bad=_changed(_WHOLE, ("about: contact\n", "about: contact\nneeds: 2\n")),
    good=_SCORE,
)
NO_CONSEQUENCE = Code(
    "PE119",
    "metric without a consequence",
    "Getting better depends on what is done when a figure is worse than acceptable. A metric after which nothing happens is only looked at.",
    bad=_MEASURE,
    good=_MEASURE + _ON_BREACH,
)
NO_DIRECTION = Code(
    "PE122",
    "measure without a direction",
    "Six hours are better than three for nobody but the engine: it has to be told whether lower or higher figures are better.",
    bad=_changed(_MEASURE, ("  better: higher\n", "")) + _ON_BREACH,
    good=_MEASURE + _ON_BREACH,
)
WRONG_CELLS = Code(
    "PE117",
    "row with too many or too few cells",
    "Cells belong to columns by their place. One too many or too few shifts all that follow.",
    bad=_HEAD + _changed(_TABLE, ("at least 1000 EUR", "at least 1,000 EUR")),
    good=_HEAD + _TABLE,
)
RULE_AFTER_OTHERWISE = Code(
    "PE118",
    "rule after `otherwise`",
    "`otherwise` ends the list. What stands after it would never be tried.",
    bad=_HEAD
    + """\
rules:
  - otherwise: none
    because: Everybody else is in time.
  - rule: waits too long
    when: {queue.wait: over 2 min}
    then: quick
    because: A long wait deserves a quick answer.
""",
    good=_WHOLE,
)
PLAN_LACKS = Code(
    "PE120",
    "plan that lacks what its kind asks for",
    "The house has agreed what every plan of this kind states. A plan without it cannot be relied on when it is needed.",
    bad=_changed(_WHOLE, ("    title: Somebody who solves it at once\n", "")),
    good=_WHOLE,
)
MISFIT = Code(
    "PE121",
    "value that the kind does not allow",
    "The house has agreed what plans of this kind may state, in the schema of the kind.",
    bad=_changed(_KIND, ("60", "10")),
    good=_KIND,
    file="schemas/plans/segment_treatment.schema.json",
)
UNREADABLE_SCHEMA = Code(
    "PE130",
    "schema that cannot be read",
    "The schema of a kind says what its plans must state. While it cannot be read, no plan of the kind can be checked.",
    bad=_changed(_KIND, ('"type": "object",', '"type": "object"')),
    good=_KIND,
    file="schemas/plans/segment_treatment.schema.json",
)
UNKNOWN_FILE = Code(
    "PE140",
    "file that is not read",
    "What stands in this file has no effect. Somebody may believe that it has.",
    bad="Call them back within two minutes.\n",
    good="",
    file="house/notes.txt",
)
WRONG_SUFFIX = Code(
    "PE141",
    "policy file with another ending",
    "Only files that end in `.yaml` are read, so this policy would not count.",
    bad=_WHOLE,
    good="",
    file="house/example.yml",
)
SECOND_POLICY_SET = Code(
    "PE142",
    "second policy set",
    "A set is one folder with one such file. Which of two holds would be a matter of chance.",
    bad=_SET,
    good=_WHOLE,
)
NOT_YET = Code(
    "PE190",
    "not supported yet",
    "The policy language has this, and a coming release of the engine will read it. "
    "Until then it is refused, so that nobody relies on it.",
    file="house/treatment_test.yaml",
    bad=_SUITE.replace(
        "expect: {",
        'expect: {nearest: {plan: "treatment:by-email", set: {customer.type: value_driven}}, ',
    ),
    good=_SUITE,
)
SHAPE_CODES: tuple[Code, ...] = (
    UNKNOWN_HEAD,
    TWO_HEADS,
    MISSING_KEY,
    UNKNOWN_KEY,
    OTHER_SPELLING,
    BESIDE_RULE,
    WRONG_SHAPE,
    UNKNOWN_WORD,
    MALFORMED,
    EMPTY,
    ENTRY_TWICE,
    RULE_WITHOUT_OUTCOME,
    RULE_WITH_OTHERWISE,
    RULES_AND_TABLE,
    NOTHING_TO_DECIDE,
    KEY_OUT_OF_PLACE,
    WRONG_CELLS,
    RULE_AFTER_OTHERWISE,
    NO_CONSEQUENCE,
    PLAN_LACKS,
    MISFIT,
    NO_DIRECTION,
    UNREADABLE_SCHEMA,
    UNKNOWN_FILE,
    WRONG_SUFFIX,
    SECOND_POLICY_SET,
    NOT_YET,
)
