"""Many decisions in numbers: how often each policy, plan, rule and reason came out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policyengine.decision import Decision, Outcome
from policyengine.findings.all_codes import ALL_CODES
from policyengine.model import Definitions, Policy
from policyengine.reference import Reason
from policyengine.report.cells import visible
from policyengine.report.colours import paint
from policyengine.report.columns import hung
from policyengine.report.decision_text import NOTHING_SAID
from policyengine.values import Value

_REASONS: Mapping[Reason, str] = {
    **NOTHING_SAID,
    "matched": "a rule matched",
    "default": "no rule matched, so `otherwise` held",
}


@dataclass(slots=True)
class _Count:
    """How often one policy answered what."""

    reasons: Counter[str] = field(default_factory=Counter)
    plans: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """The numbers of a stream of decisions, whatever its length.

    Plans, rules and values of a policy that was asked are there with 0 where they never came out.
    """

    definitions: Definitions = field(repr=False)
    status: Counter[str] = field(default_factory=lambda: Counter(decided=0, invalid=0))
    problems: Counter[str] = field(default_factory=Counter)
    policies: dict[str, _Count] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many decisions there were."""
        return sum(self.status.values())

    def as_json(self) -> dict[str, object]:
        """Return the numbers in JSON's types."""
        return {
            "decisions": self.total,
            "status": dict(self.status),
            "outcomes": {
                name: {
                    "reasons": dict(_reasons(count)),
                    "plans": dict(count.plans),
                    "rules": dict(count.rules),
                    "values": {field: dict(values) for field, values in count.values.items()},
                }
                for name, count in _in_order(self)
            },
            "problems": dict(sorted(self.problems.items())),
        }


def summarise(definitions: Definitions, decisions: Iterable[Decision]) -> Summary:
    """Return the numbers of *decisions*, read one by one."""
    summary = Summary(definitions)
    for decision in decisions:
        summary.status[decision.status] += 1
        summary.problems.update(problem.code for problem in decision.problems)
        for outcome in decision.outcomes.values():
            _add(summary, outcome)
    return summary


def summary_text(summary: Summary, *, colour: bool, width: int) -> str:
    """Return *summary* as text: a block for each policy, what never came out on one line."""
    wide = max(width, 40)
    total = summary.total
    head = f"{total} context{'' if total == 1 else 's'}: {summary.status['decided']} decided"
    if summary.status["invalid"]:
        head += ", " + paint(f"{summary.status['invalid']} invalid", "error", colour)
    lines = [head]
    for name, count in _in_order(summary):
        lines += ["", paint(name, "bold", colour)]
        blocks = [
            ("", {_REASONS[reason]: n for reason, n in _reasons(count)}),
            ("plans", count.plans),
            *count.values.items(),
            ("rules", count.rules),
        ]
        lines += _rows(blocks, wide)
    if summary.problems:
        lines += ["", paint("problems of the contexts", "bold", colour)]
        titles = {code.id: f"{code.id} {code.title}" for code in ALL_CODES}
        counts = {titles[code]: number for code, number in sorted(summary.problems.items())}
        lines += _rows([("", counts)], wide)
    return "\n".join(lines) + "\n"


def _add(summary: Summary, outcome: Outcome) -> None:
    count = summary.policies.get(outcome.policy)
    if count is None:
        versions = summary.definitions.versions[outcome.policy]
        count = summary.policies[outcome.policy] = _empty(versions, summary.definitions)
    count.reasons[outcome.reason] += 1
    count.plans.update(plan.partition(":")[2] for plan in outcome.plans)
    count.rules.update(outcome.rules)
    for name, value in outcome.values.items():
        if name in count.values:
            count.values[name].update(_named(value))


def _empty(versions: tuple[Policy, ...], definitions: Definitions) -> _Count:
    """Return the count of a policy with a 0 for all that one of its *versions* can answer."""
    count = _Count(
        plans=Counter({name: 0 for policy in versions for name in policy.plans}),
        rules=Counter({rule.name: 0 for policy in versions for rule in policy.rules}),
    )
    for name in (name for policy in versions for name in policy.decides):
        type_ = definitions.fields[name].type
        if type_.kind in ("choice", "set"):
            count.values[name] = Counter(dict.fromkeys(type_.values, 0))
        elif type_.kind == "boolean":
            count.values[name] = Counter({"true": 0, "false": 0})
    return count


def _named(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ("missing",)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return value if isinstance(value, tuple) else (str(value),)


def _in_order(summary: Summary) -> Iterator[tuple[str, _Count]]:
    """Yield the counts in the order in which the policies are asked."""
    for name in dict.fromkeys(policy.name for policy in summary.definitions.policies):
        if name in summary.policies:
            yield name, summary.policies[name]


def _reasons(count: _Count) -> Iterator[tuple[Reason, int]]:
    for reason in _REASONS:
        if count.reasons[reason]:
            yield reason, count.reasons[reason]


def _rows(blocks: Iterable[tuple[str, Mapping[str, int]]], wide: int) -> list[str]:
    blocks = [block for block in blocks if block[1]]
    digits = max((len(str(n)) for _, rows in blocks for n in rows.values()), default=1)
    lines: list[str] = []
    for title, rows in blocks:
        indent = "    " if title else "  "
        lines += [f"  {title}"] if title else []
        for name, number in rows.items():
            if number:
                lines.append(f"{indent}{number:>{digits}}  {visible(name)}")
        never = [name for name, number in rows.items() if not number]
        lines += hung(f"{indent}{0:>{digits}}  ", ", ".join(never), wide)
    return lines
