"""The rules of the house that a test can hold."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import policyengine
from policyengine.findings.all_codes import ALL_CODES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "policyengine"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_the_public_names_are_these():
    assert policyengine.__all__ == [
        "ContextError",
        "Decision",
        "Finding",
        "MonitorError",
        "PolicyEngineError",
        "PolicyError",
        "PolicySet",
        "load",
    ]
    for name in policyengine.__all__:
        assert getattr(policyengine, name) is not None


def test_no_module_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60
    ]
    assert long == []


def test_folders_are_two_levels_deep_at_the_most():
    assert [path for path in MODULES if len(path.relative_to(PACKAGE).parts) > 2] == []


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_words_that_we_do_not_use_stand_in_no_name():
    banned = ("manager", "handler", "helper", "util", "service", "processor", "salience", "rete")
    found = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and any(word in node.name.lower() for word in banned)
    ]
    assert found == []


def test_codes_are_numbered_once_and_explained():
    ids = [code.id for code in ALL_CODES]
    assert ids == sorted(set(ids))
    for code in ALL_CODES:
        assert code.why.endswith(".")
        assert code.title == code.title[0].lower() + code.title[1:]
        assert code.bad != code.good


def test_importing_the_package_imports_none_of_the_extras():
    program = (
        "import sys, policyengine; policyengine.load; "
        "print([name for name in ('durable', 'pyarrow', 'openpyxl') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_the_distribution_is_named_and_needs_what_the_readme_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "contact-policy"
    needs = {need.split(">")[0] for need in project["dependencies"]}
    assert needs == {"PyYAML", "jsonschema", "click", "tzdata"}
