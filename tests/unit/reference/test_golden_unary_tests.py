"""The meaning of every kind of test, line by line: what is written, the value, the answer."""

from pathlib import Path

import pytest
import yaml

from policyengine.document import Scalar, Sequence
from policyengine.facts import MISSING
from policyengine.reference import FALSE, TRUE, UNKNOWABLE, unary_truth
from policyengine.source import Source
from policyengine.unary_tests import read_test
from policyengine.values import FieldType, Misreading, read_value

GOLDEN = Path(__file__).parents[2] / "golden" / "unary_tests.yaml"
FILE = yaml.load(GOLDEN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
ZONE = "Europe/Amsterdam"
ANSWERS = {"true": TRUE, "false": FALSE, "unknown": UNKNOWABLE}


def _type(declared):
    bare = FieldType(
        declared["type"],
        values=tuple(declared.get("values", ())),
        ordered=declared.get("ordered") == "true",
        unit=declared.get("unit"),
        max_length=int(declared["max_length"]) if "max_length" in declared else None,
        zone=declared.get("zone"),
    )
    low, high = (
        read_value(bare, declared[key], loose=True) if key in declared else None
        for key in ("min", "max")
    )
    return FieldType(
        bare.kind, bare.values, bare.ordered, bare.unit, low, high, bare.max_length, zone=bare.zone
    )


def _fact(type_, text):
    if text == "missing":
        return MISSING
    value = read_value(type_, text, zone=ZONE, loose=True)
    assert not isinstance(value, Misreading), value.message
    return value


TYPES = {name: _type(declared) for name, declared in FILE["types"].items()}
OTHERS = {name: _type(declared) for name, declared in FILE["facts"].items()}


def _lookup(name):
    return _fact(OTHERS[name], FILE["facts"][name]["value"])


def _read(line):
    written = line["written"]
    parts = written if isinstance(written, list) else [written]
    source = Source("x.yaml", "\n".join(parts))
    nodes, start = [], 0
    for part in parts:
        nodes.append(Scalar(part, source.span(start, start + len(part))))
        start += len(part) + 1
    whole = source.span(0, len(source.text))
    node = Sequence(tuple(nodes), whole) if isinstance(written, list) else nodes[0]
    findings = []
    test = read_test(node, TYPES[line["type"]], OTHERS.get, OTHERS.keys, findings, zone=ZONE)
    return test, findings


@pytest.mark.parametrize(
    "line", FILE["tests"], ids=lambda line: f"{line['type']} {line['written']} {line.get('value')}"
)
def test_a_test_means_what_is_written_here(line):
    test, findings = _read(line)
    if "error" in line:
        assert test is None
        assert [finding.code.id for finding in findings] == [line["error"]]
        if "hint" in line:
            assert findings[0].hint == line["hint"]
        return
    if "warning" in line:
        assert [finding.code.id for finding in findings] == [line["warning"]]
    else:
        assert findings == []
    if "answer" in line:
        type_ = TYPES[line["type"]]
        assert (
            unary_truth(test, _fact(type_, line["value"]), type_, _lookup)
            == (ANSWERS[line["answer"]])
        )
