"""Suites, read: every case with its facts and expectations, and all that is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policyengine.cases.expectations import Expecting
from policyengine.cases.given import (
    expects_problem,
    has_day,
    read_assumed,
    read_given,
    read_house,
)
from policyengine.cases.reader import Reader, reader_for
from policyengine.cases.suite import Case, FactExpected, SameExpected, Suite
from policyengine.cases.written import (
    Written,
    entries_of,
    scalars_of,
    texts_of,
    written_case,
    written_rows,
)
from policyengine.document import Mapping, Scalar, Sequence
from policyengine.findings import Finding, Related
from policyengine.findings.cases import CASE_TWICE, NOTHING_EXPECTED, UNKNOWN_CASE, UNREAD_FACT
from policyengine.findings.contexts import NO_DAY
from policyengine.findings.names import UNKNOWN_SUBJECT
from policyengine.findings.near import did_you_mean
from policyengine.findings.shape import MISSING_KEY, NOT_YET
from policyengine.loading.draft import blocks
from policyengine.model import Definitions
from policyengine.policyset import PolicySet
from policyengine.values import FieldType, Value

_OVER_TIME = ("series", "events")


@dataclass(frozen=True, slots=True)
class _Read:
    """One case that was read, or what is left of one that cannot be run."""

    block: Mapping
    written: Written
    case: Case | None
    reads: frozenset[str]
    """The fields that it reads; empty where it cannot be run."""


def read_suites(policies: PolicySet) -> tuple[tuple[Suite, ...], tuple[Finding, ...]]:
    """Return the suites of *policies*, and all that was found in them, in order of place.

    A case with an error is kept by its name only: it cannot be run.
    """
    findings: list[Finding] = []
    found = [_read_suite(policies.definitions, node, findings) for node in policies.suites]
    suites = tuple(suite for suite in found if suite is not None)
    return suites, tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.place))


def _read_suite(definitions: Definitions, node: Mapping, findings: list[Finding]) -> Suite | None:
    name = node.get("suite")
    assert isinstance(name, Scalar)
    about = _about(definitions, node, name, findings)
    if about is None:
        return None
    reader = reader_for(definitions, about, findings)
    policy = node.get("policy")
    known = reader.policy(policy) if isinstance(policy, Scalar) else None
    cases = tuple(blocks(node.get("cases")))
    _say_twice(reader, cases)
    flat = _same_known(reader, [one for case in cases for one in _read_case(reader, case, node)])
    compared = {other for one in flat for other in _needs(one)}
    for case in cases:
        _say_unread(reader, case, [one for one in flat if one.block is case], compared)
    _say_unread_shared(reader, node, flat)
    return Suite(
        name=name.text,
        about=about,
        span=name.span,
        policy=None if known is None else known.name,
        cases=tuple(one.case for one in flat if one.case is not None),
        unread=tuple(one.written.name for one in flat if one.case is None),
    )


def _about(
    definitions: Definitions, node: Mapping, name: Scalar, findings: list[Finding]
) -> str | None:
    about = node.get("about")
    known = definitions.vocabularies
    if isinstance(about, Scalar):
        if about.text in known:
            return about.text
        hint = did_you_mean(about.text, known)
        findings.append(
            Finding(UNKNOWN_SUBJECT, f"unknown subject `{about.text}`", about.span, hint)
        )
        return None
    if definitions.default_about is None:
        message = "the suite does not say what it is about: expected the key `about`"
        hint = did_you_mean("", known) or "write `about:` with the subject of its contexts"
        findings.append(Finding(MISSING_KEY, message, name.span, hint))
    return definitions.default_about


def _say_twice(reader: Reader, cases: Iterable[Mapping]) -> None:
    first: dict[str, Scalar] = {}
    for case in cases:
        name = case.get("case")
        assert isinstance(name, Scalar)
        before = first.setdefault(name.text, name)
        if before is not name:
            message = f"a second case is called `{name.text}`"
            also = Related(before.span, "the first")
            reader.say(CASE_TWICE, message, name.span, "give it a name of its own", also)


def _read_case(reader: Reader, block: Mapping, suite: Mapping) -> list[_Read]:
    """Return what the case *block* says: itself, or one case for each row of its table."""
    written = written_case(block, suite)
    for key in _OVER_TIME:
        over_time = block.key(key)
        if over_time is not None:
            message = f"cases with `{key}` are not supported yet"
            reader.say(NOT_YET, message, over_time.span)
            return [_Read(block, written, None, frozenset())]
    table = block.get("table")
    before = reader.errors
    all_written = [written]
    if isinstance(table, Mapping):
        all_written = written_rows(reader, written, table)
        if reader.errors > before:
            return [_Read(block, row, None, frozenset()) for row in all_written]
        if not any(row.expect for row in all_written):
            hint = "add a column such as `expect plans.POLICY`"
            reader.say(NOTHING_EXPECTED, "no row expects anything", written.span, hint)
            return [_Read(block, row, None, frozenset()) for row in all_written]
    return [_read_one(reader, one, block) for one in all_written]


def _read_one(reader: Reader, written: Written, block: Mapping) -> _Read:
    before = reader.errors
    facts = read_given(reader, written)
    assumed = read_assumed(reader, written.assume)
    house = read_house(reader, written.house)
    on = None if written.on is None else reader.value(written.on, FieldType("date"))
    assumed_names = frozenset(written.assume)
    expected = Expecting(reader, assumed_names).read(written.expect.values())
    if not written.expect:
        hint = "replace one `any` by what must come out"
        reader.say(NOTHING_EXPECTED, "the row expects nothing", written.span, hint)
    if reader.errors == before:
        _say_no_day(reader, written, facts, house)
    if reader.errors > before:
        return _Read(block, written, None, frozenset())
    case = Case(
        name=written.name,
        about=reader.about,
        span=written.span,
        facts=facts,
        assumed=assumed,
        house=house,
        on=_day(on),
        expected=expected,
        because=" ".join(texts_of(block.get("because") or Sequence((), block.span))),
        covers=texts_of(block.get("covers") or Sequence((), block.span)),
    )
    fields = [one.field for one in expected if isinstance(one, FactExpected)]
    return _Read(block, written, case, reader.reads(assumed_names) | reader.with_sources(fields))


def _say_no_day(
    reader: Reader, written: Written, facts: dict[str, object], house: dict[str, Value]
) -> None:
    """Say where the answer depends on the day, and the case gives none: there is no clock."""
    at = reader.definitions.vocabularies[reader.about].subject.at
    refused = written.texts("status") == ("invalid",) or written.texts("problems")
    if written.on is not None or refused or has_day(facts, at):
        return
    for policy in reader.asked(written.assume):
        if reader.definitions.reads_dates(policy, but=house.keys()):
            message = f"the policy `{policy.name}` depends on the day, and the case gives none"
            hint = "add `on:` with a day, such as `on: 2026-12-03`"
            if at is not None:
                hint += f", or give `{at}`"
            reader.say(NO_DAY, message, written.span, hint)
            return


def _day(value: Value | None) -> date | None:
    return value if isinstance(value, date) else None


def _same_known(reader: Reader, found: list[_Read]) -> list[_Read]:
    """Return *found* with those that are the same as no other case, or as a broken one, set aside."""
    names = {one.written.name for one in found}
    aside: set[str] = {one.written.name for one in found if one.case is None}
    for one in found:
        for expected in () if one.case is None else one.case.expected:
            if not isinstance(expected, SameExpected):
                continue
            if expected.case in names and expected.case != one.written.name:
                continue
            aside.add(one.written.name)
            if expected.case == one.written.name:
                message, hint = f"`{expected.case}` is this case itself", "name another case"
            else:
                message = f"unknown case `{expected.case}`"
                others = sorted(names - {one.written.name})
                hint = did_you_mean(expected.case, others)
            reader.say(UNKNOWN_CASE, message, expected.span, hint)
    while True:
        more = {one.written.name for one in found if _needs(one) & aside} - aside
        if not more:
            break
        aside |= more
    return [
        _Read(one.block, one.written, None, frozenset()) if one.written.name in aside else one
        for one in found
    ]


def _needs(one: _Read) -> set[str]:
    expected = () if one.case is None else one.case.expected
    return {other.case for other in expected if isinstance(other, SameExpected)}


def _say_unread(reader: Reader, block: Mapping, rows: list[_Read], compared: set[str]) -> None:
    """Say which facts of the case nothing reads; where `same_as` shows just that, they may be."""
    if any(row.case is None or _needs(row) or row.written.name in compared for row in rows):
        return
    own = {key.text: key for key, _ in entries_of(block.get("given")).values()}
    table = block.get("table")
    if isinstance(table, Mapping):
        columns = scalars_of(table.get("columns") or table)
        own.update((name.text, name) for name in columns if "." in name.text.partition(" ")[0])
    read = frozenset[str]().union(*(row.reads for row in rows))
    for name, key in own.items():
        refused = any(expects_problem(row.written)(name) for row in rows)
        if name not in read and not refused:
            _say_one_unread(reader, key)


def _say_unread_shared(reader: Reader, suite: Mapping, found: list[_Read]) -> None:
    """Say which facts that the suite gives to all its cases none of them reads."""
    if any(one.case is None for one in found):
        return
    read = frozenset[str]().union(*(one.reads for one in found))
    for name, (key, _) in entries_of(suite.get("given")).items():
        if name not in read:
            _say_one_unread(reader, key)


def _say_one_unread(reader: Reader, key: Scalar) -> None:
    message = f"nothing that is asked reads `{key.text}`"
    hint = "leave it out, or let a rule ask it"
    reader.say(UNREAD_FACT, message, key.span, hint)
