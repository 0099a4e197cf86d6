"""Whatever a file holds, reading it gives a policy set or findings: never a traceback."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.document import Mapping, read_document
from policyengine.findings.all_codes import ALL_CODES
from policyengine.loading import read_set
from policyengine.schema import find_head, read_schema, shape_of, shipped_folder
from policyengine.schema.check import plain
from policyengine.source import Source

BASE = Path(__file__).parents[1] / "golden" / "base"
FILES = {
    path.relative_to(BASE).as_posix(): path.read_text("utf-8") for path in BASE.rglob("*.yaml")
}
EXAMPLES = [(code.file, text) for code in ALL_CODES for text in (code.bad, code.good)]
EXAMPLES = [(name, text) for name, text in EXAMPLES if name.endswith(".yaml") and text]

pieces = st.sampled_from(
    ["any", "missing", "or", "and", "[", "]", "{", "}", ":", ",", "\n", "  ", "- ", "over ", "..",
     "<", "#", "'", '"', "|", ">", "&a", "*a", "!t", "\t", "%", "@", "`", "0", "1e9", "\u00a0", "é",
     "none", "otherwise", "then", "rule", "null", "~", "customer.tier", "house.gold_from"]
)  # fmt: skip


@st.composite
def mangled(draw):
    """Return a file of the base set or of an example, changed in a few places."""
    name, text = draw(st.sampled_from([*FILES.items(), *EXAMPLES]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.one_of(pieces, st.text(max_size=3))) + text[end:]
    return name, text


def _read(name, text):
    with tempfile.TemporaryDirectory() as folder:
        for other, content in {**FILES, name: text}.items():
            path = Path(folder) / other
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", errors="surrogatepass"))
        return read_set(folder)


@given(mangled())
@settings(max_examples=150, deadline=None)
def test_a_mangled_policy_is_read_or_explained(changed):
    policies, findings = _read(*changed)
    assert policies is not None or any(finding.severity == "error" for finding in findings)
    for finding in findings:
        assert finding.span.line >= 1
        assert finding.message
        assert "\n" not in finding.message


@given(st.sampled_from(sorted(FILES)), st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_random_text_is_explained(name, text):
    policies, findings = _read(name, text)
    assert policies is not None or findings


@given(mangled())
@settings(max_examples=30, deadline=None)
def test_the_same_files_give_the_same_findings(changed):
    first = [str(finding) for finding in _read(*changed)[1]]
    assert first == [str(finding) for finding in _read(*changed)[1]]


def _judged(name, text):
    """Return what both checks of shapes say: whether a file is surely fine, and its mistakes."""
    pytest.importorskip("jsonschema_rs", reason="the extra `fast` is not installed")
    node, _ = read_document(Source(name, text))
    head = find_head(node) if isinstance(node, Mapping) else None
    if not isinstance(head, str):
        return False, ()
    shape = shape_of(read_schema(shipped_folder("schemas") / f"{head}.schema.json"))
    return shape.surely_fine(plain(node)), tuple(shape.validator.iter_errors(plain(node)))


@given(mangled())
@settings(max_examples=200, deadline=None)
def test_the_quick_check_lets_no_mistake_through(changed):
    fine, wrong = _judged(*changed)
    assert not (fine and wrong)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"policyset.yaml"}))
def test_the_quick_check_knows_a_plain_file(name):
    assert _judged(name, FILES[name]) == (True, ())
