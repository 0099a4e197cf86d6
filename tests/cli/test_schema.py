"""`policyengine schema`: the schemas that editors read."""

import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from policyengine.cli import main
from policyengine.schema import HEADS


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def _run(*arguments):
    return CliRunner().invoke(main, ["schema", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", [*HEADS, "decision", "check", "plans/risk_contingency"])
def test_a_schema_is_printed_as_it_is_shipped(name):
    result = _run(name)
    assert result.exit_code == 0
    Draft202012Validator.check_schema(json.loads(result.stdout))


def test_without_a_name_all_are_listed_plans_last():
    names = [line.split()[0] for line in _run().stdout.splitlines()]
    assert {*HEADS, "decision", "check", "plans/risk_contingency"} <= {*names}
    assert names == sorted(names, key=lambda name: ("/" in name, name))
    rows = json.loads(_run("--format", "json").stdout)
    assert [row["name"] for row in rows] == names


def test_an_unknown_name_is_wrong_usage_with_a_near_match():
    result = _run("polcy")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "unknown schema `polcy`; did you mean `policy`?" in result.stderr


def test_the_kinds_that_the_policies_bring_are_among_them(overlay):
    text = json.dumps({"title": "Plan of our own", "type": "object"})
    folder = overlay({"schemas/plans/our_own.schema.json": text})
    listed = _run("--policies", str(folder)).stdout
    assert "plans/our_own " in listed
    assert json.loads(_run("plans/our_own", "--policies", str(folder)).stdout)["type"] == "object"
