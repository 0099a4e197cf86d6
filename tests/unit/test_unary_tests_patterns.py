"""Which patterns are simple enough, and what is said of the others."""

import pytest

from policyengine.unary_tests.patterns import what_is_wrong


@pytest.mark.parametrize(
    "pattern",
    [
        "vip",
        r"\d{11}",
        "[A-Z]{2}-[0-9]+",
        r"[^\s]+@shop\.com",
        "(web|app)-[a-z]?",
        "((a|b)c|d)e",
        "a.c",
        r"\(\+31\) \d{9}",
        "x{2,5}y{3}z*",
        "x{2,}",
        "a||b",
        "[a-z&|~-]",
        "[-a]",
    ],
)
def test_simple_patterns_are_taken(pattern):
    assert what_is_wrong(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("", "at least one character"),
        ("(a+)+", "a group cannot be repeated"),
        ("(a){2}", "a group cannot be repeated"),
        ("(ab)?", "a group cannot be repeated"),
        ("a*b*", "only one part"),
        ("a{2,}b+", "only one part"),
        (r"(a)\1", "asked for again"),
        ("(?=a)", "`(?`"),
        ("(?:a)", "`(?`"),
        ("(?P<n>a)", "`(?`"),
        ("^a", "`^` is left out"),
        ("a$", "`$` is left out"),
        (r"\bfoo", r"`\b` is not understood"),
        ("\\", "needs a character after it"),
        ("a+?", "one way only"),
        ("a**", "one way only"),
        ("*a", "`*` needs a character before it"),
        ("a|+", "`+` needs a character before it"),
        ("a{", "a brace itself"),
        ("a{,3}", "a brace itself"),
        ("a{3,1}", "from less to more"),
        ("a{2000}", "at most 1000 times"),
        ("a{99999999999999999999}", "at most 1000 times"),
        ("a}", "`}` needs a"),
        ("a]", "`]` needs a"),
        ("(a", "a `(` needs a `)`"),
        ("a)", "a `)` needs a `(`"),
        ("[a", "a `[` needs a `]`"),
        ("[]", "needs characters inside"),
        ("[^]a]", "needs characters inside"),
        ("[[a]", "inside `[]`"),
        ("[a--b]", "stands once"),
        ("[a&&b]", "stands once"),
        ("[z-a]", "not a pattern"),
        ("(" * 30 + ")" * 30, "too deeply"),
    ],
)
def test_clever_patterns_are_refused_in_plain_words(pattern, wrong):
    assert wrong in what_is_wrong(pattern)
