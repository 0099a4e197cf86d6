"""Every kind of expectation, where it is met and where it is not."""

import pytest

RICH = "order.value: 2000 EUR, queue.wait: 5 s"
POOR = "queue.wait: 5 s"
ALL = (
    "customer.needs: [], queue.wait: 5 s, order.value: 1 EUR, contact.requested_channel: web, "
    "contact.previous_contacts: 0, customer.type: value_driven, customer.upset: false"
)

MET = [
    (RICH, "status: decided"),
    (RICH, "facts: {customer.tier: gold}"),
    (RICH, "facts: {customer.tier: at least silver}"),
    (RICH, "facts: {customer.tier: [silver, gold]}"),
    (RICH, "facts: {chosen.waiting: soon}"),
    (POOR, "facts: {customer.tier: none}"),
    (RICH, "plans: {waiting: soon}"),
    (RICH, "plans: {waiting: [soon], treatment: by-phone}"),
    (POOR, "plans: {waiting: none}"),
    (POOR, "plans: {waiting: []}"),
    (RICH, "rules: {waiting: gold waits the least, tier: [orders a lot]}"),
    (POOR, "rules: {waiting: none}"),
    (POOR, "rules: {waiting: []}"),
    (f"{RICH}, contact.previous_contacts: 3", "rules: {tier: [comes back, orders a lot]}"),
    (RICH, "reasons: {waiting: matched, treatment: default}"),
    (RICH, "treatment: {max_wait: 30 s, channel: phone, say: missing}"),
    (RICH, "treatment: {max_wait: at most 1 min}"),
    (RICH, "treatment: {skills: [fast_resolution]}"),
    (RICH, "treatment: {skills: has fast_resolution}"),
    (RICH, 'from: {max_wait: "waiting:soon", channel: ["treatment:by-phone"]}'),
    (POOR, "from: {max_wait: none}"),
    (f"{RICH}, customer.type: value_driven", 'overridden: {channel: "waiting:soon"}'),
    (POOR, "overridden: {channel: []}"),
    ("customer.needs: [speed]", "withheld: [max_wait]"),
    (RICH, "withheld: none"),
    ("order.value: 5 EUR", "missing: [queue.wait]"),
    (ALL, "missing: []"),
    (f"{RICH}, contact.previous_contacts: 3", "sums: {tier: {gold: 4, silver: 2, red: 0}}"),
    ("queue.wait: -5 s", "problems: [queue.wait]"),
    ("queue.wait: -5 s", "status: invalid"),
    ("customer.tier: gold", "{status: invalid, problems: [customer.tier]}"),
    (RICH, "problems: []"),
    ("customer.needs: [sped]", "problems: [customer.needs]"),
    ("customer.needs: [speed, 5]", "problems: [customer.needs]"),
    ("order.value: -12.5", "problems: [order.value]"),
    ("order.value: true", "problems: [order.value]"),
    ("customer.known: 1", "{status: invalid, problems: [customer.known]}"),
    (
        "contact.previous_contacts: missing, customer.needs: [speed], queue.wait: -1 s",
        "status: invalid",
    ),
]

NOT_MET = [
    (RICH, "status: invalid", "invalid", "decided"),
    (RICH, "facts: {customer.tier: silver}", "silver", "gold"),
    (POOR, "facts: {customer.tier: missing}", "missing", "none"),
    (RICH, "facts: {customer.tier: red or silver}", "red or silver", "gold"),
    (RICH, "plans: {waiting: promised}", "promised", "soon"),
    (RICH, "plans: {waiting: none}", "no plan", "soon"),
    (POOR, "plans: {waiting: [soon]}", "soon", "no plan (default)"),
    (RICH, "rules: {waiting: in need}", "in need", "gold waits the least"),
    (POOR, "rules: {waiting: in need}", "in need", "no rule (default)"),
    (RICH, "reasons: {waiting: default}", "default", "matched"),
    (RICH, "treatment: {max_wait: under 20 s}", "under 20 s", "30 s"),
    (RICH, "treatment: {skills: [best_price]}", "best_price", "fast_resolution"),
    (RICH, "treatment: {say: present}", "present", "missing"),
    (
        "customer.needs: [speed]",
        "treatment: {max_wait: 1 min}",
        "1 min",
        "missing (withheld: missing)",
    ),
    (RICH, 'from: {max_wait: "waiting:promised"}', "waiting:promised", "waiting:soon"),
    (POOR, 'from: {max_wait: "waiting:soon"}', "waiting:soon", "no plan"),
    (RICH, "overridden: {channel: 'treatment:by-email'}", "treatment:by-email", "no plan"),
    (RICH, "withheld: [say]", "say", "none"),
    (RICH, "missing: [order.value]", "order.value", "customer.needs"),
    ("order.value: 5 EUR", "missing: none", "none", "queue.wait"),
    (RICH, "sums: {tier: {gold: 4}}", "4", "3"),
    (RICH, "problems: [queue.wait]", "queue.wait", "none"),
]


def _case(given, expect, name="it"):
    block = expect if expect.startswith("{") else f"{{{expect}}}"
    return f"  - case: {name}\n    given: {{{given}}}\n    expect: {block}\n"


@pytest.mark.parametrize(("given", "expect"), MET)
def test_what_is_expected_and_comes_passes(run, given, expect):
    report = run(_case(given, expect))
    assert [(one.what, one.expected, one.actual) for one in report.failures] == []
    assert (report.passed, report.failed) == (1, 0)


@pytest.mark.parametrize(("given", "expect", "wanted", "came"), NOT_MET)
def test_what_comes_otherwise_fails_and_says_both(run, given, expect, wanted, came):
    report = run(_case(given, expect))
    assert report.failed == 1
    (failure,) = report.failures
    assert failure.expected == wanted
    assert came in failure.actual


def test_a_failure_knows_its_place_and_its_reason(run):
    cases = _case(RICH, "facts: {customer.tier: silver}") + "    because: It was so agreed.\n"
    (failure,) = run(cases).failures
    assert failure.what == "facts.customer.tier"
    assert (failure.span.file, failure.span.line) == ("house/waiting_test.yaml", 6)
    assert failure.span.text == "customer.tier: silver"
    assert failure.because == "It was so agreed."


VISIT = """\
vocabulary: visit
subject: {sees: [contact]}
fields:
  visit.greeted: {type: boolean, optional: true}
directives:
  pin: {type: integer}
impossible:
  - {customer.known: false, customer.name: present}
"""
GREETING = """\
policy: greeting
title: Who is greeted
about: visit
decides: visit.greeted
rules:
  - rule: gold
    when: {customer.tier: gold, chosen.waiting: soon}
    then: true
    because: They are greeted.
"""


@pytest.mark.parametrize(
    ("expect", "what", "wanted"),
    [
        ("plans: {waiting: none}, facts: {customer.tier: none}", "plans.waiting", "a decision"),
        ("status: decided, problems: [queue.wait]", "status", "decided"),
    ],
)
def test_an_invalid_context_is_one_failure_with_the_reason(run, expect, what, wanted):
    cases = _case("customer.known: false, customer.name: Jo, queue.wait: 5 s", expect)
    head = "suite: x\nabout: visit\ncases:\n"
    files = {"vocabulary/visit.yaml": VISIT, "house/greeting.yaml": GREETING}
    (failure,) = run(cases, head, files).failures
    assert (failure.what, failure.expected) == (what, wanted)
    assert failure.actual.startswith("invalid: the vocabulary says this cannot be")
    assert failure.trace == ()


def test_the_same_treatment_counts_by_values_not_by_origins(run):
    cases = _case(RICH, "plans: {waiting: soon}", "first") + _case(
        f"{RICH}, contact.spoken: nl", "same_as: first", "second"
    )
    assert run(cases).failed == 0


def test_another_treatment_shows_the_directives_that_differ(run):
    cases = _case(RICH, "plans: {waiting: soon}", "first") + _case(POOR, "same_as: first", "second")
    (failure,) = run(cases).failures
    first = "max_wait: 30 s, skills: fast_resolution, show_value: 2000 EUR"
    assert failure.expected == f"the same as `first`: {first}"
    assert failure.actual == "max_wait: missing, skills: missing, show_value: 0 EUR"


SIGNS = """\
policy: signs
kind: task_allocation
title: What is said
about: contact
plans:
  greet:
    title: A greeting
    directives: {say: {en: "Hello {customer.name}", nl: "Hallo {customer.name}"}}
rules:
  - rule: known by name
    when: {customer.name: present}
    then: greet
    because: People like their names.
"""


def test_a_text_in_several_languages_meets_what_one_of_them_meets(run):
    given = "customer.name: Jo, queue.wait: 5 s"
    cases = _case(given, "treatment: {say: Hallo Jo}")
    assert run(cases, files={"house/signs.yaml": SIGNS}).passed == 1
    cases = _case(given, "treatment: {say: Bonjour Jo}")
    (failure,) = run(cases, files={"house/signs.yaml": SIGNS}).failures
    assert (failure.expected, failure.actual) == ("Bonjour Jo", "en: Hello Jo, nl: Hallo Jo")


def test_what_is_assumed_stands_in_for_the_decision(run):
    cases = """\
  - case: gold by decree
    assume: {customer.tier: gold}
    given: {queue.wait: 5 s}
    expect: {plans: {waiting: soon}, facts: {customer.tier: gold}}
  - case: the plan itself
    assume: {chosen.treatment: by-email}
    given: {queue.wait: 5 s}
    expect: {treatment: {channel: missing}, facts: {chosen.treatment: by-email}}
  - case: no tier at all
    assume: {customer.tier: missing}
    given: {queue.wait: 5 s}
    expect: {facts: {customer.tier: missing}, plans: {waiting: none}}
"""
    assert run(cases).passed == 3


REGULARS = """\
policy: regulars
title: Who is a regular
about: contact
decides: customer.known
rules:
  - rule: often
    when: {contact.previous_contacts: at least house.gold_from}
    then: true
    because: We know them.
  - otherwise: false
    because: We do not know them.
"""


def test_house_facts_are_set_for_the_suite_or_by_a_column(run):
    head = "suite: x\nabout: contact\nhouse: {gold_from: 5}\ncases:\n"
    cases = """\
  - case: of the suite
    given: {contact.previous_contacts: 5}
    expect: {facts: {customer.known: true}}
  - case: of the row
    given: {contact.previous_contacts: 5}
    table:
      columns: [house gold_from, expect facts.customer.known]
      rows: [[5, true], [6, false]]
"""
    assert run(cases, head, {"house/regulars.yaml": REGULARS}).passed == 3


def test_the_day_comes_from_on_from_a_column_or_from_the_context(run):
    cases = """\
  - case: on a day
    on: 2026-12-31
    given: {contact.previous_contacts: 40000}
    expect: {facts: {customer.known: true}}
  - case: by the context
    given: {contact.previous_contacts: 40000, contact.at: 2027-01-01T09:00:00+01:00}
    expect: {facts: {customer.known: false}}
  - case: day by day
    given: {contact.previous_contacts: 40000}
    table:
      columns: [on, expect facts.customer.known]
      rows: [[2026-12-31, true], [2027-01-01, false]]
"""
    assert run(cases, files={"house/regulars.yaml": REGULARS}).passed == 4


PARCEL = {
    "vocabulary/parcel.yaml": """\
vocabulary: parcel
fields:
  parcel.fragile: {type: boolean, default: false}
directives:
  route: {type: list, values: [bicycle, van, train]}
""",
    "house/parcel.yaml": """\
policy: parcel
kind: task_allocation
title: How a parcel goes
about: parcel
plans:
  usual: {title: As usual, directives: {route: [train, van]}}
rules:
  - rule: any parcel
    then: usual
    because: They all go the same way.
""",
}


@pytest.mark.parametrize(
    ("expected", "passed"),
    [("[train, van]", 1), ("[van, train]", 0), ("[train]", 0), ("present", 1), ("missing", 0)],
)
def test_a_list_is_expected_word_for_word_and_in_its_order(run, expected, passed):
    case = f"  - case: x\n    expect: {{treatment: {{route: {expected}}}}}\n"
    report = run(case, head="suite: parcels\nabout: parcel\ncases:\n", files=PARCEL)
    assert report.passed == passed
