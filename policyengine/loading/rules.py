"""Rules, written as a list or as a table."""

from dataclasses import dataclass
from types import MappingProxyType as ReadOnly

from policyengine.conditions import AllOf, Condition, FieldTest
from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings import Related
from policyengine.findings.fit import WRONG_OUTCOME
from policyengine.findings.names import NAME_USED_TWICE
from policyengine.loading.basis import read_basis
from policyengine.loading.conditions import read_block
from policyengine.loading.draft import Draft, blocks, pairs, scalars, text_of, texts, whole_of
from policyengine.loading.measures import RULE_LISTS, in_standing
from policyengine.loading.outcomes import (
    RulePlace,
    decided_value,
    given_by,
    is_outcome,
    joined_plans,
    say_not_decided,
)
from policyengine.model import Rule
from policyengine.source import Span
from policyengine.unary_tests import Anything, read_test
from policyengine.values import FieldType, Value

OTHERWISE = "otherwise"


def read_rules(place: RulePlace, policy: Mapping) -> tuple[tuple[Rule, ...], Rule | None]:
    """Return the rules of *policy* in their order, and its `otherwise`."""
    rules, otherwise = _listed(place, policy.get("rules"))
    table = policy.get("table")
    if isinstance(table, Mapping):
        rules.extend(_table_rules(place, table))
        if table.get(OTHERWISE) is not None:
            otherwise = _otherwise(place, table)
    _check_names(place.draft, rules)
    return tuple(rules), otherwise


def read_rule_lists(
    place: RulePlace, policy: Mapping, standing: str
) -> tuple[tuple[Rule, ...], dict[str, Rule]]:
    """Return the rules of a policy with a measure, and the `otherwise` of each standing.

    Every rule asks the field *standing* first: it is tried in that standing only.
    """
    names = dict(RULE_LISTS)
    rules: list[Rule] = []
    fallbacks: dict[str, Rule] = {}
    for key, node in policy.entries:
        value = names.get(key.text)
        if value is None:
            continue
        listed, otherwise = _listed(place, node)
        rules += [in_standing(rule, standing, value, key) for rule in listed]
        if otherwise is not None:
            fallbacks[value] = otherwise
    _check_names(place.draft, rules)
    return tuple(rules), fallbacks


def _listed(place: RulePlace, node: Node | None) -> tuple[list[Rule], Rule | None]:
    rules: list[Rule] = []
    otherwise = None
    for block in blocks(node):
        if block.get(OTHERWISE) is not None:
            otherwise = _otherwise(place, block)
        else:
            rules.append(_rule(place, block))
    return rules, otherwise


def _check_names(draft: Draft, rules: list[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        first = seen.setdefault(rule.name, rule)
        if first is not rule:
            also = Related(first.span, "the first")
            hint = "a rule's name stands in logs: give each its own"
            draft.say(NAME_USED_TWICE, f"two rules are called `{rule.name}`", rule.span, hint, also)


def _rule(place: RulePlace, node: Mapping) -> Rule:
    draft = place.draft
    name = node.get("rule")
    given = given_by(place, node.get("then"))
    points = {}
    for key, value in pairs(node.get("points")):
        if place.hit == "score" and is_outcome(place, key):
            points[key.text] = whole_of(value, 0)
    return Rule(
        text_of(name) or "",
        node.span if name is None else name.span,
        when=read_block(place.scope, node.get("when")),
        unless=read_block(place.scope, node.get("unless")),
        plans=given.plans,
        values=ReadOnly(dict(given.values)),
        points=ReadOnly(points),
        because=text_of(node.get("because")) or "",
        basis=read_basis(draft, node.get("basis")),
        tags=texts(node.get("tags")),
        effective=draft.effective(node.get("effective")),
    )


def _otherwise(place: RulePlace, node: Mapping) -> Rule:
    then = node.get(OTHERWISE)
    key = node.key(OTHERWISE)
    given = given_by(place, then)
    return Rule(
        OTHERWISE,
        node.span if key is None else key.span,
        plans=given.plans,
        values=ReadOnly(dict(given.values)),
        because=text_of(node.get("because")) or "",
        basis=read_basis(place.draft, node.get("basis")),
        is_otherwise=True,
    )


def _table_rules(place: RulePlace, table: Mapping) -> list[Rule]:
    columns = scalars(table.get("columns"))
    readers = [_column(place, column) for column in columns]
    _check_given(place, columns)
    rows = table.get("rows")
    return [
        _row(place, readers, row)
        for row in (rows.items if isinstance(rows, Sequence) else ())
        if isinstance(row, Sequence) and len(row.items) == len(columns)
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of one column are: a word of the table, or tests of a field."""

    word: str
    field: str = ""
    type: FieldType | None = None


_WORDS = ("rule", "because", "then", "basis")


def _column(place: RulePlace, name: Scalar) -> _Column | None:
    """Return what a column holds, or nothing after saying what is wrong with its head."""
    if name.text in _WORDS:
        return _Column(name.text)
    word, _, field = name.text.partition(" ")
    if field and word == "then":
        if field in place.decides:
            return _Column("then FIELD", field)
        if place.decides:
            say_not_decided(place, field, name.span)
        else:
            message = f"this policy chooses plans, and does not decide `{field}`"
            place.draft.say(WRONG_OUTCOME, message, name.span, "write `then`")
        return None
    asked = field if field and word == "unless" else name.text
    found = place.scope.check(asked, name.span)
    if found is None:
        return None
    return _Column("unless" if asked == field else "when", asked, found.type)


def _check_given(place: RulePlace, columns: tuple[Scalar, ...]) -> None:
    """Say so where the columns give nothing, or one column `then` for several fields."""
    given = [column for column in columns if column.text.split(" ")[0] == "then"]
    fields = " and ".join(f"`then {name}`" for name in place.decides)
    whole = next((column for column in given if column.text == "then"), None)
    if not given and columns and place.hit != "count":
        message = "the columns lack `then`: no row says what follows"
        place.draft.say(WRONG_OUTCOME, message, columns[-1].span, "add a column `then`")
    elif whole is not None and len(place.decides) > 1:
        message = f"this policy decides {len(place.decides)} fields: expected a column for each"
        place.draft.say(WRONG_OUTCOME, message, whole.span, f"write {fields}")
    elif whole is not None and len(given) > 1:
        message = "the column `then` stands beside another that gives what follows"
        place.draft.say(WRONG_OUTCOME, message, whole.span, "keep one of them")


def _row(place: RulePlace, readers: list[_Column | None], row: Sequence) -> Rule:
    words: dict[str, Node] = {}
    tests: dict[str, list[Condition]] = {"when": [], "unless": []}
    values: dict[str, Value | None] = {}
    for column, cell in zip(readers, row.items, strict=True):
        if column is None:
            continue
        if column.word == "then FIELD":
            values[column.field] = decided_value(place, column.field, cell)
        elif column.type is None:
            words[column.word] = cell
        else:
            part = _cell(place, column, cell)
            if part is not None:
                tests[column.word].append(part)
    name = words.get("rule")
    then = words.get("then")
    plans: tuple[str, ...] = ()
    if then is not None and len(place.decides) == 1:
        values.update(given_by(place, then).values)
    elif isinstance(then, Sequence) and not place.decides:
        hint = f"write `{' + '.join(texts(then))}`"
        message = "expected plans in one cell, found a list"
        place.draft.say(WRONG_OUTCOME, message, then.span, hint)
    elif isinstance(then, Scalar) and not place.decides:
        plans = joined_plans(place, then)
    basis = words.get("basis")
    return Rule(
        text_of(name) or "",
        row.span if name is None else name.span,
        when=_all(tests["when"], row.span),
        unless=_all(tests["unless"], row.span),
        plans=plans,
        values=values,
        because=text_of(words.get("because")) or "",
        basis=() if basis is None else read_basis(place.draft, basis),
    )


def _all(parts: list[Condition], span: Span) -> Condition | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), span)


def _cell(place: RulePlace, column: _Column, cell: Node) -> Condition | None:
    """Return the test that a cell puts to its column's field; `any` puts none."""
    assert column.type is not None
    scope = place.scope
    zone = column.type.zone or place.draft.zone.key
    findings = place.draft.findings
    test = read_test(cell, column.type, scope.lookup, scope.known, findings, zone=zone)
    if test is None or isinstance(test, Anything):
        return None
    return FieldTest(column.field, column.type, test, cell.span)
