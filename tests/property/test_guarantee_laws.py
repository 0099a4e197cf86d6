"""Guarantees are found broken just where some context breaks them, asked one by one."""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property import strategies as tried
from property.test_analysis_laws import BY_NAME, SETTINGS, asking, situations
from property.test_index_laws import loaded

from policyengine.analysis.guarantees import check_guarantees
from policyengine.analysis.periods import Periods
from policyengine.context import check_context
from policyengine.engine import decide
from policyengine.facts import MISSING
from policyengine.reference import TRUE, condition_truth, rule_truth

NAMES = ("x.flag", "x.level", "x.letter")
PLANS_OF = ("first", "unique", "any", "priority", "collect", "rule_order")
GUARANTEES = (
    "complete",
    "exclusive",
    "always: {when: {x.level: high}, then: {plan: one}}",
    "always: {when: {x.letter: a or b}, then: {plan: [one, none]}}",
    "never: {when: {x.flag: false}, then: {plan: two}}",
    "never: {then: {directive.do: three}}",
    "always: {when: {x.flag: true, x.letter: present}, then: {directive.do: [not two, missing]}}",
    "always: {then: {x.stage: early or missing}}",
    "never: {when: {x.letter: missing}, then: {x.stage: late, kind: task_allocation}}",
    "independent_of: [x.letter]",
    "independent_of: [x.flag, x.level]",
)
MONOTONE = "monotone: {field: x.points, along: x.level, never: %s}"


@st.composite
def sets(draw):
    """Return the files of a set of three policies, and the fields that they ask."""
    fields = [asking(name, NAMES) for name in NAMES]
    stage = ("x.stage", ("early", "late"))
    one = tried.policies(fields, name="stage", decides=stage, rules=3, hits=("first", "priority"))
    points = ("x.points", (0, 1, 2))
    two = tried.policies(
        [*fields, tried.STAGE], name="points", decides=points, rules=3, hits=("first", "min", "sum")
    )
    three = tried.policies([*fields, tried.STAGE], name="tried", hits=PLANS_OF, rules=4)
    kept = draw(st.lists(st.sampled_from(GUARANTEES), min_size=1, max_size=4, unique=True))
    never = draw(st.sampled_from(["rises", "falls"]))
    written = "guarantees:\n" + "".join(f"  - {one}\n" for one in kept)
    return (
        fields,
        kept,
        never,
        {
            "vocabulary/x.yaml": tried.vocabulary(tried.SMALL, more=(tried.STAGE, tried.POINTS)),
            "stage.yaml": draw(one),
            "points.yaml": draw(two) + f"guarantees:\n  - {MONOTONE % never}\n",
            "tried.yaml": draw(three) + written,
        },
    )


def agree(folder, fields, kept, never, files):
    """Compare what is found broken with what every context says."""
    definitions = loaded(folder, files).definitions
    found = list(check_guarantees(definitions, Periods(definitions)))
    assert not [str(one) for one in found if one.code.id == "PE309"]
    every = list(situations(definitions, fields))
    decisions = [decide(definitions, one.context) for one in every]
    tried_ = definitions.policy("tried")
    told = {one.span.start for one in found if one.policy == "tried"}
    for written, guarantee in zip(kept, tried_.guarantees, strict=True):
        pairs = list(zip(every, decisions, strict=True))
        is_broken = breaks(definitions, written, guarantee, pairs)
        assert (guarantee.span.start in told) == is_broken, written
    turns = any(goes(definitions, one, never) for one in every)
    assert bool([one for one in found if one.policy == "points"]) == turns


def breaks(definitions, written, guarantee, pairs):
    """Return whether one of the *pairs* of situation and decision breaks the *guarantee*."""
    policy = definitions.policy("tried")
    if written.startswith("independent_of"):
        return any(depends(definitions, written, *pair) for pair in pairs)
    for situation, decision in pairs:
        asked = condition_truth(policy.applies, situation) == TRUE
        held = [rule for rule in policy.rules if rule_truth(rule, situation) == TRUE]
        plans = {plan.plan for plan in decision.plans if plan.policy == "tried"}
        plans |= set() if plans else {"none"}
        if written == "complete":
            if asked and not held:
                return True
        elif written == "exclusive":
            if asked and len(held) > 1:
                return True
        elif condition_truth(guarantee.when, situation) == TRUE and (
            follows(guarantee, situation, decision, plans) != written.startswith("always")
        ):
            return True
    return False


def follows(guarantee, situation, decision, plans):
    """Return whether what the claim says then is so."""
    [(_, block)] = guarantee.node.entries
    then = block.get("then")
    for key, value in then.entries:
        wanted = [item.text for item in getattr(value, "items", [value])]
        if key.text == "plan" and not plans.intersection(wanted):
            return False
        if key.text == "kind" and plans == {"none"}:
            return False
    directed = decision.treatment.get("do")

    class Known:
        def fact(self, name):
            if name.startswith("directive."):
                return MISSING if directed is None else directed.value
            return situation.fact(name)

    return condition_truth(guarantee.then, Known()) == TRUE


def depends(definitions, written, situation, decision):
    """Return whether another value of the fields named changes what comes out."""
    names = [name for name in NAMES if name in written]
    domains = [
        [*BY_NAME[name].domain, *([None] if BY_NAME[name].optional else [])] for name in names
    ]
    facts = {name: fact for name, fact in situation.context.facts.items() if name in BY_NAME}
    came = decision.outcomes["tried"]
    for values in product(*domains):
        other = {**facts, **dict(zip(names, values, strict=True))}
        other = {name: _given(value) for name, value in other.items() if value is not None}
        outcome = decide(definitions, check_context(definitions, other)).outcomes["tried"]
        if (outcome.plans, outcome.values) != (came.plans, came.values):
            return True
    return False


def _given(value):
    return list(value) if isinstance(value, tuple) else value


def goes(definitions, situation, never):
    """Return whether the points go the wrong way along the level."""
    facts = {name: fact for name, fact in situation.context.facts.items() if name in BY_NAME}
    values = []
    for level in tried.LEVELS:
        other = {name: _given(value) for name, value in {**facts, "x.level": level}.items()}
        outcome = decide(definitions, check_context(definitions, other)).outcomes["points"]
        values.append(outcome.values.get("x.points"))
    for one, other in pairwise(values):
        if (one is None) != (other is None):
            return True
        if one is not None and (other > one if never == "rises" else other < one):
            return True
    return False


@given(sets())
@settings(SETTINGS, max_examples=100)
def test_a_guarantee_is_broken_where_a_context_breaks_it(tmp_path, made):
    agree(tmp_path, *made)


@pytest.mark.slow
@given(sets())
@settings(SETTINGS, max_examples=600)
def test_a_guarantee_is_broken_where_a_context_breaks_it_for_long(tmp_path, made):
    agree(tmp_path, *made)
