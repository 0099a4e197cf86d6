"""The command `test`."""

import json

import pytest
from click.testing import CliRunner

from policyengine.cli import main

SUITE = """\
suite: how customers are treated
about: contact
cases:
  - case: by e-mail
    given: {customer.type: value_driven}
    expect: {plans: {treatment: by-email}}
  - case: by phone
    given: {customer.type: service_oriented}
    expect: {plans: {treatment: by-phone}}
"""
NAME = "house/treatment_test.yaml"


@pytest.fixture
def call(overlay):
    def run(*options, suite=SUITE, files=None):
        folder = overlay({NAME: suite, **(files or {})})
        return CliRunner().invoke(main, ["test", str(folder), *options])

    return run


def test_cases_that_pass_end_with_zero(call):
    result = call()
    assert result.exit_code == 0
    assert result.stdout.startswith("2 cases: all passed\n")
    assert result.stderr == ""


def test_a_case_that_fails_ends_with_one(call):
    result = call(suite=SUITE.replace("by-phone}", "by-email}"))
    assert result.exit_code == 1
    assert "treatment_test.yaml:7: failed: by phone" in result.stdout


def test_findings_go_to_stderr_and_what_cannot_be_run_ends_with_one(call):
    result = call(suite=SUITE.replace("treatment: by-phone", "treatment: by-phon"))
    assert result.exit_code == 1
    assert "unknown plan `by-phon` of `treatment` [PE203]" in result.stderr
    assert "= hint: did you mean `by-phone`?" in result.stderr
    assert "1 error in the cases" in result.stderr
    assert result.stdout.startswith("2 cases: 1 passed, 1 not run\n")


def test_a_warning_ends_with_one_unless_fail_on_says_otherwise(call):
    suite = SUITE.replace(
        "{customer.type: value_driven}", "{customer.type: value_driven, contact.spoken: nl}"
    )
    assert call(suite=suite).exit_code == 1
    assert "[PE442]" in call(suite=suite).stderr
    assert call("--fail-on", "error", suite=suite).exit_code == 0


def test_policies_with_errors_end_with_three(call):
    result = call(files={"house/broken.yaml": "policy: broken\n"})
    assert result.exit_code == 3
    assert result.stdout == ""


def test_no_such_folder_ends_with_three():
    result = CliRunner().invoke(main, ["test", "nowhere"])
    assert result.exit_code == 3
    assert "`nowhere`" in result.stderr


def test_cases_are_chosen_by_name(call):
    assert call("-k", "phone").stdout.startswith("1 case: passed\n")


def test_a_name_that_no_case_has_is_wrong_usage(call):
    result = call("-k", "fax")
    assert result.exit_code == 2
    assert "no case has `fax` in its name" in result.stderr


def test_the_answer_is_json_or_xml_where_asked(call):
    answer = json.loads(call("--format", "json").stdout)
    assert answer["cases"] == {"passed": 2, "failed": 0, "not_run": 0}
    assert call("--format", "junit").stdout.startswith('<?xml version="1.0"')


def test_a_set_without_suites_has_no_cases(overlay):
    result = CliRunner().invoke(main, ["test", str(overlay({}))])
    assert result.exit_code == 0
    assert result.stdout == "no cases\n"


def test_the_help_says_what_it_does():
    result = CliRunner().invoke(main, ["test", "--help"])
    assert result.exit_code == 0
    assert "_test.yaml" in result.stdout
