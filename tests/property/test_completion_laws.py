"""Missing facts against brute force: every value that they can have is tried."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from property import strategies as tried

from policyengine import PolicyError, load

FIELDS = tried.SMALL
BY_NAME = {one.name: one for one in FIELDS}


@st.composite
def cases(draw):
    """Return the text of a vocabulary and a policy, and a context that lacks few facts."""
    block = tried.blocks(FIELDS, depth=1)
    impossible = draw(st.lists(block, max_size=1))
    policy = draw(tried.policies(FIELDS))
    lacking = draw(st.lists(st.sampled_from(sorted(BY_NAME)), max_size=3, unique=True))
    context = {one.name: draw(one.facts) for one in FIELDS if one.name not in lacking}
    return tried.vocabulary(FIELDS, impossible=impossible), policy, context


def loaded(folder, vocabulary, **policies):
    """Load a set of these texts."""
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "policyset.yaml").write_text(tried.HEAD, "utf-8")
    (folder / "vocabulary" / "x.yaml").write_text(vocabulary, "utf-8")
    for name, text in policies.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    try:
        return load(folder)
    except PolicyError as error:
        pytest.fail("\n".join(finding.message for finding in error.findings))


def outcome(decision, hit):
    """Return what the policy came to, whichever rules gave it; nothing where it cannot be."""
    if decision.status == "invalid":
        return None
    given = decision.outcomes["tried"]
    plans = frozenset(given.plans) if hit == "collect" else given.plans
    silent = given.reason in ("conflict", "not_applicable", "not_in_effect")
    return (given.reason if silent else "", plans)


def completions(policies, context, absent, policy):
    """Return the outcome of every way to complete the *absent* facts that the policy asks."""
    names = [name for name in absent if name in policy.asks]
    ways = [(*BY_NAME[name].domain, *([None] if BY_NAME[name].optional else [])) for name in names]
    found = {}
    for picked in product(*(range(len(way)) for way in ways)):
        values = {name: way[place] for name, way, place in zip(names, ways, picked, strict=True)}
        found[picked] = outcome(policies.decide({**context, **values}), policy.hit)
    return names, ways, found


def matter(names, ways, found):
    """Return the names of which one alone changes the outcome of some completion."""
    result = set()
    for place, name in enumerate(names):
        rest = {}
        for picked, came in found.items():
            if came is not None:
                rest.setdefault((*picked[:place], *picked[place + 1 :]), set()).add(came)
        if any(len(outcomes) > 1 for outcomes in rest.values()):
            result.add(name)
    return result


@given(cases())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_missing_facts_mean_what_trying_every_value_shows(tmp_path, case):
    vocabulary, policy, context = case
    policies = loaded(tmp_path, vocabulary, tried=policy)
    asked = policies.definitions.policy("tried")
    decision = policies.decide(context)
    if decision.status == "invalid":
        return
    absent = [name for name in BY_NAME if name not in context]
    required = [name for name in absent if not BY_NAME[name].optional]
    _, _, found = completions(policies, context, required, asked)
    came = {one for one in found.values() if one is not None}
    if not came:
        return
    if len(came) == 1:
        assert {outcome(decision, asked.hit)} == came
    else:
        assert decision.outcomes["tried"].reason == "missing_data"
    names, ways, found = completions(policies, context, absent, asked)
    assert set(decision.outcomes["tried"].missing) == matter(names, ways, found)


def test_a_plan_that_wins_with_no_points_still_asks_where_it_applies(tmp_path):
    policy = (
        "policy: tried\ntitle: Tried\nabout: x\nhit: score\nkind: task_allocation\nneeds: 0\n"
        "plans:\n"
        "  one: {title: Tried, directives: {do: one}, applies: {x.flag: true}}\n"
        "  two: {title: Tried, directives: {do: two}}\n"
        "rules:\n"
        "  - {rule: r0, when: {x.level: low}, points: {two: 0}}\n"
        "  - otherwise: two\n"
    )
    policies = loaded(tmp_path, tried.vocabulary(tried.SMALL), tried=policy)
    decision = policies.decide({"x.level": "low"})
    assert decision.outcomes["tried"].reason == "missing_data"
    assert decision.outcomes["tried"].missing == ("x.flag",)
