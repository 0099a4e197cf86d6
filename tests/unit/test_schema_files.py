"""The schemas themselves: valid, closed, and written for people who type."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from policyengine.schema import HEADS, shipped_folder

FOLDER = shipped_folder("schemas")
FILES = sorted(FOLDER.rglob("*.schema.json"))
PLANS = [path for path in FILES if path.parent.name == "plans"]
ANSWERS = {"check", "decision", "staff", "summary", "test"}
"""What commands say, read by programs: nobody types it, and it may be empty in places."""

CONDITIONS = ("if", "then", "else", "not")


def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def _parts(part, way=()):
    """Yield every mapping that is a schema or a part of one, with the way to it."""
    if isinstance(part, dict):
        yield way, part
        for key, value in part.items():
            if key not in {"enum", "examples", "required", "x-instead"}:
                yield from _parts(value, (*way, key))
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from _parts(value, (*way, at))


def _properties(schema):
    """Yield the name and the schema of each property, those of conditions left out."""
    for way, part in _parts(schema):
        if way and way[-1] == "properties" and not any(step in CONDITIONS for step in way):
            yield from ((way, name, value) for name, value in part.items())


@pytest.fixture(params=FILES, ids=[path.name for path in FILES])
def schema(request):
    return _read(request.param)


def _is_answer(schema):
    return schema["title"].lower() in ANSWERS


def test_there_is_one_for_each_kind_of_file_and_each_answer():
    names = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json")}
    assert names - ANSWERS == {*HEADS}


def test_it_is_valid_and_says_which_dialect_it_is_written_in(schema):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_property_has_a_title_and_a_description(schema):
    bare = [
        (*way, name)
        for way, name, value in _properties(schema)
        if not (isinstance(value, dict) and value.get("title") and value.get("description"))
    ]
    assert bare == []
    assert schema["title"]
    assert schema["description"]


def test_descriptions_are_sentences_in_the_words_of_the_house(schema):
    banned = re.compile(
        r"\b(manager|handler|helper|util|processor|data|info|null|regex|predicate)\b", re.IGNORECASE
    )
    for _, part in _parts(schema):
        text = part.get("description")
        if isinstance(text, str):
            assert text[-1] in ".`", text
            assert not banned.search(text), text


def test_it_avoids_what_editors_say_badly(schema):
    for way, part in _parts(schema):
        assert "oneOf" not in part, way
        assert part.get("maxProperties") != 1, way
        if not _is_answer(schema):
            assert "null" not in part.get("type", ()), way


def test_what_has_properties_is_closed(schema, request):
    path = request.node.callspec.params["schema"]
    for way, part in _parts(schema):
        is_schema = not way or way[-1] != "properties"
        inside_condition = any(step in CONDITIONS or step == "allOf" for step in way)
        of_a_plan = path in PLANS and (way in {(), ("$defs", "policy")} or "details" not in way)
        if is_schema and isinstance(part.get("properties"), dict) and not inside_condition:
            assert "additionalProperties" in part or of_a_plan, way


def test_every_reference_leads_somewhere_and_every_definition_is_used(schema):
    names = {part["$ref"] for _, part in _parts(schema) if isinstance(part.get("$ref"), str)}
    defined = {f"#/$defs/{name}" for name in schema.get("$defs", {})} - {"#/$defs/policy"}
    assert names == defined


def test_a_definition_of_one_name_is_the_same_in_every_file():
    seen: dict[str, object] = {}
    for path in FILES:
        if path.name.removesuffix(".schema.json") in ANSWERS:
            continue
        for name, part in _read(path).get("$defs", {}).items():
            if name != "policy":
                assert seen.setdefault(name, part) == part, (path.name, name)


def test_every_pattern_says_what_it_expects(schema):
    for way, part in _parts(schema):
        if isinstance(part.get("pattern"), str) and not _is_answer(schema):
            assert part.get("patternErrorMessage", "").startswith("expected "), way


@pytest.mark.parametrize("path", PLANS, ids=[path.name for path in PLANS])
def test_a_kind_closes_its_details_and_asks_for_a_title(path):
    schema = _read(path)
    assert schema["properties"]["details"]["additionalProperties"] is False
    assert "title" in schema["required"]
    assert "policy" in schema["$defs"]


def test_the_policy_and_plan_keys_are_those_of_the_language():
    schema = _read(FOLDER / "policy.schema.json")
    policy = (
        "policy kind layer title about owner hit effective moment applies decides given plans "
        "rules table on_breach on_off_target on_unknown measure guarantees needs lead basis tags "
        "details replaces"
    )
    plan = (
        "title owner alternate effective directives instead applies mandate activate stand_down "
        "min_active cooldown escalate stale_after group actions communicate basis tags severity "
        "say due review_by exercised_on details"
    )
    rule = "rule when unless then because points basis tags effective otherwise"
    assert set(schema["properties"]) == set(policy.split())
    assert set(schema["$defs"]["plan"]["properties"]) == set(plan.split())
    assert set(schema["$defs"]["rule"]["properties"]) == set(rule.split())


def test_the_functions_of_computed_fields_are_those_of_the_catalogue():
    from policyengine.computed import CATALOGUE

    schema = _read(FOLDER / "vocabulary.schema.json")
    assert set(schema["$defs"]["computed"]["properties"]) == set(CATALOGUE)


DECISION = {
    "id": "c-1042",
    "about": "contact",
    "at": "2026-12-03T09:12:00+01:00",
    "as_of": None,
    "policyset": {"name": "house", "version": "1.4.0", "digest": "sha256:" + "0" * 64},
    "status": "decided",
    "outcomes": {
        "customer-type": {
            "values": {"customer.type": "value_driven"},
            "plans": [],
            "reason": "matched",
            "rules": ["buys on discount"],
            "sums": {"value_driven": 3},
            "missing": [],
        }
    },
    "plans": [
        {
            "id": "treatment:price-advice",
            "policy": "treatment",
            "plan": "price-advice",
            "kind": "segment_treatment",
            "layer": "type",
            "rules": ["value-driven"],
            "reason": "matched",
            "because": "They ask for prices.",
            "source": {"file": "segments/treatment.yaml", "line": 21, "column": 5},
        }
    ],
    "facts": {"customer.type": "value_driven", "queue.wait_p90": None, "customer.needs": ["price"]},
    "treatment": {
        "channel": {
            "value": "phone",
            "from": ["risk-plans:safety-recall"],
            "overrides": [{"value": "email", "from": ["treatment:price-advice"]}],
        }
    },
    "withheld": [
        {
            "directive": "announce_wait",
            "from": ["treatment:price-advice"],
            "reason": "no_agents",
            "field": "queue.wait_p90",
        }
    ],
    "missing": ["incident.type"],
    "problems": [],
}


def _objections(decision):
    validator = Draft202012Validator(_read(FOLDER / "decision.schema.json"))
    return [error.json_path for error in validator.iter_errors(decision)]


def test_the_decision_of_the_design_fits_its_contract():
    assert _objections(DECISION) == []


def test_what_was_asked_besides_may_stand_in_a_decision():
    why_not = {
        "asked": {"plan": "treatment:price-advice"},
        "rules": [],
        "changes": [{"set": {"queue.wait": 1800}, "sentences": ["queue.wait at least 30 min"]}],
        "complete": True,
    }
    possible = {"plans": {"p": ["p:a"]}, "matters": [], "irrelevant": [], "ask_next": None}
    assert _objections({**DECISION, "why_not": why_not, "possible": possible}) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"status": "maybe"}, "$.status"),
        ({"extra": 1}, "$"),
        ({"missing": "x"}, "$.missing"),
        (
            {"withheld": [{"directive": "say", "from": [], "reason": "missing"}]},
            "$.withheld[0].from",
        ),
        ({"status": "invalid"}, "$.outcomes"),
    ],
)
def test_a_decision_outside_the_contract_is_refused(change, place):
    assert place in _objections({**DECISION, **change})


def test_the_reasons_are_a_closed_list():
    reasons = _read(FOLDER / "decision.schema.json")["$defs"]["reason"]["enum"]
    assert reasons == [
        "matched",
        "default",
        "in_force",
        "no_match",
        "missing_data",
        "conflict",
        "not_in_effect",
        "not_applicable",
    ]


def test_the_folder_lies_in_the_package_or_beside_it():
    assert (Path(FOLDER) / "policy.schema.json").is_file()


def test_the_examples_of_functions_give_the_arguments_that_they_take():
    from policyengine.computed import CATALOGUE

    functions = _read(FOLDER / "vocabulary.schema.json")["$defs"]["computed"]
    for name, function in CATALOGUE.items():
        for example in functions["properties"][name].get("examples", ()):
            given = set(re.findall(r"(\w+): ", example.partition("{")[2]))
            assert given <= {one.name for one in function.parameters}
            assert given >= {one.name for one in function.parameters if not one.optional}
