"""`policyset.yaml`: names, layers, kinds, and the facts of the house."""

from datetime import date

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Finding, Related
from policyengine.findings.fit import DATES_OVERLAP, GAP_IN_DATES
from policyengine.findings.names import UNKNOWN_LAYER
from policyengine.findings.shape import NOT_YET
from policyengine.loading.draft import Draft, Kind, blocks, pairs, text_of, texts
from policyengine.loading.types import read_type
from policyengine.model import Effective, HouseFact, Period
from policyengine.schema import Shape, read_kind_schema, shape_of, shipped_folder
from policyengine.vocabulary import Field

DEFAULT_LAYERS = ("mandate", "contingency", "house")
_ONE_DAY = 1


def read_policyset(draft: Draft, node: Mapping) -> None:
    """Read the head file of the set into *draft*."""
    draft.name = text_of(node.get("policyset")) or ""
    draft.version = text_of(node.get("version")) or ""
    draft.languages = texts(node.get("languages"))
    draft.default_about = text_of(node.get("default_about"))
    draft.roles = texts(node.get("roles"))
    draft.moments = texts(node.get("moments"))
    draft.layers = texts(node.get("precedence")) or DEFAULT_LAYERS
    draft.zone = draft.time_zone(node.get("zone")) or draft.zone
    extends = node.key("extends")
    if extends is not None:
        draft.say(NOT_YET, "a set that extends another is not supported yet", extends.span)
    for key, value in pairs(node.get("kinds")):
        _read_kind(draft, key, value)
    for key, value in pairs(node.get("house")):
        _read_house_fact(draft, key, value)


def _read_kind(draft: Draft, key: Scalar, node: Node) -> None:
    layer = node.get("layer") if isinstance(node, Mapping) else None
    name = text_of(layer)
    if isinstance(layer, Scalar) and layer.text not in draft.layers:
        draft.say_unknown(UNKNOWN_LAYER, "layer", layer, draft.layers)
        name = None
    draft.kinds[key.text] = Kind(key.text, name, _kind_shape(draft, key), key.span)


def _kind_shape(draft: Draft, key: Scalar) -> Shape | None:
    """Return what plans of the kind must state: the set's own schema comes before the package's."""
    name = f"schemas/plans/{key.text}.schema.json"
    own = draft.files.root / name
    path = own if own.is_file() else shipped_folder("schemas") / "plans" / f"{key.text}.schema.json"
    if not path.is_file():
        return None
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
    draft.house[name] = HouseFact(name, type_, tuple(periods), key.span)
    draft.fields[name] = Field(name, type_, "house", key.span, origin="house")


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
