"""Whatever a file holds, reading it gives a policy set or findings: never a traceback."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.findings.all_codes import ALL_CODES
from policyengine.loading import read_set

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
