"""What is said of a file of the wrong shape: where, in which words, and once."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyengine.document import Mapping, Scalar, Sequence
from policyengine.findings.shape import SHAPE_CODES
from policyengine.schema import (
    HEADS,
    check_plan,
    check_shape,
    find_head,
    read_schema,
    shape_of,
    shipped_folder,
)
from policyengine.source import Source

SCHEMAS = shipped_folder("schemas")
ROOT = Path(__file__).parents[2]
SHAPES = {head: shape_of(read_schema(SCHEMAS / f"{head}.schema.json")) for head in HEADS}
KINDS = {
    path.name.removesuffix(".schema.json"): shape_of(read_schema(path))
    for path in (SCHEMAS / "plans").iterdir()
}
GOLDEN = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted((ROOT / "tests/golden/shape").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _node(text):
    source = Source("example.yaml", text)

    def read(part):
        span = source.span(part.start_mark.index, part.end_mark.index)
        if isinstance(part, yaml.ScalarNode):
            return Scalar(part.value, span, part.style in {"'", '"'})
        if isinstance(part, yaml.SequenceNode):
            return Sequence(tuple(read(item) for item in part.value), span)
        return Mapping(tuple((read(key), read(value)) for key, value in part.value), span)

    return read(yaml.compose(text))


def _check(text):
    node = _node(text)
    head = find_head(node)
    if not isinstance(head, str):
        return [head]
    found = check_shape(node, head, SHAPES[head])
    kind = node.get("kind")
    plans = node.get("plans")
    if found or kind is None or kind.text not in KINDS or plans is None:
        return found
    return [
        finding
        for name, plan in plans.entries
        for finding in check_plan(plan, node, kind.text, KINDS[kind.text], name=name)
    ]


def _lines(text):
    return [
        f"{one.span.line}:{one.span.column} {one.code.id} {one.message} => {one.hint}"
        for one in sorted(_check(text), key=lambda one: one.place)
    ]


@pytest.mark.parametrize("case", GOLDEN)
def test_a_mistake_is_said_at_its_place_with_a_way_out(case):
    assert _lines(case["file"]) == case["finds"]


OTHERS = ("PE142", "PE190")  # said by those who read the whole set
OWN = [
    pytest.param(code, id=code.id)
    for code in SHAPE_CODES
    if code.file.endswith(".yaml") and code.id not in OTHERS
]


@pytest.mark.parametrize("code", OWN)
def test_the_bad_example_of_a_code_gives_it_alone_and_the_good_one_nothing(code):
    assert [finding.code.id for finding in _check(code.bad)] == [code.id]
    assert _check(code.good) == []


def test_messages_are_in_the_words_of_the_house():
    for case in GOLDEN:
        for line in case.values[0]["finds"]:
            said = line.partition(" PE")[2][4:]
            message, _, hint = said.partition(" => ")
            assert message[0] == "`" or message[0].islower()
            assert not message.endswith(".")
            assert not hint.endswith(".")
            assert "schema" not in message
            assert "schema" not in hint


LANGUAGE = {
    "policyset": """\
policyset: customer-service
version: 1.4.0
zone: Europe/Amsterdam
languages: [en, nl]
default_about: contact
precedence: [mandate, contingency, strategy, account, preference, tier, type, service, house]
kinds:
  segment_treatment: {layer: type}
  risk_contingency:  {layer: contingency}
roles: [customer-care, planning]
moments: [before_answer, during, after]
house:
  regular_from: {type: integer, value: 6}
  strategy:
    type: choice
    values: [segment_by_value, one_size_fits_all]
    dated:
      - {value: one_size_fits_all, from: 2026-01-01, through: 2026-12-31}
      - {value: segment_by_value,  from: 2027-01-01}
guarantees:
  - complete: {about: contact, kind: service_funnel}
""",
    "site": "policyset: north\nextends: ../house\n",
    "vocabulary": """\
vocabulary: contact
subject: {id: contact.id, at: contact.at, sees: [customer, operation]}
fields:
  contact.channel:   {type: choice, values: [phone, email]}
  contact.weekday:   {type: choice, computed: {weekday: contact.at}}
  customer.known:    {type: boolean, default: false}
  customer.tier:     {type: choice, values: [none, red, silver], ordered: true, optional: true}
  customer.needs:    {type: set, values: [price, speed], default: []}
  customer.annual_value: {type: money, unit: EUR, min: 0, known_when: {contact.channel: phone}}
  queue.wait:        {type: duration, unit: s, min: 0, sensitive: true, fixed: true, cost: 2.5}
  queue.wait_p90:    {type: duration, computed: {position_wait: {quantile: p90, ahead: queue.ahead}}}
  step.three:        {type: number, computed: {sum: [step.one, step.two]}}
directives:
  channel:  {type: choice, values: [phone, email]}
  max_wait: {type: duration, combine: min, tighter: lower}
conditions:
  a regular: {customer.purchases_12m: at least house.regular_from}
impossible:
  - {customer.known: false, customer.name: present}
""",
    "policy": """\
policy: segment-treatment
kind: segment_treatment
layer: type
title: How each kind of customer is treated
about: contact
owner: customer-care
hit: first
effective: {from: 2026-12-01}
plans:
  price-advice:
    title: A live adviser who finds the best price
    directives:
      channel: {fact: customer.preferred_channel, else: email}
      skills: [best_price]
      max_wait: 2 min
      announce_wait: {fact: queue.wait_p90}
      say: {en: "About {queue.wait_p90}.", nl: "Ongeveer {queue.wait_p90}."}
    details: {objective: repeat_purchases, cost_per_contact: 4.20 EUR}
    basis: {A02: skills, local: [max_wait]}
rules:
  - rule: value-driven
    when:
      customer.type: value_driven
      order.value: at least 50 EUR
      is: a regular
      not: {is: [a regular, a club member]}
      any:
        - queue.wait: over 2 min
        - history.contacts_30d: 3..
    unless: {contact.requested_channel: phone}
    then: price-advice
    because: Value-driven customers answer best by e-mail or chat.
    effective: {from: 2026-12-01, through: 2026-12-31}
  - otherwise: none
    because: No segment is better than a wrong one.
guarantees:
  - complete
  - exclusive
  - independent_of: [customer.tier]
  - monotone: {directive: max_wait, along: customer.tier, never: rises}
  - always: {when: {incident.type: present}, then: {plan: personal-safety}}
    because: No edit may take the plan away that the law asks for.
  - never:  {when: {customer.known: false}, then: {directive.queue: gold}}
  - while: {house.strategy: one_size_fits_all}
    independent_of: [customer.tier, customer.annual_value]
""",
    "table": """\
policy: complaints
kind: task_allocation
plans: {priority-callback: {title: Call back at once}, standard: {title: As usual}}
table:
  columns: [rule, customer.tier, contact.reason, queue.wait, then]
  rows:
    - [gold waits, gold, complaint, over 2 min, priority-callback]
    - [others,     [red, silver],  complaint, any,        standard]
  otherwise: standard
  because: Nobody is forgotten.
""",
    "score": """\
policy: customer-type
title: Which of the four kinds of customer is this?
decides: customer.type
hit: score
needs: 2
lead: 1
rules:
  - rule: buys on discount
    when: {history.discount_share: at least 50%}
    points: {value_driven: 3, service_oriented: -1}
    because: More than half of what they buy is on discount.
  - otherwise: unsegmented
""",
    "several fields": """\
policy: both
decides: [customer.type, customer.tier]
given: wins
rules:
  - {rule: one, then: {customer.type: value_driven}}
""",
    "surge": """\
policy: surge
kind: capacity_plan
layer: contingency
about: operation
plans:
  callbacks:
    title: Offer a call-back and move two people from e-mail
    owner: planning
    alternate: duty-manager
    activate:   {when: {operation.wait: over 120 s}, for: 5 min, by: planning}
    stand_down: {when: {operation.wait: under 60 s}, for: 3 samples, by: planning}
    min_active: 20 min
    cooldown: 15 min
    escalate: [{after: 15 min, to: duty-manager}]
    stale_after: 30 min
    group: phone-load
    actions: [{step: Switch it on, role: team-leader, within: 5 min, channel: phone}]
    communicate: {whom: [team-leaders], within: 10 min}
    applies: {contact.task: reservation or missing}
    directives: {add_agents: 2}
""",
    "risk": """\
policy: risk-plans
kind: risk_contingency
about: operation
plans:
  safety-recall:
    title: Everybody affected is told what to do
    owner: safety-officer
    alternate: duty-manager
    mandate: {citation: "Directive 2001/95/EC, article 5"}
    activate:   {when: {incident.type: recall}, for: 0}
    stand_down: {when: {incident.type: missing}, for: 1 h, by: safety-officer}
    actions: [{step: Open the recall line, role: team-leader, within: 10 min}]
    communicate: {whom: [team-leader], within: 10 min}
    review_by: 2027-06-30
    details: {consequence: personal_safety}
    directives: {queue: recall}
""",
    "measure": """\
policy: email-reply-time
kind: metrics
measure:
  field: email.reply_time
  better: lower
  target: 3 h
  acceptable: 5 h
  window: 1 month
  n: email.answered
  at_least: 30
  counts: from arrival to first answer, working hours
  review_by: 2027-01-31
applies: {touchpoint.channel: email}
plans:
  check-often: {title: Check every two hours, due: 2 weeks, directives: {check_every: 2 h}}
on_breach:
  - {rule: small firm, when: {business.size: small}, then: check-often, because: Everyone answers.}
""",
    "about plans": """\
policy: what-a-plan-must-say
about: plan
hit: collect
plans:
  too-slow: {severity: error, say: the worst case misses the target}
rules:
  - rule: feasible
    when: {plan.worst_case: over plan.measure.target}
    then: too-slow
""",
    "suite": """\
suite: tiers and funnel
about: contact
policy: tier-treatment
given: {contact.at: 2026-12-03T09:12:00+01:00}
house: {strategy: segment_by_value}
cases:
  - case: gold gets its own line
    covers: [C04]
    given: {customer.known: true, customer.miles: 60000}
    assume: {customer.type: value_driven}
    on: 2027-01-01
    expect:
      status: decided
      facts: {customer.tier: gold, customer.needs: []}
      plans: {tier-treatment: [gold], work-in-progress: none}
      rules: {customer-type: [buys on discount]}
      reasons: {customer-type: matched}
      treatment: {queue: gold, max_wait: at most 20 s, extras: missing}
      from: {queue: "tier-treatment:gold"}
      overridden: {queue: ["personal-service:in-time"]}
      withheld: []
      missing: [customer.miles]
      problems: [customer.type]
      why_not: {plan: "tier-treatment:concierge", rule: concierge, failed: [customer.income]}
      nearest: {plan: "tier-treatment:concierge", set: {customer.income: 20000 EUR}}
      sums: {customer-type: {value_driven: 5}}
      same_as: another case
    because: Gold members have their own line.
  - case: the boundaries
    given: {customer.known: true}
    table:
      columns: [customer.miles, expect facts.customer.tier]
      rows:
        - [49999, silver]
        - [missing, none]
""",
    "input": """\
input: bank-calls
about: contact
format: csv
id: [vru_line, call_id]
missing: ["", "NULL", "?"]
columns:
  q_time:   {field: queue.wait, unit: s}
  priority: {field: customer.tier, values: {0: none, 1: silver}}
  type:     {field: contact.reason, values: {PS: account}, other: missing}
constants: {contact.channel: phone}
combine:
  contact.at: {date: date, time: vru_entry, format: "%Y-%m-%d %H:%M:%S", zone: Asia/Jerusalem}
ignore: rest
""",
    "register": "register: tasks\nabout: task\ncolumns: [task.name, task.nature]\nrows: [[a, b]]\n",
    "calendar": """\
calendar: desk
zone: Europe/Amsterdam
open: {mon..sat: 08:00..<22:00, sun: [10:00..<12:00, 13:00..<18:00]}
exceptions: {2026-12-25: closed}
""",
    "source": "source: types\nstatements: {A02: The best price comes first.}\n",
}


@pytest.mark.parametrize("name", LANGUAGE)
def test_what_the_language_shows_is_accepted(name):
    assert _lines(LANGUAGE[name]) == []


def _typed(node):
    """Return *node* as an editor sees it: scalars typed as YAML 1.2 types them."""
    if isinstance(node, Sequence):
        return [_typed(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: _typed(value) for key, value in node.entries}
    if not node.quoted and node.text in {"true", "false"}:
        return node.text == "true"
    for read in (int, float):
        try:
            return node.text if node.quoted or "_" in node.text else read(node.text)
        except ValueError:
            continue
    return node.text


@pytest.mark.parametrize("name", LANGUAGE)
def test_editors_that_type_scalars_accept_it_too(name):
    node = _node(LANGUAGE[name])
    schema = read_schema(SCHEMAS / f"{node.entries[0][0].text}.schema.json")
    assert list(Draft202012Validator(schema).iter_errors(_typed(node))) == []


def test_editors_refuse_an_empty_value_everywhere():
    schema = read_schema(SCHEMAS / "policy.schema.json")
    typed = _typed(_node(LANGUAGE["policy"]))

    def emptied(part):
        if isinstance(part, dict):
            for key, value in part.items():
                yield {**part, key: None}
                yield from ({**part, key: other} for other in emptied(value))
        elif isinstance(part, list):
            for at, value in enumerate(part):
                yield from (
                    [*part[:at], other, *part[at + 1 :]] for other in (None, *emptied(value))
                )

    validator = Draft202012Validator(schema)
    assert all(not validator.is_valid(text) for text in emptied(typed))


def test_a_finding_names_its_policy_and_rule():
    text = "policy: p\ndecides: a.b\nrules:\n  - {rule: late, whem: {a.c: d}, then: e}\n"
    (finding,) = _check(text)
    assert (finding.policy, finding.rule) == ("p", "late")


def test_the_key_that_rules_another_out_is_shown_too():
    text = "policy: p\ndecides: a.b\nrules: [{rule: x, then: y}]\nplans: {z: {title: Z}}\n"
    (finding,) = _check(text)
    assert finding.span.text == "plans"
    assert [place.span.text for place in finding.related] == ["decides"]


def test_what_the_head_of_a_policy_lacks_is_said_once():
    schema = {
        "type": "object",
        "properties": {"title": {"title": "Title"}},
        "$defs": {"policy": {"type": "object", "required": ["owner"]}},
    }
    node = _node("policy: p\nplans:\n  a: {title: A}\n  b: {title: B}\n")
    found = [
        finding
        for name, plan in node.get("plans").entries
        for finding in check_plan(plan, node, "any", shape_of(schema), name=name)
    ]
    assert [(one.code.id, one.message, one.span.line) for one in found] == [
        ("PE120", "missing `owner`", 1)
    ]


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ({"type": "integer", "minimum": 2}, "1", "expected at least `2`, found `1`"),
        (
            {"type": "number", "exclusiveMaximum": 1},
            "1.0",
            "expected under `1`, found `1.0`",
        ),
        ({"type": "integer"}, "two", "expected one value under `due`, found `two`"),
        ({"enum": [1, True]}, "3", "unknown word `3` for `due`"),
        ({"const": 5}, "6", "unknown word `6` for `due`"),
        ({"maxLength": 2}, "long", "expected at most 2 characters under `due`, found `long`"),
        (
            {
                "anyOf": [
                    {"title": "Share", "type": "boolean"},
                    {"title": "Count", "type": "integer"},
                ]
            },
            "some",
            "expected one of `Share`, `Count` under `due`, found `some`",
        ),
        (
            {"title": "Other", "not": {}},
            "x",
            "`due` is not what its schema calls `Other`, found `x`",
        ),
    ],
)
def test_a_kind_of_a_user_may_ask_for_numbers_and_choices(schema, text, message):
    shape = shape_of({"properties": {"due": schema}})
    plan = _node(f"due: {text}\n")
    (finding,) = check_plan(plan, plan, "own", shape)
    assert finding.message == message


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "integer", "minimum": 2, "multipleOf": 2}, "4"),
        ({"type": "boolean"}, "true"),
        ({"enum": [1, 2]}, "2"),
        ({"x-type": "money"}, "4.20 EUR"),
        ({"x-type": "duration"}, "2 min"),
    ],
)
def test_texts_count_as_the_numbers_they_spell(schema, text):
    plan = _node(f"due: {text}\n")
    assert check_plan(plan, plan, "own", shape_of({"properties": {"due": schema}})) == []


_WORDS = (
    "policy kind plans rules rule when unless then otherwise any all not is table columns rows "
    "directives title measure hit score a.b x activate effective from suite cases"
)
_KEYS = st.sampled_from(_WORDS.split())
_TREES = st.recursive(
    st.sampled_from(["gold", "first", "", "1", "a.b", "over 2 min", "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(st.sampled_from(HEADS), st.dictionaries(_KEYS, _TREES, max_size=5))
def test_no_file_is_too_odd_to_be_spoken_of(head, rest):
    text = yaml.safe_dump({head: "x", **rest}, sort_keys=False)
    node = _node(text)
    for finding in check_shape(node, head, SHAPES[head]):
        assert finding.message
        assert "\n" not in finding.message
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
