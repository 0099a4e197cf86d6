"""The door itself: help that is quick, exit codes that mean something, no tracebacks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from policyengine.cli import _GROUPS, main

ROOT = Path(__file__).parents[2]
COMMANDS = [name for commands in _GROUPS.values() for name in commands]
LINES = {name: line for commands in _GROUPS.values() for name, line in commands.items()}


def _run(*arguments, **options):
    command = [sys.executable, "-m", "policyengine", *arguments]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    environ.pop("FORCE_COLOR", None)
    return subprocess.run(command, capture_output=True, check=False, env=environ, **options)


def _imported_by(*arguments):
    """Return the modules that are there after the command, but not before it."""
    program = (
        "import sys\n"
        "import click\n"
        "before = set(sys.modules)\n"
        "from policyengine.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print('\\n'.join(sorted(set(sys.modules) - before)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return set(done.stderr.split())


def test_help_imports_nothing_but_click():
    new = _imported_by("--help")
    assert {name for name in new if name.startswith("policyengine")} == {
        "policyengine",
        "policyengine.cli",
    }
    assert not {"yaml", "jsonschema", "zoneinfo", "decimal", "csv"} & new


def test_help_shows_every_command_in_its_group():
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    places = [result.stdout.index(f"\n{group}:") for group in _GROUPS]
    assert places == sorted(places)
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout


def test_a_command_stands_in_a_file_of_its_own_name():
    files = {path.stem for path in (ROOT / "policyengine" / "cli").glob("*.py")}
    assert files - {"__init__", "options", "staff_options"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_first_of_the_command(name):
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == LINES[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_option_has_help(name):
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name
    result = CliRunner().invoke(main, [name, "-h"])
    assert result.exit_code == 0
    assert "--format" in result.stdout


def test_the_version_is_told():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("policyengine ")


def test_an_unknown_command_is_wrong_usage_with_a_near_match():
    result = CliRunner().invoke(main, ["chek"])
    assert result.exit_code == 2
    assert "unknown command `chek`; did you mean `check`?" in result.stderr


def test_an_error_of_the_library_is_one_line_and_three(tmp_path):
    done = _run("decide", "none.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.decode().splitlines()[-1] == "error: none.jsonl: there is no such file"


def test_a_fault_of_ours_is_no_traceback(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr("policyengine.cli.explain.code_page", broken)
    result = CliRunner().invoke(main, ["explain", "PE201"])
    assert result.exit_code == 3
    assert result.stderr.startswith("error: this is a fault of policyengine, please report it")
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_who_leaves_is_no_error(tmp_path):
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text('{"contact.channel": "phone"}\n' * 3000)
    base = ROOT / "tests" / "golden" / "base"
    command = [sys.executable, "-m", "policyengine", "decide", str(contexts), "--format", "jsonl"]
    with subprocess.Popen(
        [*command, "--policies", str(base)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1) == b"{"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 141


@pytest.fixture
def heeded():
    """Let what starts from here heed interrupts, which a shell may have ruled out for all of us."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.usefixtures("heeded")
def test_an_interrupt_ends_quietly():
    base = ROOT / "tests" / "golden" / "base"
    command = [sys.executable, "-m", "policyengine", "decide", "-", "--policies", str(base)]
    with subprocess.Popen(
        [*command, "--input-format", "jsonl", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        assert running.stdin is not None
        running.stdin.write(b'{"contact.channel": "phone"}\n')
        running.stdin.flush()
        assert running.stdout is not None
        assert running.stdout.readline()  # it is at work
        running.send_signal(signal.SIGINT)
        _, error = running.communicate(timeout=30)
        assert running.returncode == 130
        assert b"Traceback" not in error


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_one_line_and_three():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "policyengine", "explain"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert done.returncode == 3
    assert done.stderr == "error: No space left on device\n"


def test_answers_are_utf8_whatever_the_locale_says(tmp_path):
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text('{"contact.id": "Zoë 東京"}\n', encoding="utf-8")
    base = ROOT / "tests" / "golden" / "base"
    done = subprocess.run(
        [sys.executable, "-m", "policyengine", "decide", str(contexts), "--policies", str(base)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout.decode("utf-8").startswith("Zoë 東京 (contact)")
