"""`policyengine check`: what is wrong, where it stands, and the exit code for it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from policyengine.cli import main
from policyengine.schema import read_schema, shipped_folder

WRONG = """\
policy: overflow
kind: segment_treatment
title: Who is called back
about: contact
owner: customer-care
plans:
  back: {title: Call back, directives: {channel: phone}}
rules:
  - rule: waits long
    when: {queue.wiat: over 2 min}
    then: back
    because: Nobody waits longer.
  - otherwise: none
    because: The rest waits.
"""
SUITE = """\
suite: treatment
cases:
  - case: gold
    given: {customer.teir: gold}
    expect: {plans: {treatment: by-phone}}
"""
WARNED = WRONG.replace("wiat", "wait").replace("Nobody waits", "Promise #5: nobody waits")


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(*arguments):
        return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)

    return run


def test_a_sound_set_is_said_to_be_one(check, overlay):
    overlay({})
    result = check()
    assert result.exit_code == 0
    said = r"no findings: \d+ files, \d+ polic(y|ies), \d+ rules?; decided 3 listed subjects\n"
    assert re.fullmatch(said, result.stdout)
    assert result.stderr == ""


def test_a_finding_is_an_answer_with_a_path_from_here(check, overlay):
    overlay({"house/overflow.yaml": WRONG})
    result = check()
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first.startswith("policies/house/overflow.yaml:10:12: error: unknown field `queue.wiat`")
    assert "did you mean `queue.wait`?" in result.stdout
    assert result.stdout.endswith("\n\n1 error\n")
    assert result.stderr == ""


def test_paths_lead_to_the_file_from_wherever_it_is_called(check, overlay, monkeypatch):
    folder = overlay({"house/overflow.yaml": WRONG})
    monkeypatch.chdir(folder)
    assert check(".").stdout.startswith("house/overflow.yaml:10:12:")
    monkeypatch.chdir(folder / "house")
    assert check("../").stdout.startswith("../house/overflow.yaml:10:12:")
    assert check(str(folder)).stdout.startswith(f"{folder.as_posix()}/house/overflow.yaml:10:12:")


def test_the_json_keeps_its_contract(check, overlay):
    overlay({"house/overflow.yaml": WRONG})
    schema = read_schema(shipped_folder("schemas") / "check.schema.json")
    result = check("--format", "json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    Draft202012Validator(schema).validate(answer)
    [finding] = answer["findings"]
    assert Path(finding["file"]).is_file()
    assert (finding["code"], finding["line"], finding["column"]) == ("PE201", 10, 12)
    assert answer["summary"]["errors"] == 1

    overlay({})
    answer = json.loads(check("--format", "json").stdout)
    Draft202012Validator(schema).validate(answer)
    assert answer["findings"] == []
    assert answer["summary"]["policies"] > 0


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_what_fails_is_a_choice(check, overlay, level, code):
    overlay({"house/overflow.yaml": WARNED})
    result = check("--fail-on", level)
    assert "1 warning" in result.stdout
    assert result.exit_code == code


def test_never_is_meant_even_for_errors(check, overlay):
    overlay({"house/overflow.yaml": WRONG})
    assert check("--fail-on", "never").exit_code == 0


def test_text_that_is_no_yaml_is_a_finding_and_not_a_failure(check, overlay):
    overlay({"house/overflow.yaml": "policy: [\n"})
    result = check()
    assert result.exit_code == 1
    assert result.stdout.startswith("policies/house/overflow.yaml:")


def test_a_folder_that_is_not_there_cannot_be_checked(check):
    result = check("nowhere")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == ("error: the folder `nowhere` does not exist: expected a policy set\n")


def test_colours_are_a_wish_of_the_environment(check, overlay, monkeypatch):
    overlay({"house/overflow.yaml": WRONG})
    assert "\x1b[" not in check().stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in check().stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in check().stdout


def test_a_fault_in_a_suite_is_a_finding_too(check, overlay):
    overlay({"house/treatment_test.yaml": SUITE})
    result = check()
    assert result.exit_code == 1
    assert "policies/house/treatment_test.yaml:4:" in result.stdout
