"""Rules, written as a list or as a table."""

from dataclasses import dataclass

from policyengine.conditions import AllOf, Condition, FieldTest
from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings import Related
from policyengine.findings.fit import WRONG_OUTCOME
from policyengine.findings.names import NAME_USED_TWICE, UNKNOWN_PLAN
from policyengine.loading.conditions import Scope, read_block
from policyengine.loading.draft import Draft, blocks, pairs, scalars, text_of, texts
from policyengine.loading.plans import read_basis
from policyengine.model import SEVERAL, Plan, Rule
from policyengine.source import Span
from policyengine.unary_tests import Anything, read_test
from policyengine.values import FieldType, Value

OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Where rules stand: what they may ask, and what they may give."""

    scope: Scope
    hit: str
    decides: tuple[str, ...]
    plans: dict[str, Plan]

    @property
    def draft(self) -> Draft:
        """The set being read."""
        return self.scope.draft


@dataclass(frozen=True, slots=True)
class _Given:
    """What a rule gives: plans, or values of the decided fields."""

    plans: tuple[str, ...] = ()
    values: tuple[tuple[str, Value | None], ...] = ()


def read_rules(place: RulePlace, policy: Mapping) -> tuple[tuple[Rule, ...], Rule | None]:
    """Return the rules of *policy* in their order, and its `otherwise`."""
    rules: list[Rule] = []
    otherwise = None
    for block in blocks(policy.get("rules")):
        if block.get(OTHERWISE) is not None:
            otherwise = _otherwise(place, block)
        else:
            rules.append(_rule(place, block))
    table = policy.get("table")
    if isinstance(table, Mapping):
        rules.extend(_table_rules(place, table))
        if table.get(OTHERWISE) is not None:
            otherwise = _otherwise(place, table)
    _check_names(place.draft, rules)
    return tuple(rules), otherwise


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
    given = _given(place, node.get("then"))
    points = {}
    for key, value in pairs(node.get("points")):
        if _is_outcome(place, key):
            points[key.text] = int(text_of(value) or "0")
    return Rule(
        text_of(name) or "",
        node.span if name is None else name.span,
        when=read_block(place.scope, node.get("when")),
        unless=read_block(place.scope, node.get("unless")),
        plans=given.plans,
        values=dict(given.values),
        points=points,
        because=text_of(node.get("because")) or "",
        basis=read_basis(draft, node.get("basis")),
        tags=texts(node.get("tags")),
        effective=draft.effective(node.get("effective")),
    )


def _otherwise(place: RulePlace, node: Mapping) -> Rule:
    then = node.get(OTHERWISE)
    key = node.key(OTHERWISE)
    given = _given(place, then)
    return Rule(
        OTHERWISE,
        node.span if key is None else key.span,
        plans=given.plans,
        values=dict(given.values),
        because=text_of(node.get("because")) or "",
        basis=read_basis(place.draft, node.get("basis")),
    )


def _is_outcome(place: RulePlace, name: Scalar) -> bool:
    """Return whether *name* can come out of the policy; say so where it cannot."""
    if place.decides:
        type_ = place.draft.fields[place.decides[0]].type
        return place.draft.value(name, type_) is not None
    return _is_plan(place, name)


def _is_plan(place: RulePlace, name: Scalar) -> bool:
    if name.text in place.plans:
        return True
    place.draft.say_unknown(UNKNOWN_PLAN, "plan", name, place.plans)
    return False


def _given(place: RulePlace, node: Node | None) -> _Given:
    """Return what `then` or `otherwise` gives."""
    if node is None:
        return _Given()
    if not place.decides:
        return _Given(plans=_plans(place, node))
    if len(place.decides) == 1 and not isinstance(node, Mapping):
        return _Given(values=((place.decides[0], _value(place, place.decides[0], node)),))
    values: dict[str, Value | None] = {}
    if not isinstance(node, Mapping):
        first = place.decides[0]
        hint = f"write `{{{first}: …}}`, with a line for each field"
        message = f"this policy decides {len(place.decides)} fields: expected one value for each"
        if text_of(node) != "missing":
            place.draft.say(WRONG_OUTCOME, message, node.span, hint)
        return _Given(values=tuple((name, None) for name in place.decides))
    for key, value in node.entries:
        if key.text not in place.decides:
            decided = ", ".join(f"`{name}`" for name in place.decides)
            message = f"this policy decides {decided}, not `{key.text}`"
            place.draft.say(WRONG_OUTCOME, message, key.span, _directive_hint(place, key.text))
        else:
            values[key.text] = _value(place, key.text, value)
    return _Given(values=tuple(values.items()))


def _directive_hint(place: RulePlace, name: str) -> str:
    if name in place.draft.directives:
        return "directives stand under `directives` of a plan; `then` names the plan"
    return ""


def _plans(place: RulePlace, node: Node) -> tuple[str, ...]:
    if isinstance(node, Mapping):
        first = node.entries[0][0] if node.entries else None
        hint = _directive_hint(place, first.text if first is not None else "")
        span = node.span if first is None else first.span
        message = "expected the name of a plan, found a mapping"
        place.draft.say(WRONG_OUTCOME, message, span, hint or "write `then: PLAN`")
        return ()
    return _plan_names(place, scalars(node), node.span)


def _plan_names(place: RulePlace, names: tuple[Scalar, ...], span: Span) -> tuple[str, ...]:
    if len(names) == 1 and names[0].text == "none":
        return ()
    if len(names) > 1 and place.hit not in SEVERAL:
        message = f"`hit: {place.hit}` chooses one plan, found {len(names)}"
        hint = "write `hit: collect` where several plans may apply together"
        place.draft.say(WRONG_OUTCOME, message, span, hint)
        return ()
    return tuple(name.text for name in names if _is_plan(place, name))


def _value(place: RulePlace, name: str, node: Node) -> Value | None:
    """Return the value that is decided for *name*; nothing for `missing`, or what is wrong."""
    type_ = place.draft.fields[name].type
    if isinstance(node, Scalar) and node.text == "missing":
        return None
    if isinstance(node, Scalar) and type_.kind in ("set", "list"):
        node = Sequence((node,), node.span)
    return place.draft.value(node, type_)


def _table_rules(place: RulePlace, table: Mapping) -> list[Rule]:
    columns = scalars(table.get("columns"))
    readers = [_column(place, column) for column in columns]
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
        decided = ", ".join(f"`{one}`" for one in place.decides) or "plans"
        message = f"this policy decides {decided}, not `{field}`"
        place.draft.say(WRONG_OUTCOME, message, name.span)
        return None
    asked = field if field and word == "unless" else name.text
    found = place.scope.check(asked, name.span)
    if found is None:
        return None
    return _Column("unless" if asked == field else "when", asked, found.type)


def _row(place: RulePlace, readers: list[_Column | None], row: Sequence) -> Rule:
    words: dict[str, Node] = {}
    tests: dict[str, list[Condition]] = {"when": [], "unless": []}
    values: dict[str, Value | None] = {}
    for column, cell in zip(readers, row.items, strict=True):
        if column is None:
            continue
        if column.word == "then FIELD":
            values[column.field] = _value(place, column.field, cell)
        elif column.type is None:
            words[column.word] = cell
        else:
            part = _cell(place, column, cell)
            if part is not None:
                tests[column.word].append(part)
    name = words.get("rule")
    then = words.get("then")
    plans: tuple[str, ...] = ()
    if then is not None and place.decides:
        values.update(_given(place, then).values)
    elif isinstance(then, Scalar):
        plans = _plan_names(place, _split(then), then.span)
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


def _split(cell: Scalar) -> tuple[Scalar, ...]:
    """Return the plans of one cell: `a + b`."""
    names = (part.strip() for part in cell.text.split("+"))
    return tuple(Scalar(name, cell.span) for name in names)


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
