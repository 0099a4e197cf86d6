"""Whether serving a segment better pays: line by line, with the point at which the advice turns.

Source: the contribution of each effect a year, less its cost; the break-even is the figure at
which the sum is 0.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero, no_shares, ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The figures of one year for a segment that is to be served better, and for the others.

    *customers* with so many *contacts* in all; *retention_uplift* and *conversion_uplift* are
    shares (0.01 is one percentage point); *clv* is the lifetime value of a customer, *margin* that
    of a sale; each contact takes *extra_minutes* at *cost_per_minute*; *incentives* are for each
    customer; *integration* is what apart systems cost a year. Of the *others* the share
    *churn_uplift* leaves, each worth *others_clv*. Money is in one currency. A figure that is
    not known is left out.
    """

    customers: Amount | None = None
    contacts: Amount | None = None
    retention_uplift: Amount | None = None
    clv: Amount | None = None
    conversion_uplift: Amount | None = None
    margin: Amount | None = None
    extra_minutes: Amount | None = None
    cost_per_minute: Amount | None = None
    incentives: Amount | None = None
    integration: Amount | None = None
    others: Amount | None = None
    churn_uplift: Amount | None = None
    others_clv: Amount | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: its name, its formula in words, and its amount with its sign."""

    name: str
    formula: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where the advice turns: the retention uplift, and the lifetime value, at which net is 0."""

    uplift: Decimal | Refused
    clv: Decimal | Refused


@dataclass(frozen=True, slots=True)
class NetBenefit:
    """What serving the segment better brings in a year.

    *lines* add up to *net*; *alienation* is shown apart, with the net and the break-even after it.
    """

    lines: tuple[Line, ...]
    net: Decimal
    break_even: BreakEven
    alienation: Line
    net_after_alienation: Decimal
    break_even_after_alienation: BreakEven

    @property
    def turned_by_alienation(self) -> bool:
        """Whether those who feel slighted turn a gain into none."""
        return self.net > 0 >= self.net_after_alienation


def segment_net_benefit(segment: Segment, *, integrated: bool) -> NetBenefit | Refused:
    """Return the yearly net benefit of serving *segment* better, line by line.

    Where systems are not *integrated* the cost of integration counts. Counts and money are 0 or
    more and uplifts shares from 0 to 1; others are refused. A figure left out is refused by its
    name, as in `missing_clv`, never taken as 0.
    """
    figures: dict[str, Decimal] = {}
    for figure in fields(segment):
        amount: Amount | None = getattr(segment, figure.name)
        if amount is None and figure.name == "integration" and integrated:
            amount = 0
        if amount is None:
            return Refused(f"missing_{figure.name}")
        figures[figure.name] = Decimal(amount)
    wrong = _wrong(figures)
    if wrong is not None:
        return wrong
    lines = _lines(figures, integrated=integrated)
    net = sum((line.amount for line in lines), Decimal(0))
    alienation = Line(
        "alienation",
        "others times churn uplift times their value",
        -(figures["others"] * figures["churn_uplift"] * figures["others_clv"]),
    )
    after = net + alienation.amount
    return NetBenefit(
        lines,
        net,
        _break_even(figures, lines[0].amount - net),
        alienation,
        after,
        _break_even(figures, lines[0].amount - after),
    )


def advice_can_flip(flip: Decimal | Refused, *, low: Amount, high: Amount) -> bool:
    """Return whether the advice differs between a lifetime value of *low* and one of *high*.

    *flip* is the value of the break-even; at that very value nothing is gained yet. Where there
    is none, the lifetime value cannot turn the advice.
    """
    return not isinstance(flip, Refused) and low <= flip < high


def uniform_break_even(
    *, extra_minutes: Amount, cost_per_minute: Amount, contacts: Amount, incentives: Amount = 0
) -> Decimal | Refused:
    """Return the return per customer and year from which high quality for all pays.

    *extra_minutes* a contact at *cost_per_minute*, by *contacts* a customer and year, and
    *incentives* for each customer. All are 0 or more; others are refused.
    """
    wrong = (
        below_zero(extra_minutes, reason="negative_time")
        or below_zero(contacts)
        or below_zero(cost_per_minute, incentives, reason="negative_amount")
    )
    if wrong is not None:
        return wrong
    return Decimal(extra_minutes) * cost_per_minute * contacts + incentives


def _wrong(figures: dict[str, Decimal]) -> Refused | None:
    counts = ("customers", "contacts", "others")
    shares = ("retention_uplift", "conversion_uplift", "churn_uplift")
    rest = [name for name in figures if name not in (*counts, *shares, "extra_minutes")]
    return (
        below_zero(*(figures[name] for name in counts))
        or no_shares(*(figures[name] for name in shares))
        or below_zero(figures["extra_minutes"], reason="negative_time")
        or below_zero(*(figures[name] for name in rest), reason="negative_amount")
    )


def _lines(figures: dict[str, Decimal], *, integrated: bool) -> tuple[Line, ...]:
    customers, contacts = figures["customers"], figures["contacts"]
    lines = (
        Line(
            "retention",
            "customers times retention uplift times lifetime value",
            customers * figures["retention_uplift"] * figures["clv"],
        ),
        Line(
            "cross_sell",
            "contacts times conversion uplift times margin",
            contacts * figures["conversion_uplift"] * figures["margin"],
        ),
        Line(
            "handling",
            "contacts times extra minutes times cost a minute",
            -(contacts * figures["extra_minutes"] * figures["cost_per_minute"]),
        ),
        Line(
            "incentives",
            "customers times incentives for each",
            -(customers * figures["incentives"]),
        ),
    )
    if integrated:
        return lines
    apart = Line("integration", "what it costs that systems are apart", -figures["integration"])
    return (*lines, apart)


def _break_even(figures: dict[str, Decimal], to_earn: Decimal) -> BreakEven:
    """Return where retention earns *to_earn*; 0 where the other lines pay for it already."""
    to_earn = max(to_earn, Decimal(0))
    uplift = ratio(to_earn, figures["customers"] * figures["clv"])
    if isinstance(uplift, Decimal) and uplift > 1:
        uplift = Refused("unreachable")
    return BreakEven(uplift, ratio(to_earn, figures["customers"] * figures["retention_uplift"]))
