"""`inputs/NAME.yaml`: how the columns of a log become fields."""

from policyengine.clocks import ISO, format_fault
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import NOT_AN_INPUT, WRONG_COLUMN
from policyengine.findings.names import NAME_USED_TWICE, UNKNOWN_SUBJECT
from policyengine.findings.values import WRONG_UNIT
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, pairs, text_of, texts
from policyengine.loading.files import Document
from policyengine.loading.types import a_kind, check_time_unit
from policyengine.model import Column, Combined, InputMap
from policyengine.values import FieldType, Value

_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M:%S"}


def read_input_maps(draft: Draft, documents: list[Document]) -> dict[str, InputMap]:
    """Return the maps of all `input:` files by name."""
    found: dict[str, InputMap] = {}
    for document in documents:
        head = document.node.get("input")
        if not isinstance(head, Scalar):
            continue
        first = found.get(head.text)
        if first is not None:
            also = Related(first.span, "the first")
            message = f"two inputs are called `{head.text}`"
            draft.say(NAME_USED_TWICE, message, head.span, "give each a name of its own", also)
            continue
        read = _read_map(draft, head, document.node)
        if read is not None:
            found[head.text] = read
    return found


def _read_map(draft: Draft, head: Scalar, node: Mapping) -> InputMap | None:
    about = node.get("about")
    subject = text_of(about) or draft.default_about
    if subject is None:
        message = f"the input `{head.text}` does not say what its records are about"
        hint = "add `about: SUBJECT`, or `default_about` in `policyset.yaml`"
        draft.say(UNKNOWN_SUBJECT, message, head.span, hint)
        return None
    if subject not in draft.of_contexts:
        if isinstance(about, Scalar):
            draft.say_unknown(UNKNOWN_SUBJECT, "subject", about, draft.of_contexts)
        return None
    scope = Scope(draft, subject)
    ignore = node.get("ignore")
    rest = isinstance(ignore, Scalar) and ignore.text == "rest"
    split = text_of(node.get("split")) or ";"
    columns = [_column(scope, key, value, split) for key, value in pairs(node.get("columns"))]
    combined = [_combined(scope, key, value) for key, value in pairs(node.get("combine"))]
    constants: dict[str, Value] = {}
    for key, value in pairs(node.get("constants")):
        type_ = _input_type(scope, key)
        constant = None if type_ is None else draft.value(value, type_)
        if constant is not None:
            constants[key.text] = constant
    _check_targets(draft, node)
    missing = node.get("missing")
    return InputMap(
        head.text,
        subject,
        text_of(node.get("format")) or "csv",
        head.span,
        id=texts(node.get("id")),
        missing=("",) if missing is None else texts(missing),
        columns=tuple(column for column in columns if column is not None),
        constants=constants,
        combine=tuple(one for one in combined if one is not None),
        ignore=() if rest else texts(ignore),
        ignore_rest=rest,
    )


def _check_targets(draft: Draft, node: Mapping) -> None:
    """Say where one field is given twice: by two columns, or by a column and a constant."""
    seen: dict[str, Scalar] = {}
    columns = [value for _, value in pairs(node.get("columns")) if isinstance(value, Mapping)]
    targets = [column.get("field") for column in columns]
    named = [target for target in targets if isinstance(target, Scalar)]
    more = (key for part in ("constants", "combine") for key, _ in pairs(node.get(part)))
    for target in (*named, *more):
        first = seen.setdefault(target.text, target)
        if first is not target:
            also = Related(first.span, "the first")
            message = f"`{target.text}` is given twice"
            draft.say(WRONG_COLUMN, message, target.span, "keep one of them", also)


def _input_type(scope: Scope, name: Scalar) -> FieldType | None:
    """Return the type of a field that a log can give, or nothing after saying why not."""
    found = scope.check(name, name.span)
    if found is None:
        return None
    decider = next((one for one in scope.draft.policies if name.text in one.decides), None)
    wrong = ""
    hint = "map the column to a field that comes in"
    if name.text in scope.draft.computed or found.origin == "refused":
        wrong = "is computed"
    elif found.origin != "input":
        is_house = found.origin == "house"
        wrong = "is a constant of the house" if is_house else "is the engine's own"
    elif decider is not None and not decider.given_wins:
        wrong = f"is decided by the policy `{decider.name}`"
        hint = f"{hint}, or add `given: wins` to the policy"
    if wrong:
        also = Related(found.span, "declared here")
        message = f"`{name.text}` {wrong}, so no log can give it"
        scope.draft.say(NOT_AN_INPUT, message, name.span, hint, also)
        return None
    return found.type


def _column(scope: Scope, key: Scalar, node: Node, split: str) -> Column | None:
    target = node.get("field") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(target, Scalar):
        return None
    type_ = _input_type(scope, target)
    if type_ is None:
        return None
    values = {}
    for code, value in pairs(node.get("values")):
        if not isinstance(value, Scalar):
            continue
        if value.text == "missing" or scope.draft.value(value, type_) is not None:
            values[code.text] = value.text
    other = node.get("other")
    if isinstance(other, Scalar) and other.text != "missing":
        scope.draft.value(other, type_)
    unit = node.get("unit")
    if isinstance(unit, Scalar):
        _check_unit(scope.draft, type_, unit)
    _check_format(scope.draft, node.get("format"), type_)
    zone = scope.draft.time_zone(node.get("zone"))
    return Column(
        key.text,
        target.text,
        key.span,
        unit=text_of(unit),
        values=values,
        other=text_of(other),
        format=text_of(node.get("format")),
        zone=None if zone is None else zone.key,
        split=split,
    )


def _check_unit(draft: Draft, type_: FieldType, unit: Scalar) -> None:
    """Say so where a number in *unit* is no value of *type_*."""
    if type_.kind == "duration":
        check_time_unit(draft, unit)
    elif type_.kind not in ("number", "money", "integer"):
        message = f"`unit` means nothing for {a_kind(type_)}"
        draft.say(WRONG_COLUMN, message, unit.span, "leave `unit` out")
    elif type_.unit is None:
        message = f"the field has no unit, the column has `{unit.text}`"
        draft.say(WRONG_UNIT, message, unit.span, "leave `unit` out")
    elif unit.text != type_.unit:
        message = f"expected the unit of the field, `{type_.unit}`, found `{unit.text}`"
        draft.say(WRONG_UNIT, message, unit.span, f"write `unit: {type_.unit}`, if that is meant")


def _check_format(draft: Draft, written: Node | None, type_: FieldType) -> None:
    """Say so where *written* is no format of days and times, or the field has neither."""
    if isinstance(written, Scalar):
        wrong = format_fault(written.text, type_.kind)
        timed = type_.kind in ("date", "time", "datetime")
        hint = (
            f"write it as in `{_FORMATS.get(type_.kind, ISO)}`" if timed else "leave `format` out"
        )
        if wrong:
            draft.say(WRONG_COLUMN, wrong, written.span, hint)


def _combined(scope: Scope, key: Scalar, node: Node) -> Combined | None:
    type_ = _input_type(scope, key)
    if type_ is None or not isinstance(node, Mapping):
        return None
    if type_.kind != "datetime":
        message = f"a day and a time make a datetime, `{key.text}` is {a_kind(type_)}"
        hint = "map one column to it, under `columns`"
        scope.draft.say(WRONG_COLUMN, message, key.span, hint)
        return None
    _check_format(scope.draft, node.get("format"), type_)
    return Combined(
        key.text,
        text_of(node.get("date")) or "",
        text_of(node.get("time")) or "",
        text_of(node.get("format")) or ISO,
        (scope.draft.time_zone(node.get("zone")) or scope.draft.zone).key,
        key.span,
    )
