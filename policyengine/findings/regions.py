"""Codes PE300 to PE319: what is proved of the rules of a policy over all possible contexts."""

from policyengine.findings.finding import Code


def _policy(rules: str, head: str = "") -> str:
    return f"""\
policy: example
kind: task_allocation
title: An example
about: contact
owner: customer-care
{head}plans:
  first: {{title: First}}
  second: {{title: Second}}
rules:
{rules}"""


_CHANNEL = """\
  - rule: by voice
    when: {contact.channel: phone}
    then: first
    because: Somebody answers at once.
  - rule: in writing
    when: {contact.channel: WRITTEN}
    then: second
    because: It is answered the same day.
"""

GAP = Code(
    "PE300",
    "gap: contexts for which a policy says nothing",
    "A contact that no rule is for falls through, and nobody notices. Where nothing is meant, "
    "`otherwise` says so, and the next reader knows it too.",
    bad=_policy(_CHANNEL.replace("WRITTEN", "email or chat")),
    good=_policy(_CHANNEL.replace("WRITTEN", "not phone")),
    severity="warning",
)
_TOGETHER = """\
  - rule: by voice
    when: {contact.channel: phone}
    then: first
    because: Somebody answers at once.
  - rule: in writing
    when: {contact.channel: LATER}
    then: second
    because: It is answered the same day.
  - otherwise: none
    because: Nothing is meant for the others.
"""

OVERLAP = Code(
    "PE301",
    "two rules where only one may hold",
    "Under `hit: unique` a contact for which two rules hold gets neither of the two answers. Nobody "
    "sees that in the file, because each rule is right by itself.",
    bad=_policy(_TOGETHER.replace("LATER", "not email"), "hit: unique\n"),
    good=_policy(_TOGETHER.replace("LATER", "chat or web"), "hit: unique\n"),
)
CONTRADICTION = Code(
    "PE302",
    "two rules that do not agree",
    "Under `hit: any` rules that hold together must give the same. Where they do not, the contact "
    "gets nothing.",
    bad=_policy(_TOGETHER.replace("LATER", "phone or chat"), "hit: any\n"),
    good=_policy(_TOGETHER.replace("LATER", "email or chat"), "hit: any\n"),
)

_LATE = """\
  - rule: by voice
    when: {contact.channel: phone}
    then: first
    because: Somebody answers at once.
  - rule: in writing
    when: {contact.channel: email or chat or web}
    then: second
    because: It is answered the same day.
LAST"""

UNREACHABLE = Code(
    "PE303",
    "rule that is never reached",
    "The rules before it hold wherever it does, one alone or several together. Whoever wrote it thinks "
    "that it counts.",
    bad=_policy(
        _LATE.replace(
            "LAST",
            "  - rule: the others\n    when: {contact.channel: phone or email}\n    then: second\n"
            "    because: They wait.\n",
        )
    ),
    good=_policy(_LATE.replace("LAST", "")),
    severity="warning",
)
NEVER_HOLDS = Code(
    "PE304",
    "rule that can never hold",
    "It asks for what cannot be: values that exclude each other, a value that nobody decides, a context "
    "that the vocabulary calls impossible, or a fact where it is not known.",
    bad=_policy(
        "  - rule: both\n    when: {contact.channel: phone, not: {contact.channel: phone}}\n"
        "    then: first\n    because: Nobody is that.\n"
        "  - otherwise: second\n    because: Everybody.\n"
    ),
    good=_policy(
        "  - rule: one\n    when: {contact.channel: phone, not: {contact.requested_channel: phone}}\n"
        "    then: first\n    because: They would rather have written.\n"
        "  - otherwise: second\n    because: Everybody.\n"
    ),
    severity="warning",
)
_CALLBACK = """\
vocabulary: callback
subject: {id: callback.id}
fields:
  callback.id: {type: text, optional: true}
  callback.away: {type: number}
  callback.square: {type: number, computed: {product: [callback.away, callback.away]}}
  callback.kept: {type: boolean, optional: true}
"""
_PROMISE = """\
  - otherwise: none
    because: Nothing is meant for the others.
guarantees:
  - always: {when: {contact.channel: present}, then: {plan: [first, second]}}
"""
_SQUARE = """\
policy: example
title: An example
about: callback
decides: callback.kept
rules:
  - rule: every square
    when: {callback.square: at least 0}
    then: true
    because: No square is less, but nobody has told the engine so.
"""

NOT_DECIDED_HERE = Code(
    "PE309",
    "question that was not decided",
    "Some questions take more steps than are worth it, or hang on a computed fact that cannot be "
    "reckoned backwards. Then `check` says that it does not know, and never that all is well.",
    bad=_SQUARE,
    good=_SQUARE + "  - otherwise: missing\n",
    severity="warning",
    beside=(("vocabulary/callback.yaml", _CALLBACK),),
)
BROKEN_GUARANTEE = Code(
    "PE310",
    "guarantee that is broken",
    "Somebody promised that this is always so, and there is a contact for which it is not. The context "
    "is shown, and the engine answers it so.",
    bad=_policy(_CHANNEL.replace("WRITTEN", "not email")) + _PROMISE,
    good=_policy(_CHANNEL.replace("WRITTEN", "not phone")) + _PROMISE,
)
REGION_CODES = (
    GAP,
    OVERLAP,
    CONTRADICTION,
    UNREACHABLE,
    NEVER_HOLDS,
    NOT_DECIDED_HERE,
    BROKEN_GUARANTEE,
)
