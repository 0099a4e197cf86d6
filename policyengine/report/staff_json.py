"""Staffing for machines, as `schemas/staff.schema.json` promises."""

from decimal import Decimal

from policyengine.erlang import (
    Number,
    Place,
    Promise,
    Refusal,
    Staffing,
    announcement,
    caveat,
    place_caveat,
    promise_text,
    refusal_text,
)
from policyengine.report.staff_figures import (
    Day,
    Figure,
    announced,
    exact,
    interval_figures,
    place_figures,
)


def staff_json(day: Day) -> dict[str, object]:
    """Return the answer as JSON has it: times in seconds, shares from 0 to 1."""
    patience = any(one.demand.patience is not None for one in day.intervals)
    terms = day.terms
    return {
        "model": ("erlang_a" if patience else "erlang_c") if day.intervals else None,
        "holds_for": caveat(patience=patience) if day.intervals else None,
        "promise": None
        if terms is None
        else {
            "target": _plain(terms.target),
            "within": _plain(terms.within),
            "max_occupancy": _plain(terms.max_occupancy),
            "shrinkage": _plain(terms.shrinkage),
        },
        "intervals": [_interval(one) for one in day.intervals],
        "peak": None if day.peak is None else day.peak.demand.name or None,
        "position": None if day.place is None else _place(day.place),
    }


def _interval(one: Staffing) -> dict[str, object]:
    demand, promise = one.demand, one.promise
    figures = interval_figures(one)
    return {
        "from": demand.name or None,
        "calls": _plain(demand.calls),
        "interval": _plain(demand.interval),
        "handling": _plain(demand.handling),
        "patience": _plain(demand.patience),
        "agents": _plain(demand.agents),
        **_figures(figures),
        "verdict": ("met" if promise.met else "not_met") if isinstance(promise, Promise) else None,
        "text": promise_text(promise) if isinstance(promise, Promise) else None,
        "refused": _refused(figures),
    }


def _place(place: Place | Refusal) -> dict[str, object]:
    if isinstance(place, Refusal):
        return {"holds_for": None, "announce": None, "refused": {"wait_mean": _why(place)}}
    figures = place_figures(place)
    minutes = announced(place)
    return {
        "ahead": place.ahead,
        "agents": place.agents,
        "holds_for": place_caveat(place),
        **_figures(figures),
        "announce": None
        if isinstance(minutes, Refusal)
        else {"from": minutes[0], "to": minutes[1], "text": announcement(minutes)},
        "refused": _refused(figures),
    }


def _figures(figures: dict[str, Figure]) -> dict[str, object]:
    return {
        name: None if isinstance(figure, Refusal) else figure for name, figure in figures.items()
    }


def _refused(figures: dict[str, Figure]) -> dict[str, object]:
    return {name: _why(figure) for name, figure in figures.items() if isinstance(figure, Refusal)}


def _why(refusal: Refusal) -> dict[str, str]:
    return {"reason": refusal.reason, "text": refusal_text(refusal.reason)}


def _plain(number: Number | None) -> Decimal | int | None:
    return number if number is None or isinstance(number, int) else exact(number)
