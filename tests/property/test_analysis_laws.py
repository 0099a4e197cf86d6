"""What `check` proves agrees with asking the reference for every context there is."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from property import strategies as tried
from property.test_index_laws import loaded

from policyengine.analysis.gaps import check_gaps, gaps
from policyengine.analysis.overlaps import check_overlaps
from policyengine.analysis.periods import Periods
from policyengine.analysis.unreachable import check_unreachable
from policyengine.context import check_context
from policyengine.engine import decide, situate
from policyengine.reference import TRUE, condition_truth, hit, rule_truth

BY_NAME = {one.name: one for one in tried.SMALL}
GROUPS = (
    ("x.flag", "x.level", "x.was", "x.letter"),
    ("x.flag", "x.count", "x.limit"),
    ("x.flag", "x.was", "x.limit"),
    ("x.level", "x.items", "x.letter"),
)
HITS = ("first", "first", "unique", "any", "priority")


def asking(name, fields):
    """Return the field called *name* with only such tests as name fields of *fields*."""
    one = BY_NAME[name]
    tests = one.tests.filter(lambda test: all(other in fields for other in _named(test)))
    return tried.Tried(one.name, one.declared, tests, one.facts, one.domain, one.optional)


def _named(test):
    return [name for name in BY_NAME if name in test]


@st.composite
def sets(draw):
    """Return the fields that are asked, and the files of a set of two policies."""
    names = draw(st.sampled_from(GROUPS))
    fields = [asking(name, names) for name in names]
    impossible = draw(st.just([]) | st.lists(tried.blocks(fields, depth=0), max_size=1))
    stage = tried.policies(
        fields, name="stage", decides=("x.stage", ("early", "late")), rules=3, hits=HITS
    )
    later = [*fields, tried.STAGE] if draw(st.booleans()) else fields
    return fields, {
        "vocabulary/x.yaml": tried.vocabulary(
            tried.SMALL, impossible=impossible, more=(tried.STAGE,)
        ),
        "stage.yaml": draw(stage),
        "tried.yaml": draw(tried.policies(later, name="tried", hits=HITS)),
    }


def situations(definitions, fields):
    """Yield every situation there is, as far as *fields* tell situations apart."""
    others = {"x.flag": True, "x.level": "low", "x.count": 0, "x.items": []}
    choices = [[*one.domain, *([None] if one.optional else [])] for one in fields]
    for values in product(*choices):
        given_facts = dict(zip((one.name for one in fields), values, strict=True))
        facts = {name: v for name, v in {**others, **given_facts}.items() if v is not None}
        context = check_context(definitions, facts)
        if decide(definitions, context).status == "decided":
            yield situate(definitions, context)


def agree(folder, fields, files):
    """Compare what is proved of the two policies with what every context says."""
    definitions = loaded(folder, files).definitions
    every = list(situations(definitions, fields))
    periods = Periods(definitions)
    found = [*check_gaps(definitions, periods), *check_overlaps(definitions, periods)]
    dead = list(check_unreachable(definitions, periods))
    for policy in definitions.policies:
        own = [one for one in found if one.policy == policy.name]
        compare(policy, own, [one for one in dead if one.policy == policy.name], every, periods)


def compare(policy, found, dead, every, periods):
    """Compare what is proved of one policy with what every context says of it."""
    asked = [one for one in every if condition_truth(policy.applies, one) == TRUE]
    held = [[rule for rule in policy.rules if rule_truth(rule, one) == TRUE] for one in asked]
    undecided = [one for one in found if one.code.id == "PE309"]
    missed = [one for one, rules in zip(asked, held, strict=True) if not rules]
    is_gap = policy.otherwise is None and bool(missed)
    said = [one for one in found if one.code.id == "PE300"]
    assert bool(said) == is_gap or (undecided and is_gap)
    for one in said:
        assert any(matches(situation, one.context) for situation in missed)
    if policy.otherwise is None:
        ground = periods.on(None).ground(policy)
        regions = gaps(ground)
        assert all(any(lies_in(ground, one, region) for region in regions) for one in missed)
    pairs = {
        (one.name, other.name)
        for rules in held
        for place, one in enumerate(rules)
        for other in rules[place + 1 :]
        if policy.hit == "unique"
        or (policy.hit == "any" and hit(policy, (one, other)).reason == "conflict")
    }
    meeting = [one for one in found if one.code.id in ("PE301", "PE302")]
    shown = {(one.related[0].message.split("`")[1], one.rule) for one in meeting}
    assert shown == pairs or (undecided and shown < pairs)
    reached = [rules[:1] if policy.hit == "first" else rules for rules in held]
    alive = {rule.name for rules in reached for rule in rules}
    never = {rule.name for rule in policy.rules} - alive
    told = {one.rule for one in dead}
    assert told <= never
    limits = periods.definitions.vocabularies["x"].impossible
    if "x.stage" not in policy.asks and is_plain(periods) and not limits:
        assert told == never
    assert not undecided or not is_plain(periods)


def is_plain(periods):
    """Return whether no two numbers are compared: what follows from such chains is not all known."""
    axes = (name for prover in periods.provers.values() for name in prover.space.axes)
    return not any(" against " in name or ": " in name for name in axes)


def matches(situation, context):
    """Return whether *situation* has the facts that *context* shows."""
    return all(
        (situation.fact(name) in (value, tuple(value) if isinstance(value, list) else value))
        if value is not None
        else not situation.context.facts.get(name)
        for name, value in context.items()
        if name in BY_NAME
    )


def lies_in(ground, situation, region):
    """Return whether *situation* is in *region*, as far as its axes are fields."""
    axes = {
        name: ground.space.axis(name) for name in region if name in BY_NAME or name == "x.stage"
    }
    return all(one.class_of(situation.fact(name)) & region[name] for name, one in axes.items())


SETTINGS = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@given(sets())
@settings(SETTINGS, max_examples=100)
def test_what_is_proved_is_what_every_context_says(tmp_path, made):
    agree(tmp_path, *made)


@pytest.mark.slow
@given(sets())
@settings(SETTINGS, max_examples=1000)
def test_what_is_proved_is_what_every_context_says_for_long(tmp_path, made):
    agree(tmp_path, *made)
