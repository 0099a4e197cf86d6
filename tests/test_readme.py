"""The README shows what really happens: every block is run, or found in the file it is from.

A `console` block holds commands after `$` and what they print. A `yaml` block stands in the file
that the line before it names. A `python` block prints what the `text` block after it shows. The
two `sh` blocks of "Quick start" are run by `.ci/run`, in environments of their own.
"""

import re

import pytest
from shown import ROOT, blocks, console_shows, file_before, run_program

from policyengine.cli import main

PATH = ROOT / "README.md"
README = PATH.read_text(encoding="utf-8")
QUICK_START = README.split("## Quick start\n")[1].split("\n## ")[0]


def _shown(language):
    return [
        pytest.param(text, before, id=f"line {before.count(chr(10)) + 2}")
        for text, before in blocks(README, language)
    ]


@pytest.mark.parametrize(("text", "before"), _shown("console"))
def test_a_command_prints_what_the_readme_shows(request, text, before):
    really = console_shows(text)
    if request.config.getoption("--update-golden"):
        now = PATH.read_text(encoding="utf-8")
        PATH.write_text(now.replace(text, really), encoding="utf-8")
        return
    assert really == text


@pytest.mark.parametrize(("text", "before"), _shown("yaml"))
def test_a_policy_of_the_readme_stands_in_its_file(text, before):
    name = file_before(before)
    assert name, "the line before a policy names its file"
    assert text.rstrip("\n") in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "before"), _shown("python"))
def test_a_program_of_the_readme_prints_what_is_shown(text, before):
    after = README[len(before) + len(text) :]
    shown = next(shown for shown, _ in blocks(after, "text"))
    assert run_program(text) == shown


def test_the_quick_start_is_two_commands():
    commands = re.findall(r"^```sh\n(.*?)^```$", QUICK_START, re.MULTILINE | re.DOTALL)
    assert [command.count("\n") for command in commands] == [1, 1]
    assert "pytest" in commands[1]


def test_no_block_escapes_the_tests():
    kinds = set(re.findall(r"^```(\w+)$", README, re.MULTILINE))
    assert kinds == {"console", "yaml", "python", "text", "sh"}
    assert README.count("```sh") == QUICK_START.count("```sh")


def test_every_command_stands_in_the_readme():
    for name in main.list_commands(None):
        assert f"policyengine {name}" in README
