"""A month of a real call centre: every call is decided, and every plan is counted twice.

The second count is made here, from the raw columns, in plain Python: it knows nothing of the
policies but what their titles say.
"""

import csv
import gc
import gzip
import io
import tracemalloc
from collections import Counter
from itertools import chain, islice

import pytest
from conftest import ROOT

from policyengine import load
from policyengine.cases import read_suites, run_suites
from policyengine.inputs.mapping import decide_log
from policyengine.inputs.records import open_input, read_records

CALLS = ROOT.parent / "shared" / "data" / "anonbank_feb1999" / "calls.csv.gz"
POLICIES = ROOT / "examples" / "bank-calls"


def on_the_log(test):
    """Mark *test* as one that reads the log, and skip it where the log is not there."""
    reason = "the log of the bank is not beside this checkout"
    return pytest.mark.real_data(pytest.mark.skipif(not CALLS.is_file(), reason=reason)(test))


@pytest.fixture(scope="module")
def policies():
    return load(POLICIES)


@pytest.fixture(scope="module")
def raw():
    """Give every row of the log with its line."""
    with gzip.open(CALLS, "rt", encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), start=2))


@pytest.fixture(scope="module")
def decided(policies):
    """Decide the whole log once, keeping what is counted."""
    counts = Counter()
    invalid = []
    ids = set()
    with open_input(str(CALLS)) as records:
        for decision in decide_log(policies, "bank-calls", records, strict=True):
            ids.add(decision.id)
            if decision.status == "invalid":
                invalid.append([(problem.line, problem.field) for problem in decision.problems])
                continue
            counts["decided"] += 1
            for outcome in decision.outcomes.values():
                counts.update(outcome.plans or [f"{outcome.policy}: no plan"])
                counts.update((name, str(value)) for name, value in outcome.values.items())
    return counts, invalid, ids


def is_trading(row):
    return row["weekday"] not in ("Fri", "Sat") and "10:00:00" <= row["vru_entry"] < "17:00:00"


def pressure(row):
    waiting, busy = int(row["d_queue_len_on_arrival"]), int(row["d_agents_busy_on_arrival"])
    if waiting >= 6 or (waiting >= 3 and busy <= 1):
        return "overloaded"
    return "busy" if waiting >= 2 else "quiet"


def promise(row):
    if row["priority"] == "2":
        return 60
    if row["type"] == "NE" and is_trading(row):
        return 90
    return 300 if pressure(row) == "overloaded" else 180


def calls_often(row):
    earlier = row["d_prior_calls_same_customer"]
    return earlier != "" and int(earlier) >= 5


def urgency(row):
    points = {"low": 0, "normal": 0, "high": 0}
    if row["priority"] == "2":
        points["high"] += 2
    if row["type"] == "NE" and is_trading(row):
        points["high"] += 2
    if row["type"] == "TT":
        points["high"] += 1
        points["normal"] += 1
    if calls_often(row):
        points["high"] += 1
    if row["type"] in ("PS", "PE", "IN"):
        points["normal"] += 2
    if row["type"] == "NW":
        points["low"] += 2
    second, first = sorted(points.values())[1:]
    if first < 2 or first == second:
        return "normal"
    return max(points, key=points.get)


def team(row):
    if row["type"] == "NE":
        return "exchange-desk" if is_trading(row) else "general-team"
    desks = {"PE": "english-desk", "IN": "internet-desk", "NW": "newcomers-desk"}
    return desks.get(row["type"], "general-team")


def follow_up(row):
    late = int(row["q_time"]) > promise(row)
    if row["outcome"] == "AGENT":
        return "apology" if late else None
    if row["outcome"] == "PHANTOM":
        return None
    if late:
        return "call-back-soon" if urgency(row) == "high" else "call-back"
    enough = 60 if row["date"] <= "1999-02-14" else 30
    return "message" if int(row["q_time"]) >= enough else None


def notes(row):
    few = pressure(row) == "overloaded" and int(row["d_agents_busy_on_arrival"]) < 4
    found = {
        "frequent-caller": calls_often(row),
        "long-menu": int(row["vru_time"]) > 120,
        "few-people": few,
        "weekend-call": row["weekday"] in ("Fri", "Sat"),
        "night-call": row["vru_entry"] < "07:00:00",
    }
    return [note for note, holds in found.items() if holds]


def is_faulty(row):
    return int(row["vru_time"]) < 0


def expected_counts(rows):
    counts = Counter()
    for row in rows:
        counts["decided"] += 1
        counts[f"who-answers:{team(row)}"] += 1
        chosen = follow_up(row)
        counts[f"follow-up:{chosen}" if chosen else "follow-up: no plan"] += 1
        counts.update([f"notes:{note}" for note in notes(row)] or ["notes: no plan"])
        counts["queue.pressure", pressure(row)] += 1
        counts["contact.promised_wait", str(promise(row))] += 1
        counts["contact.urgency", urgency(row)] += 1
    for policy in ("queue-pressure", "promised-wait", "urgency"):
        counts[f"{policy}: no plan"] = counts["decided"]
    return counts


def test_the_example_has_no_findings(policies):
    assert policies.findings == ()


def test_the_cases_of_the_example_pass(policies):
    suites, findings = read_suites(policies)
    assert findings == ()
    report = run_suites(policies, suites)
    results = [result for suite in report.suites for result in suite.results]
    assert [failure for result in results for failure in result.failures] == []
    assert len(results) == 78


@on_the_log
def test_no_call_is_lost(decided):
    counts, invalid, ids = decided
    assert counts["decided"] + len(invalid) == 33_344
    assert len(ids) == 33_344


@on_the_log
def test_every_plan_and_every_decided_value_comes_as_often_as_the_raw_columns_say(decided, raw):
    assert decided[0] == expected_counts(row for _, row in raw if not is_faulty(row))


@on_the_log
def test_every_plan_of_the_example_comes_at_least_once(decided, policies):
    plans = [plan.id for one in policies.definitions.policies for plan in one.plans.values()]
    assert [plan for plan in plans if not decided[0][plan]] == []


@on_the_log
def test_faulty_rows_are_reported_by_their_line(decided, raw):
    faulty = [line for line, row in raw if is_faulty(row)]
    assert len(faulty) == 25
    assert decided[1] == [[(line, "contact.menu_time")] for line in faulty]


@on_the_log
def test_memory_does_not_grow_with_the_log(policies):
    with gzip.open(CALLS) as file:
        part = b"".join(islice(file, 501))

    def peak(times):
        parts = [read_records(io.BytesIO(part), "csv", name="part") for _ in range(times)]
        count = 0
        tracemalloc.start()
        for _ in decide_log(policies, "bank-calls", chain.from_iterable(parts)):
            count += 1
            if count % 50 == 0:
                gc.collect()  # what waits to be collected would hide what is kept
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 500 * times
        return most

    once = peak(1)
    assert peak(4) < 1.1 * once
