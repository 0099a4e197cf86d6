"""`policyengine decide`: contexts in, decisions out, one by one."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from policyengine.cli import main
from policyengine.schema import read_schema, shipped_folder

ROOT = Path(__file__).parents[2]
GOLD = '{"contact.id": "c-1", "contact.channel": "phone", "customer.type": "value_driven"}'
PLAIN = '{"contact.channel": "phone"}'
INPUT = """\
input: calls
about: contact
format: csv
id: [call]
columns:
  way: {field: contact.channel, values: {P: phone, M: email}}
  kind: {field: customer.type}
ignore: [call]
"""


@pytest.fixture
def decide(tmp_path, monkeypatch, overlay):
    overlay({"inputs/calls.yaml": INPUT})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments, **options):
        return CliRunner().invoke(main, ["decide", *arguments], catch_exceptions=False, **options)

    return run


def _write(name, *lines):
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _schema(name):
    return Draft202012Validator(read_schema(shipped_folder("schemas") / f"{name}.schema.json"))


def test_a_decision_is_said_in_words(decide):
    _write("one.jsonl", GOLD)
    result = decide("one.jsonl")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "c-1 (contact)\n  decided\n    customer.urgent  false  urgency:"
    )
    assert "\n  plans\n    treatment:by-email (layer type)\n" in result.stdout
    assert "because: They answer e-mail best." in result.stdout
    assert "by rule `value driven`, house/treatment.yaml:14" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("how", ["jsonl", "json"])
def test_decisions_for_programs_keep_their_contract(decide, how):
    _write("two.jsonl", GOLD, PLAIN)
    result = decide("two.jsonl", "--format", how)
    if how == "json":
        found = json.loads(result.stdout)
    else:
        found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in found] == ["c-1", "2"]
    for one in found:
        _schema("decision").validate(one)


def test_a_bad_record_is_told_with_its_line_and_the_rest_go_on(decide):
    _write("some.jsonl", GOLD, "{broken", "[1]", '{"about": "contct"}', PLAIN)
    result = decide("some.jsonl", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["status"] for one in found] == ["decided", *["invalid"] * 3, "decided"]
    assert [one["problems"][0]["line"] for one in found[1:4]] == [2, 3, 4]
    assert {one["problems"][0]["code"] for one in found[1:4]} == {"PE411"}
    assert "did you mean `contact`?" in found[3]["problems"][0]["message"]
    assert result.stderr == "3 not decided, of 5 contexts\n"
    for one in found:
        _schema("decision").validate(one)


def test_a_value_that_is_none_makes_its_context_invalid(decide):
    _write("one.jsonl", '{"contact.channel": "fax"}')
    result = decide("one.jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 (contact): not decided, because the facts are faulty\n")
    assert "    error: line 1: `contact.channel`: " in result.stdout


def test_a_fact_nobody_declared_is_a_warning_and_under_strict_an_error(decide):
    _write("one.jsonl", '{"contact.channel": "phone", "contact.chanel": "chat"}')
    loose = decide("one.jsonl")
    assert loose.exit_code == 0
    assert "did you mean `contact.channel`?" in " ".join(loose.stdout.split())
    assert loose.stderr == "1 decided with warnings, of 1 context\n"
    assert decide("one.jsonl", "--strict").exit_code == 1


def test_contexts_come_from_standard_input_too(decide):
    assert decide("-", input=GOLD).stdout.startswith("c-1 ")
    assert decide(input=GOLD).stdout == decide("-", input=GOLD).stdout
    assert decide(input="x").exit_code == 3


def test_without_contexts_a_person_is_told_what_to_name(decide, monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    result = decide()
    assert result.exit_code == 2
    assert "name a file with contexts, or `-` for standard input" in result.stderr


def test_every_format_gives_the_same_decision(decide):
    _write("a.jsonl", PLAIN)
    _write("a.json", f"[{PLAIN}]")
    _write("a.yaml", "contact.channel: phone")
    _write("a.csv", "contact.channel", "phone")
    Path("a.jsonl.gz").write_bytes(gzip.compress(f"{PLAIN}\n".encode()))
    _write("a.txt", PLAIN)
    names = ("a.jsonl", "a.json", "a.yaml", "a.csv", "a.jsonl.gz")
    answers = {decide(name, "--format", "jsonl").stdout for name in names}
    answers.add(decide("a.txt", "--input-format", "jsonl", "--format", "jsonl").stdout)
    assert len(answers) == 1
    assert "use `--input-format" in decide("a.txt").stderr


def test_records_are_numbered_through_all_files(decide):
    _write("a.jsonl", PLAIN, PLAIN)
    _write("b.jsonl", PLAIN, "{")
    result = decide("a.jsonl", "b.jsonl", "--format", "json")
    assert [one["id"] for one in json.loads(result.stdout)] == ["1", "2", "3", "4"]


def test_nothing_is_decided_where_one_of_the_files_is_not_there(decide):
    _write("a.jsonl", PLAIN)
    result = decide("a.jsonl", "none.jsonl", "--format", "json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == "error: none.jsonl: there is no such file\n"


def test_standard_input_is_read_once(decide):
    assert decide("-", "-", input=GOLD).exit_code == 2


def test_a_log_is_read_as_its_input_file_says(decide):
    _write("calls.log", "call,way,kind", "7,P,value_driven", "8,X,value_driven")
    result = decide("calls.log", "--input", "calls", "--format", "json")
    first, second = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (first["id"], first["plans"][0]["id"]) == ("7", "treatment:by-email")
    assert (second["status"], second["problems"][0]["line"]) == ("invalid", 3)


def test_a_log_that_lacks_a_column_cannot_be_read(decide):
    _write("calls.csv", "call,kind", "7,value_driven")
    result = decide("calls.csv", "--input", "calls")
    assert result.exit_code == 3
    assert "the log has no column `way`" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--about", "contct"), "unknown subject `contct`; did you mean `contact`?"),
        (("--input", "cals"), "unknown input `cals`; did you mean `calls`?"),
        (("--as-of", "3 Dec"), "expected a day such as `2026-12-03`, found `3 Dec`"),
        (("--as-of", "2026-02-30"), "expected a day such as `2026-12-03`, found `2026-02-30`"),
        (("--about", "contact", "--input", "calls"), "exclude each other"),
    ],
)
def test_wrong_usage_is_told_with_a_way_out(decide, arguments, message):
    _write("one.jsonl", GOLD)
    result = decide("one.jsonl", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_day_and_a_subject_can_be_chosen(decide):
    _write("one.jsonl", '{"queue.wait": 30}')
    result = decide(
        "one.jsonl", "--about", "operation", "--as-of", "2026-12-03", "--format", "jsonl"
    )
    answer = json.loads(result.stdout)
    assert (answer["about"], answer["as_of"]) == ("operation", "2026-12-03")


def test_a_summary_counts_what_came_out_and_what_never_did(decide):
    _write("some.jsonl", GOLD, GOLD, PLAIN, "{")
    result = decide("some.jsonl", "--summary", "--format", "json")
    counts = json.loads(result.stdout)
    _schema("summary").validate(counts)
    assert result.exit_code == 1
    assert counts["decisions"] == 4
    assert counts["status"] == {"decided": 3, "invalid": 1}
    treatment = counts["outcomes"]["treatment"]
    assert treatment["plans"] == {"by-email": 2, "by-phone": 1}
    assert treatment["rules"] == {"value driven": 2}
    assert treatment["reasons"] == {"matched": 2, "default": 1}
    assert counts["problems"] == {"PE411": 1}

    text = decide("some.jsonl", "--summary").stdout
    assert text.startswith("4 contexts: 3 decided, 1 invalid\n\n")
    assert "\ntreatment\n  2  a rule matched\n  1  no rule matched, so `otherwise` held\n" in text
    assert "  plans\n    2  by-email\n    1  by-phone\n" in text
    assert text.endswith("problems of the contexts\n  1  PE411 record that cannot be read\n")


def test_policies_with_errors_are_shown_and_not_used(decide, overlay):
    overlay({"house/treatment.yaml": "policy: treatment\nrulez: []\n"})
    _write("one.jsonl", GOLD)
    result = decide("one.jsonl")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "policies/house/treatment.yaml:2:1: error:" in result.stderr
    assert result.stderr.endswith("these policies cannot be used until they are mended\n")


def test_warnings_about_policies_are_counted(decide, overlay):
    text = Path("policies/house/treatment.yaml").read_text(encoding="utf-8")
    overlay({"house/treatment.yaml": text.replace("They answer", "Rule #5: they answer")})
    _write("one.jsonl", GOLD)
    result = decide("one.jsonl")
    assert result.exit_code == 0
    assert result.stderr == "1 warning: run `policyengine check policies`\n"


def test_without_policies_here_those_that_are_shipped_decide(decide, tmp_path, monkeypatch):
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    result = decide(str(ROOT / "examples" / "contacts.jsonl"), "--format", "jsonl")
    assert result.stderr.splitlines()[0] == (
        "no folder `policies` here: using the policies that come with policyengine"
    )
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 4


def test_a_named_folder_must_be_there(decide):
    _write("one.jsonl", GOLD)
    result = decide("one.jsonl", "--policies", "nowhere")
    assert result.exit_code == 3
    assert result.stderr == "error: the folder `nowhere` does not exist: expected a policy set\n"


def test_colours_are_a_wish_of_the_environment(decide, monkeypatch):
    _write("one.jsonl", GOLD)
    assert "\x1b[" not in decide("one.jsonl").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in decide("one.jsonl").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in decide("one.jsonl").stdout


@pytest.mark.skipif(os.name == "nt", reason="measures memory as POSIX does")
def test_a_stream_is_decided_in_constant_memory(decide, tmp_path):
    program = (
        "import resource, sys\n"
        "from policyengine.cli import main\n"
        "main(['decide', sys.argv[1], '--format', 'json'], standalone_mode=False)\n"
        "used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(used, file=sys.stderr)\n"
    )
    used = []
    for count in (100, 10_000):
        _write("many.jsonl", *[GOLD] * count)
        done = subprocess.run(
            [sys.executable, "-c", program, "many.jsonl"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        used.append(int(done.stderr))
    assert used[1] < used[0] * 1.2


def test_an_answer_comes_before_the_next_record_is_sent(tmp_path):
    """A program that asks and waits must not wait for ever."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "policyengine", "decide", "--policies", str(ROOT / "policies")]
    running = subprocess.Popen(
        [*command, "--format", "jsonl", "--input-format", "jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        for name in ("c-1", "c-2"):
            running.stdin.write(f'{{"contact.id": "{name}", "contact.channel": "phone"}}\n')
            running.stdin.flush()
            assert f'"id": "{name}"' in running.stdout.readline()
        running.stdin.close()
    assert running.returncode == 0
