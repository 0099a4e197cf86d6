"""The index answers as the reference does, for every kind of test, hit policy and missing fact."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from property import strategies as tried

from policyengine import PolicyError, load
from policyengine.context import check_context
from policyengine.engine import decide
from policyengine.index import Indexes

FIELDS = (*tried.WIDE, *tried.COMPUTED)
ORDERED = ("first", "unique", "any", "priority")
NAMED = (
    ("often", '{x.count: "at least house.bound"}'),
    ("often or dear", '{any: [{is: often}, {x.price: "over 19.99 EUR"}]}'),
)


@st.composite
def sets(draw):
    """Return the files of a policy set: four policies, of which the later ask the earlier."""
    more = (*tried.COMPUTED, tried.STAGE, tried.POINTS)
    impossible = draw(
        st.just([]) | st.just([]) | st.lists(tried.blocks(tried.SMALL, depth=0), max_size=1)
    )
    names = [name for name, _ in NAMED]
    stage = ("x.stage", ("early", "late"))
    points = ("x.points", (0, 1, 2, 3))
    later = (*FIELDS, tried.STAGE, tried.POINTS, tried.CHOSEN)
    return {
        "vocabulary/x.yaml": tried.vocabulary(
            tried.WIDE, impossible=impossible, conditions=NAMED, more=more
        ),
        "stage.yaml": draw(tried.policies(FIELDS, name="stage", decides=stage)),
        "points.yaml": draw(tried.policies(FIELDS, name="points", decides=points, named=names)),
        "first.yaml": draw(
            tried.policies((*FIELDS, tried.STAGE), name="first", dated=True, hits=ORDERED)
        ),
        "tried.yaml": draw(tried.policies(later, named=names, dated=True, rules=8)),
    }


def loaded(folder, files):
    """Load a set of these files."""
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "policyset.yaml").write_text(tried.HEAD, "utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    try:
        return load(folder)
    except PolicyError as error:
        pytest.fail("\n".join(finding.message for finding in error.findings))


def agree(folder, files, contexts, days):
    """Decide *contexts* on *days* by the index and by the reference, and compare everything."""
    definitions = loaded(folder, files).definitions
    indexes = Indexes(definitions)
    for context, day in zip(contexts, days, strict=False):
        checked = check_context(definitions, context)
        quick = decide(definitions, checked, as_of=day, indexes=indexes)
        meant = decide(definitions, checked, as_of=day)
        assert quick.as_json() == meant.as_json(), context
        assert quick.treatment == meant.treatment
        assert quick.outcomes == meant.outcomes


days = st.sampled_from([date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 1)])
SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEVERAL = {"min_size": 6, "max_size": 6}


@given(sets(), st.lists(tried.contexts(tried.WIDE), **SEVERAL), st.lists(days, **SEVERAL))
@settings(SETTINGS, max_examples=100)
def test_the_index_means_what_the_reference_does(tmp_path, files, contexts, days):
    agree(tmp_path, files, contexts, days)


@pytest.mark.slow
@given(sets(), st.lists(tried.contexts(tried.WIDE), **SEVERAL), st.lists(days, **SEVERAL))
@settings(SETTINGS, max_examples=4000)
def test_the_index_means_what_the_reference_does_for_long(tmp_path, files, contexts, days):
    agree(tmp_path, files, contexts, days)
