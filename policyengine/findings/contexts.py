"""Codes PE401 to PE429: what can be wrong with a context. Contexts have no policy file to show."""

from policyengine.findings.finding import Code

UNKNOWN_FACT = Code(
    "PE401",
    "fact nobody declared",
    "A misspelt fact is not used, and the decision is made without it. Under `--strict` it is an "
    "error.",
    bad='{"contact.chanel": "phone"}',
    good='{"contact.channel": "phone"}',
    file="contacts.jsonl",
    severity="warning",
)
FACT_NOT_SEEN = Code(
    "PE402",
    "fact of a subject that is not seen",
    "The context is about another subject, whose policies cannot ask this fact.",
    bad='{"about": "operation", "contact.channel": "phone", "queue.wait": 90}',
    good='{"about": "operation", "queue.wait": 90}',
    file="contacts.jsonl",
    severity="warning",
)
FACT_GIVEN_TWICE = Code(
    "PE403",
    "fact given twice",
    "Two values for one fact: nobody can say which one is meant.",
    bad='{"contact.channel": "phone", "contact": {"channel": "chat"}}',
    good='{"contact": {"channel": "chat"}}',
    file="contacts.jsonl",
)
FACT_OF_WRONG_TYPE = Code(
    "PE404",
    "fact that is no value of its field",
    "A value outside the declared type or domain is refused, never read as something else: text is "
    "no number, and 1 is not true.",
    bad='{"contact.channel": "phone", "queue.wait": "90"}',
    good='{"contact.channel": "phone", "queue.wait": 90}',
    file="contacts.jsonl",
)
UNREADABLE_FACT = Code(
    "PE405",
    "text that is no value of its field",
    "In CSV, in YAML and in `--set` every value is text, read by the type of its field.",
    bad="contact.channel,queue.wait\nphone,soon\n",
    good="contact.channel,queue.wait\nphone,90\n",
    file="contacts.csv",
)
COMPUTED_FACT = Code(
    "PE406",
    "computed field in a context",
    "The engine computes the field; a value that comes in could contradict it.",
    bad='{"contact.at": "2026-12-03T09:12:00+01:00", "contact.weekday": "fri"}',
    good='{"contact.at": "2026-12-03T09:12:00+01:00"}',
    file="contacts.jsonl",
)
DECIDED_FACT = Code(
    "PE407",
    "decided field in a context",
    "A policy decides the field. Where a value that comes in should count instead, the policy says "
    "`given: wins`.",
    bad='{"contact.channel": "phone", "customer.tier": "gold"}',
    good='{"contact.channel": "phone", "customer.miles": 60000}',
    file="contacts.jsonl",
)
IMPOSSIBLE_CONTEXT = Code(
    "PE408",
    "impossible context",
    "The vocabulary says that these facts cannot come together, so one of them is wrong.",
    bad='{"customer.known": false, "customer.name": "Jo"}',
    good='{"customer.known": true, "customer.name": "Jo"}',
    file="contacts.jsonl",
)
NOT_KNOWN_HERE = Code(
    "PE409",
    "fact given where it cannot be known",
    "The vocabulary says with `known_when` where the fact can be known; this context is elsewhere.",
    bad='{"contact.channel": "phone", "customer.annual_value": 25000}',
    good='{"contact.channel": "web", "customer.annual_value": 25000}',
    file="contacts.jsonl",
)
NO_DAY = Code(
    "PE410",
    "no day for dated policies",
    "Some of what was asked depends on the day, and neither the context nor `--as-of` gives one.",
    bad='{"contact.channel": "phone"}',
    good='{"contact.channel": "phone", "contact.at": "2026-12-03T09:12:00+01:00"}',
    file="contacts.jsonl",
)
UNREADABLE_RECORD = Code(
    "PE411",
    "record that cannot be read",
    "One broken record does not stop the rest: it is reported with its line.",
    bad='{"contact.channel": "phone"',
    good='{"contact.channel": "phone"}',
    file="contacts.jsonl",
)
CONTEXT_CODES = (
    UNKNOWN_FACT,
    FACT_NOT_SEEN,
    FACT_GIVEN_TWICE,
    FACT_OF_WRONG_TYPE,
    UNREADABLE_FACT,
    COMPUTED_FACT,
    DECIDED_FACT,
    IMPOSSIBLE_CONTEXT,
    NOT_KNOWN_HERE,
    NO_DAY,
    UNREADABLE_RECORD,
)
