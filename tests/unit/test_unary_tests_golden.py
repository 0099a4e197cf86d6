"""The lines of `golden/unary_tests.yaml`, as far as reading goes."""

import re
from pathlib import Path

import pytest
import yaml

from policyengine.document import Scalar, Sequence
from policyengine.source import Source
from policyengine.unary_tests import read_test, show_test
from policyengine.values import FieldType, Misreading, read_value

GOLDEN = yaml.load(
    (Path(__file__).parents[1] / "golden" / "unary_tests.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)


def declared(given):
    """Return the type that a line of `types` or `facts` declares."""
    bare = FieldType(
        given["type"],
        values=tuple(given.get("values", ())),
        ordered=given.get("ordered") == "true",
        unit=given.get("unit"),
        max_length=int(given["max_length"]) if "max_length" in given else None,
        zone=given.get("zone"),
    )
    bounds = {
        "minimum" if key == "min" else "maximum": read_value(bare, given[key])
        for key in ("min", "max")
        if key in given
    }
    return FieldType(**{name: getattr(bare, name) for name in bare.__slots__} | bounds)


TYPES = {name: declared(given) for name, given in GOLDEN["types"].items()}
FIELDS = {name: declared(given) for name, given in GOLDEN["facts"].items()}


def node(written):
    if isinstance(written, list):
        source = Source("example.yaml", str(written))
        return Sequence(tuple(node(item) for item in written), source.span(0, len(str(written))))
    return Scalar(written, Source("example.yaml", written).span(0, len(written)))


def read(type_, written):
    findings = []
    test = read_test(node(written), type_, FIELDS.get, lambda: FIELDS, findings)
    return test, findings


def lines(*keys):
    found = [line for line in GOLDEN["tests"] if any(key in line for key in keys)]
    return [pytest.param(line, id=f"{line['type']}: {line['written']}") for line in found]


def as_nodes(text):
    """Return what a file that holds *text* as a test gives: a scalar or a list."""
    return yaml.load(text, Loader=yaml.BaseLoader) if text.startswith("[") else text


@pytest.mark.parametrize("line", lines("answer"))
def test_a_test_with_an_answer_is_read_without_findings(line):
    test, findings = read(TYPES[line["type"]], line["written"])
    assert test is not None
    assert findings == []


@pytest.mark.parametrize("line", lines("answer"))
def test_the_value_of_a_line_can_be_read(line):
    if line["value"] != "missing":
        value = read_value(TYPES[line["type"]], line["value"], loose=True)
        assert not isinstance(value, Misreading)


@pytest.mark.parametrize("line", lines("answer"))
def test_what_is_shown_reads_as_an_equal_test(line):
    type_ = TYPES[line["type"]]
    test, _ = read(type_, line["written"])
    shown = show_test(test, type_)
    again, findings = read(type_, as_nodes(shown))
    assert (again, findings) == (test, []), shown


@pytest.mark.parametrize("line", lines("error"))
def test_a_mistake_is_found_once_with_its_code_and_hint(line):
    test, findings = read(TYPES[line["type"]], line["written"])
    assert test is None
    assert [finding.code.id for finding in findings] == [line["error"]]
    assert findings[0].severity == "error"
    assert findings[0].hint == line.get("hint", findings[0].hint)


@pytest.mark.parametrize("line", lines("warning"))
def test_a_doubtful_test_is_read_with_a_warning(line):
    test, findings = read(TYPES[line["type"]], line["written"])
    assert test is not None
    assert [(finding.code.id, finding.severity) for finding in findings] == [
        (line["warning"], "warning")
    ]
    assert findings[0].hint == line.get("hint", findings[0].hint)


@pytest.mark.parametrize("line", [line for line in lines("error") if "hint" in line.values[0]])
def test_the_mended_line_of_a_hint_can_be_read(line):
    found = re.match(r"(?:write|did you mean) `(.*?)`", line["hint"])
    if found is not None:
        test, findings = read(TYPES[line["type"]], as_nodes(found[1]))
        assert test is not None
        assert findings == []


@pytest.mark.parametrize("line", lines("error", "warning"))
def test_a_message_does_not_give_the_hint_away(line):
    _, findings = read(TYPES[line["type"]], line["written"])
    for finding in findings:
        assert "\n" not in finding.message + finding.hint
        assert not finding.message.endswith(".")
        assert not finding.hint or finding.hint not in finding.message
