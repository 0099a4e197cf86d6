"""What shows an acceptance row: cases in `policies/`, bad policy files, and tests that name it."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from policyengine.cases import Suite

ROOT = Path(__file__).parents[1]
BAD_FILES = (ROOT / "tests" / "golden" / "check", ROOT / "tests" / "golden" / "house")

LAST = {"A": 27, "B": 20, "C": 40, "D": 26, "E": 39, "X": 15}
ROWS = tuple(
    f"{letter}{number:02}" for letter, last in LAST.items() for number in range(1, last + 1)
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that shows a row; *waits* says for what, where it cannot pass yet."""

    file: str
    line: int
    what: str
    waits: str = ""


def evidence(suites: tuple[Suite, ...]) -> dict[str, list[Evidence]]:
    """Return for each row all that shows it, in the order: cases, bad files, tests."""
    found: dict[str, list[Evidence]] = {row: [] for row in ROWS}
    for row, one in (*_of_cases(suites), *_of_bad_files(), *_of_tests()):
        found.setdefault(row, []).append(one)
    return found


def _of_cases(suites):
    for suite in suites:
        for case in suite.cases:
            for row in case.covers:
                yield (
                    row,
                    Evidence(f"policies/{case.span.file}", case.span.line, f"case {case.name}"),
                )


def _of_bad_files():
    for folder in BAD_FILES:
        for path in sorted(folder.glob("*.yaml")):
            lines = path.read_text("utf-8", errors="replace").splitlines()[:3]
            for number, line in enumerate(lines, start=1):
                if line.startswith("# covers:"):
                    name = str(path.relative_to(ROOT))
                    for row in re.findall(r"[A-EX]\d\d", line):
                        yield row, Evidence(name, number, "what `check` finds in it")


def _of_tests():
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text("utf-8")
        if ".row(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                waits = next(iter(_marked(node, "xfail")), "")
                for row in _marked(node, "row"):
                    name = str(path.relative_to(ROOT))
                    yield row, Evidence(name, node.lineno, f"test {node.name}", waits)


def _marked(node, mark):
    """Yield the texts given to the pytest *mark* of a test: rows, or the reason of an `xfail`."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == f"pytest.mark.{mark}":
            given = [
                *decorator.args,
                *(one.value for one in decorator.keywords if one.arg == "reason"),
            ]
            yield from (one.value for one in given if isinstance(one, ast.Constant))


def coverage_page(found: dict[str, list[Evidence]]) -> str:
    """Return `docs/coverage.md`: for each row the files and lines that show it."""
    shown = [row for row in ROWS if any(not one.waits for one in found[row])]
    waiting = [row for row in ROWS if row not in shown and found[row]]
    lines = [
        "# Coverage",
        "",
        "What shows each row of the acceptance list of customer service: a case in `policies/` that",
        "passes, a bad policy file with what `check` finds in it, or a test.",
        "This page is made by `pytest tests/test_acceptance.py --update-golden` and kept true by it.",
        "",
        f"{len(ROWS)} rows: {len(shown)} are shown, {len(waiting)} wait for something that is not built yet.",
        "",
        "| row | shown by | |",
        "|---|---|---|",
    ]
    for row in ROWS:
        for place, one in enumerate(found[row][:3]):
            waits = f" (waits for {one.waits})" if one.waits else ""
            link = f"[{one.file}:{one.line}](../{one.file}#L{one.line})"
            lines.append(f"| {row if place == 0 else ''} | {link} | {one.what}{waits} |")
    return "\n".join(lines) + "\n"
