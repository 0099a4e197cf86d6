"""Codes PE220 to PE229 and PE270 on: parts of a policy set that do not fit each other."""

from policyengine.findings.finding import Code

_VOCABULARY = """\
vocabulary: callback
subject: {{sees: [contact]}}
fields:
  callback.asked_at: {{type: datetime, optional: true}}
  callback.done_at: {{type: datetime, optional: true}}
  callback.tries: {tries}
  callback.kept: {{type: duration, unit: min, computed: {kept}}}
"""
_SET = """\
policyset: base
version: 1.0.0
zone: Europe/Amsterdam
languages: [en, nl]
default_about: contact
precedence: [mandate, contingency, strategy, tier, type, service, house]
kinds:
  segment_treatment: {{layer: type}}
roles: [customer-care, planning]
moments: [before_answer, during]
house:
  most_tries:
    type: integer
    dated:
      - {{value: 3, through: {last}}}
      - {{value: 4, from: {first}}}
"""
_POLICY = """\
policy: example
kind: segment_treatment
title: How urgent customers are treated
about: contact
{head}plans:
  quick:
    title: Answered at once
    directives: {{{directives}}}
rules:
  - rule: gold
    when: {{{when}}}
    then: {then}
    because: They wait the least.
  - otherwise: none
"""
_DECIDES = """\
policy: example
about: {about}
decides: {decides}
rules:
  - rule: first
    when: {{{when}}}
    then: {then}
    because: One decision has one place.
  - otherwise: missing
"""
_URGENCY = """\
policy: urgency
about: contact
effective: {{{days}}}
decides: customer.urgent
given: wins
rules:
  - otherwise: {decided}
"""
_FIRST_VERSION = _URGENCY.format(days="from: 2026-01-01, through: 2026-12-31", decided="false")
_NEXT_VERSION = _URGENCY.format(days="from: 2027-01-01", decided="true")
_ELAPSED = "{elapsed: {from: callback.asked_at, to: callback.done_at}}"
_TRIES = "{type: integer, min: 0, default: 0}"


def _vocabulary(tries: str = _TRIES, kept: str = _ELAPSED) -> str:
    return _VOCABULARY.format(tries=tries, kept=kept)


def _set(last: str = "2026-12-31", first: str = "2027-01-01") -> str:
    return _SET.format(last=last, first=first)


def _policy(
    directives: str = "channel: phone",
    then: str = "quick",
    head: str = "",
    when: str = "customer.tier: gold",
) -> str:
    return _POLICY.format(directives=directives, then=then, head=head, when=when)


def _decides(
    decides: str = "customer.tier",
    when: str = "customer.known: true",
    then: str = "gold",
    about: str = "contact",
) -> str:
    return _DECIDES.format(about=about, decides=decides, when=when, then=then)


WRONG_OUTCOME = Code(
    "PE220",
    "outcome that does not fit",
    "`then` names a plan, or gives the value of what the policy decides. Instructions stand under "
    "`directives` of the plan, so that they can be found, shared and overridden.",
    bad=_policy(then="{channel: phone}"),
    good=_policy(then="quick"),
)
FACT_DOES_NOT_FIT = Code(
    "PE221",
    "fact that does not fit its directive",
    "A directive that takes a fact must be able to hold every value of it, in the same unit.",
    bad=_policy(directives="max_wait: {fact: order.value}"),
    good=_policy(directives="max_wait: {fact: contact.promised_wait}"),
)
WRONG_COMPUTATION = Code(
    "PE222",
    "computation that does not fit",
    "Units are checked before anything is computed: minutes and euros do not add up.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(kept="{difference: [callback.asked_at, callback.done_at]}"),
    good=_vocabulary(),
)
WRONG_DECLARATION = Code(
    "PE223",
    "declaration that contradicts itself",
    "A declaration says what values can come in. A key that means nothing for the type, or bounds "
    "that leave no value, are mistakes that would surface at the worst moment.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(tries="{type: integer, min: 5, max: 3, optional: true}"),
    good=_vocabulary(tries="{type: integer, min: 3, max: 5, optional: true}"),
)
HIT_DOES_NOT_FIT = Code(
    "PE224",
    "hit policy that does not fit",
    "The hit policy says how rules come together. Points, for instance, are added up only under "
    "`hit: score`; elsewhere they would be passed over.",
    bad=_decides().replace("decides:", "hit: collect\ndecides:"),
    good=_decides(),
)
DATES_OVERLAP = Code(
    "PE225",
    "dates that overlap",
    "On a day with two values nobody can say which one holds.",
    file="policyset.yaml",
    bad=_set(first="2026-12-15"),
    good=_set(),
)
GAP_IN_DATES = Code(
    "PE226",
    "days without a value",
    "Every rule that asks a house fact is unknown on a day for which it has no value.",
    file="policyset.yaml",
    bad=_set(first="2027-02-01"),
    good=_set(),
)
REVERSED_DATES = Code(
    "PE227",
    "dates in the wrong order",
    "A range that ends before it starts is never in force.",
    bad=_policy(head="effective: {from: 2026-12-31, through: 2026-12-01}\n"),
    good=_policy(head="effective: {from: 2026-12-01, through: 2026-12-31}\n"),
)
MANDATE_CAN_BE_LOST = Code(
    "PE228",
    "mandate that can be lost",
    "What a law demands may not end by itself, fail for want of a fact, or be loosened by a weaker "
    "plan.",
    bad=_policy(directives="channel: phone").replace(
        "title: Answered at once",
        "title: Answered at once\n    mandate: {citation: Safety Act 12}\n"
        "    effective: {from: 2026-01-01, through: 2026-12-31}",
    ),
    good=_policy(directives="channel: phone").replace(
        "title: Answered at once",
        "title: Answered at once\n    mandate: {citation: Safety Act 12}\n"
        "    effective: {from: 2026-01-01}",
    ),
)
NOT_DECIDABLE = Code(
    "PE229",
    "field that cannot be decided",
    "A field that is computed, or a constant of the house, already has its value.",
    bad=_decides(decides="house.regular_from", then="7"),
    good=_decides(decides="customer.tier"),
)
DECIDED_TWICE = Code(
    "PE270",
    "field decided twice",
    "Two policies that decide one field would contradict each other, and the answer would depend on "
    "which is asked last.",
    bad=_decides(decides="customer.urgent", then="true"),
    good=_decides(),
)
DECIDED_BELOW = Code(
    "PE271",
    "decision asked from above",
    "A policy may ask what its own subject, or one that it sees, decided. The other way round one "
    "contact would decide over a whole queue.",
    bad="""\
policy: example
about: operation
decides: queue.agents
rules:
  - rule: by e-mail
    when: {chosen.treatment: by-email}
    then: 3
    because: E-mail takes fewer people.
  - otherwise: missing
""",
    good="""\
policy: example
about: operation
decides: queue.agents
rules:
  - rule: quiet
    when: {queue.wait: under 1 min}
    then: 3
    because: Short waits take fewer people.
  - otherwise: missing
""",
)
CIRCLE_OF_POLICIES = Code(
    "PE272",
    "policies in a circle",
    "Policies that wait for each other can never be decided.",
    bad=_decides(when="customer.tier: missing"),
    good=_decides(when="customer.known: true"),
)
CIRCLE_OF_FIELDS = Code(
    "PE273",
    "computed fields in a circle",
    "A field that is computed from itself has no value.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(
        tries="{type: integer, computed: {sum: [callback.tries, contact.previous_contacts]}}"
    ),
    good=_vocabulary(tries="{type: integer, computed: {sum: [contact.previous_contacts, 1]}}"),
)
CIRCLE_OF_CONDITIONS = Code(
    "PE274",
    "conditions in a circle",
    "A named condition that asks for itself has no meaning.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary() + "conditions:\n  urgent: {is: late}\n  late: {is: urgent}\n",
    good=_vocabulary()
    + "conditions:\n  urgent: {is: late}\n  late: {callback.tries: at least 2}\n",
)
CIRCLE_OF_SUBJECTS = Code(
    "PE275",
    "subjects that see each other",
    "A contact sees its queue; if the queue saw the contact too, neither could be decided first.",
    file="vocabulary/operation.yaml",
    bad="""\
vocabulary: operation
subject: {id: operation.id, at: operation.at, sees: [contact]}
fields:
  operation.id: {type: text, optional: true}
  operation.at: {type: datetime, optional: true}
""",
    good="""\
vocabulary: operation
subject: {id: operation.id, at: operation.at}
fields:
  operation.id: {type: text, optional: true}
  operation.at: {type: datetime, optional: true}
""",
)
ASKED_TOO_EARLY = Code(
    "PE276",
    "field asked before it is known",
    "A rule that is used before the answer cannot ask what is known only during the contact.",
    bad=_policy(head="moment: before_answer\n", when="customer.upset: true"),
    good=_policy(head="moment: during\n", when="customer.upset: true"),
)
ASKS_A_DECISION = Code(
    "PE277",
    "impossible decision",
    "`impossible` and `known_when` say what can come in. What a policy decides is found by `check`, "
    "not forbidden beforehand.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary() + "impossible:\n  - {chosen.treatment: by-phone, customer.known: false}\n",
    good=_vocabulary() + "impossible:\n  - {customer.known: false, customer.name: present}\n",
)
NOT_AN_INPUT = Code(
    "PE278",
    "column given to a field that does not come in",
    "A field that is computed or decided has its value already; what the log says would be lost.",
    file="inputs/example.yaml",
    bad="""\
input: example
about: contact
columns: {six: {field: house.regular_from}}
""",
    good="""\
input: example
about: contact
columns: {six: {field: contact.previous_contacts}}
""",
)
WRONG_COLUMN = Code(
    "PE279",
    "column that does not fit",
    "Two columns for one field, or a unit for a field that has none, would turn numbers of a log "
    "into other numbers.",
    file="inputs/example.yaml",
    bad="""\
input: example
about: contact
columns:
  kind: {field: contact.channel, unit: s}
""",
    good="""\
input: example
about: contact
columns:
  kind: {field: contact.channel}
""",
)
VERSIONS_DISAGREE = Code(
    "PE218",
    "versions that do not agree",
    "Files of one name are versions of one policy. What it is about, and whether its answer may "
    "come in with the facts, is the same on every day.",
    file="house/urgency-2027.yaml",
    beside=(("house/urgency.yaml", _FIRST_VERSION),),
    bad=_NEXT_VERSION.replace("given: wins\n", ""),
    good=_NEXT_VERSION,
)
LACKS_LANGUAGE = Code(
    "PE293",
    "text that lacks a language",
    "A text that is written in several languages is meant for people of all of them. Whoever speaks "
    "the one that is lacking is told nothing, or something that they do not understand.",
    bad=_policy(directives="say: {en: One moment please.}"),
    good=_policy(directives="say: {en: One moment please., nl: Een ogenblik alstublieft.}"),
    severity="info",
)
FIT_CODES = (
    WRONG_OUTCOME,
    FACT_DOES_NOT_FIT,
    WRONG_COMPUTATION,
    WRONG_DECLARATION,
    HIT_DOES_NOT_FIT,
    DATES_OVERLAP,
    GAP_IN_DATES,
    REVERSED_DATES,
    MANDATE_CAN_BE_LOST,
    NOT_DECIDABLE,
    DECIDED_TWICE,
    DECIDED_BELOW,
    CIRCLE_OF_POLICIES,
    CIRCLE_OF_FIELDS,
    CIRCLE_OF_CONDITIONS,
    CIRCLE_OF_SUBJECTS,
    ASKED_TOO_EARLY,
    ASKS_A_DECISION,
    NOT_AN_INPUT,
    WRONG_COLUMN,
    VERSIONS_DISAGREE,
    LACKS_LANGUAGE,
)
