"""Versions of a policy: files of one name, each in force on days of its own."""

from collections.abc import Iterable
from datetime import date

from policyengine.findings import Related
from policyengine.findings.fit import DATES_OVERLAP, VERSIONS_DISAGREE
from policyengine.findings.names import NAME_USED_TWICE
from policyengine.loading.draft import Draft
from policyengine.model import Policy


def by_name(policies: Iterable[Policy]) -> dict[str, tuple[Policy, ...]]:
    """Return *policies* by their names, the versions of each in the order of their days."""
    found: dict[str, list[Policy]] = {}
    for policy in policies:
        found.setdefault(policy.name, []).append(policy)
    return {name: tuple(sorted(versions, key=_first_day)) for name, versions in found.items()}


def check_versions(draft: Draft) -> None:
    """Say where two policies of one name are in force on one day, or are not versions of one thing."""
    for name, versions in by_name(draft.policies).items():
        for place, after in enumerate(versions[1:], start=1):
            before = next((one for one in versions[:place] if one.meets(after)), None)
            if before is not None:
                _say_both(draft, name, before, after)
            else:
                _check_agree(draft, versions[0], after)


def _say_both(draft: Draft, name: str, before: Policy, after: Policy) -> None:
    also = Related(before.span, "the first")
    if before.effective is None and after.effective is None:
        message = f"two policies are called `{name}`"
        hint = "give each a name of its own, or the days of each version under `effective`"
        draft.say(NAME_USED_TWICE, message, after.span, hint, also)
        return
    message = f"two versions of `{name}` are in force on the same day"
    dated = before.effective or after.effective
    assert dated is not None
    span = after.span if after.effective is None else after.effective.span
    also = Related(before.span if before.effective is None else before.effective.span, "the first")
    hint = "let one end on the day before the next begins"
    if before.effective is None or after.effective is None:
        hint = "say under `effective` of each from and through which day it is in force"
    draft.say(DATES_OVERLAP, message, span, hint, also)


def _check_agree(draft: Draft, first: Policy, other: Policy) -> None:
    """Say what the versions of a policy must have in common and have not."""
    also = Related(first.span, "the first version")
    hint = "versions of a policy are about one thing: give the other a name of its own"
    if other.about != first.about:
        message = (
            f"`{first.name}` is about `{other.about}` here, and about `{first.about}` in its "
            "first version"
        )
        draft.say(VERSIONS_DISAGREE, message, other.span, hint, also)
    elif other.given_wins != first.given_wins:
        message = f"only one version of `{first.name}` says `given: wins`"
        hint = "a fact that may come in must be allowed to on every day"
        draft.say(VERSIONS_DISAGREE, message, other.span, hint, also)


def _first_day(policy: Policy) -> date:
    first = None if policy.effective is None else policy.effective.first
    return date.min if first is None else first
