"""What holds of every decision, whatever comes in."""

import json
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyengine import load
from policyengine.report.json_text import json_text

ROOT = Path(__file__).parents[2]
POLICIES = load(ROOT / "policies")
DEFINITIONS = POLICIES.definitions
CONTRACT = Draft202012Validator(
    json.loads((ROOT / "schemas" / "decision.schema.json").read_text("utf-8"))
)
REASONS = {
    "matched", "default", "in_force", "no_match", "missing_data", "conflict", "not_in_effect",
    "not_applicable",
}  # fmt: skip


def _value(declared):
    """Return a strategy for the values of a field, as JSON brings them."""
    kind = declared.type.kind
    if kind == "boolean":
        return st.booleans()
    if kind == "choice":
        return st.sampled_from(declared.type.values)
    if kind == "set":
        return st.lists(st.sampled_from(declared.type.values), unique=True)
    if kind == "integer":
        return st.integers(0, 100_000)
    if kind == "share":
        return st.decimals(0, 1, places=3)
    if kind in ("number", "money", "duration"):
        return st.decimals(0, 100_000, places=2)
    return {
        "date": st.dates().map(str),
        "time": st.times().map(lambda time: time.replace(microsecond=0, fold=0).isoformat()),
        "datetime": st.dates().map(lambda day: f"{day}T09:12:00+01:00"),
        "text": st.text(max_size=10),
    }[kind]


VALUES = {
    declared.name: _value(declared)
    for declared in DEFINITIONS.visible["contact"]
    if declared.name not in DEFINITIONS.decided_by
}
contexts = st.lists(st.sampled_from(sorted(VALUES)), max_size=12, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in names})
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(contexts)
@settings(max_examples=400, deadline=None)
def test_no_context_falls_through(context):
    """Every policy that was asked answers, with a plan or with a reason (X15)."""
    decision = POLICIES.decide(context)
    if decision.status == "invalid":
        assert decision.problems
        assert not decision.outcomes
        return
    assert set(decision.outcomes) == {policy.name for policy in DEFINITIONS.asked["contact"]}
    for outcome in decision.outcomes.values():
        assert outcome.reason in REASONS
        if outcome.reason == "matched":
            assert outcome.rules
    for directed in decision.treatment.values():
        assert directed.origins


@given(contexts)
@settings(max_examples=150, deadline=None)
def test_a_decision_keeps_its_contract(context):
    shown = json.loads(json_text(POLICIES.decide(context).as_json()))
    CONTRACT.validate(shown)


@given(contexts)
@settings(max_examples=60, deadline=None)
def test_the_same_context_gives_the_same_bytes(context):
    first = json_text(POLICIES.decide(context).as_json())
    assert first == json_text(POLICIES.decide(dict(reversed(context.items()))).as_json())


@given(st.dictionaries(st.sampled_from(sorted(VALUES)) | st.text(max_size=12), anything))
@settings(max_examples=300, deadline=None)
def test_rubbish_gives_problems_and_no_traceback(context):
    context.pop("about", None)
    decision = POLICIES.decide(context)
    assert decision.status in ("decided", "invalid")
    json_text(decision.as_json())


@given(contexts)
@settings(max_examples=150, deadline=None)
def test_a_fact_that_is_said_not_to_matter_does_not(context):
    """Giving an optional fact that is not in `missing` leaves the policy's answer as it was."""
    decision = POLICIES.decide(context)
    if decision.status == "invalid":
        return
    absent = [name for name in VALUES if name not in context and name not in decision.missing]
    for name in sorted(absent)[:6]:
        value = {"boolean": True, "integer": 7, "money": Decimal(70)}.get(
            DEFINITIONS.fields[name].type.kind
        )
        values = DEFINITIONS.fields[name].type.values
        given_value = value if value is not None else (values[0] if values else None)
        if given_value is None or DEFINITIONS.fields[name].type.kind == "set":
            continue
        after = POLICIES.decide({**context, name: given_value})
        if after.status == "invalid" or DEFINITIONS.fields[name].default is not None:
            continue
        for policy, outcome in decision.outcomes.items():
            if name in DEFINITIONS.policy(policy).asks:
                assert after.outcomes[policy].plans == outcome.plans
                assert after.outcomes[policy].values == outcome.values
