"""Codes PE001 to PE039: text that cannot be read, or that says something else than it seems to."""

from policyengine.findings.finding import Code

_HEAD = """\
policy: reply-language
title: The language in which we answer
about: contact
decides: contact.written
"""
_OTHERWISE = """\
  - otherwise: en
    because: Most customers read English.
"""
_TABLE = f"""{_HEAD}table:
  columns: [rule, contact.channel, customer.tier, then]
  rows:
    %s
  otherwise: en
  because: Most customers read English.
"""


def _policy(
    when: str = "{contact.spoken: nl}", because: str = "They spoke Dutch.", head: str = _HEAD
) -> str:
    """Return a small policy with one rule that has *when* and *because* as written."""
    rule = f"  - rule: dutch\n    when: {when}\n    then: nl\n    because: {because}\n"
    return f"{head}rules:\n{rule}{_OTHERWISE}"


_GOOD = _policy()

NOT_UTF8 = Code(
    "PE001",
    "file that is not UTF-8",
    "Policy files are UTF-8, so that every letter means the same on every computer. An editor that "
    "saves in an older encoding turns letters with accents into something else.",
    bad=_policy(because="They wrote about the caf\udce9."),
    good=_policy(because="They wrote about the café."),
)
UNSEEN_CHARACTER = Code(
    "PE002",
    "character that cannot be seen",
    "Two names that look alike can differ in a character that nobody sees. It comes along when text "
    "is copied from a web page or another program.",
    bad=_policy("{contact.channel: pho\u200bne}"),
    good=_policy("{contact.channel: phone}"),
)
EMPTY_FILE = Code(
    "PE003",
    "empty file",
    "A file without content decides nothing. Most likely it was not saved, or its rules are still "
    "comments.",
    bad="# The rules for Sundays come here.\n",
    good=_GOOD,
)
NO_KEY_FIRST = Code(
    "PE004",
    "file that does not begin with a key",
    "The first key of a file says what the file is: a policy, a vocabulary, a suite. A list or a "
    "lone text says nothing of the kind.",
    bad="- policy: reply-language\n- title: The language in which we answer\n",
    good=_GOOD,
)
SECOND_DOCUMENT = Code(
    "PE005",
    "second document in one file",
    "A file holds one policy. What stands below a line `---` would be passed over in silence by "
    "most programs that read YAML.",
    bad=f"{_GOOD}---\npolicy: another\n",
    good=f"---\n{_GOOD}",
)
YAML_DIRECTIVE = Code(
    "PE006",
    "instruction to the YAML reader",
    "A line that begins with `%` changes how a file is read. Policies are read in one way only.",
    bad=f"%YAML 1.1\n---\n{_GOOD}",
    good=f"# Read by everybody in the same way.\n---\n{_GOOD}",
)
TOO_DEEP = Code(
    "PE007",
    "text that is nested too deep",
    "Nobody can read lists within lists of more than a hundred levels. Most likely a bracket was "
    "repeated by mistake.",
    bad=_policy("{contact.channel: " + "[" * 120 + "phone" + "]" * 120 + "}"),
    good=_policy("{contact.channel: [phone]}"),
)
UNREADABLE = Code(
    "PE009",
    "text that cannot be read",
    "The file does not follow the rules of YAML at this place, so nobody can say what it means.",
    bad=f": reply-language\n{_GOOD}",
    good=_GOOD,
)
DUPLICATE_KEY = Code(
    "PE010",
    "key given twice",
    "Of two equal keys most programs keep the last one and forget the first without a word.",
    bad=_GOOD.replace("then: nl", "then: nl\n    then: en"),
    good=_GOOD,
)
TAG = Code(
    "PE011",
    "exclamation mark before a value",
    "YAML takes a text behind `!` for the name of a type and drops it: the test would ask for the "
    "very value that it should exclude.",
    bad=_policy("{contact.channel: ! phone}"),
    good=_policy("{contact.channel: not phone}"),
)
ANCHOR = Code(
    "PE012",
    "anchor",
    "A word behind `&` names a place for use elsewhere and is dropped from the value. Policies say "
    "everything where it counts.",
    bad=_policy(because="&dutch They spoke Dutch."),
    good=_policy(because="They spoke Dutch."),
)
ALIAS = Code(
    "PE013",
    "value that stands elsewhere",
    "A word behind `*` stands for a value in another place. Who reads the rule should see what it "
    "says, and a change there should not change it here.",
    bad=_GOOD.replace("because: Most customers read English.", "because: *english"),
    good=_GOOD,
)
MERGE_KEY = Code(
    "PE014",
    "keys taken over from elsewhere",
    "The key `<<` brings in keys that cannot be seen where they count.",
    bad=_policy(
        "{<<: *dutch, contact.spoken: nl}", head=f"{_HEAD}details: &dutch {{tone: warm}}\n"
    ),
    good=_policy("{contact.spoken: nl}", head=f"{_HEAD}details: {{tone: warm}}\n"),
)
KEY_NOT_TEXT = Code(
    "PE015",
    "key that is no text",
    "A key is a name, such as a field. A list or braces in its place are a slip, often of a text "
    "with placeholders that needs quotes.",
    bad=_policy("{[contact.channel, contact.spoken]: nl}"),
    good=_policy("{contact.channel: chat, contact.spoken: nl}"),
)
NO_VALUE = Code(
    "PE016",
    "key without a value",
    "Nothing can mean two things: that the fact must be absent, or that any value will do. So it "
    "has to be said.",
    bad=_policy("{contact.channel: chat, customer.tier: }"),
    good=_policy("{contact.channel: chat, customer.tier: missing}"),
)
COMMA_IN_TEXT = Code(
    "PE017",
    "comma in a text without quotes",
    "Between braces a comma begins a new key, so half of the text is lost.",
    bad=_GOOD.replace(
        "- otherwise: en\n    because: Most customers read English.",
        "- {otherwise: en, because: They read English, or ask for it}",
    ),
    good=_GOOD.replace(
        "- otherwise: en\n    because: Most customers read English.",
        '- {otherwise: en, because: "They read English, or ask for it"}',
    ),
)
MAPPING_IN_CELL = Code(
    "PE018",
    "key where a cell is expected",
    "A cell of a table or list is a test of one field; `:` and `?` turn it into something else.",
    bad=_TABLE % "- [chat, [contact.channel: chat], any, nl]",
    good=_TABLE % "- [chat, [chat], any, nl]",
)
DASH_FOR_ANY = Code(
    "PE019",
    "dash for any value",
    "Some programs that read YAML refuse a lone `-` between brackets. The word `any` is understood "
    "by all of them and by every reader.",
    bad=_TABLE % "- [chat, chat, -, nl]",
    good=_TABLE % "- [chat, chat, any, nl]",
)
COMPARISON_SIGN = Code(
    "PE020",
    "test with the sign >",
    "YAML takes `>` for the beginning of a long text: the bound is lost, or the file cannot be read.",
    bad=_policy("{queue.wait: > 5 min}"),
    good=_policy("{queue.wait: over 5 min}"),
)
CUT_TEXT = Code(
    "PE021",
    "text cut at #",
    "Behind a blank the sign `#` begins a comment: the rest of the line is not part of the text.",
    bad=_policy(because="Rule #5 says so."),
    good=_policy(because='"Rule #5 says so."'),
    severity="warning",
)
CUT_TEST = Code(
    "PE022",
    "test cut at #",
    "Behind a blank the sign `#` begins a comment: the test has lost what it should ask for.",
    bad=_policy("\n      contact.product: contains #vip"),
    good=_policy('\n      contact.product: "contains #vip"'),
)
COLON_IN_TEXT = Code(
    "PE023",
    "colon in a text without quotes",
    "A colon and a blank make a key of what stands before them, also in the middle of a sentence.",
    bad=_policy(because="They said: in Dutch please."),
    good=_policy(because='"They said: in Dutch please."'),
)
UNCLOSED_QUOTE = Code(
    "PE024",
    "quote that is not closed",
    "Without its second quote a text goes on through the lines below it. An apostrophe at the "
    "beginning of a text counts as a quote.",
    bad=_policy(because="'tis what they spoke."),
    good=_policy(because='"\'tis what they spoke."'),
)
TEXT_AFTER_QUOTE = Code(
    "PE025",
    "text after a closing quote",
    "A text that begins with a quote ends at the next one; nothing may follow it.",
    bad=_policy(because='"Goedemorgen" is Dutch.'),
    good=_policy(because="'\"Goedemorgen\" is Dutch.'"),
)
UNCLOSED_BRACKET = Code(
    "PE026",
    "bracket that is not closed",
    "Without its closing bracket a list goes on through the lines below it.",
    bad=_policy("{contact.channel: [phone, chat}"),
    good=_policy("{contact.channel: [phone, chat]}"),
)
STRAY_BRACKET = Code(
    "PE027",
    "closing bracket too many",
    "A bracket that closes nothing shows that one is missing before it, or that it is one too many.",
    bad=_policy("{contact.spoken: nl}}"),
    good=_policy("{contact.spoken: nl}"),
)
TEXT_AFTER_BRACKET = Code(
    "PE028",
    "text after a closing bracket",
    "A value that begins with a bracket ends with it. A text with placeholders needs quotes.",
    bad=_policy(because="{language} was spoken."),
    good=_policy(because='"{language} was spoken."'),
)
MISSING_COMMA = Code(
    "PE029",
    "missing comma",
    "Between brackets a comma parts one value from the next.",
    bad=_policy("{contact.channel: chat contact.spoken: nl}"),
    good=_policy("{contact.channel: chat, contact.spoken: nl}"),
)
STRAY_COMMA = Code(
    "PE030",
    "comma too many",
    "Nothing stands between two commas: a value was forgotten, or a comma is one too many.",
    bad=_TABLE % "- [chat, chat,, nl]",
    good=_TABLE % "- [chat, chat, any, nl]",
)
UNKNOWN_ESCAPE = Code(
    "PE031",
    "backslash in double quotes",
    'Between " and " a backslash gives the next letter another meaning. Between single quotes it is '
    "a backslash.",
    bad=_policy('{contact.product: "matches /\\d{4}/"}'),
    good=_policy("{contact.product: 'matches /\\d{4}/'}"),
)
WRONG_INDENTATION = Code(
    "PE032",
    "line that is not in line",
    "What belongs together begins in the same column; a line in between belongs nowhere.",
    bad=_GOOD.replace("    then: nl", "   then: nl"),
    good=_GOOD,
)
TAB = Code(
    "PE033",
    "tab for spaces",
    "A tab is as wide as each editor likes, so nobody can tell what a line belongs to.",
    bad=_policy("\n\t  contact.spoken: nl"),
    good=_policy("\n      contact.spoken: nl"),
)
ODD_SPACE = Code(
    "PE034",
    "space that is not an ordinary space",
    "It looks like a space but parts no words. It comes along when text is copied from a web page "
    "or a document. It was read as an ordinary space.",
    bad=_policy("{queue.wait: over\u00a05 min}"),
    good=_policy("{queue.wait: over 5 min}"),
    severity="warning",
)
CURLY_QUOTES = Code(
    "PE035",
    "curly quotes around a text",
    "Only straight quotes keep a text together; curly ones become a part of it.",
    bad=_policy(because="\u201cGoedemorgen, they said.\u201d"),
    good=_policy(because='"Goedemorgen, they said."'),
)
NO_BLANK = Code(
    "PE036",
    "no space after a colon or dash",
    "Only with a space behind it does a colon end a key, and a dash begin an item.",
    bad=_GOOD.replace("about: contact", "about:contact"),
    good=_GOOD,
)
LINE_WITHOUT_KEY = Code(
    "PE037",
    "line without a key",
    "Every line names what it gives: a key, a colon, a value.",
    bad=_GOOD.replace("about: contact", "about contact"),
    good=_GOOD,
)
SIGN_FIRST = Code(
    "PE038",
    "text that begins with a sign of YAML",
    "Signs such as `@`, `%`, `|` and a dash have a meaning of their own at the beginning of a value.",
    bad=_policy(because="@home they speak Dutch."),
    good=_policy(because='"@home they speak Dutch."'),
)

TEXT_CODES = (
    NOT_UTF8,
    UNSEEN_CHARACTER,
    EMPTY_FILE,
    NO_KEY_FIRST,
    SECOND_DOCUMENT,
    YAML_DIRECTIVE,
    TOO_DEEP,
    UNREADABLE,
    DUPLICATE_KEY,
    TAG,
    ANCHOR,
    ALIAS,
    MERGE_KEY,
    KEY_NOT_TEXT,
    NO_VALUE,
    COMMA_IN_TEXT,
    MAPPING_IN_CELL,
    DASH_FOR_ANY,
    COMPARISON_SIGN,
    CUT_TEXT,
    CUT_TEST,
    COLON_IN_TEXT,
    UNCLOSED_QUOTE,
    TEXT_AFTER_QUOTE,
    UNCLOSED_BRACKET,
    STRAY_BRACKET,
    TEXT_AFTER_BRACKET,
    MISSING_COMMA,
    STRAY_COMMA,
    UNKNOWN_ESCAPE,
    WRONG_INDENTATION,
    TAB,
    ODD_SPACE,
    CURLY_QUOTES,
    NO_BLANK,
    LINE_WITHOUT_KEY,
    SIGN_FIRST,
)
