"""The graph of policies: who asks whom, in which order, and what may not be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyengine.findings import Related
from policyengine.findings.fit import (
    CIRCLE_OF_FIELDS,
    CIRCLE_OF_POLICIES,
    DECIDED_BELOW,
    DECIDED_TWICE,
)
from policyengine.findings.grammar import with_article
from policyengine.loading.draft import Draft
from policyengine.loading.versions import by_name
from policyengine.model import Policy

_Links = Mapping[str, tuple[Policy, ...]]
"""Policies by the `version` of one that needs them."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The policies in an order in which each can be asked, and which ones each subject asks."""

    policies: tuple[Policy, ...]
    decided_by: Mapping[str, Policy]
    asked: Mapping[str, tuple[Policy, ...]]
    versions: Mapping[str, tuple[Policy, ...]]


def build_graph(draft: Draft) -> Graph:
    """Return the graph of the policies in *draft*, after saying what is wrong with it.

    Every version of a policy is a policy of the graph; two that are never in force on one day have
    nothing to do with each other.
    """
    deciders = _deciders(draft)
    _check_fields(draft)
    reached = {name: _reach(draft, name) for name in draft.fields}

    def links(policy: Policy, names: Iterable[str]) -> tuple[Policy, ...]:
        leaves = (leaf for name in names for leaf in reached.get(name, (name,)))
        found = (other for leaf in leaves for other in deciders.get(leaf, ()))
        return tuple({other.version: other for other in found if policy.meets(other)}.values())

    asks = {policy.version: links(policy, policy.asks) for policy in draft.policies}
    takes = {policy.version: links(policy, policy.takes) for policy in draft.policies}
    order = _order(draft, asks)
    _check_levels(draft, asks, deciders, reached)
    cone = {name: (*asks[name], *takes[name]) for name in asks}
    asked = {subject: _asked(subject, order, cone) for subject in draft.subjects}
    first = {name: policies[0] for name, policies in deciders.items()}
    return Graph(order, first, asked, by_name(draft.policies))


def _deciders(draft: Draft) -> dict[str, tuple[Policy, ...]]:
    """Return which policies make each decided field, `chosen.POLICY` and `standing.POLICY` known.

    They are the versions of one policy.
    """
    found: dict[str, tuple[Policy, ...]] = {}
    for policy in (one for versions in by_name(draft.policies).values() for one in versions):
        known = list(policy.decides)
        known += [f"chosen.{policy.name}"] if policy.plans else []
        known += [policy.standing] if policy.measure is not None else []
        for name in known:
            first = found.get(name, (policy,))[0]
            found[name] = (*found.get(name, ()), policy)
            if first.name != policy.name:
                also = Related(first.span, "the first")
                message = f"`{name}` is decided by `{policy.name}` and by `{first.name}`"
                hint = "let one policy decide it, and the other ask it"
                draft.say(DECIDED_TWICE, message, policy.span, hint, also)
    return found


def _reach(draft: Draft, name: str) -> tuple[str, ...]:
    """Return *name* and every field that computing it asks."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop().removesuffix(".refused")
        declared = draft.fields.get(current)
        if current not in found and declared is not None and declared.computed is not None:
            waiting.extend(reversed(declared.computed.fields))
        found[current] = None
    return tuple(found)


def _check_fields(draft: Draft) -> None:
    """Say where computed fields ask each other in a circle."""
    computed = {
        name: declared.computed.fields
        for name, declared in draft.fields.items()
        if declared.computed is not None
    }
    for circle in _circles(computed):
        shown = " → ".join(f"`{name}`" for name in (*circle, circle[0]))
        also = [Related(draft.fields[name].span, f"`{name}`") for name in circle[1:]]
        message = f"computed fields ask each other: {shown}"
        span = draft.fields[circle[0]].span
        draft.say(CIRCLE_OF_FIELDS, message, span, "let one of them be a fact that comes in", *also)


def _circles(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return the circles that a walk along *edges* meets, each once, beginning at its least name."""
    done: set[str] = set()
    found: dict[tuple[str, ...], None] = {}

    for start in edges:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                circle = path[path.index(name) :]
                least = circle.index(min(circle))
                found[tuple(circle[least:] + circle[:least])] = None
            elif name not in done and name in edges:
                path.append(name)
                stack.append((name, True))
                stack.extend((other, False) for other in edges[name])
    return list(found)


def _order(draft: Draft, asks: _Links) -> tuple[Policy, ...]:
    """Return the policies so that each comes after those it asks, else as the files are sorted."""
    policies = {policy.version: policy for policy in draft.policies}
    edges = {name: [other.version for other in asked] for name, asked in asks.items()}
    circles = _circles(edges)
    for circle in circles:
        names = [policies[key].name for key in (*circle, circle[0])]
        shown = " → ".join(f"`{name}`" for name in names)
        also = [Related(policies[key].span, f"`{policies[key].name}`") for key in circle[1:]]
        word = "policies ask each other" if len(circle) > 1 else "a policy asks what it decides"
        span = policies[circle[0]].span
        hint = "let one of them ask facts only"
        draft.say(CIRCLE_OF_POLICIES, f"{word}: {shown}", span, hint, *also)
    if circles:
        return tuple(draft.policies)
    ordered: dict[str, Policy] = {}
    waiting = list(policies)[::-1]
    while waiting:
        name = waiting[-1]
        before = [other for other in edges[name] if other not in ordered]
        if before:
            waiting.extend(reversed(before))
        else:
            ordered.setdefault(name, policies[name])
            waiting.pop()
    return tuple(ordered.values())


def _check_levels(
    draft: Draft, asks: _Links, deciders: _Links, reached: Mapping[str, tuple[str, ...]]
) -> None:
    """Say where a policy asks what is decided about a subject that its own does not see."""
    for policy in draft.policies:
        seen = draft.sees[policy.about]
        for other in asks[policy.version]:
            if other.about in seen:
                continue
            names = [
                name
                for name in (*policy.asks, *policy.takes)
                if any(other in deciders.get(leaf, ()) for leaf in reached.get(name, (name,)))
            ]
            message = (
                f"`{policy.name}` is about {with_article(policy.about)} and asks `{names[0]}`, "
                f"which is decided about {with_article(other.about)}"
            )
            hint = "a policy may ask what its own subject or one it sees decided"
            also = Related(other.span, "decided here")
            draft.say(DECIDED_BELOW, message, policy.span, hint, also)


def _asked(subject: str, order: tuple[Policy, ...], cone: _Links) -> tuple[Policy, ...]:
    """Return the policies that a decision about *subject* asks: its own, and what those need.

    They come with all their versions, so that one that is not in force can say so.
    """
    versions = by_name(order)
    wanted = {policy.name for policy in order if policy.about == subject}
    waiting = list(wanted)
    while waiting:
        for other in (other for one in versions[waiting.pop()] for other in cone[one.version]):
            if other.name not in wanted:
                wanted.add(other.name)
                waiting.append(other.name)
    return tuple(policy for policy in order if policy.name in wanted)
