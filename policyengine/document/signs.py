"""Signs that YAML takes for itself at the beginning of a value."""

import re

from policyengine.document import traps
from policyengine.document.mended import quoted
from policyengine.document.scene import Mistake, Scene
from policyengine.findings import Finding
from policyengine.findings.text import SIGN_FIRST
from policyengine.source import Span

_BOUND = re.compile(r">\s*=?\s*(?:[-+.]?\d|[\w-]+\.[\w.-]+$|\S+(?: \S+)?$)")
_PERCENT = re.compile(r"%\s*(\d[\d.]*)$")


def sign(scene: Scene) -> Mistake:
    """Return the mistake of the sign with which the value at the scene begins."""
    return _sign(scene, scene.begin)


def sign_at_place(scene: Scene) -> Mistake:
    """Return the mistake of the sign that the parser stopped at."""
    return _sign(scene, scene.at)


def _sign(scene: Scene, start: int) -> Mistake:
    span = scene.to_value_end(start)
    patch = scene.crossed_out(span)
    text = span.text
    if text.startswith(">") and _BOUND.match(text):
        return Mistake(traps.comparison(scene.source, start, flow=scene.in_brackets), patch)
    if text == "*":
        return Mistake(Finding(SIGN_FIRST, "`*` is no test", span, "write `any`"), patch)
    share = _PERCENT.match(text)
    if share:
        hint = f"write `{share[1]}%`"
        return Mistake(Finding(SIGN_FIRST, f"`{text}` is no share", span, hint), patch)
    return Mistake(_taken(scene, span), patch)


def _taken(scene: Scene, span: Span) -> Finding:
    text = span.text
    hint = f"quote the text: `{scene.with_key(span.start, quoted(text))}`"
    if text[0] in ">|" and text[1:].strip():
        hint += ", or begin it on the line below"
    shown = "a back-tick" if text[0] == "`" else f"`{text[0]}`"
    return Finding(SIGN_FIRST, f"a text cannot begin with {shown}", span, hint)


def tag(scene: Scene, *, value: bool = True) -> Mistake:
    """Return the mistake of a `!` before what could be a *value*."""
    start = scene.begin if scene.text[scene.begin : scene.begin + 1] == "!" else scene.at
    finding = traps.tag(scene.source, start, flow=scene.in_brackets, value=value)
    start, instead = scene.crossed_out(finding.span)
    return Mistake(finding, (start, instead if scene.in_brackets else " " * len(instead)))


def dash_on_key_line(scene: Scene) -> Mistake:
    """Return the mistake of a dash behind a key: no list can begin there."""
    span = scene.to_value_end(scene.at)
    patch = scene.crossed_out(span)
    rest = span.text[1:].strip()
    if not rest:
        return Mistake(traps.dash(span), patch)
    hint = f"write `[{rest}]`, or begin the list on the line below"
    message = "a list cannot begin on the line of its key"
    return Mistake(Finding(SIGN_FIRST, message, span, hint), patch)
