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
from policyengine.model import Policy


@dataclass(frozen=True, slots=True)
class Graph:
    """The policies in an order in which each can be asked, and which ones each subject asks."""

    policies: tuple[Policy, ...]
    decided_by: Mapping[str, Policy]
    asked: Mapping[str, tuple[Policy, ...]]


def build_graph(draft: Draft) -> Graph:
    """Return the graph of the policies in *draft*, after saying what is wrong with it."""
    decided_by = _deciders(draft)
    _check_fields(draft)
    reached = {name: _reach(draft, name) for name in draft.fields}

    def deciders(names: Iterable[str]) -> tuple[Policy, ...]:
        leaves = (leaf for name in names for leaf in reached.get(name, (name,)))
        found = (decided_by.get(leaf) for leaf in leaves)
        return tuple({policy.name: policy for policy in found if policy is not None}.values())

    by_name = {policy.name: policy for policy in draft.policies}
    asks = {policy.name: deciders(policy.asks) for policy in draft.policies}
    order = _order(draft, by_name, asks)
    _check_levels(draft, asks, decided_by, reached)
    cone = {policy.name: (*asks[policy.name], *deciders(policy.takes)) for policy in draft.policies}
    asked = {subject: _asked(subject, order, cone) for subject in draft.subjects}
    return Graph(order, decided_by, asked)


def _deciders(draft: Draft) -> dict[str, Policy]:
    """Return which policy makes each decided field, `chosen.POLICY` and `standing.POLICY` known."""
    found: dict[str, Policy] = {}
    for policy in draft.policies:
        for name in policy.decides:
            first = found.setdefault(name, policy)
            if first is not policy:
                also = Related(first.span, "the first")
                message = f"`{name}` is decided by `{policy.name}` and by `{first.name}`"
                hint = "let one policy decide it, and the other ask it"
                draft.say(DECIDED_TWICE, message, policy.span, hint, also)
        if policy.plans:
            found[f"chosen.{policy.name}"] = policy
        if policy.measure is not None:
            found[policy.standing] = policy
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


def _order(
    draft: Draft, by_name: Mapping[str, Policy], asks: Mapping[str, tuple[Policy, ...]]
) -> tuple[Policy, ...]:
    """Return the policies so that each comes after those it asks, else as the files are sorted."""
    edges = {name: [policy.name for policy in asked] for name, asked in asks.items()}
    circles = _circles(edges)
    for circle in circles:
        shown = " → ".join(f"`{name}`" for name in (*circle, circle[0]))
        also = [Related(by_name[name].span, f"`{name}`") for name in circle[1:]]
        word = "policies ask each other" if len(circle) > 1 else "a policy asks what it decides"
        span = by_name[circle[0]].span
        hint = "let one of them ask facts only"
        draft.say(CIRCLE_OF_POLICIES, f"{word}: {shown}", span, hint, *also)
    if circles:
        return tuple(by_name.values())
    ordered: dict[str, Policy] = {}
    waiting = list(by_name)[::-1]
    while waiting:
        name = waiting[-1]
        before = [other for other in edges[name] if other not in ordered]
        if before:
            waiting.extend(reversed(before))
        else:
            ordered.setdefault(name, by_name[name])
            waiting.pop()
    return tuple(ordered.values())


def _check_levels(
    draft: Draft,
    asks: Mapping[str, tuple[Policy, ...]],
    decided_by: Mapping[str, Policy],
    reached: Mapping[str, tuple[str, ...]],
) -> None:
    """Say where a policy asks what is decided about a subject that its own does not see."""
    for policy in draft.policies:
        seen = draft.sees[policy.about]
        for other in asks[policy.name]:
            if other.about in seen:
                continue
            names = [
                name
                for name in (*policy.asks, *policy.takes)
                if any(decided_by.get(leaf) is other for leaf in reached.get(name, (name,)))
            ]
            message = (
                f"`{policy.name}` is about {with_article(policy.about)} and asks `{names[0]}`, "
                f"which is decided about {with_article(other.about)}"
            )
            hint = "a policy may ask what its own subject or one it sees decided"
            also = Related(other.span, "decided here")
            draft.say(DECIDED_BELOW, message, policy.span, hint, also)


def _asked(
    subject: str, order: tuple[Policy, ...], cone: Mapping[str, tuple[Policy, ...]]
) -> tuple[Policy, ...]:
    """Return the policies that a decision about *subject* asks: its own, and what those need."""
    wanted = {policy.name for policy in order if policy.about == subject}
    waiting = list(wanted)
    while waiting:
        for other in cone[waiting.pop()]:
            if other.name not in wanted:
                wanted.add(other.name)
                waiting.append(other.name)
    return tuple(policy for policy in order if policy.name in wanted)
