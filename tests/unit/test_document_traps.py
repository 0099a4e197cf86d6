"""Every trap of YAML is said, at its place, with a mended line that can be read."""

import re
from pathlib import Path

import pytest
import yaml

from policyengine.document import read_document, read_text, view
from policyengine.document.pure import PureLoader
from policyengine.document.reading import read_with
from policyengine.findings.text import TEXT_CODES
from policyengine.source import Source

LOADERS = [yaml.CLoader, PureLoader] if yaml.__with_libyaml__ else [PureLoader]
CHECK = Path(__file__).parents[1] / "golden" / "check"
TRAPS = sorted(CHECK.glob("pe0_*.yaml"))


def _found(text, loader=LOADERS[0]):
    source, found = read_text("x.yaml", text.encode("utf-8", "surrogateescape"))
    return found if source is None else read_with(loader, source)[1]


def _ids(found):
    return [finding.code.id for finding in found]


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize("code", TEXT_CODES, ids=lambda code: code.id)
def test_an_example_gives_its_code_alone(code, loader):
    assert _ids(_found(code.bad, loader)) == [code.id]
    assert _ids(_found(code.good, loader)) == []


TABLE = [
    ("a: ! gold", ["PE011"], "write `not gold`"),
    ("a: !gold", ["PE011"], "write `not gold`"),
    ("a: != gold", ["PE011"], "write `not gold`"),
    ("a: !!str 5", ["PE011"], "write `5`"),
    ("a: ! gold or silver", ["PE011"], "write `neither gold nor silver`"),
    ("a: [!gold, silver]", ["PE011"], "write `not gold`"),
    ("a: ! [gold, silver]", ["PE011"], "write `neither gold nor silver`"),
    ("a: ! missing", ["PE011"], "write `present`"),
    ("a: !x {b: c}", ["PE011"], "take `!x` away"),
    ("a: !<x", ["PE011"], "take `!<x` away"),
    ("!x a: b", ["PE011"], "take `!x` away"),
    ("a: >5", ["PE020"], "write `over 5`"),
    ("a: > 5", ["PE020"], "write `over 5`"),
    ("a: >= 5", ["PE020"], "write `at least 5`"),
    ("a: >50", ["PE020"], "write `over 50`"),
    ("a: > 5 # why", ["PE020"], "write `over 5`"),
    ("a: > 5 and < 10", ["PE020"], "write `over 5 and under 10`"),
    ("a: > contact.promised_wait", ["PE020"], "write `over contact.promised_wait`"),
    ("a: {b: > 5, c: d}", ["PE020"], "write `over 5`"),
    ("a: [b, >5]", ["PE020"], "write `over 5`"),
    ("- a\n- > 5", ["PE004", "PE020"], "write `over 5`"),
    ("a: >", ["PE016"], "as in `over 5`"),
    ("a: |", ["PE016"], "on the lines below"),
    ("a: > They answer e-mail best", ["PE038"], 'quote the text: `a: "> They answer e-mail best"`'),
    ("subject: contains #vip", ["PE022"], 'quote the test: `subject: "contains #vip"`'),
    ("subject: contains # vip", ["PE022"], 'quote the test: `subject: "contains # vip"`'),
    ("a: [contains #vip\n  ]", ["PE022"], 'quote the test: `"contains #vip"`'),
    ("because: Rule #5 says", ["PE021"], 'quote the text: `because: "Rule #5 says"`'),
    ("because: Rule # 5 says", [], ""),
    ("because: Rule#5 says", [], ""),
    ("because: 'Rule' #5 says", [], ""),
    ("a: #vip", ["PE016"], 'begins with `#`: `a: "#vip"`'),
    (
        "a: {rule: x, because: They pay, and stay}",
        ["PE017"],
        'quote the text: `because: "They pay, and stay"`',
    ),
    (
        "a: {because: They pay, and stay, and buy, rule: x}",
        ["PE017"],
        'quote the text: `because: "They pay, and stay, and buy"`',
    ),
    ("a: {b: 1,000}", ["PE017"], "write a number without commas: `b: 1000`"),
    ("a: {b: 1,000 EUR}", ["PE017"], "write a number without commas: `b: 1000 EUR`"),
    ("a: {b: c, customer.tier}", ["PE016"], "write `customer.tier: missing`"),
    ("a: [1,000, x]", [], ""),
    ("tier:", ["PE016"], "write `missing`, or leave the line out"),
    ("tier: ~", ["PE016"], "write `missing`, or leave the line out"),
    ("tier: null", ["PE016"], "write `missing`, or leave the line out"),
    ("a: [b, null]", ["PE016"], "write `missing`, or leave the item out"),
    ("a:\n  -\n  - b", ["PE016"], "write `missing`, or leave the item out"),
    ("when:\ntier: gold", ["PE016"], "what belongs to it begins further to the right"),
    ("because: He said: no", ["PE023"], '`because: "He said: no"`'),
    ('because: He said: "no"', ["PE023"], "`because: 'He said: \"no\"'`"),
    ("a: {because: He said: no}", ["PE023"], '`because: "He said: no"`'),
    ("when: customer.tier: gold", ["PE023"], "write `when: {customer.tier: gold}`"),
    ("because: 'tis so", ["PE024"], '`because: "\'tis so"`'),
    ('because: "They pay', ["PE024"], '`because: "They pay"`'),
    ('because: "They pay\ntitle: "x"', ["PE024"], '`because: "They pay"`'),
    ("because: 'tis Tom's", ["PE025"], "`because: \"'tis Tom's\"`"),
    ('because: "Gold" pays', ["PE025"], "`because: '\"Gold\" pays'`"),
    ('a: ["Gold" pays, b]', ["PE025"], "`'\"Gold\" pays'`"),
    ("a: [?, x]", ["PE018"], "write `any` for every value"),
    ("a: [x, ? y]", ["PE018"], "write `any` for every value"),
    ("a: [a: 1]", ["PE018"], "write the test alone, `1`"),
    ("a: [customer.tier: gold]", ["PE018"], "`{customer.tier: gold}`"),
    ("? a\n: b", ["PE015"], "write `key: value`"),
    ("a: {?b: c}", ["PE015"], "write `key: value`"),
    ("a: Which one? This one", [], ""),
    ("a: [really?, x]", [], ""),
    ("a: [others, -, x]", ["PE019"], "write `any`"),
    ("a: [others, - , x]", ["PE019"], "write `any`"),
    ("a: -", ["PE019"], "write `any`"),
    ("a: [*, x]", ["PE038"], "write `any`"),
    ("a: b\na: c", ["PE010"], "keep one of the two"),
    ("any: [a]\nany: [b]", ["PE010"], "`all: [{any: …}, {any: …}]`"),
    (
        "queue.wait: under 5 min\nqueue.wait: over 2 min",
        ["PE010"],
        "join them in one test: `queue.wait: over 2 min and under 5 min`",
    ),
    ("a: *x", ["PE013"], 'quote the text: `"*x"`'),
    ("a: * x", ["PE038"], '`a: "* x"`'),
    ("a: &x b", ["PE012"], "take `&x` away"),
    ("a: & b", ["PE038"], '`a: "& b"`'),
    ("a: &x b\nb: *x", ["PE013"], "write the value out here"),
    ("a: &x {b: c}\nd: {<<: *x}", ["PE014"], "write the keys out here"),
    ("a: b\n---\nc: d", ["PE005"], "put it into a file of its own"),
    ("a: b\n... c", ["PE005"], "put it into a file of its own"),
    ("%YAML 1.2\n---\na: b", ["PE006"], "take the line away"),
    ("%OURS\n---\na: b", ["PE006"], "take the line away"),
    ("a: b\n%OURS\n", ["PE006"], "take the line away"),
    ("a:\tb", ["PE033"], "write spaces"),
    ("a:\n\tb: c", ["PE033"], "write spaces"),
    ("a: over\t5", ["PE033"], "write spaces"),
    ("a: b\t\n\t\n# c\td\ne: f\t# g", [], ""),
    ("a:\u00a0b", ["PE034"], "type a space over it"),
    ("a: over\u202f5", ["PE034"], "type a space over it"),
    ("# no\u00a0break\na: b", [], ""),
    ("a: go\u200bld", ["PE002"], "take it away"),
    ("a: 'go\u200bld'", [], ""),
    ("a: 'go\x07ld'", ["PE002"], "take it away"),
    ('a: "go\\x07ld"', ["PE002"], "take it away"),
    ("a: b\u2028c", ["PE002"], "take it away"),
    ("a: “gold”", ["PE035"], '`a: "gold"`'),
    ("a: „gold“", ["PE035"], '`a: "gold"`'),
    ("a: “He said: no”", ["PE035"], '`"He said: no"`'),
    ("a: {b: “They pay, and stay”}", ["PE035"], '`b: "They pay, and stay"`'),
    ("a: [b, c", ["PE026"], "close it with `]`: `a: [b, c]`"),
    ("a: [b, c\nd: e", ["PE026"], "close it with `]`: `a: [b, c]`"),
    ("a: {b: c\nd: e", ["PE026"], "close it with `}`: `a: {b: c}`"),
    ("a: [b, c}", ["PE026"], "close it with `]`: `[b, c]`"),
    ("a: {because: Rule #5 says}\nb: c", ["PE026"], "quote a text that has ` #`"),
    ("a: [b, c]]", ["PE027"], "open a bracket before it"),
    ("a: ]", ["PE027"], "open a bracket before it"),
    ("say: {queue.wait} left", ["PE028"], '`say: "{queue.wait} left"`'),
    ("say: {queue.wait}", ["PE016"], '`"{queue.wait}"`'),
    ("say: {{queue.wait}}", ["PE015"], '`"{queue.wait}"`'),
    ("a: {b: c customer.tier: gold}", ["PE029"], "write `b: c, customer.tier: …`"),
    ('a: ["b" "c"]', ["PE029"], 'write `"b", "c"`'),
    ("a: [b,, c]", ["PE030"], "write `any`"),
    ('a: "C:\\dir"', ["PE031"], "`a: 'C:\\dir'`"),
    ('a: "\\ud800"', ["PE031"], "`a: '\\ud800'`"),
    ('a: "\\UFFFFFFFF"', ["PE031"], "`a: '\\UFFFFFFFF'`"),
    ("a: b\n  c: d", ["PE032"], "begin it in column 1, below `a`"),
    ("a:\n  b: c\n d: e", ["PE032"], "in column 3, below `b`"),
    ("a:\n  - b\n - c", ["PE032"], "in column 3, below `-`"),
    ("a: b\nc d: e\n  f: g", ["PE032"], "in column 1, below `c`"),
    ("a:b\nc: d", ["PE036"], "write `a: b`"),
    ("x:\n  a:b\n  c: d", ["PE036"], "write `a: b`"),
    ("a: {b:c}", ["PE036"], "write `b: c`"),
    ("a: {b: c, d:e}", ["PE036"], "write `d: e`"),
    ("a: {b:[c]}", ["PE036"], "write `b: […`"),
    ("a:\n- b\n-c", ["PE036"], "write `- c`"),
    ("a: b\nc\nd: e", ["PE037"], "write `key: value`"),
    ("a: b\nabout contact", ["PE037"], "write `about: contact`"),
    ("a: @home", ["PE038"], '`a: "@home"`'),
    ("a: `b`", ["PE038"], '`a: "`b`"`'),
    ("a: %50", ["PE038"], "write `50%`"),
    ("a: | b", ["PE038"], '`a: "| b"`'),
    ("a: - b", ["PE038"], "write `[b]`"),
    ("a: [- b, c]", ["PE038"], "take the dash away: `b`"),
    ("", ["PE003"], "write a policy"),
    ("---\n", ["PE003"], "write a policy"),
    ("policy", ["PE004"], "begin the file with what it is"),
    ("[a, b]", ["PE004"], "begin the file with what it is"),
    ("[" * 5000, ["PE007"], "brackets that were repeated"),
    ("\n".join(" " * at + "a:" for at in range(1100)), ["PE007"], "brackets that were repeated"),
    ("a: " + "[" * 99 + "]" * 99, [], ""),
]


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(("text", "ids", "hint"), TABLE, ids=lambda value: repr(value)[:40])
def test_a_trap_is_named_with_a_way_out(text, ids, hint, loader):
    found = _found(text + "\n" if text else text, loader)
    assert _ids(found) == ids
    if found:
        assert hint in found[-1].hint


def _mended(hint):
    """The lines and values that *hint* shows, without those that stand for others."""
    shown = re.findall(r"(?<!`)`((?:[^`]|(?<=\")`[^`]*`(?=\"))+)`(?!`)", hint)
    return [text for text in shown if "…" not in text and len(text.strip()) > 1]


HINTS = [finding.hint for text, _, _ in TABLE for finding in _found(text + "\n")]
HINTS += [finding.hint for code in TEXT_CODES for finding in _found(code.bad)]
HINTS += [finding.hint for path in TRAPS for finding in _found(path.read_text(encoding="utf-8"))]
TAKEN_AWAY = ("take `", "quote a text that has ` #`")


@pytest.mark.parametrize(
    "line",
    sorted({line for hint in HINTS if not hint.startswith(TAKEN_AWAY) for line in _mended(hint)}),
)
def test_a_mended_line_can_be_read(line):
    is_entry = re.match(r"[\w.-]+: ", line) is not None
    text = line if is_entry or line.startswith("- ") else f"x: {line}"
    text = f"x: [{line}]" if '", ' in line and not is_entry else text
    node, found = read_document(Source("mended", f"{text}\n"), context=True)
    assert [str(finding) for finding in found] == []
    assert view(node)


@pytest.mark.parametrize("path", TRAPS, ids=lambda path: path.stem)
def test_a_trap_file_says_the_same_by_both_parsers(path):
    text = path.read_text(encoding="utf-8")
    said = [[(str(finding), finding.hint) for finding in _found(text, load)] for load in LOADERS]
    assert said[0]
    assert said[0] == said[-1]


def test_all_mistakes_of_a_file_are_said_in_one_run():
    text = (CHECK / "pe0_several.yaml").read_text(encoding="utf-8")
    assert _ids(_found(text)) == ["PE011", "PE020", "PE016", "PE023"]


def test_what_a_mistake_ends_is_not_said_again():
    assert _ids(_found("a:\n\tb: c\n\td: e\n\tb: f\n")) == ["PE033"]
    assert _ids(_found("a: 'tis: so #x\nb: c\n")) == ["PE024"]


def test_tabs_on_lines_that_follow_each_other_are_said_once():
    found = _found("a:\n\tb: c\n\td: e\n\tf: g\nh:\n  i: j\n\tk: l\n")
    assert [(finding.span.line, finding.message) for finding in found] == [
        (2, "expected spaces, found a tab, here and in 2 lines below"),
        (7, "expected spaces, found a tab"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "related"),
    [
        ("a: b\nc: d\na: e\n", 3, 1),
        ("a: &x b\nc: *x\n", 2, 1),
        ("a: &x {b: c}\nd: {<<: *x}\n", 2, 1),
        ("a: b\n---\nc: d\n", 2, 1),
    ],
)
def test_both_places_are_shown_where_there_are_two(text, line, related):
    found = _found(text)
    assert [finding.span.line for finding in found] == [line]
    assert [place.span.line for place in found[0].related] == [related]


def test_the_sign_of_a_comparison_is_shown_whole():
    found = _found("a:\n  b: >= 5 min  # why\n")
    assert found[0].span.text == ">= 5 min"
    assert (found[0].span.line, found[0].span.column) == (2, 6)


def test_no_message_repeats_its_hint_or_speaks_of_the_parser():
    for code in TEXT_CODES:
        for finding in _found(code.bad):
            assert finding.hint
            assert finding.hint not in finding.message
            said = f"{finding.message} {finding.hint}"
            assert not re.search(r"\b(token|scan|parse|stream|block end|null)\w*", said)
            assert "\n" not in said
