"""The reports of `test`: text, JSON and JUnit's XML."""

import json
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

from policyengine.cases import read_suites, run_suites
from policyengine.loading import load
from policyengine.report.cases_json import cases_json
from policyengine.report.cases_text import cases_text
from policyengine.report.json_text import json_text
from policyengine.report.junit import junit_xml
from policyengine.schema import shipped_folder

SUITE = """\
suite: how customers are treated
about: contact
cases:
  - case: by e-mail
    given: {customer.type: value_driven}
    expect: {plans: {treatment: by-email}}
  - case: the other way round
    given: {customer.type: service_oriented, customer.upset: true}
    expect: {plans: {treatment: by-email}, treatment: {channel: email}}
    because: It was so agreed.
  - case: not readable
    given: {customer.type: other}
    expect: {plans: {treatment: by-phone}}
"""
TEXT = """\
3 cases: 1 passed, 1 failed, 1 not run

set/house/treatment_test.yaml:7: failed: the other way round
  because: It was so agreed.
  line 9: plans.treatment
    expected: by-email
    found:    by-phone
  line 9: treatment.channel
    expected: email
    found:    phone
  chosen: `otherwise` of treatment (set/house/treatment.yaml:18): what follows when no rule holds
  would be right: `value driven` of treatment (set/house/treatment.yaml:14): does not hold
    customer.type: value_driven  seen service_oriented  does not hold

chosen in some case: 4 of 4 rules, 2 of 2 plans
  policy     cases  rules   plans
  treatment  2      2 of 2  2 of 2
  urgency    2      2 of 2
"""


@pytest.fixture
def report_of(overlay):
    def reported(text=SUITE):
        policies = load(overlay({"house/treatment_test.yaml": text}))
        return run_suites(policies, read_suites(policies)[0])

    return reported


def test_the_text_says_totals_failures_and_coverage(report_of):
    assert cases_text(report_of(), colour=False, root="set") == TEXT


def test_what_is_not_tested_is_listed(report_of):
    text = cases_text(
        report_of(SUITE.replace(", customer.upset: true", "")), colour=False, root="set"
    )
    assert text.endswith(
        "\n\nnot tested\n  set/house/urgency.yaml:8: rule `upset` of urgency: it never holds\n"
    )


def test_a_rule_lacks_more_than_one_thing(report_of):
    suite = SUITE[: SUITE.index("  - case: the other way round")]
    lines = cases_text(report_of(suite), colour=False, root="set").splitlines()
    lacking = "it is never tried where it does not hold"
    assert lines[-4:] == [
        f"  set/house/treatment.yaml:14: rule `value driven` of treatment: {lacking}",
        "  set/house/treatment.yaml:18: rule `otherwise` of treatment: it is never chosen",
        "  set/house/treatment.yaml:10: plan `by-phone` of treatment: it is never chosen",
        "  set/house/urgency.yaml:8: rule `upset` of urgency: it never holds",
    ]


@pytest.mark.parametrize(
    ("count", "first"), [(0, "no cases"), (1, "1 case: passed"), (2, "2 cases: all passed")]
)
def test_the_first_line_says_how_many_passed(report_of, count, first):
    head, *cases = SUITE.split("  - case: ")
    one = cases[0]
    suite = head + "".join(
        f"  - case: {one.replace('by e-mail', f'case {at}', 1)}" for at in range(count)
    )
    if not count:
        suite = (
            head + "  - case: not readable\n    given: {x.y: 1}\n    expect: {status: decided}\n"
        )
        assert cases_text(report_of(suite), colour=False).startswith("1 case: 1 not run\n")
        return
    assert cases_text(report_of(suite), colour=False).splitlines()[0] == first


def test_colours_change_nothing_but_colours(report_of):
    coloured = cases_text(report_of(), colour=True, root="set")
    assert "\x1b[1;31mfailed:\x1b[0m" in coloured
    bare = coloured
    for sign in ("1;31", "1;33", "1;36", "32", "1", "2", "0"):
        bare = bare.replace(f"\x1b[{sign}m", "")
    assert bare == TEXT


def test_the_json_keeps_its_contract(report_of):
    answer = json.loads(json_text(cases_json(report_of(), root="set")))
    schema = json.loads(
        (shipped_folder("schemas") / "test.schema.json").read_text(encoding="utf-8")
    )
    assert list(Draft202012Validator(schema).iter_errors(answer)) == []
    assert answer["cases"] == {"passed": 1, "failed": 1, "not_run": 1}
    assert answer["not_run"] == [
        {
            "suite": "how customers are treated",
            "case": "not readable",
            "file": "set/house/treatment_test.yaml",
        }
    ]
    first = answer["failures"][0]
    assert (first["what"], first["line"], first["column"]) == ("plans.treatment", 9, 22)
    assert first["rules"][1]["tests"][0]["value"] == "service_oriented"
    assert answer["coverage"]["rules"] == {"chosen": 4, "total": 4}


def test_the_xml_has_a_suite_for_each_file_and_every_case(report_of):
    top = fromstring(junit_xml(report_of(), root="set").split("\n", 1)[1])
    (suite,) = top
    assert suite.attrib == {
        "name": "how customers are treated",
        "file": "set/house/treatment_test.yaml",
        "tests": "3",
        "failures": "1",
        "errors": "1",
    }
    passed, failed, not_run = suite
    assert (passed.get("name"), len(passed)) == ("by e-mail", 0)
    failure = failed[0]
    assert failure.tag == "failure"
    assert (
        failure.get("message") == "plans.treatment: expected by-email, found by-phone (and 1 more)"
    )
    assert "would be right: `value driven`" in failure.text
    assert not_run[0].tag == "error"


def test_signs_that_xml_cannot_hold_are_written_out(report_of):
    report = report_of(SUITE.replace("It was so agreed", "A & B <c>"))
    (suite,) = report.suites
    first, second = suite.results
    odd = replace(first, case=replace(first.case, name="by \x07 e-mail"))
    report = replace(report, suites=(replace(suite, results=(odd, second)),))
    top = fromstring(junit_xml(report).split("\n", 1)[1])
    assert top[0][0].get("name") == "by \\x07 e-mail"
    assert "A & B <c>" in top[0][1][0].text
