"""Codes PE150 to PE159: sites, and the set that they extend."""

from policyengine.findings.finding import Code

_HOUSE = """\
policyset: house
version: 1.0.0
zone: Europe/Amsterdam
languages: [en, nl]
default_about: contact
precedence: [mandate, contingency, strategy, tier, type, service, house]
kinds:
  segment_treatment: {layer: type}
  task_allocation: {layer: service}
roles: [customer-care, planning]
moments: [before_answer, during]
house:
  short_wait: {type: duration, unit: s, value: 1 min}
"""
_GIFT = """\
policy: gift
kind: task_allocation
title: Who gets a gift
about: contact
plans:
  card: {title: A card, directives: {channel: email}}
  recall: {title: The product is called back, MANDATEdirectives: {channel: phone}}
rules:
  - rule: may hurt
    when: {contact.product: same as customer.name}
    then: recall
  - otherwise: card
guarantees:
  - never: {when: {contact.product: same as customer.name}, then: {plan: card}}
"""
_SITE = "policyset: south\nextends: ../house\n"
_OTHER = "policyset: other\nextends: ../house\n"
_MANDATE = 'mandate: {citation: "Product Safety Act, section 12"}, '
_PLAIN = _GIFT.replace("MANDATE", "")
_OWN = _PLAIN.replace("A card,", "A card from the shop,")
_MANDATED = _GIFT.replace("MANDATE", _MANDATE)
_BESIDE = (
    ("../house/policyset.yaml", _HOUSE),
    ("../house/gifts/gift.yaml", _PLAIN),
)
_BOTH = (("policyset.yaml", _SITE), *_BESIDE)


def _instead(text: str, replaces: str = "gift") -> str:
    """Return *text* as a policy that stands in for one of the extended set."""
    return text.replace("about: contact\n", f"about: contact\nreplaces: {replaces}\n")


NOTHING_TO_EXTEND = Code(
    "PE150",
    "no set to extend",
    "A site is read together with the set that it extends. Without that set nothing in it can be understood.",
    file="policyset.yaml",
    beside=_BESIDE,
    bad=_SITE.replace("../house", "../huose"),
    good=_SITE,
)
EXTENDED_TWICE = Code(
    "PE151",
    "site of a site",
    "A site extends a set that stands alone. With sites of sites nobody could say where a rule comes from.",
    file="policyset.yaml",
    beside=(*_BESIDE, ("../other/policyset.yaml", _OTHER)),
    bad=_SITE.replace("../house", "../other"),
    good=_SITE,
)
EXTENDS_ITSELF = Code(
    "PE152",
    "set that extends itself",
    "A set that extends itself, directly or by way of another, has no beginning.",
    file="policyset.yaml",
    beside=_BESIDE,
    bad=_SITE.replace("../house", "."),
    good=_SITE,
)
NOTHING_TO_REPLACE = Code(
    "PE153",
    "nothing to replace",
    "`replaces` names a policy of the extended set, which is then not asked. Where there is none of "
    "that name both policies would be asked.",
    beside=_BOTH,
    bad=_instead(_OWN.replace("policy: gift", "policy: gift-of-the-shop"), "gifts"),
    good=_instead(_OWN.replace("policy: gift", "policy: gift-of-the-shop")),
)
REPLACED_TWICE = Code(
    "PE154",
    "policy replaced twice",
    "One policy stands in for another. Of two that do, nobody could say which one is meant.",
    beside=(*_BOTH, ("house/card.yaml", _instead(_OWN.replace("policy: gift", "policy: card")))),
    bad=_instead(_OWN),
    good=_OWN.replace("policy: gift", "policy: second-gift"),
)
NAME_OF_THE_HOUSE = Code(
    "PE155",
    "name of a policy of the extended set",
    "A file that happens to have the name of a policy of the extended set must not take its place "
    "unseen: `replaces` says that it is meant to.",
    beside=_BOTH,
    bad=_OWN,
    good=_instead(_OWN),
)
MANDATE_DROPPED = Code(
    "PE156",
    "mandate that is dropped",
    "What the law asks of the house it asks of every site. A policy that replaces another keeps its "
    "mandated plans, with the rules that choose them.",
    beside=(("policyset.yaml", _SITE), _BESIDE[0], ("../house/gifts/gift.yaml", _MANDATED)),
    bad=_instead(_OWN),
    good=_instead(_MANDATED),
)
GUARANTEE_DROPPED = Code(
    "PE157",
    "guarantee that is dropped",
    "A site inherits the guarantees of the house, those of the policies that it replaces too. What "
    "they speak of must still be there.",
    beside=_BOTH,
    bad=_instead(_OWN.replace("card", "letter")),
    good=_instead(_OWN),
)
WRONG_OVERRIDE = Code(
    "PE158",
    "house fact of another type",
    "A site gives a fact of the house another value. The policies of the house ask it as what it is there.",
    file="policyset.yaml",
    beside=_BESIDE,
    bad=_SITE + "house:\n  short_wait: {type: integer, value: 60}\n",
    good=_SITE + "house:\n  short_wait: {type: duration, unit: s, value: 30 s}\n",
)
SITE_CODES = (
    NOTHING_TO_EXTEND,
    EXTENDED_TWICE,
    EXTENDS_ITSELF,
    NOTHING_TO_REPLACE,
    REPLACED_TWICE,
    NAME_OF_THE_HOUSE,
    MANDATE_DROPPED,
    GUARANTEE_DROPPED,
    WRONG_OVERRIDE,
)
