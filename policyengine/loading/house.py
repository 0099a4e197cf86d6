"""`policyset.yaml`: names, layers, kinds, and the facts of the house."""

import posixpath
from datetime import date

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Finding, Related
from policyengine.findings.fit import DATES_OVERLAP, GAP_IN_DATES
from policyengine.findings.names import DECLARED_TWICE, UNKNOWN_LAYER
from policyengine.findings.sites import WRONG_OVERRIDE
from policyengine.loading.draft import Draft, Kind, blocks, pairs, text_of, texts
from policyengine.loading.types import read_type
from policyengine.model import Effective, HouseFact, Period
from policyengine.schema import Shape, read_kind_schema, shape_of, shipped_folder
from policyengine.values import FieldType
from policyengine.vocabulary import Field

DEFAULT_LAYERS = ("mandate", "contingency", "house")
_ONE_DAY = 1


def read_policyset(draft: Draft, node: Mapping) -> None:
    """Read the head file of a set into *draft*; a site's is read after that of the set it extends.

    The layers, the moments and the default subject are those of the extended set.
    """
    draft.name = text_of(node.get("policyset")) or ""
    draft.version = text_of(node.get("version")) or draft.version
    draft.languages = _joined(draft.languages, texts(node.get("languages")))
    draft.roles = _joined(draft.roles, texts(node.get("roles")))
    draft.zone = draft.time_zone(node.get("zone")) or draft.zone
    if node.get("extends") is None:
        draft.default_about = text_of(node.get("default_about"))
        draft.moments = texts(node.get("moments"))
        draft.layers = texts(node.get("precedence")) or DEFAULT_LAYERS
    for key, value in pairs(node.get("kinds")):
        _read_kind(draft, key, value)
    for key, value in pairs(node.get("house")):
        _read_house_fact(draft, key, value)


def _joined(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *more)))


def _read_kind(draft: Draft, key: Scalar, node: Node) -> None:
    layer = node.get("layer") if isinstance(node, Mapping) else None
    name = text_of(layer)
    if isinstance(layer, Scalar) and layer.text not in draft.layers:
        draft.say_unknown(UNKNOWN_LAYER, "layer", layer, draft.layers)
        name = None
    before = draft.kinds.get(key.text)
    if before is not None:
        also = Related(before.span, "in the extended set")
        message = f"the kind `{key.text}` is declared twice"
        hint = "leave it out: a site has the kinds of the set that it extends"
        draft.say(DECLARED_TWICE, message, key.span, hint, also)
        return
    draft.kinds[key.text] = Kind(key.text, name, _kind_shape(draft, key), key.span)


def _kind_shape(draft: Draft, key: Scalar) -> Shape | None:
    """Return what plans of the kind must state: the set's own schema comes before the package's."""
    name = f"schemas/plans/{key.text}.schema.json"
    prefix = posixpath.dirname(key.span.file)
    places = (
        (name, draft.files.root / name),
        (posixpath.join(prefix, name), draft.files.root / prefix / name),
        (name, shipped_folder("schemas") / "plans" / f"{key.text}.schema.json"),
    )
    found = next((place for place in places if place[1].is_file()), None)
    if found is None:
        return None
    name, path = found
    raw = path.read_bytes()
    draft.files.parts[name] = raw
    schema = read_kind_schema(name, raw)
    if isinstance(schema, Finding):
        draft.findings.append(schema)
        return None
    return shape_of(schema)


def _read_house_fact(draft: Draft, key: Scalar, node: Node) -> None:
    name = f"house.{key.text}"
    if not isinstance(node, Mapping):
        return
    type_ = read_type(draft, node, key)
    if type_ is None:
        draft.broken.add(name)
        return
    periods: list[Period] = []
    single = node.get("value")
    if single is not None:
        value = draft.value(single, type_)
        if value is not None:
            periods.append(Period(value, None))
    for block in blocks(node.get("dated")):
        dated = block.get("value")
        value = None if dated is None else draft.value(dated, type_)
        effective = draft.effective(block)
        if value is not None and effective is not None:
            periods.append(Period(value, effective))
    _check_dates(draft, name, periods)
    if _is_wrong_override(draft, name, type_, key):
        return
    draft.house[name] = HouseFact(name, type_, tuple(periods), key.span)
    draft.fields[name] = Field(name, type_, "house", key.span, origin="house")


def _is_wrong_override(draft: Draft, name: str, type_: FieldType, key: Scalar) -> bool:
    """Return whether a site gives a fact of the extended house another type, after saying so."""
    before = draft.house.get(name)
    if before is None or _alike(before.type) == _alike(type_):
        return False
    also = Related(before.span, "in the extended set")
    message = f"`{name}` is of another type than in the extended set"
    hint = "the policies of that set ask it: keep its type, unit and values"
    draft.say(WRONG_OVERRIDE, message, key.span, hint, also)
    return True


def _alike(type_: FieldType) -> tuple[object, ...]:
    return (type_.kind, type_.unit, type_.values, type_.ordered)


def _check_dates(draft: Draft, name: str, periods: list[Period]) -> None:
    """Say where the dated values of a house fact overlap, or leave days without a value."""
    ranges = [period.effective for period in periods if period.effective is not None]
    ranges.sort(key=lambda effective: effective.first or date.min)
    for place, after in enumerate(ranges[1:], start=1):
        before = max(ranges[:place], key=lambda one: one.last or date.max)
        also = Related(before.span, "the value before it")
        if _overlap(before, after):
            message = f"two values of `{name}` hold on the same day"
            draft.say(
                DATES_OVERLAP, message, after.span, "let one end before the next begins", also
            )
        elif before.last is not None and after.first is not None:
            gap = (after.first - before.last).days - _ONE_DAY
            if gap > 0:
                days = "1 day" if gap == 1 else f"{gap} days"
                message = f"`{name}` has no value for {days} after {before.last}"
                hint = "let the next value begin on the day after"
                draft.say(GAP_IN_DATES, message, after.span, hint, also)


def _overlap(before: Effective, after: Effective) -> bool:
    return before.last is None or after.first is None or after.first <= before.last
