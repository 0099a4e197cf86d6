"""Findings shown: the header, the lines with carets under the place, the related, the hint."""

import io

import pytest

from policyengine.findings import Code, Finding, Related
from policyengine.report.code_page import code_page
from policyengine.report.colours import paint, use_colour
from policyengine.report.findings_text import findings_json, findings_text, summary
from policyengine.source import Source

CODE = Code(
    id="PE201",
    title="unknown field",
    why="A rule that asks for a field nobody declared can never hold, and nobody would see it.",
    bad="policy: a\nwhen: {x: 1}\n",
    good="policy: a\nwhen: {y: 1}\n",
)
GAP = Code("PE301", "gap", "Some are forgotten.", "", "", severity="warning")


def found(text, part, *, message="unknown field", file="a.yaml", **more):
    start = text.index(part)
    span = Source(file, text).span(start, start + len(part))
    return Finding(CODE, message, span, **more)


def shown(text, part, **more):
    return findings_text([found(text, part, **more)], colour=False)


def test_a_finding_is_laid_out_with_its_line_a_caret_and_a_hint():
    text = "\n" * 13 + "      queue.wiat: over 2 min\n"
    finding = found(
        text,
        "queue.wiat",
        file="policies/overflow/voice.yaml",
        message="unknown field `queue.wiat`",
        hint="did you mean `queue.wait`?",
    )
    assert findings_text([finding], colour=False).splitlines() == [
        "policies/overflow/voice.yaml:14:7: error: unknown field `queue.wiat` [PE201]",
        "   |",
        "14 |       queue.wiat: over 2 min",
        "   |       ^^^^^^^^^^",
        "   = hint: did you mean `queue.wait`?",
    ]


def test_several_lines_are_shortened_to_the_first_and_the_last():
    text = "when:\n  a: 1\n  b: 2\n  c: 3\nthen: x\n"
    assert shown(text, "when:\n  a: 1\n  b: 2\n  c: 3\n").splitlines()[1:] == [
        "  |",
        "1 | when:",
        "  | ^^^^^",
        "… |",
        "4 |   c: 3",
        "  |   ^^^^",
    ]


def test_two_lines_are_both_shown():
    assert shown("a: [1,\n  2]\n", "[1,\n  2]").splitlines()[1:] == [
        "  |",
        "1 | a: [1,",
        "  |    ^^^",
        "2 |   2]",
        "  |   ^^",
    ]


def test_related_places_stand_before_the_hint():
    text = "tier: gold\ntier: red\n"
    source = Source("a.yaml", text)
    finding = Finding(
        CODE,
        "`tier` stands twice",
        source.span(11, 15),
        hint="keep one",
        related=(Related(source.span(0, 4), "first here"),),
    )
    assert findings_text([finding], colour=False).splitlines()[-2:] == [
        "  = also: a.yaml:1:1: first here",
        "  = hint: keep one",
    ]


def test_a_hint_of_several_lines_is_set_in():
    lines = shown("a: 1", "a", hint="write\na: 2").splitlines()
    assert lines[-2:] == ["  = hint: write", "          a: 2"]


@pytest.mark.parametrize(
    ("text", "part", "line", "marks"),
    [
        ("客服: gold", "gold", "客服: gold", "      ^^^^"),
        ("a: 客服", "客服", "a: 客服", "   ^^^^"),
        ("e\u0301e\u0301: gold", "gold", "e\u0301e\u0301: gold", "    ^^^^"),
        ("🙂: gold", "gold", "🙂: gold", "    ^^^^"),
        ("\ta: gold", "gold", "    a: gold", "       ^^^^"),
        ("ab\tgold", "gold", "ab  gold", "    ^^^^"),
        ("한글: gold", "gold", "한글: gold", "      ^^^^"),
    ],
)
def test_carets_stand_under_wide_joined_and_tabbed_letters(text, part, line, marks):
    lines = shown(text, part).splitlines()
    assert lines[2] == f"1 | {line}"
    assert lines[3] == f"  | {marks}"


def test_what_steers_a_terminal_is_written_out_in_line_and_message():
    text = "a: \x1b[31mred\u202e gold"
    lines = shown(text, "gold", message="unknown `\x1b[31m\u2066\n`", file="\x1b.yaml").splitlines()
    assert lines[0] == "\\x1b.yaml:1:14: error: unknown `\\x1b[31m\\u2066\\n` [PE201]"
    assert lines[2] == "1 | a: \\x1b[31mred\\u202e gold"
    assert lines[3].index("^") == lines[2].index("gold")


def test_a_lone_half_of_a_pair_is_written_out():
    assert "\\ud800" in shown("a: \ud800 gold", "gold")


def test_a_long_line_is_cut_around_the_place():
    text = "a: [" + "one, " * 500 + "gold" + ", two" * 500 + "]"
    line, marks = shown(text, "gold").splitlines()[2:4]
    assert len(line) < 110
    assert line[4] == line[-1] == "…"
    assert line[marks.index("^") : marks.rindex("^") + 1] == "gold"


def test_a_long_line_is_cut_only_at_its_end_where_the_place_is_near_the_start():
    line, marks = shown("gold: " + "客" * 3000, "gold").splitlines()[2:4]
    assert line.startswith("1 | gold: 客")
    assert line.endswith("…")
    assert marks == "  | ^^^^"


def test_a_place_wider_than_the_screen_is_marked_as_far_as_it_is_shown():
    line, marks = shown("x: " + "y" * 5000, "y" * 5000).splitlines()[2:4]
    assert len(marks) <= len(line)


def test_an_empty_place_has_one_caret_also_past_the_end():
    text = "a: 1\n"
    finding = Finding(CODE, "the end", Source("a.yaml", text).span(4, 4))
    assert findings_text([finding], colour=False).splitlines()[2:] == ["1 | a: 1", "  |     ^"]


def test_an_empty_line_has_no_blank_at_its_end():
    finding = Finding(CODE, "nothing here", Source("a.yaml", "a:\n\nb:\n").span(3, 3))
    assert findings_text([finding], colour=False).splitlines()[1:] == ["  |", "2 |", "  | ^"]


def test_an_empty_file_has_only_the_header():
    finding = Finding(CODE, "the file is empty", Source("a.yaml", "").span(0, 0), hint="delete it")
    assert findings_text([finding], colour=False).splitlines() == [
        "a.yaml:1:1: error: the file is empty [PE201]",
        "  = hint: delete it",
    ]


def test_findings_are_parted_by_a_blank_line():
    finding = found("a: 1", "a")
    assert findings_text([finding, finding], colour=False).count("\n\n") == 1
    assert findings_text([], colour=False) == ""


def test_colours_change_nothing_but_the_colour():
    finding = found("a: 1", "a", hint="mend it")
    coloured = findings_text([finding], colour=True)
    assert "\x1b[" in coloured
    plain = coloured
    for sign in ("1;31", "1", "2", "0"):
        plain = plain.replace(f"\x1b[{sign}m", "")
    assert plain == findings_text([finding], colour=False)


def test_a_finding_as_json_has_every_key_of_its_contract():
    source = Source("a.yaml", "a: 1\nb: 2\n")
    finding = Finding(
        GAP,
        "nobody answers",
        source.span(5, 9),
        related=(Related(source.span(0, 1), "here"),),
        policy="p",
        rule="r",
        check="gaps",
        context={"a.b": 1},
    )
    assert findings_json([finding]) == [
        {
            "code": "PE301",
            "check": "gaps",
            "severity": "warning",
            "message": "nobody answers",
            "file": "a.yaml",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 5,
            "policy": "p",
            "rule": "r",
            "plan": None,
            "hint": None,
            "related": [
                {
                    "file": "a.yaml",
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 2,
                    "message": "here",
                }
            ],
            "context": {"a.b": 1},
        }
    ]


def test_a_finding_proved_by_no_context_has_none_in_json():
    assert findings_json([found("a: 1", "a")])[0]["context"] is None


def test_the_summary_counts_by_severity():
    warning = Finding(GAP, "gap", Source("a.yaml", "a").span(0, 1))
    counts = summary([found("a: 1", "a"), warning, warning])
    assert counts == {"errors": 1, "warnings": 2, "infos": 0}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environ", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    ],
)
def test_colours_follow_the_environment_and_then_the_terminal(environ, on_terminal, elsewhere):
    assert use_colour(Terminal(), environ) is on_terminal
    assert use_colour(io.StringIO(), environ) is elsewhere


def test_paint_leaves_a_text_alone_where_colours_are_off():
    assert paint("a", "error", on=False) == "a"
    assert paint("a", "error", on=True) == "\x1b[1;31ma\x1b[0m"


def test_the_page_of_a_code_has_title_why_and_both_examples():
    assert code_page(CODE).splitlines() == [
        "PE201: unknown field (error)",
        "",
        "A rule that asks for a field nobody declared can never hold, and nobody would",
        "see it.",
        "",
        "Bad, in `house/example.yaml`:",
        "",
        "    policy: a",
        "    when: {x: 1}",
        "",
        "Good, in `house/example.yaml`:",
        "",
        "    policy: a",
        "    when: {y: 1}",
    ]
