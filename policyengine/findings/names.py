"""Codes PE200 to PE219: names that mean nothing, or mean two things."""

from policyengine.findings.finding import Code

_POLICY = """\
policy: example
kind: segment_treatment
title: How urgent customers are treated
about: contact
owner: {owner}
plans:
  quick:
    title: Answered at once
    directives: {{{directive}: phone}}
rules:
  - rule: gold
    when: {{{when}}}
    then: {then}
    because: They wait the least.
  - otherwise: none
"""
_VOCABULARY = """\
vocabulary: callback
subject: {{sees: [{sees}]}}
fields:
  callback.reason: {{type: choice, values: [{values}], optional: true}}
  {field}: {{type: integer, min: 0, optional: true, known_at: {known_at}}}
directives:
  {directive}: {{type: duration, unit: min}}
"""


def _policy(
    when: str = "customer.tier: gold",
    then: str = "quick",
    directive: str = "channel",
    owner: str = "customer-care",
) -> str:
    return _POLICY.format(when=when, then=then, directive=directive, owner=owner)


def _vocabulary(
    sees: str = "contact",
    values: str = "missed, busy",
    field: str = "callback.tries",
    known_at: str = "during",
    directive: str = "call_within",
) -> str:
    return _VOCABULARY.format(
        sees=sees, values=values, field=field, known_at=known_at, directive=directive
    )


UNKNOWN_FIELD = Code(
    "PE201",
    "unknown field",
    "A rule that asks a field nobody declared can never hold. In most engines it is passed over in "
    "silence and every customer gets the default.",
    bad=_policy(when="customer.teir: gold"),
    good=_policy(when="customer.tier: gold"),
)
FIELD_NOT_SEEN = Code(
    "PE202",
    "field of a subject that is not seen",
    "A policy is about one subject and may ask the facts of that subject and of those it sees. A "
    "fact of another subject would never be there when the policy is asked.",
    bad="""\
policy: example
about: operation
decides: queue.agents
rules:
  - rule: by e-mail
    when: {contact.channel: email}
    then: 3
  - otherwise: missing
""",
    good="""\
policy: example
about: operation
decides: queue.agents
rules:
  - rule: long waits
    when: {queue.wait: over 5 min}
    then: 3
  - otherwise: missing
""",
)
UNKNOWN_PLAN = Code(
    "PE203",
    "unknown plan",
    "The rule would hold and nothing would be done, because the plan it names is not in the policy.",
    bad=_policy(then="quik"),
    good=_policy(then="quick"),
)
UNKNOWN_DIRECTIVE = Code(
    "PE204",
    "unknown directive",
    "Nobody would carry out an instruction that the vocabulary does not know.",
    bad=_policy(directive="chanel"),
    good=_policy(directive="channel"),
)
UNKNOWN_CONDITION = Code(
    "PE205",
    "unknown condition",
    "`is` asks for a condition that a vocabulary gives a name. Without it the rule means nothing.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary() + "conditions:\n  a try: {is: a first try}\n",
    good=_vocabulary() + "conditions:\n  a try: {callback.tries: at least 1}\n",
)
UNKNOWN_SUBJECT = Code(
    "PE206",
    "unknown subject",
    "What a policy is about, and what a vocabulary sees, are vocabularies of the set. A misspelt one "
    "would leave the policy without any context to decide.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(sees="contacts"),
    good=_vocabulary(sees="contact"),
)
UNKNOWN_KIND = Code(
    "PE207",
    "unknown kind",
    "The kind of a policy gives its layer and says what its plans must state. An unknown one would "
    "let plans through that nobody checked.",
    bad=_policy().replace("segment_treatment", "segment_treatments"),
    good=_policy(),
)
UNKNOWN_LAYER = Code(
    "PE208",
    "unknown layer",
    "The layer decides which plan wins where two meet. It must stand in `precedence`.",
    bad=_policy().replace("about: contact", "about: contact\nlayer: tiers"),
    good=_policy().replace("about: contact", "about: contact\nlayer: tier"),
)
UNKNOWN_ROLE = Code(
    "PE209",
    "unknown role",
    "A plan that is owned by a role nobody has is owned by nobody.",
    bad=_policy(owner="customer-car"),
    good=_policy(owner="customer-care"),
)
UNKNOWN_MOMENT = Code(
    "PE210",
    "unknown moment",
    "Moments say what is known before an answer and what only later. They stand in `policyset.yaml`.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(known_at="afterwards"),
    good=_vocabulary(known_at="during"),
)
UNKNOWN_LANGUAGE = Code(
    "PE211",
    "unknown language",
    "A text in a language that the set does not list is never shown to anybody.",
    bad=_policy().replace("channel: phone", "say: {en: Good morning., fr: Bonjour.}"),
    good=_policy().replace("channel: phone", "say: {en: Good morning., nl: Goedemorgen.}"),
)
UNKNOWN_ZONE = Code(
    "PE212",
    "unknown time zone",
    "Days and hours are local to a zone. With a wrong one the opening hours of a whole season shift.",
    file="inputs/example.yaml",
    bad="""\
input: example
about: contact
columns: {channel: {field: contact.channel}}
combine:
  contact.at: {date: day, time: clock, zone: Europe/Amsterdm}
""",
    good="""\
input: example
about: contact
columns: {channel: {field: contact.channel}}
combine:
  contact.at: {date: day, time: clock, zone: Europe/Amsterdam}
""",
)
UNKNOWN_POLICY = Code(
    "PE213",
    "unknown policy",
    "A guarantee about a policy that does not exist promises nothing.",
    bad=_policy()
    + "guarantees:\n  - always: {when: {customer.known: false}, then: {policy: tretment}}\n",
    good=_policy()
    + "guarantees:\n  - always: {when: {customer.known: false}, then: {policy: treatment}}\n",
)
BAD_NAME = Code(
    "PE214",
    "name that cannot be told apart",
    "A name with a dot is a field and one without is a word, so both can stand in a rule without "
    "quotes. The words of the language itself cannot be values.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(field="plan.tries"),
    good=_vocabulary(field="callback.tries"),
)
NAME_USED_TWICE = Code(
    "PE215",
    "name used twice",
    "Policies and rules are known by their names in every log and answer. Two of one name cannot be "
    "told apart.",
    bad=_policy().replace("policy: example", "policy: treatment"),
    good=_policy(),
)
DECLARED_TWICE = Code(
    "PE216",
    "declared twice",
    "A field or directive that two vocabularies declare could have two types and two meanings.",
    file="vocabulary/callback.yaml",
    bad=_vocabulary(directive="max_wait"),
    good=_vocabulary(directive="call_within"),
)
NO_POLICY_SET = Code(
    "PE217",
    "no policy set",
    "`policyset.yaml` says what the folder is: its name, its zone, and which plan wins. Without it "
    "nothing can be read.",
    file="policyset.yaml",
    bad="",
    good="""\
policyset: base
version: 1.0.0
zone: Europe/Amsterdam
languages: [en, nl]
default_about: contact
precedence: [mandate, contingency, strategy, tier, type, service, house]
kinds:
  segment_treatment: {layer: type}
roles: [customer-care, planning]
moments: [before_answer, during]
""",
)
NAME_CODES = (
    UNKNOWN_FIELD,
    FIELD_NOT_SEEN,
    UNKNOWN_PLAN,
    UNKNOWN_DIRECTIVE,
    UNKNOWN_CONDITION,
    UNKNOWN_SUBJECT,
    UNKNOWN_KIND,
    UNKNOWN_LAYER,
    UNKNOWN_ROLE,
    UNKNOWN_MOMENT,
    UNKNOWN_LANGUAGE,
    UNKNOWN_ZONE,
    UNKNOWN_POLICY,
    BAD_NAME,
    NAME_USED_TWICE,
    DECLARED_TWICE,
    NO_POLICY_SET,
)
