"""`policyengine explain`: a page for every code."""

import json

import pytest
from click.testing import CliRunner

from policyengine.cli import main
from policyengine.findings.all_codes import ALL_CODES


def _run(*arguments):
    return CliRunner().invoke(main, ["explain", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("code", ALL_CODES, ids=[code.id for code in ALL_CODES])
def test_every_code_has_a_page(code):
    result = _run(code.id)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code.id}: {code.title} ({code.severity})\n")
    assert "Bad, in" in result.stdout
    assert "Good, in" in result.stdout


def test_a_code_may_be_written_small():
    assert _run("pe201").stdout == _run("PE201").stdout


def test_without_a_code_all_are_listed():
    lines = _run().stdout.splitlines()
    assert lines == [f"{code.id}  {code.title}" for code in ALL_CODES]
    assert lines == sorted(lines)


def test_an_unknown_code_is_wrong_usage():
    result = _run("PE2011")
    assert result.exit_code == 2
    assert "unknown code `PE2011`; did you mean `PE" in result.stderr
    assert "`policyengine explain` lists all codes" in _run("zzz").stderr


def test_a_page_is_there_for_programs_too():
    page = json.loads(_run("PE201", "--format", "json").stdout)
    assert page["id"] == "PE201"
    assert {"title", "why", "bad", "good", "file", "severity"} <= page.keys()
    assert len(json.loads(_run("--format", "json").stdout)) == len(ALL_CODES)
