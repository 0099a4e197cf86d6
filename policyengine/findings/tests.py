"""Codes of tests of a field that cannot be read (PE230 to PE299)."""

from policyengine.findings.values import VALUE_CODES, example_code

SYMBOL = example_code(
    "PE232",
    "symbol in place of a word",
    "Symbols such as `>` and `!` have meanings of their own in YAML, where they can swallow the value. "
    "Words cannot be misread.",
    ("queue.wait: <= 2 min", "queue.wait: at most 2 min"),
)
LISTED_WITH_COMMAS = example_code(
    "PE233",
    "values with a comma or a slash between",
    "A comma could mean `or` and could mean `and`. Say which.",
    ("customer.tier: gold, silver", "customer.tier: gold or silver"),
)
JOINED_BY_AND = example_code(
    "PE234",
    "values joined by `and`",
    "A field has one value at a time, so it is never two at once.",
    ("contact.channel: phone and chat", "contact.channel: phone or chat"),
)
RANGE_SPELLING = example_code(
    "PE235",
    "range in another spelling",
    "A hyphen is also a minus and part of names. A range has two dots, and says whether its end is included.",
    ("contact.previous_contacts: 5-10", "contact.previous_contacts: 5..10"),
)
OTHER_WORDS = example_code(
    "PE236",
    "test in other words",
    "There is one wording for each test, so that people and searches find every place that says it.",
    ("contact.previous_contacts: more than 5", "contact.previous_contacts: over 5"),
)
RANGE_BRACKETS = example_code(
    "PE237",
    "range in brackets",
    "Brackets are lists in YAML. Whether an end is included is said by two dots and `<`.",
    ('contact.previous_contacts: "[5..10)"', "contact.previous_contacts: 5..<10"),
)
OTHER_WORD_FOR_MISSING = example_code(
    "PE243",
    "another word for missing",
    "A fact that is not there is called `missing`, everywhere.",
    ("customer.type: unknown", "customer.type: missing"),
)
EMPTY_ELSEWHERE = example_code(
    "PE244",
    "`empty` asked of what is no set",
    "Only a set can be empty. Any other fact is there, or it is missing.",
    ("customer.type: empty", "customer.type: missing"),
)
DASH_FOR_ANY = example_code(
    "PE245",
    "dash or star for `any`",
    "A dash starts a list in YAML and a star points to another place. `any` says it in a word.",
    ('contact.channel: "-"', "contact.channel: any"),
)
NOT_BEFORE_SEVERAL = example_code(
    "PE247",
    "`not` before several values",
    "`not a or b` can be read in two ways, and they treat different customers.",
    ("contact.channel: not phone or chat", "contact.channel: neither phone nor chat"),
)
NOT_BEFORE_LIST = example_code(
    "PE248",
    "`not` before a list",
    "A list means one of these; what is meant by its opposite is said with `neither` and `nor`.",
    ("contact.channel: not [phone, chat]", "contact.channel: neither phone nor chat"),
)
EQUATION = example_code(
    "PE249",
    "field named again in its test",
    "The field stands before the colon. After it stands only what is asked of it.",
    ("customer.tier: customer.tier = gold", "customer.tier: gold"),
)
UNKNOWN_OPERAND = example_code(
    "PE260",
    "compared with an unknown field",
    "A field that no vocabulary declares has no value, so the comparison would never hold.",
    ("queue.wait: over contact.promised_wiat", "queue.wait: over contact.promised_wait"),
)
OPERAND_OF_ANOTHER_TYPE = example_code(
    "PE261",
    "compared with a field of another type",
    "Minutes cannot be compared with pieces, nor euros with kilos. Nothing is converted.",
    ("queue.wait: over contact.previous_contacts", "queue.wait: over contact.promised_wait"),
)
NO_ORDER = example_code(
    "PE262",
    "bound on values without an order",
    "More and less make sense only where values go from least to most.",
    ("customer.type: at least value_driven", "customer.type: value_driven"),
)
MISPLACED_AND = example_code(
    "PE263",
    "`and` that joins no lower and upper bound",
    "`and` makes a range of a lower and an upper bound. With anything else it can be read in several ways.",
    ("queue.wait: over 2 min and over 5 min", "queue.wait: over 2 min and under 5 min"),
)
EMPTY_RANGE = example_code(
    "PE264",
    "range that holds nothing",
    "The end lies before the start, so no value is in the range and the rule would never hold.",
    ("contact.previous_contacts: 10..5", "contact.previous_contacts: 5..10"),
)
TEST_OF_ANOTHER_TYPE = example_code(
    "PE265",
    "test that does not fit the type",
    "Sets, texts and numbers are asked different things.",
    ("contact.channel: contains phone", "contact.channel: phone"),
)
PATTERN = example_code(
    "PE266",
    "pattern that is too clever",
    "Patterns are kept simple, so that they are read by people, always quick, and safe on any text.",
    (r"contact.product: 'matches /(\w+-)+\d/'", r"contact.product: 'matches /\w+-\d/'"),
)
NOT_BEFORE_TEST = example_code(
    "PE267",
    "`not` where another word says it",
    "The opposite of a bound is the other bound, and the opposite of missing is present.",
    ("contact.spoken: not missing", "contact.spoken: present"),
)
UNFINISHED = example_code(
    "PE268",
    "unfinished test",
    "The test stops before it says what it asks for, so nobody can tell when it holds.",
    ("customer.tier: silver or", "customer.tier: silver or gold"),
)
BARE_ITEM = example_code(
    "PE295",
    "item without `has`",
    "A set can hold several items, so a test says whether it has one of them, all, or none.",
    ("customer.needs: price", "customer.needs: has price"),
)
OR_INSIDE_TEXT = example_code(
    "PE296",
    "`or` inside a text",
    "A text is taken as it stands, so this asks for one text with the word `or` in it.",
    ("contact.product: broadband or television", "contact.product: [broadband, television]"),
    severity="warning",
)
FIELD_AS_TEXT = example_code(
    "PE297",
    "field's name where a text is expected",
    "A text is taken as it stands, so this would compare with the name of the field and not with its value.",
    ("contact.product: customer.name", "contact.product: same as customer.name"),
)
NEITHER_WITHOUT_NOR = example_code(
    "PE298",
    "`neither` without `nor`",
    "`neither` goes with `nor` between its values; with one value the word is `not`.",
    ("contact.channel: neither phone or chat", "contact.channel: neither phone nor chat"),
)
ANY_WITH_OTHERS = example_code(
    "PE299",
    "`any` or `present` beside other tests",
    "Beside `any` or `present` the other values say nothing, so one of the two was not meant.",
    ("customer.tier: present or gold", "customer.tier: present"),
)

TEST_CODES = (
    *VALUE_CODES,
    SYMBOL,
    LISTED_WITH_COMMAS,
    JOINED_BY_AND,
    RANGE_SPELLING,
    OTHER_WORDS,
    RANGE_BRACKETS,
    OTHER_WORD_FOR_MISSING,
    EMPTY_ELSEWHERE,
    DASH_FOR_ANY,
    NOT_BEFORE_SEVERAL,
    NOT_BEFORE_LIST,
    EQUATION,
    UNKNOWN_OPERAND,
    OPERAND_OF_ANOTHER_TYPE,
    NO_ORDER,
    MISPLACED_AND,
    EMPTY_RANGE,
    TEST_OF_ANOTHER_TYPE,
    PATTERN,
    NOT_BEFORE_TEST,
    UNFINISHED,
    BARE_ITEM,
    OR_INSIDE_TEXT,
    FIELD_AS_TEXT,
    NEITHER_WITHOUT_NOR,
    ANY_WITH_OTHERS,
)
