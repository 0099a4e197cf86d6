"""Staffing for people: whether the promise is kept, who is needed, and what callers meet."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from policyengine.erlang import (
    Demand,
    Number,
    Place,
    Promise,
    Refusal,
    Staffing,
    Terms,
    announcement,
    caveat,
    place_caveat,
    promise_text,
    refusal_text,
)
from policyengine.report.columns import cells, hung, padded, wrapped
from policyengine.report.staff_figures import (
    Day,
    Figure,
    announced,
    exact,
    interval_figures,
    place_figures,
)
from policyengine.values import FieldType, show_value

_DURATION = FieldType("duration")
_COLUMNS = {
    "needed": "needed",
    "short": "short",
    "rostered": "to roster",
    "service_level": "in time",
    "wait_mean": "wait",
    "wait_p90": "9 of 10",
    "occupancy": "busy",
    "abandoned": "hang up",
}
_SHARES = ("service_level", "occupancy", "abandoned")


def staff_text(day: Day, *, width: int) -> str:
    """Return the answer for people, its lines no wider than *width* where that can be."""
    wide = max(width, 40)
    parts = []
    if day.intervals:
        named = any(one.demand.name for one in day.intervals)
        parts.append(_day(day, wide) if named else _one(day.intervals[0], day.terms, wide))
    if day.place is not None:
        parts.append(_place(day.place, wide))
    patience = any(one.demand.patience is not None for one in day.intervals)
    if day.intervals:
        parts.append(wrapped(_sentence(caveat(patience=patience)), wide))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _one(one: Staffing, terms: Terms | None, wide: int) -> list[str]:
    figures = interval_figures(one)
    lines = []
    if isinstance(one.promise, Promise):
        lines += [*wrapped(promise_text(one.promise), wide), ""]
    lines.append(_asked(one.demand))
    for name, text in _rows(figures, terms):
        lines += hung(f"  {padded(name, 10)}", text, wide)
    return lines


def _asked(demand: Demand) -> str:
    calls = "an unknown number of" if demand.calls is None else _number(exact(demand.calls))
    each = "" if demand.handling is None else f", {_time(demand.handling)} each"
    leaves = "" if demand.patience is None else f", callers wait {_time(demand.patience)}"
    noun = "call" if calls == "1" else "calls"
    return f"{calls} {noun} in {_time(demand.interval)}{each}{leaves}"


def _rows(figures: dict[str, Figure], terms: Terms | None) -> Iterator[tuple[str, str]]:
    """Yield what is said of one interval, line by line."""
    load, needed = figures["load"], figures.get("needed")
    if isinstance(load, Refusal):
        yield "load", refusal_text(load.reason)
        return
    yield "load", f"{_number(Decimal(load))} erlang"
    if needed is not None:
        yield "needed", _said(needed, f"{needed} agent{'' if needed == 1 else 's'}")
    rostered = figures.get("rostered")
    if rostered is not None and not isinstance(needed, Refusal):
        assert terms is not None
        assert terms.shrinkage is not None
        away = _percent(exact(terms.shrinkage))
        yield "to roster", _said(rostered, f"{rostered}, with {away} of paid time away")
    level = figures.get("service_level")
    if isinstance(level, Decimal):
        assert terms is not None
        yield "in time", f"{_percent(level)} within {_time(terms.within)}"
    if "wait_mean" in figures:
        yield from _waits(figures)
    for name, what in (("occupancy", "busy"), ("abandoned", "hang up")):
        share = figures.get(name)
        if isinstance(share, Decimal):
            yield what, _percent(share) + (" of their time" if name == "occupancy" else "")


def _said(figure: Figure, text: str) -> str:
    return refusal_text(figure.reason) if isinstance(figure, Refusal) else text


def _waits(figures: dict[str, Figure]) -> Iterator[tuple[str, str]]:
    mean = figures["wait_mean"]
    if isinstance(mean, Refusal):
        yield "wait", refusal_text(mean.reason)
        return
    yield "wait", f"{_time(Decimal(mean), whole=True)} on average"
    parts = []
    for name, share in (("wait_p50", "half"), ("wait_p80", "8 of 10"), ("wait_p90", "9 of 10")):
        figure = figures[name]
        if isinstance(figure, Decimal):
            most = f"at most {_time(figure, whole=True)}"
            parts.append(f"{share} {most if figure else 'not at all'}")
    yield "", _listed(parts)


def _place(place: Place | Refusal, wide: int) -> list[str]:
    if isinstance(place, Refusal):
        return wrapped(f"the wait of the caller {refusal_text(place.reason)}", wide)
    minutes = announced(place)
    agents = f"{place.agents} agent{'' if place.agents == 1 else 's'}"
    lines = [f"{place.ahead} ahead, {agents}, {_time(place.handling)} each"]
    for name, text in _waits(place_figures(place)):
        lines += hung(f"  {padded(name, 10)}", text, wide)
    if not isinstance(minutes, Refusal):
        advice = f"{announcement(minutes)}, with the reason, and again while they wait"
        lines += hung(f"  {padded('announce', 10)}", advice, wide)
    return [*lines, "", *wrapped(_sentence(place_caveat(place)), wide)]


def _day(day: Day, wide: int) -> list[str]:
    rows = [interval_figures(one) for one in day.intervals]
    names = [name for name in _COLUMNS if any(name in row for row in rows)]
    table = [["from", "calls", "agents", *(_COLUMNS[name] for name in names)]]
    for one, figures in zip(day.intervals, rows, strict=True):
        agents, calls = one.demand.agents, one.demand.calls
        cells_ = [one.demand.name, "" if calls is None else _number(exact(calls))]
        cells_.append("" if agents is None else str(agents))
        cells_ += [_cell(name, figures.get(name)) for name in names]
        table.append(cells_)
    used = [place for place in range(len(table[0])) if any(row[place] for row in table[1:])]
    widths = {place: max(cells(row[place]) for row in table) for place in used}
    lines = [
        "  ".join(padded(row[place], widths[place]) for place in used).rstrip() for row in table
    ]
    for reason, where in _refusals(day, rows).items():
        there = "every interval" if len(where) == len(rows) else _listed(where)
        lines += wrapped(f"{there}: {refusal_text(reason)}", wide)
    return [*lines, "", *_summary(day, wide)] if day.terms is not None else lines


def _refusals(day: Day, rows: list[dict[str, Figure]]) -> dict[str, list[str]]:
    """Return each reason that is given, and the intervals that give it."""
    found: dict[str, list[str]] = {}
    for one, figures in zip(day.intervals, rows, strict=True):
        reasons = (figure.reason for figure in figures.values() if isinstance(figure, Refusal))
        for reason in dict.fromkeys(reasons):
            found.setdefault(reason, []).append(one.demand.name)
    return found


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    if isinstance(figure, Refusal):
        return "?"
    if name in _SHARES:
        return f"{(Decimal(figure) * 100).quantize(Decimal('0.1'), ROUND_HALF_EVEN)} %"
    if name.startswith("wait"):
        return _time(Decimal(figure), whole=True)
    return str(figure)


def _summary(day: Day, wide: int) -> list[str]:
    """Return in sentences where the promise is kept, the peak, and where people are short."""
    assert day.terms is not None
    lines: list[str] = []
    asked = [one for one in day.intervals if one.promise is not None]
    promise = f"{_percent(exact(day.terms.target))} within {_time(day.terms.within)}"
    if asked:
        kept = sum(isinstance(one.promise, Promise) and one.promise.met for one in asked)
        many = f"{len(asked)} interval{'' if len(asked) == 1 else 's'}"
        lines.append(f"the promise of {promise} is kept in {kept} of {many}")
    else:
        lines.append(f"the promise is {promise}")
    peak = day.peak
    if peak is not None:
        roster = f", {peak.rostered} on the roster" if isinstance(peak.rostered, int) else ""
        lines.append(f"most are needed at {peak.demand.name}: {peak.needed}{roster}")
    short = [f"{one.demand.name} by {one.short}" for one in day.intervals if one.short]
    if short:
        lines += hung("short of agents: ", _listed(short), wide)
    return lines


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _number(number: Decimal) -> str:
    plain = number.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return f"{plain:f}".rstrip("0").rstrip(".")


def _percent(share: Decimal) -> str:
    return f"{_number((share * 100).quantize(Decimal('0.1'), ROUND_HALF_EVEN))} %"


def _time(seconds: Number, *, whole: bool = False) -> str:
    found = exact(seconds)
    return show_value(_DURATION, found.quantize(Decimal(1), ROUND_HALF_EVEN) if whole else found)
