"""The page of a finding's code: what it is, why it matters, a bad and a good example."""

import textwrap

from policyengine.findings import Code

_WIDTH = 80
_INDENT = "    "


def code_page(code: Code) -> str:
    """Return the page that explains *code*."""
    parts = [
        f"{code.id}: {code.title} ({code.severity})",
        "\n".join(textwrap.wrap(code.why, _WIDTH, break_long_words=False, break_on_hyphens=False)),
        *(part for name, text in code.beside for part in (f"Beside `{name}`:", _example(text))),
        f"Bad, in `{code.file}`:",
        _example(code.bad),
        f"Good, in `{code.file}`:",
        _example(code.good),
    ]
    return "\n\n".join(parts) + "\n"


def _example(text: str) -> str:
    return textwrap.indent(text.strip("\n"), _INDENT)
