"""Calendar files are read, what is wrong with them is said, and computed fields ask them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from policyengine import load
from policyengine.calendars import OtherHours, Window, windows_on
from policyengine.findings.calendars import CALENDAR_CODES
from policyengine.loading import read_set

CHAT = """\
calendar: chat
open:
  mon..sat: 08:00..<22:00
  sun: [13:00..<18:00, 10:00..<12:00]
exceptions:
  2026-12-25..2026-12-26: closed
  2026-12-24: 08:00..<16:00
"""
CALLBACK = """\
vocabulary: callback
subject: {at: callback.asked_at}
fields:
  callback.asked_at: {type: datetime, optional: true}
  callback.done_at: {type: datetime, optional: true}
  callback.open: {type: boolean, computed: {open: {at: callback.asked_at, calendar: chat}}}
  callback.opens: {type: datetime, computed: {next_opening: {at: callback.asked_at, calendar: chat}}}
  callback.took:
    type: duration
    unit: min
    computed: {open_time: {from: callback.asked_at, to: callback.done_at, calendar: chat}}
directives:
  answer: {type: choice, values: [now, later]}
  call_at: {type: datetime}
"""
STAGE = """\
policy: stage
kind: task_allocation
title: What follows when nobody is online
about: callback
plans:
  online: {title: Somebody is online, directives: {answer: now}}
  call-back: {title: We call back, directives: {answer: later, call_at: {fact: callback.opens}}}
rules:
  - rule: online help
    when: {callback.open: true}
    then: online
    because: Stage 4 is a person online.
  - otherwise: call-back
    because: Online is closed; the customer gets a time.
"""


def _found(overlay, files):
    return [
        (finding.code.id, finding.message, finding.hint) for finding in read_set(overlay(files))[1]
    ]


def _calendar(**keys):
    lines = {"open": "{mon: 09:00..<17:00}", **keys}
    return "calendar: desk\n" + "".join(f"{key}: {value}\n" for key, value in lines.items())


def _read(overlay, text):
    return load(overlay({"calendars/desk.yaml": text})).definitions.calendars["desk"]


def _wrong(overlay, text):
    return _found(overlay, {"calendars/desk.yaml": text})


@pytest.mark.parametrize("code", CALENDAR_CODES, ids=lambda code: code.id)
def test_the_bad_example_gives_its_code_and_the_good_one_nothing(code, overlay):
    assert {found[0] for found in _found(overlay, {code.file: code.bad})} == {code.id}
    assert _found(overlay, {code.file: code.good}) == []


def test_a_calendar_is_read_as_it_stands(overlay):
    calendar = load(overlay({"calendars/chat.yaml": CHAT})).definitions.calendars["chat"]
    assert calendar.zone.key == "Europe/Amsterdam", "the set's, where it names none"
    assert calendar.week[0] == calendar.week[5] == (Window(480, 1320),)
    assert calendar.week[6] == (Window(600, 720), Window(780, 1080))
    assert calendar.exceptions == (
        OtherHours(date(2026, 12, 24), date(2026, 12, 24), (Window(480, 960),)),
        OtherHours(date(2026, 12, 25), date(2026, 12, 26), ()),
    )


def test_a_calendar_may_have_a_zone_of_its_own(overlay):
    assert _read(overlay, _calendar(zone="Asia/Kolkata")).zone.key == "Asia/Kolkata"


def test_a_day_that_is_not_named_is_closed(overlay):
    assert _read(overlay, _calendar()).week[1:] == ((),) * 6


@pytest.mark.parametrize(
    ("days", "opened"),
    [
        ("mon", [0]),
        ("tue..tue", [1]),
        ("mon..sun", [0, 1, 2, 3, 4, 5, 6]),
        ("sat..mon", [0, 5, 6]),
        ("sun..sat", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_days_are_read_from_the_first_to_the_last_also_over_sunday(overlay, days, opened):
    week = _read(overlay, _calendar(open=f"{{{days}: 09:00..<17:00}}")).week
    assert [day for day in range(7) if week[day]] == opened


@pytest.mark.parametrize(
    ("hours", "window"),
    [
        ("00:00..<24:00", Window(0, 1440)),
        ("20:00..<00:00", Window(1200, 1440)),
        ("20:00..<24:00", Window(1200, 1440)),
        ("22:00..<06:30", Window(1320, 1830)),
        ("00:01..<00:00", Window(1, 1440)),
    ],
)
def test_hours_may_end_at_midnight_or_after_it(overlay, hours, window):
    assert _read(overlay, _calendar(open=f"{{fri: {hours}}}")).week[4] == (window,)


@pytest.mark.parametrize(
    ("hours", "code", "message", "hint"),
    [
        (
            "10:00..<25:00",
            "PE285",
            "expected hours between `00:00` and `24:00`, found `10:00..<25:00`",
            "write `10:00..<01:00` to go on after midnight",
        ),
        (
            "00:00..<25:00",
            "PE285",
            "expected hours between `00:00` and `24:00`, found `00:00..<25:00`",
            "write hours such as `08:00..<22:00`",
        ),
        (
            "08:00..<17:60",
            "PE285",
            "expected hours between `00:00` and `24:00`, found `08:00..<17:60`",
            "write hours such as `08:00..<22:00`",
        ),
        (
            "24:00..<06:00",
            "PE285",
            "expected hours between `00:00` and `24:00`, found `24:00..<06:00`",
            "write the hours after midnight under the day on which they begin",
        ),
        (
            "08:00..<08:00",
            "PE285",
            "`08:00..<08:00` ends where it begins",
            "write `00:00..<24:00` for the whole day, or `closed`",
        ),
        (
            "[10:00..<13:00, 12:30..<18:00]",
            "PE286",
            "`10:00..<13:00` and `12:30..<18:00` overlap",
            "write `10:00..<18:00` if all of it is meant",
        ),
        (
            "08:00..17:00",
            "PE289",
            "expected a closing time after `..<`, found `08:00..17:00`",
            "write `08:00..<17:00`",
        ),
    ],
)
def test_hours_that_are_not_clear_are_found_once(overlay, hours, code, message, hint):
    text = _calendar(open=f"{{mon: {hours}}}")
    assert _wrong(overlay, text) == [(code, message, hint)]
    text = _calendar(exceptions=f"{{2026-12-24: {hours}}}")
    assert _wrong(overlay, text) == [(code, message, hint)]


def test_a_night_that_goes_on_into_the_hours_of_the_next_day_is_said_once(overlay):
    text = _calendar(open="{mon..sun: [04:00..<06:00, 22:00..<05:00]}")
    assert _wrong(overlay, text) == [
        (
            "PE286",
            "`22:00..<05:00` and `04:00..<06:00` of the next day overlap",
            "end at `04:00`",
        )
    ]


def test_hours_that_meet_do_not_overlap(overlay):
    text = _calendar(open="{mon..sun: [04:00..<06:00, 06:00..<08:00, 22:00..<04:00]}")
    assert _wrong(overlay, text) == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"open": "{mon..fri: 09:00..<17:00, fri..sat: 10:00..<12:00}"},
            "`fri` has hours under `mon..fri` and under `fri..sat`",
        ),
        (
            {"exceptions": "{2026-12-20..2026-12-31: closed, 2026-12-24: 08:00..<16:00}"},
            "`2026-12-24` has hours under `2026-12-20..2026-12-31` and under `2026-12-24`",
        ),
        (
            {"exceptions": "{2026-12-24: closed, 2026-12-20..2026-12-31: closed}"},
            "`2026-12-24` has hours under `2026-12-24` and under `2026-12-20..2026-12-31`",
        ),
    ],
)
def test_a_day_with_hours_twice_is_found_with_both_places(overlay, keys, message):
    policies, findings = read_set(overlay({"calendars/desk.yaml": _calendar(**keys)}))
    assert policies is None
    assert [(one.code.id, one.message) for one in findings] == [("PE287", message)]
    assert len(findings[0].related) == 1


def test_dates_that_cannot_be_are_found_at_their_place(overlay):
    text = _calendar(exceptions="{2026-02-27..2026-02-30: closed}")
    _, findings = read_set(overlay({"calendars/desk.yaml": text}))
    assert [finding.span.text for finding in findings] == ["2026-02-30"]
    text = _calendar(exceptions="{2026-12-26..2026-12-25: closed}")
    assert _wrong(overlay, text) == [
        (
            "PE227",
            "from 2026-12-26 through 2026-12-25: the end is before the start",
            "write `2026-12-25..2026-12-26`",
        )
    ]


def test_names_and_zones_are_checked(overlay):
    assert [found[0] for found in _wrong(overlay, _calendar(zone="Europe/Amsterdm"))] == ["PE212"]
    files = {"calendars/a.yaml": _calendar(), "calendars/b.yaml": _calendar()}
    assert _found(overlay, files) == [
        ("PE215", "two calendars are called `desk`", "give each a name of its own")
    ]


def test_a_calendar_that_opens_only_on_some_dates_is_fine(overlay):
    text = _calendar(open="{mon..sun: closed}", exceptions="{2026-12-24: 10:00..<12:00}")
    assert windows_on(_read(overlay, text), date(2026, 12, 24)) == (Window(600, 720),)


def _callback(overlay, **changes):
    vocabulary = CALLBACK
    for old, new in changes.values():
        assert old in vocabulary
        vocabulary = vocabulary.replace(old, new, 1)
    return {
        "calendars/chat.yaml": CHAT,
        "vocabulary/callback.yaml": vocabulary,
        "house/stage.yaml": STAGE,
    }


def _decide(overlay, **facts):
    policies = load(overlay(_callback(overlay)))
    given = {f"callback.{name}": value for name, value in facts.items()}
    return policies.decide(given, about="callback")


def test_a_closed_chat_ends_in_a_promised_time(overlay):
    decision = _decide(overlay, asked_at="2026-12-24T17:00:00+01:00")
    assert decision.treatment["answer"].value == "later"
    opens = datetime.fromisoformat("2026-12-27T10:00:00+01:00")
    assert decision.treatment["call_at"].value == opens
    decision = _decide(overlay, asked_at="2026-12-24T15:00:00+01:00")
    assert decision.treatment["answer"].value == "now"


def _computed(overlay, name, **facts):
    policies = load(
        overlay(
            {
                **_callback(overlay),
                "house/stage.yaml": STAGE.replace(
                    "callback.open: true", f"callback.{name}: missing"
                ),
            }
        )
    )
    given = {f"callback.{key}": value for key, value in facts.items()}
    return policies.decide(given, about="callback").facts


def test_open_time_counts_business_time(overlay):
    facts = _computed(
        overlay,
        "took",
        asked_at="2026-12-24T15:30:00+01:00",
        done_at="2026-12-27T10:15:00+01:00",
    )
    assert facts["callback.took"] == Decimal(45 * 60)


@pytest.mark.parametrize(
    ("done", "reason"),
    [("2026-12-24T15:29:59+01:00", "reversed"), ("2037-01-01T00:00:00+01:00", "too_long")],
)
def test_open_time_is_refused_where_it_means_nothing(overlay, done, reason):
    facts = _computed(overlay, "took", asked_at="2026-12-24T15:30:00+01:00", done_at=done)
    assert (facts["callback.took"], facts["callback.took.refused"]) == (None, reason)


def test_a_missing_moment_gives_a_missing_result(overlay):
    facts = _computed(overlay, "took", asked_at="2026-12-24T15:30:00+01:00")
    assert facts["callback.took"] is None
    assert "callback.took.refused" not in facts


def test_a_calendar_that_does_not_open_again_refuses_the_next_opening(overlay):
    chat = "calendar: chat\nopen: {mon..sun: closed}\nexceptions: {2026-12-24: 10:00..<12:00}\n"
    stage = STAGE.replace("callback.open: true", "callback.opens.refused: never_opens")
    files = {**_callback(overlay), "calendars/chat.yaml": chat, "house/stage.yaml": stage}
    policies = load(overlay(files))
    decision = policies.decide({"callback.asked_at": "2026-12-24T12:00:00+01:00"}, about="callback")
    assert decision.facts["callback.opens.refused"] == "never_opens"
    assert decision.treatment["answer"].value == "now"


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            "{open: {at: callback.asked_at, calendar: chat}}",
            "{open: {at: callback.asked_at, calendar: chta}}",
            "unknown calendar `chta`",
            "did you mean `chat`?",
        ),
        (
            "{open: {at: callback.asked_at, calendar: chat}}",
            "{open: callback.asked_at}",
            "`open` takes `{at: …, calendar: …}`",
            "write `open: {at: …, calendar: …}`",
        ),
        (
            "to: callback.done_at, calendar: chat}",
            "to: callback.done_at}",
            "`open_time` needs `calendar`",
            "write `open_time: {from: …, to: …, calendar: …}`",
        ),
        (
            "callback.open: {type: boolean",
            "callback.open: {type: datetime",
            "`open`: the result is a boolean",
            "",
        ),
        (
            "{next_opening: {at: callback.asked_at,",
            "{next_opening: {at: callback.took,",
            "`at` of `next_opening`: expected a datetime, found a duration",
            "",
        ),
        (
            "{next_opening: {at: callback.asked_at,",
            "{next_opening: {at: noon,",
            "expected a field, found `noon`",
            "name a field",
        ),
    ],
)
def test_a_computation_that_does_not_fit_its_calendar_is_found(overlay, old, new, message, hint):
    files = _callback(overlay, change=(old, new))
    del files["house/stage.yaml"]
    assert ("PE222", message, hint) in _found(overlay, files)


def test_without_a_calendar_the_way_out_is_to_write_one(overlay):
    files = _callback(overlay)
    del files["calendars/chat.yaml"]
    found = [one for one in _found(overlay, files) if one[0] == "PE222"]
    hint = "a file that opens with `calendar: chat` gives its hours"
    assert found == [("PE222", "unknown calendar `chat`", hint)] * 3


def test_a_calendar_with_a_mistake_is_not_called_unknown(overlay):
    for chat in (CHAT.replace("22:00", "22:60"), CHAT.replace("mon..sat", "mon-sat")):
        files = {**_callback(overlay), "calendars/chat.yaml": chat}
        assert "PE222" not in {found[0] for found in _found(overlay, files)}
