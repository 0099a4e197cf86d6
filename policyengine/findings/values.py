"""Codes of values that cannot be read (part of PE230 to PE299), and the policy their examples use."""

from policyengine.findings.finding import Code, Severity

_EXAMPLE = """\
policy: first-answer
kind: task_allocation
title: Who answers first
about: contact
owner: customer-care
plans:
  trained:
    title: A trained adviser answers
    directives: {{skills: [best_price]}}
  quick:
    title: Whoever is free answers
    directives: {{skills: [fast_resolution]}}
rules:
  - rule: needs training
    when:
      {when}
    then: trained
    because: These customers need somebody who knows more.
  - otherwise: quick
    because: Everybody else is helped quickest by whoever is free.
"""


def example_code(
    id_: str, title: str, why: str, examples: tuple[str, str], *, severity: Severity = "error"
) -> Code:
    """Return the code whose *examples* are a bad and a good condition of one rule."""
    bad, good = (_EXAMPLE.format(when=when) for when in examples)
    file = "house/first-answer.yaml"
    return Code(id_, title, why, bad=bad, good=good, file=file, severity=severity)


UNKNOWN_VALUE = example_code(
    "PE230",
    "unknown value",
    "A rule that asks for a value nobody declared can never hold, so its plan would never be chosen.",
    ("customer.tier: glod", "customer.tier: gold"),
)
WRONG_CASE = example_code(
    "PE231",
    "capital letters",
    "The words of a test and the declared values are told apart by capital letters. "
    "One spelling for one thing keeps policies searchable.",
    ("customer.tier: Gold", "customer.tier: gold"),
)
BARE_SHARE = example_code(
    "PE238",
    "share without a percent sign",
    "Is 0.8 eighty percent, or less than one percent? A share is written with its sign.",
    ("customer.discount_share: at least 0.8", "customer.discount_share: at least 80%"),
)
BARE_DURATION = example_code(
    "PE239",
    "duration without a unit",
    "A bare number can be read as seconds or as minutes, and the two differ by sixty times.",
    ("queue.wait: over 120", "queue.wait: over 120 s"),
)
TIME_SPELLING = example_code(
    "PE240",
    "time in another spelling",
    "A time with a dot can also be read as a number. Times are written with a colon, on 24 hours.",
    ("contact.time: at least 17.30", "contact.time: at least 17:30"),
)
DATE_SPELLING = example_code(
    "PE241",
    "date in another spelling",
    "Some people write the day first and others the month. With the year first nobody can misread it.",
    ("contact.day: 1-12-2026", "contact.day: 2026-12-01"),
)
BOOLEAN_SPELLING = example_code(
    "PE242",
    "another word for true or false",
    "A field that is true or false knows these two words only, so that every policy says it alike.",
    ("customer.known: yes", "customer.known: true"),
)
INNER_QUOTES = example_code(
    "PE246",
    "quotes inside a value",
    "Values need no quotes. Quotes inside quotes would become part of the value, and match nothing.",
    ("contact.channel: '\"phone\"'", "contact.channel: phone"),
)
UNKNOWN_UNIT = example_code(
    "PE250",
    "unknown unit of time",
    "Durations are counted in ms, s, min, h, d or week. "
    "An `m` could be minutes or months, and a month has no fixed length.",
    ("queue.wait: over 2 minutes", "queue.wait: over 2 min"),
)
WRONG_UNIT = example_code(
    "PE251",
    "wrong unit",
    "Amounts are never converted, so a value must be in the unit of its field.",
    ("order.value: over 50 USD", "order.value: over 50 EUR"),
)
WRONG_TYPE = example_code(
    "PE252",
    "value of another type",
    "Each field has one type. A value that cannot be of that type would never be met.",
    ("contact.previous_contacts: over many", "contact.previous_contacts: over 3"),
)
NUMBER_SPELLING = example_code(
    "PE253",
    "number in another spelling",
    "A comma means thousands to some and a decimal part to others. "
    "Numbers are digits, with a dot before a decimal part.",
    ("order.value: over 1,000 EUR", "order.value: over 1000 EUR"),
)
DOT_AND_THREE_DIGITS = example_code(
    "PE254",
    "dot before three digits",
    "1.000 is one to some readers and a thousand to others. It is read as one; please write which is meant.",
    ("order.value: over 1.000 EUR", "order.value: over 1000 EUR"),
    severity="warning",
)
OUTSIDE_DOMAIN = example_code(
    "PE255",
    "value outside its domain",
    "A field says how low and how high it can be. A test of a value beyond that says nothing.",
    ("customer.discount_share: over 120%", "customer.discount_share: over 20%"),
)
TEXT_TOO_LONG = example_code(
    "PE256",
    "text that is too long",
    "The field cannot hold a text of this length, so the test would never hold.",
    (
        "contact.product: starts with " + "very " * 16 + "long name",
        "contact.product: starts with very long name",
    ),
)
OFF_STEP = example_code(
    "PE257",
    "value between two steps",
    "The field goes by steps, such as whole numbers. A value in between cannot occur.",
    ("contact.previous_contacts: at least 2.5", "contact.previous_contacts: at least 2"),
)
NO_SUCH_DAY = example_code(
    "PE258",
    "day or time that does not exist",
    "A day that is in no calendar never comes, so the rule would never hold.",
    ("contact.day: at least 2026-02-30", "contact.day: at least 2026-02-28"),
)
NO_OFFSET = example_code(
    "PE259",
    "moment without an offset",
    "A moment is only exact with its distance to universal time: an hour is doubled every autumn.",
    ("contact.at: over 2026-12-03T09:12:00", "contact.at: over 2026-12-03T09:12:00+01:00"),
)
ITEM_TWICE = example_code(
    "PE294",
    "item named twice",
    "The second one adds nothing; often another item was meant.",
    ("customer.needs: has price or price", "customer.needs: has price or speed"),
)

VALUE_CODES = (
    UNKNOWN_VALUE,
    WRONG_CASE,
    BARE_SHARE,
    BARE_DURATION,
    TIME_SPELLING,
    DATE_SPELLING,
    BOOLEAN_SPELLING,
    INNER_QUOTES,
    UNKNOWN_UNIT,
    WRONG_UNIT,
    WRONG_TYPE,
    NUMBER_SPELLING,
    DOT_AND_THREE_DIGITS,
    OUTSIDE_DOMAIN,
    TEXT_TOO_LONG,
    OFF_STEP,
    NO_SUCH_DAY,
    NO_OFFSET,
    ITEM_TWICE,
)
