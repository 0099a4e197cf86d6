"""A decision in words: what applies, by which rules, what was overridden, and what is not known."""

from dataclasses import replace
from decimal import Decimal

import pytest

from policyengine import load
from policyengine.context import Problem
from policyengine.decision import Directed, Outcome, Overridden, Withheld
from policyengine.formulas.metrics import metric_gap
from policyengine.model import Measure
from policyengine.reference import Measured
from policyengine.report.columns import cells, hung, listed, padded, wrapped
from policyengine.report.decision_text import decision_text
from policyengine.report.measured_text import measured_sentence
from policyengine.source import Source
from policyengine.values import FieldType

CONTEXT = {
    "contact.id": "c-1",
    "contact.at": "2026-12-03T08:12:00Z",
    "contact.channel": "phone",
    "customer.type": "value_driven",
    "queue.wait": 90,
}


@pytest.fixture
def decision(overlay):
    return load(overlay({})).decide(CONTEXT)


def _shown(decision, *, width=80):
    return decision_text(decision, colour=False, width=width)


def test_the_head_says_who_and_when_on_the_clocks_of_the_house(decision):
    assert _shown(decision).startswith("c-1 (contact, 2026-12-03 09:12)\n")


def test_the_day_that_was_asked_is_told(overlay):
    from datetime import date

    later = load(overlay({})).decide(CONTEXT, as_of=date(2027, 1, 1))
    head = _shown(later).splitlines()[0]
    assert head == "c-1 (contact, 2026-12-03 09:12, by the policies of 2027-01-01)"


def test_every_plan_stands_with_title_reason_rule_and_place(decision):
    assert (
        "  plans\n"
        "    treatment:by-email (layer type)\n"
        "      Answer by e-mail\n"
        "      because: They answer e-mail best.\n"
        "      by rule `value driven`, house/treatment.yaml:14\n"
    ) in _shown(decision)


def test_otherwise_is_called_so(overlay):
    plain = load(overlay({})).decide({**CONTEXT, "customer.type": "service_oriented"})
    assert "      by `otherwise`, as no rule matched, house/treatment.yaml:18\n" in _shown(plain)


def test_what_a_policy_decides_is_told_with_its_rule(decision):
    assert "  decided\n    customer.urgent  false  urgency: `otherwise`, as no rule" in _shown(
        decision
    )


def test_a_plan_that_is_mandated_or_in_force_is_said_to_be(decision):
    [plan] = decision.plans
    forced = replace(plan, layer="mandate", reason="in_force", because=None, rules=())
    shown = _shown(replace(decision, plans=(forced,)))
    assert "    treatment:by-email (mandated)\n" in shown
    assert "      in force, house/treatment.yaml:" in shown
    assert "because" not in shown.partition("  plans\n")[2].partition("treatment\n")[0]


def test_no_plan_is_said_too(decision):
    assert "  plans\n    none applies\n" in _shown(replace(decision, plans=()))


def test_each_value_stands_with_its_origin_and_each_loser_on_its_own_line(decision):
    channel = Directed("phone", ("a:one", "b:two"), (Overridden("email", ("c:three",)),))
    treatment = {"channel": channel, "max_wait": Directed(Decimal(90), ("a:one",))}
    lines = _shown(replace(decision, treatment=treatment)).splitlines()
    start = lines.index("  treatment")
    assert lines[start + 1 : start + 4] == [
        "    channel   phone       from a:one and b:two",
        "                          instead of email from c:three",
        "    max_wait  1 min 30 s  from a:one",
    ]


def test_a_text_in_several_languages_shows_each(decision):
    said = Directed({"en": "Please wait.", "nl": "Een ogenblik."}, ("a:one",))
    shown = _shown(replace(decision, treatment={"say": said}))
    assert "    say  en: Please wait. / nl: Een ogenblik.\n           from a:one\n" in shown


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Withheld("channel", ("a:x", "b:y"), "conflict"), "a:x and b:y say different things"),
        (
            Withheld("max_wait", ("a:x",), "missing", "queue.wait"),
            "a:x takes `queue.wait`, which is missing",
        ),
        (
            Withheld("max_wait", ("a:x",), "no_agents", "queue.wait"),
            "a:x takes `queue.wait`, which cannot be estimated: no agents",
        ),
    ],
)
def test_what_is_left_out_is_told_with_the_reason(decision, item, words):
    shown = _shown(replace(decision, withheld=(item,)))
    assert f"  left out\n    {item.directive}: {words}\n" in shown


def test_what_could_not_be_decided_stands_apart_from_what_gave_no_plan(decision):
    outcomes = {
        "risk": Outcome(
            "risk", "missing_data", find_missing=lambda: ("incident.type", "queue.wait")
        ),
        "quarrel": Outcome("quarrel", "conflict"),
        "abroad": Outcome("abroad", "not_applicable"),
        "later": Outcome("later", "not_in_effect"),
        "idle": Outcome("idle", "no_match"),
        "still": Outcome("still", "no_match"),
        "known": Outcome("known", "default", find_missing=lambda: ("customer.tier",)),
    }
    shown = _shown(replace(decision, outcomes=outcomes, plans=()))
    assert (
        "  not decided\n"
        "    risk: facts are missing: incident.type, queue.wait\n"
        "    quarrel: its rules disagree\n"
        "  no plan\n"
        "    does not apply here: abroad\n"
        "    not in effect on that day: later\n"
        "    no rule matched, and there is no `otherwise`: idle, still\n"
        "    no rule matched, so nothing is done: known\n"
        "  would help to know\n"
        "    for known: customer.tier\n"
    ) in shown


def test_no_policy_is_passed_over(overlay):
    from policyengine.loading import read_set
    from policyengine.schema import shipped_folder

    policies, _ = read_set(shipped_folder("policies"))
    assert policies is not None
    full = policies.decide({"contact.channel": "phone"})
    words = set(_shown(full).replace(",", " ").replace(":", " ").split())
    assert set(full.outcomes) <= words


def test_an_invalid_decision_shows_what_is_wrong_and_nothing_else(overlay):
    wrong = load(overlay({})).decide({**CONTEXT, "contact.channel": "fax"}, line=7)
    head, first, *_ = _shown(wrong, width=200).splitlines()
    assert head == "c-1 (contact, 2026-12-03 09:12): not decided, because the facts are faulty"
    assert first.startswith("    error: line 7: `contact.channel`: ")
    assert first.endswith(" [PE404]")


def test_a_warning_stands_below_what_was_decided(decision):
    problem = Problem("warning", "PE401", "contact.chanel", "`contact.chanel` is not declared")
    shown = _shown(replace(decision, problems=(problem,)))
    assert shown.endswith(
        "  please look at the facts\n    warning: `contact.chanel` is not declared [PE401]\n"
    )


@pytest.mark.parametrize("width", [10, 40, 60, 80, 120, 400])
def test_lines_keep_to_the_width_where_words_allow_it(decision, width):
    longest = max(map(cells, _shown(decision, width=width).splitlines()))
    assert longest <= max(width, 70)


def test_colours_change_nothing_but_colours(decision):
    import re

    bright = decision_text(decision, colour=True, width=80)
    assert "\x1b[" in bright
    assert re.sub(r"\x1b\[[0-9;]*m", "", bright) == _shown(decision)


def test_what_steers_a_terminal_is_written_out(decision):
    shown = _shown(replace(decision, id="c\x1b[31m\n1", treatment={}))
    assert shown.startswith("c\\x1b[31m\\n1 (")
    said = Directed("be\x1b[2Jware", ("a:one",))
    assert "be\\x1b[2Jware" in _shown(replace(decision, treatment={"say": said}))


def test_columns_align_in_any_script():
    assert cells("東京") == 4
    assert padded("東京", 6) == "東京  "
    assert wrapped("東京 大阪 京都", 9) == ["東京 大阪", "京都"]
    assert hung("  a: ", "one two three", 26) == ["  a: one two three"]
    assert hung("a: ", "one two three four five six", 20) == [
        "a: one two three four",
        "   five six",
    ]
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


TIME = FieldType("duration", unit="h")
SHARE = FieldType("share")


def _measure(type_, better="lower", at_least=0):
    span = Source("metrics/one.yaml", "").span(0, 0)
    return Measure("reply.time", type_, better, span, at_least=at_least)


def _measured(measure, standing, value, target=None, acceptable=None, *, n=None):
    gap = None
    if value is not None and target is not None:
        gap = metric_gap(value, target, better=measure.better)
    return Measured(measure, standing, value, target, acceptable, n, gap)


@pytest.mark.parametrize(
    ("measured", "sentence"),
    [
        (
            _measured(_measure(TIME), "off_target", Decimal(21600), Decimal(10800)),
            "6 h against 3 h: 3 h, 100 % over",
        ),
        (
            _measured(_measure(TIME), "breach", Decimal(14400), Decimal(10800), Decimal(12600)),
            "4 h against 3 h: 1 h, 33.3 % over; up to 3 h 30 min is acceptable",
        ),
        (
            _measured(_measure(TIME), "on_target", Decimal(10800), Decimal(10800)),
            "3 h against 3 h: exactly the target",
        ),
        (
            _measured(_measure(TIME), "on_target", Decimal(5400), Decimal(10800), Decimal(12600)),
            "1 h 30 min against 3 h: 1 h 30 min, 50 % under",
        ),
        (
            _measured(_measure(TIME), "off_target", Decimal(60), Decimal(0)),
            "1 min against 0 s: 1 min over",
        ),
        (
            _measured(
                _measure(SHARE, "higher"), "breach", Decimal("0.7"), Decimal("0.8"), Decimal("0.75")
            ),
            "70% against 80%: 10 percentage points, 12.5 % under; down to 75% is acceptable",
        ),
        (
            _measured(_measure(SHARE, "higher"), "on_target", Decimal("0.9"), Decimal("0.8")),
            "90% against 80%: 10 percentage points, 12.5 % over",
        ),
        (_measured(_measure(TIME), "baseline_only", Decimal(21600)), "6 h, target missing"),
        (_measured(_measure(TIME), "unknown", None), "there is no figure"),
        (
            _measured(_measure(TIME, at_least=30), "unknown", Decimal(3600), n=4),
            "1 h, of 4 measured; at least 30 are needed",
        ),
        (
            _measured(_measure(TIME, at_least=30), "unknown", Decimal(3600)),
            "1 h, nobody says of how many; at least 30 are needed",
        ),
    ],
)
def test_a_measure_is_told_in_one_sentence(measured, sentence):
    assert measured_sentence(measured) == sentence


def test_the_measure_of_a_policy_stands_in_the_decision(decision):
    measured = _measured(_measure(TIME), "breach", Decimal(21600), Decimal(10800))
    outcome = Outcome("reply-time", "no_match", measured=measured)
    shown = _shown(replace(decision, outcomes={"reply-time": outcome}, plans=()))
    assert "  measured\n    reply-time  breach  6 h against 3 h: 3 h, 100 % over\n" in shown
