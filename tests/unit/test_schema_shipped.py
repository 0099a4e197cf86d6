"""Schemas that users write for their own kinds of policy: read, or refused at the place."""

import json

import pytest

from policyengine.findings import Finding
from policyengine.findings.shape import SHAPE_CODES
from policyengine.schema import read_kind_schema, read_schema, shipped_folder

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "schemas/plans/own.schema.json"


def _refused(text):
    found = read_kind_schema(NAME, text.encode())
    assert isinstance(found, Finding)
    return found


def test_a_schema_that_is_right_is_read():
    schema = {"type": "object", "required": ["owner"], "$defs": {"policy": {"type": "object"}}}
    assert read_kind_schema(NAME, json.dumps(schema).encode()) == schema


def test_the_shipped_schemas_are_right():
    for path in shipped_folder("schemas").rglob("*.json"):
        assert read_kind_schema(path.name, path.read_bytes()) == read_schema(path)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{\n  "a": 1\n  "b": 2\n}', (3, 3), "the schema is not written as JSON"),
        ("", (1, 1), "the schema is not written as JSON"),
        ("[]", (1, 1), "expected a mapping in the schema"),
        ('{\n "required": "owner"\n}', (2, 2), "`required` is not what JSON Schema expects there"),
        (
            '{"properties": {"due": {"type": "length"}}}',
            (1, 25),
            "`type` is not what JSON Schema expects there",
        ),
        (
            '{"properties": {"due": {"$ref": "#/$defs/time"}}}',
            (1, 25),
            "`#/$defs/time` leads nowhere in this file",
        ),
        (
            '{"$ref": "https://x.example/y"}',
            (1, 2),
            "`https://x.example/y` leads nowhere in this file",
        ),
        ('{"x-type": "lenght"}', (1, 2), "unknown type `lenght` for `x-type`"),
        ('{"pattern": "("}', (1, 2), "`pattern` is not what JSON Schema expects there"),
        (
            '{"$schema": "http://json-schema.org/draft-07/schema#"}',
            (1, 2),
            f"expected `{DIALECT}` for `$schema`, found `http://json-schema.org/draft-07/schema#`",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_refused_at_its_place(text, place, message):
    finding = _refused(text)
    assert (finding.code.id, finding.message) == ("PE130", message)
    assert (finding.span.file, finding.span.line, finding.span.column) == (NAME, *place)


def test_bytes_that_are_no_text_are_refused():
    finding = read_kind_schema(NAME, b"\xff\xfe\x00")
    assert isinstance(finding, Finding)
    assert finding.message == "the schema is not written in UTF-8"


def test_the_examples_of_the_code_do_what_they_say():
    (code,) = (code for code in SHAPE_CODES if code.id == "PE130")
    assert _refused(code.bad).code is code
    assert isinstance(read_kind_schema(NAME, code.good.encode()), dict)


def test_each_code_stands_once_with_its_page():
    ids = [code.id for code in SHAPE_CODES]
    assert ids == sorted(set(ids))
    for code in SHAPE_CODES:
        assert code.why.endswith(".")
        assert code.bad != code.good
        assert code.title[0].islower() or code.title[0] == "`"
