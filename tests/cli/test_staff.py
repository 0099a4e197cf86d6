"""The command `staff`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from policyengine.cli import main
from policyengine.erlang import REASONS

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "staff.schema.json").read_text(encoding="utf-8"))
CONTRACT = Draft202012Validator(SCHEMA)
HUNDRED = ["--calls", "100", "--handling", "3 min"]
PROMISE = ["--promise", "80% in 20 s"]
PLACE = ["--ahead", "5", "--agents", "10", "--handling", "180 s"]


def _staff(*options, day=None):
    environ = {"COLUMNS": "100"}
    arguments = ["staff", *(["-"] if day is not None else []), *options]
    return CliRunner().invoke(main, arguments, input=day, env=environ)


def _json(*options, day=None):
    result = _staff(*options, "--format", "json", day=day)
    answer = json.loads(result.stdout)
    CONTRACT.validate(answer)
    return answer, result.exit_code


@pytest.mark.row("X07")
def test_a_promise_that_is_not_kept_says_how_many_are_needed_and_ends_with_one():
    """80/20 with 13 agents, 100 calls in 30 minutes of 180 s."""
    result = _staff(*HUNDRED, *PROMISE, "--agents", "13")
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first == "13 agents give 79.6 %, the promise is 80 %; 14 needed"


def test_a_promise_that_is_kept_ends_with_zero():
    result = _staff(*HUNDRED, *PROMISE, "--agents", "14")
    assert result.exit_code == 0
    assert result.stdout.startswith("14 agents give 88.8 %, the promise is 80 %; met\n")


@pytest.mark.row("X08")
def test_fourteen_agents_are_twenty_on_the_roster():
    """One model of capacity for the peak and for the queue."""
    answer, code = _json(*HUNDRED, *PROMISE, "--shrinkage", "30%")
    assert code == 0
    (interval,) = answer["intervals"]
    assert (interval["needed"], interval["rostered"]) == (14, 20)
    assert "verdict" in interval
    assert interval["verdict"] is None


def test_the_figures_come_with_what_they_hold_for():
    text = " ".join(_staff(*HUNDRED, "--agents", "13").stdout.split())
    assert "By Erlang C, which holds for calls that come at random" in text
    assert "overstates the staff where people do" in text
    text = " ".join(_staff(*HUNDRED, "--agents", "13", "--patience", "2 min").stdout.split())
    assert "By Erlang A" in text
    assert "hang up 3.8 %" in text


def test_json_has_every_figure_rounded():
    answer, code = _json(*HUNDRED, *PROMISE, "--agents", "13")
    assert code == 1
    (interval,) = answer["intervals"]
    assert answer["model"] == "erlang_c"
    assert interval["load"] == 10
    assert round(interval["service_level"], 5) == 0.79559
    assert round(interval["wait_mean"], 3) == 17.116
    assert round(interval["wait_p90"], 2) == 62.90
    assert (interval["verdict"], interval["short"]) == ("not_met", 1)
    assert interval["text"] == "13 agents give 79.6 %, the promise is 80 %; 14 needed"


def test_where_people_hang_up_fewer_are_needed():
    answer, _ = _json(*HUNDRED, *PROMISE, "--agents", "12", "--patience", "120 s")
    (interval,) = answer["intervals"]
    assert answer["model"] == "erlang_a"
    assert interval["needed"] == 12
    assert round(interval["abandoned"], 5) == 0.06160


def test_agents_who_keep_the_promise_may_still_be_too_busy():
    options = ["--calls", "360", "--handling", "4 min", *PROMISE, "--max-occupancy", "85%"]
    result = _staff(*options, "--agents", "54")
    assert result.exit_code == 1
    sentence = " ".join(result.stdout.split("\n\n")[0].split())
    assert sentence == (
        "54 agents give 81.7 %, the promise is 80 %, but they are busy for 88.9 % of their time, "
        "more than 85 %; 57 needed"
    )
    assert _staff(*options, "--agents", "57").exit_code == 0


@pytest.mark.row("E17")
def test_the_wait_of_a_caller_is_announced_as_a_range():
    """10 agents, 180 s each, 5 ahead."""
    result = _staff(*PLACE)
    assert result.exit_code == 0
    assert "1 min 48 s on average" in result.stdout
    assert "9 of 10 at most 2 min 47 s" in result.stdout
    assert "2\N{EN DASH}3 minutes" in result.stdout
    assert "handling times vary, so announce a range" in " ".join(result.stdout.split())
    answer, _ = _json(*PLACE)
    assert answer["intervals"] == []
    assert answer["position"]["wait_mean"] == 108
    assert round(answer["position"]["wait_p90"], 2) == 166.94
    assert answer["position"]["announce"] == {"from": 2, "to": 3, "text": "2\N{EN DASH}3 minutes"}


def test_a_place_with_nobody_to_answer_is_refused():
    place = ["--ahead", "5", "--agents", "0", "--handling", "180 s"]
    result = _staff(*place)
    assert result.exit_code == 1
    assert result.stdout == "the wait of the caller cannot be estimated: no agents\n"
    answer, _ = _json(*place)
    assert answer["position"]["refused"]["wait_mean"]["reason"] == "no_agents"


def test_a_queue_without_end_is_refused_and_the_agents_are_still_said():
    result = _staff(*HUNDRED, *PROMISE, "--agents", "10")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "cannot be estimated: the queue grows without end; the promise is 80 %; 14 needed\n"
    )
    answer, _ = _json(*HUNDRED, *PROMISE, "--agents", "10")
    (interval,) = answer["intervals"]
    assert (interval["service_level"], interval["needed"]) == (None, 14)
    assert interval["refused"]["service_level"]["reason"] == "unbounded"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([*HUNDRED, "--promise", "100% in 20 s"], "no number of agents reaches the target"),
        (["--calls", "-1", "--handling", "180 s", *PROMISE], "a count is below 0"),
        (["--calls", "1", "--handling", "0 s", *PROMISE], "the handling time is not known, or not"),
        ([*HUNDRED, *PROMISE, "--shrinkage", "100%"], "a share is outside 0% to 100%"),
        ([*HUNDRED, *PROMISE, "--interval", "0 min"], "the interval is not above 0"),
    ],
)
def test_what_cannot_be_estimated_is_said_and_ends_with_one(options, said):
    result = _staff(*options)
    assert result.exit_code == 1
    assert f"cannot be estimated: {said}" in " ".join(result.stdout.split())


DAY = """\
from,calls,handling,agents
10:30,100,,14
11:00,120,3 min,14
11:30,115,180,14
12:00,90,,
"""


@pytest.mark.row("D21")
def test_a_day_tells_the_peak_and_where_people_are_short():
    """More people at peak times, with a number for each interval."""
    result = _staff(*PROMISE, "--handling", "3 min", "--shrinkage", "30%", day=DAY)
    assert result.exit_code == 1
    assert result.stdout.split("\n\n")[1] == (
        "the promise of 80 % within 20 s is kept in 1 of 3 intervals\n"
        "most are needed at 11:00: 16, 23 on the roster\n"
        "short of agents: 11:00 by 2, 11:30 by 1"
    )
    answer, _ = _json(*PROMISE, "--handling", "3 min", "--shrinkage", "30%", day=DAY)
    assert [one["from"] for one in answer["intervals"]] == ["10:30", "11:00", "11:30", "12:00"]
    assert [one.get("short") for one in answer["intervals"]] == [0, 2, 1, None]
    assert [one["needed"] for one in answer["intervals"]] == [14, 16, 15, 12]
    assert answer["peak"] == "11:00"


def test_without_agents_a_day_says_who_is_needed():
    result = _staff(*PROMISE, day="calls,handling\n100,180\n0,180\n")
    assert result.exit_code == 0
    assert "the promise is 80 % within 20 s\nmost are needed at 1: 14\n" in result.stdout


def test_an_interval_that_cannot_be_estimated_does_not_stop_the_day():
    day = "from,calls,handling,agents\n9:00,60,180,10\n9:30,,180,10\n10:00,60,,10\n"
    result = _staff(*PROMISE, day=day)
    assert result.exit_code == 1
    assert "\n9:30: cannot be estimated: the number of calls is not known\n" in result.stdout
    assert "\n10:00: cannot be estimated: the handling time is not known, or" in result.stdout
    assert "is kept in 1 of 3 intervals" in result.stdout
    answer, _ = _json(*PROMISE, day=day)
    assert answer["intervals"][1]["refused"]["needed"]["reason"] == "unknown_calls"
    all_unknown = _staff(*PROMISE, day="calls,agents\n60,10\n")
    assert "\nevery interval: cannot be estimated: the handling time" in all_unknown.stdout


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (
            "from,calls,agents\n9:00,many,10\n9:30,60,ten\n",
            (
                "error: standard input:2: `calls`: expected a number such as `1.5`, found `many`\n"
                "standard input:3: `agents`: expected a whole number such as `3`, found `ten`\n"
            ),
        ),
        (
            "from,cals\n9:00,60\n",
            (
                "error: standard input: expected a column `calls`, found none; did you mean it by "
                "`cals`?\n"
            ),
        ),
        (
            "hour\n9:00\n",
            (
                "error: standard input: expected a column `calls`, found none; a day may have `from`, "
                "`calls`, `interval`, `handling`, `agents`, `patience`\n"
            ),
        ),
        ("calls,agents\n", "error: standard input: expected a row for each interval, found none\n"),
        (
            "calls,agents\n60\n",
            "error: standard input:2: expected 2 cells as in the header, found 1 cell\n",
        ),
    ],
)
def test_a_day_that_cannot_be_read_ends_with_three(day, message):
    result = _staff(*PROMISE, "--handling", "3 min", day=day)
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", message)


def test_a_file_that_is_not_there_ends_with_three():
    result = CliRunner().invoke(main, ["staff", "no-such-day.csv"])
    assert result.exit_code == 3
    assert result.stderr == "error: no-such-day.csv: there is no such file\n"


def test_a_column_that_is_not_used_is_said():
    result = _staff("--handling", "180", day="from,calls,agnts,note\n9:00,60,10,busy\n")
    assert result.stderr == (
        "warning: standard input: the column `agnts` is not used; did you mean `agents`?\n"
        "warning: standard input: the column `note` is not used\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "nothing is asked: give `--calls`, a CSV of a day, or `--ahead`"),
        (["--calls", "100"], "how long does a call take on average? Give `--handling`"),
        (HUNDRED, "what is asked of them? Give `--promise`, `--agents`, or both"),
        (PLACE[:2] + PLACE[4:], "how many agents are there? Give `--agents` with `--ahead`"),
        (
            [*HUNDRED, "--agents", "13", "--shrinkage", "30%"],
            "`--shrinkage` and `--max-occupancy` go with a `--promise`",
        ),
        (
            ["day.csv", *HUNDRED],
            "a day has its calls in its rows: leave `--calls` and `--ahead` out",
        ),
        (
            [*HUNDRED, "--promise", "80/20"],
            "expected a promise such as `80% in 20 s`, found `80/20`; write `80% in 20 s`",
        ),
        ([*HUNDRED, "--promise", "most in 20 s"], "expected a share such as `80%`, found `most`"),
        ([*HUNDRED, "--promise", "80% in 20 m"], "write `20 min`, if minutes are meant"),
        ([*HUNDRED, "--promise", "80%"], "expected a promise such as `80% in 20 s`, found `80%`"),
        ([*HUNDRED, "--agents", "12.5"], "expected a whole number such as `3`, found `12.5`"),
    ],
)
def test_wrong_usage_ends_with_two_and_a_way_out(options, message):
    result = _staff(*options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_schema_knows_every_reason():
    known = SCHEMA["$defs"]["refusal"]["properties"]["reason"]["enum"]
    assert known == list(REASONS)
