"""A year of a real service desk: every ticket is decided, and everything is counted twice.

The second count is made here, from the raw columns, in plain Python and in SQL: it knows nothing
of the policies but what their titles say.
"""

import csv
import gzip
import io
import sqlite3
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from conftest import ROOT
from shown import blocks, console_shows

from policyengine import load
from policyengine.cases import read_suites, run_suites
from policyengine.inputs.mapping import decide_log
from policyengine.inputs.records import open_input, read_records

LOG = ROOT.parent / "shared" / "data" / "uci_incident_log"
TICKETS = LOG / "incidents.csv.gz"
EVENTS = LOG / "events.csv.gz"
POLICIES = ROOT / "examples" / "service-desk"
PRIORITIES = {"1": "critical", "2": "high", "3": "moderate", "4": "low"}


def on_the_log(test):
    """Mark *test* as one that reads the log, and skip it where the log is not there."""
    reason = "the log of the service desk is not beside this checkout"
    missing = not (TICKETS.is_file() and EVENTS.is_file())
    return pytest.mark.real_data(pytest.mark.skipif(missing, reason=reason)(test))


@pytest.fixture(scope="module")
def policies():
    return load(POLICIES)


def read_rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def raw():
    """Give every ticket of the log by its number."""
    return {row["number"]: row for row in read_rows(TICKETS)}


@pytest.fixture(scope="module")
def events():
    """Give the events of the log as a table of SQL."""
    wanted = ("number", "event_no", "incident_state", "priority", "reassignment_count")
    wanted += ("reopen_count", "opened_at", "sys_updated_at")
    table = sqlite3.connect(":memory:")
    table.row_factory = sqlite3.Row
    table.execute(f"create table event (line integer, {', '.join(wanted)})")
    rows = enumerate(read_rows(EVENTS), start=2)
    named = ([line, *(row[column] for column in wanted)] for line, row in rows)
    marks = ", ".join("?" * (len(wanted) + 1))
    table.executemany(f"insert into event values ({marks})", named)
    yield table
    table.close()


def count(decision):
    """Yield what *decision* says of each policy: its reason, its plans, its values."""
    for outcome in decision.outcomes.values():
        yield outcome.policy, "reason", outcome.reason
        for plan in outcome.plans or ["no plan"]:
            yield outcome.policy, "plan", plan.removeprefix(f"{outcome.policy}:")
        for name, value in outcome.values.items():
            yield outcome.policy, name, str(value)


@pytest.fixture(scope="module")
def decided(policies):
    """Decide every ticket once, keeping what is counted and what each ticket got."""
    counts = Counter()
    kept = {}
    with open_input(str(TICKETS)) as records:
        for decision in decide_log(policies, "tickets", records, strict=True):
            assert decision.problems == ()
            counts.update(count(decision))
            found = decision.outcomes
            kept[decision.id] = (
                found["priority"].values["ticket.priority"],
                found["kept"].values["ticket.kept"],
                found["escalation"].plans,
            )
    return counts, kept


def moment(text):
    return datetime.fromisoformat(text)


def open_hours(begin, end):
    """Return the time between two moments in which the desk is open: Monday to Friday, 8 to 18."""
    total = timedelta()
    day = begin.date()
    while day <= end.date():
        opens = max(begin, datetime.combine(day, time(8)))
        closes = min(end, datetime.combine(day, time(18)))
        if day.weekday() < 5 and closes > opens:
            total += closes - opens
        day += timedelta(days=1)
    return total


def is_open(at):
    return at.weekday() < 5 and 8 <= at.hour < 18


def times(priority, opened):
    """Return how soon such a ticket is to be taken up and solved, in minutes."""
    if priority == "moderate":
        return 240, (40 if opened < "2016-04-01" else 30) * 60
    return {"critical": (15, 480), "high": (30, 1440), "low": (600, 3600)}[priority]


def was_kept(row):
    if not row["resolved_at"]:
        return "not_recorded"
    opened, resolved = moment(row["opened_at"]), moment(row["resolved_at"])
    priority = PRIORITIES[row["priority"]]
    took = resolved - opened if row["priority"] in "12" else open_hours(opened, resolved)
    minutes = times(priority, row["opened_at"])[1]
    return "late" if took > timedelta(minutes=minutes) else "in_time"


def trouble(row):
    passed, late = int(row["reassignment_count"]), was_kept(row) == "late"
    came_back, helped = row["reopen_count"] != "0", row["waited_on_user"] == "1"
    some = 5 * (passed >= 3) + 3 * (passed in (1, 2)) + 2 * came_back + helped + 2 * late
    much = 5 * (passed >= 3) + 7 * came_back + helped + 3 * late
    if max(some, much) < 5:
        return "little"
    return "much" if much > some else "some"


def team(row):
    fields = {
        "workplace-team": ("42", "26", "46"),
        "applications-team": ("53", "32", "9", "37"),
        "network-team": ("23", "20", "57"),
        "access-team": ("61", "24", "45"),
    }
    if row["priority"] == "1":
        return "incident-team"
    if row["priority"] == "2" and not is_open(moment(row["opened_at"])):
        return "on-call"
    if int(row["d_caller_incidents_prev_30d"]) >= 60:
        return "monitoring"
    return next((one for one, codes in fields.items() if row["category"] in codes), "first-line")


def escalation(passed, reopened, priority):
    if reopened >= 2 or (priority in "12" and passed >= 3):
        return "duty-manager"
    if passed >= 5:
        return "desk-lead"
    return "one-person" if reopened == 1 or passed >= 3 else "no plan"


def aftercare(row):
    if trouble(row) == "much":
        return "call"
    result = was_kept(row)
    if result == "not_recorded":
        return "ask-the-team"
    if result == "late":
        return "apology"
    asked = row["waited_on_user"] == "1" and row["opened_at"] >= "2016-04-01"
    return "survey" if asked else "no plan"


def notes(row):
    first, last = int(row["first_priority"]), int(row["priority"])  # 1 is the most pressing
    found = {
        "passed-on": int(row["reassignment_count"]) >= 3,
        "raised": last < first,
        "lowered": last > first,
        "not-checked": last <= 2 and row["u_priority_confirmation"] == "false",
        "waited-for-others": "1" in (row["waited_on_user"], row["waited_on_vendor"]),
        "many-tickets": int(row["d_caller_incidents_prev_30d"]) >= 60,
    }
    return [note for note, holds in found.items() if holds] or ["no plan"]


def expected(row):
    """Yield what has to be counted for the ticket of *row*, as `count` does for its decision."""
    priority = PRIORITIES[row["priority"]]
    respond, resolve = times(priority, row["opened_at"])
    passed, reopened = int(row["reassignment_count"]), int(row["reopen_count"])
    values = (
        ("priority", "ticket.priority", priority, ""),
        ("promised-times", "ticket.respond_within", str(respond * 60), ""),
        ("kept", "ticket.kept", was_kept(row), "in_time"),
        ("trouble", "ticket.trouble", trouble(row), "little"),
    )
    for policy, field, value, default in values:
        yield policy, field, value
        yield policy, "plan", "no plan"
        yield policy, "reason", "default" if value == default else "matched"
    yield "promised-times", "ticket.resolve_within", str(resolve * 60)
    plans = (
        ("who-takes-it", [team(row)], "first-line"),
        ("promise", ["around-the-clock" if row["priority"] in "12" else "in-opening-hours"], ""),
        ("escalation", [escalation(passed, reopened, row["priority"])], "no plan"),
        ("aftercare", [aftercare(row)], "no plan"),
        ("notes", notes(row), "no plan"),
    )
    for policy, chosen, default in plans:
        yield from ((policy, "plan", plan) for plan in chosen)
        yield policy, "reason", "default" if chosen == [default] else "matched"


def test_the_example_has_no_findings(policies):
    assert policies.findings == ()


def test_the_cases_of_the_example_pass(policies):
    suites, findings = read_suites(policies)
    assert findings == ()
    report = run_suites(policies, suites)
    results = [result for suite in report.suites for result in suite.results]
    assert [failure for result in results for failure in result.failures] == []
    assert len(results) == 158


def test_the_commands_of_the_example_print_what_its_page_shows(request):
    path = POLICIES / "README.md"
    for text, _ in blocks(path.read_text(encoding="utf-8"), "console"):
        really = console_shows(text)
        if request.config.getoption("--update-golden"):
            now = path.read_text(encoding="utf-8")
            path.write_text(now.replace(text, really), encoding="utf-8")
        else:
            assert really == text


@on_the_log
def test_no_ticket_is_lost(decided, raw):
    assert len(raw) == 24_918
    assert decided[1].keys() == raw.keys()


@on_the_log
def test_every_reason_plan_and_value_comes_as_often_as_the_raw_columns_say(decided, raw):
    assert decided[0] == Counter(one for row in raw.values() for one in expected(row))


@on_the_log
def test_the_priority_of_each_ticket_is_the_one_that_the_desk_gave_it(decided, raw):
    given = {number: PRIORITIES[row["priority"]] for number, row in raw.items()}
    assert {number: found[0] for number, found in decided[1].items()} == given


@on_the_log
def test_every_plan_about_a_ticket_comes_at_least_once(decided, policies):
    for policy in policies.definitions.policies:
        if policy.about == "ticket":
            assert [
                plan for plan in policy.plans if not decided[0][policy.name, "plan", plan]
            ] == []


@on_the_log
def test_a_ticket_is_decided_as_its_last_event_left_it(decided, events):
    """Count escalations in the other file, in SQL: the last event of each ticket."""
    query = """
        select case
            when reopen_count >= 2 or (priority <= 2 and reassignment_count >= 3) then 'duty-manager'
            when reassignment_count >= 5 then 'desk-lead'
            when reopen_count = 1 or reassignment_count >= 3 then 'one-person'
            else 'no plan' end,
            count(*)
        from (select cast(reopen_count as integer) as reopen_count,
                     cast(reassignment_count as integer) as reassignment_count,
                     cast(priority as integer) as priority,
                     max(cast(event_no as integer))
              from event group by number)
        group by 1
    """
    plans = {
        plan: often for (policy, _, plan), often in decided[0].items() if policy == "escalation"
    }
    counted = dict(map(tuple, events.execute(query)))
    assert sum(counted.values()) == 24_918
    assert {plan: plans[plan] for plan in counted} == counted


def share(part, whole):
    return part / whole if whole else None


def standing(figure, measured, at_least, target, acceptable):
    """Return the standing of a *figure* of which more is better."""
    if figure is None or measured < at_least:
        return "unknown"
    if figure >= target:
        return "on_target"
    return "off_target" if figure >= acceptable else "breach"


def expected_standings(rows):
    timed = [row for row in rows if row["resolved_at"]]
    in_time = share(sum(was_kept(row) == "in_time" for row in timed), len(timed))
    stayed = share(sum(row["reassignment_count"] == "0" for row in rows), len(rows))
    lasting = share(sum(row["reopen_count"] == "0" for row in rows), len(rows))
    urgent = rows[0]["priority"] in "12"
    return {
        "urgent-in-time": standing(in_time, len(timed), 20, 0.8, 0.6) if urgent else None,
        "everyday-in-time": None if urgent else standing(in_time, len(timed), 30, 0.85, 0.7),
        "solved-by-the-first-team": standing(stayed, len(rows), 30, 0.6, 0.5),
        "opened-again": standing(lasting, len(rows), 30, 0.99, 0.98),
    }


def figures_of_the_months(decided, raw):
    """Return the figures of each month and priority as a CSV: what a report would count."""
    months = {}
    for number, (priority, kept, _) in decided.items():
        row = raw[number]
        key = f"{row['opened_at'][:7]}-01", priority
        month = months.setdefault(key, Counter())
        month["tickets"] += 1
        month["timed"] += kept != "not_recorded"
        month["in_time"] += kept == "in_time"
        month["never_passed_on"] += row["reassignment_count"] == "0"
        month["reopened"] += row["reopen_count"] != "0"
    text = io.StringIO()
    columns = ["tickets", "timed", "in_time", "never_passed_on", "reopened"]
    out = csv.writer(text)
    out.writerow(["month", "priority", *columns])
    out.writerows([*key, *(month[one] for one in columns)] for key, month in months.items())
    return io.BytesIO(text.getvalue().encode())


@on_the_log
def test_the_standing_of_every_month_is_the_one_that_the_raw_columns_give(policies, decided, raw):
    groups = {}
    for row in raw.values():
        key = f"{row['opened_at'][:7]}-01-{PRIORITIES[row['priority']]}"
        groups.setdefault(key, []).append(row)
    records = read_records(figures_of_the_months(decided[1], raw), "csv", name="months")
    found = {}
    for decision in decide_log(policies, "months", records, strict=True):
        assert decision.problems == ()
        facts = decision.facts
        found[decision.id] = {
            name: facts.get(f"standing.{name}") for name in expected_standings(groups[decision.id])
        }
    assert found == {key: expected_standings(rows) for key, rows in groups.items()}
    standings = Counter(value for one in found.values() for value in one.values())
    assert {"on_target", "off_target", "breach", "unknown"} <= standings.keys()


def next_step(event):
    """Return who is told after *event*, as the titles say it."""
    state, priority, opened = event["incident_state"], event["priority"], event["opened_at"]
    if state in ("Resolved", "Closed"):
        return "no plan"
    passed, reopened = int(event["reassignment_count"]), int(event["reopen_count"])
    risen = escalation(passed, reopened, priority)
    if risen == "duty-manager":
        return "tell-the-duty-manager"
    begin, now = moment(opened), moment(event["sys_updated_at"])
    age = now - begin if priority in "12" else open_hours(begin, now)
    if state == "New" and age > timedelta(minutes=times(PRIORITIES[priority], opened)[0]):
        return "nobody-began"
    if risen != "no plan":
        return {"desk-lead": "find-who-can-solve-it", "one-person": "name-one-person"}[risen]
    reminded = {
        "Awaiting User Info": "remind-the-reporter",
        "Awaiting Vendor": "remind-the-supplier",
    }
    return reminded.get(state, "no plan")


@pytest.mark.slow
@on_the_log
def test_every_event_is_decided_and_faulty_ones_are_reported_by_their_line(
    policies, decided, events
):
    plans, last, invalid = Counter(), {}, []
    with open_input(str(EVENTS)) as records:
        for decision in decide_log(policies, "events", records, strict=True):
            number, _ = decision.id.split("-")
            if decision.status == "invalid":
                invalid.append([(problem.line, problem.field) for problem in decision.problems])
                continue
            chosen = decision.outcomes["next-step"].plans or ["no plan"]
            plans.update(plan.removeprefix("next-step:") for plan in chosen)
            last[number] = decision.outcomes["escalation"].plans
    rows = events.execute("select * from event order by line").fetchall()
    faulty = [row["line"] for row in rows if row["incident_state"] == "-100"]
    counted = Counter(next_step(row) for row in rows if row["incident_state"] != "-100")
    assert len(rows) == 141_712
    assert len(faulty) == 5
    assert invalid == [[(line, "step.state")] for line in faulty]
    assert plans == counted
    assert last == {number: found[2] for number, found in decided[1].items()}
