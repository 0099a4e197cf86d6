"""Mistakes that end the reading of a text: what the parser stumbled over, in our words."""

import re
from collections.abc import Callable

from policyengine.document.brackets import glued_colon, in_brackets, no_content
from policyengine.document.lines import colon, no_key, out_of_line
from policyengine.document.mended import quoted
from policyengine.document.quotes import unclosed_quote
from policyengine.document.scene import Mistake, Scene, unreadable
from policyengine.document.signs import dash_on_key_line, sign, sign_at_place, tag
from policyengine.findings import Finding
from policyengine.findings.text import UNKNOWN_ESCAPE, YAML_DIRECTIVE
from policyengine.source import Span

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


def understand(scene: Scene, words: str) -> Mistake:
    """Return what is wrong at *scene*; *words* say what the parser was doing there."""
    behind = scene.last.span.end if scene.last is not None else 0
    found = _DIRECTIVE.search(scene.text, behind, scene.at + 1)
    if found:
        start = found.start()
        return Mistake(directive(scene.to_line_end(start)), scene.commented(start))
    for phrases, explain in _EXPLANATIONS:
        if any(phrase in words for phrase in phrases):
            return explain(scene) or unreadable(scene)
    return unreadable(scene)


def directive(span: Span) -> Finding:
    """Return the finding for a line that begins with `%`."""
    message = f"`{span.text}` is meant for a program, it says nothing of a policy"
    return Finding(YAML_DIRECTIVE, message, span, "take the line away")


def _escape(scene: Scene) -> Mistake | None:
    """Return the mistake of a backslash that means nothing between double quotes."""
    at = scene.text.rfind("\\", scene.begin, scene.at + 1)
    if at < 0:
        return None
    span = scene.source.span(at, min(at + 2, len(scene.text)))
    whole = re.compile(r'"((?:[^"\\\n]|\\.)*)"').match(scene.text, scene.begin)
    hint = "use single quotes around a text with a backslash"
    if whole:
        hint += f": `{scene.with_key(scene.begin, quoted(whole[1]))}`"
    message = f"`{span.text}` means nothing between double quotes"
    end = whole.end() - 1 if whole else scene.line_end(at)
    patch = (scene.begin + 1, "x" * (end - scene.begin - 1))
    return Mistake(Finding(UNKNOWN_ESCAPE, message, span, hint), patch)


def _question_mark(scene: Scene) -> Mistake:
    return out_of_line(scene) if scene.before[-1:] in {"]", "}", '"', "'"} else sign_at_place(scene)


def _unclosed_quote(scene: Scene) -> Mistake:
    return unclosed_quote(scene, scene.begin)


_EXPLANATIONS: tuple[tuple[tuple[str, ...], Callable[[Scene], Mistake | None]], ...] = (
    (("escape", "hexdecimal", "hexadecimal"), _escape),
    (("quoted scalar",), _unclosed_quote),
    (("block scalar", "an alias", "an anchor"), sign),
    (("cannot start any token",), sign_at_place),
    (("mapping keys are not allowed",), _question_mark),
    (("plain scalar",), glued_colon),
    (("a tag", "tag handle"), tag),
    (("could not find expected ':'",), no_key),
    (("mapping values are not allowed",), colon),
    (("sequence entries are not allowed",), dash_on_key_line),
    (("node content",), no_content),
    (("flow sequence", "flow mapping"), in_brackets),
    (("block mapping", "block collection", "document start"), out_of_line),
)
