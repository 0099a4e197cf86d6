"""Register files are read, what is wrong with them is said, and computed fields look them up."""

from decimal import Decimal

import pytest

from policyengine import load
from policyengine.loading import read_set

TASK = """\
vocabulary: task
subject: {id: task.name}
fields:
  task.name: {type: choice, values: [advice, complaint, reorder]}
  task.nature: {type: choice, values: [sales, counselling], optional: true}
  task.time: {type: duration, unit: min, optional: true}
"""
TASKS = """\
register: tasks
about: task
columns: [task.name, task.nature, task.time]
rows:
  - [advice, sales, 12 min]
  - [complaint, missing, 5 min]
"""
CALL = """\
vocabulary: call
subject: {sees: [contact]}
fields:
  call.task: {type: choice, values: [advice, complaint, reorder], optional: true}
  call.nature: {type: choice, values: [sales, counselling], computed: {lookup: {in: tasks, key: call.task, take: task.nature}}}
  call.time: {type: duration, computed: {lookup: {in: tasks, key: call.task, take: task.time}}}
  call.queue: {type: text, optional: true}
"""
QUEUE = """\
policy: queue
about: call
decides: call.queue
rules:
  - {rule: selling, when: {call.nature: sales}, then: orders}
  - {rule: not in the list, when: {call.nature.refused: not_listed}, then: desk}
  - {rule: long, when: {call.time: at least 5 min}, then: care}
  - otherwise: missing
"""
FILES = {
    "vocabulary/task.yaml": TASK,
    "vocabulary/call.yaml": CALL,
    "registers/tasks.yaml": TASKS,
    "house/queue.yaml": QUEUE,
}


def _found(overlay, **changed):
    files = dict(FILES)
    for name, (old, new) in changed.items():
        path = next(path for path in files if path.endswith(f"/{name}.yaml"))
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    return [
        (finding.code.id, finding.message, finding.hint) for finding in read_set(overlay(files))[1]
    ]


def test_a_register_holds_typed_cells_in_the_order_of_its_rows(overlay):
    register = load(overlay(FILES)).definitions.registers["tasks"]
    assert register.about == "task"
    assert [row.cells for row in register.rows] == [
        ("advice", "sales", Decimal(720)),
        ("complaint", None, Decimal(300)),
    ]
    assert register.rows[1].span.line == 6


@pytest.mark.parametrize(
    ("task", "rule", "facts"),
    [
        ("advice", "selling", {"call.nature": "sales"}),
        ("complaint", "long", {"call.nature": None, "call.time": Decimal(300)}),
        ("reorder", "not in the list", {"call.nature": None, "call.nature.refused": "not_listed"}),
        (None, None, {"call.nature": None, "call.time": None}),
    ],
)
def test_a_look_up_gives_the_cell_of_its_key(overlay, task, rule, facts):
    decision = load(overlay(FILES)).decide({"about": "call", "call.task": task})
    assert decision.outcomes["queue"].rules == (() if rule is None else (rule,))
    assert {name: decision.facts[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"tasks": ("task.nature, task.time", "task.natur, task.time")},
            ("PE201", "unknown field `task.natur`", "did you mean `task.nature`?"),
        ),
        (
            {"tasks": ("12 min", "12 kg")},
            ("PE250", "expected a duration in ms, s, min, h, d or week, found `12 kg`", ""),
        ),
        (
            {"tasks": ("[complaint", "[complant")},
            (
                "PE230",
                "expected a choice of `advice`, `complaint`, `reorder`, found `complant`",
                "did you mean `complaint`?",
            ),
        ),
        (
            {"tasks": ("[complaint", "[advice")},
            ("PE291", "`advice` is listed twice", "join the two rows"),
        ),
        (
            {"tasks": ("[complaint", "[missing")},
            (
                "PE291",
                "the first cell is the key of the row: it cannot be missing",
                "write a `task.name`",
            ),
        ),
        (
            {"tasks": ("sales, 12 min", "sales")},
            (
                "PE117",
                "the row has 2 cells, the table 3 columns",
                "write one cell for each of `task.name`, `task.nature`, `task.time`",
            ),
        ),
        (
            {"tasks": ("about: task", "about: tasks")},
            ("PE206", "unknown subject `tasks`", "did you mean `task`?"),
        ),
        (
            {"tasks": ("task.nature, task.time", "task.nature, contact.day")},
            (
                "PE202",
                "a task does not see `contact.day`: it belongs to contact",
                "add `contact` to `sees` in the vocabulary `task`",
            ),
        ),
        (
            {"tasks": ("task.name, task.nature", "task.nature, task.name")},
            (
                "PE290",
                (
                    "the rows are tasks, told apart by `task.name`: expected that as the first column, "
                    "found `task.nature`"
                ),
                "put `task.name` first",
            ),
        ),
    ],
)
def test_a_mistake_in_a_register_is_said_at_its_place_and_nowhere_else(overlay, changed, expected):
    assert expected in _found(overlay, **changed)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"call": ("in: tasks", "in: task")},
            ("PE222", "unknown register `task`", "did you mean `tasks`?"),
        ),
        (
            {"call": ("take: task.nature", "take: task.natur")},
            (
                "PE222",
                "the register `tasks` has no column `task.natur`",
                "did you mean `task.nature`?",
            ),
        ),
        (
            {"call": ("key: call.task", "key: contact.day")},
            (
                "PE222",
                (
                    "the key `task.name` is a choice of `advice`, `complaint`, `reorder`, and "
                    "`contact.day` is a date"
                ),
                "name a fact of the same type",
            ),
        ),
        (
            {"call": ("values: [sales, counselling]", "values: [sales, advice]")},
            (
                "PE222",
                (
                    "`task.nature` is a choice of `sales`, `counselling`: expected a choice of "
                    "`sales`, `advice`"
                ),
                "give the field the same type",
            ),
        ),
        (
            {"call": (", take: task.nature", "")},
            (
                "PE222",
                "`lookup` needs `take`",
                "write `lookup: {in: …, key: …, take: …}`",
            ),
        ),
    ],
)
def test_a_look_up_that_does_not_fit_is_refused(overlay, changed, expected):
    assert _found(overlay, **changed) == [expected]


def test_a_broken_register_is_said_once(overlay):
    found = _found(overlay, tasks=("[complaint", "[advice"))
    assert [code for code, _, _ in found] == ["PE291"]


def test_two_registers_of_one_name_are_refused(overlay):
    again = TASKS.replace("about: task\n", "")
    found = read_set(overlay({**FILES, "registers/z.yaml": again}))[1]
    assert [finding.message for finding in found] == ["two registers are called `tasks`"]


def test_a_list_of_subjects_gives_nothing_that_a_policy_decides_unless_what_comes_in_wins(overlay):
    deciding = QUEUE.replace("about: call", "about: task").replace("call.queue", "task.queue")
    deciding = deciding.replace("call.", "task.").replace("{task.nature: sales}", "{}")
    lines = [line for line in deciding.splitlines() if "refused" not in line]
    files = {
        "vocabulary/task.yaml": TASK + "  task.queue: {type: text, optional: true}\n",
        "registers/tasks.yaml": "register: tasks\nabout: task\ncolumns: [task.name, task.queue]\n"
        "rows: [[advice, desk]]\n",
        "house/queue.yaml": "\n".join(lines).replace(", when: {}", "") + "\n",
    }
    (found,) = read_set(overlay(files))[1]
    assert str(found) == (
        "registers/tasks.yaml:3:22: error: `task.queue` is decided by `queue`, so no row can give it "
        "[PE290]"
    )
    files["house/queue.yaml"] = files["house/queue.yaml"].replace(
        "about: task", "about: task\ngiven: wins"
    )
    assert read_set(overlay(files))[1] == ()


def test_a_register_may_hold_what_a_look_up_takes_from_it(overlay):
    """The field that is computed gives its column the type."""
    contact = "registers/flows.yaml"
    flows = (
        "register: flows\ncolumns: [call.reason, call.flow]\nrows: [[lost card, block-a-card]]\n"
    )
    call = """\
vocabulary: call
fields:
  call.reason: {type: text}
  call.flow: {type: text, computed: {lookup: {in: flows, key: call.reason, take: call.flow}}}
"""
    assert read_set(overlay({contact: flows, "vocabulary/call.yaml": call}))[1] == ()


def test_a_register_cannot_list_a_set_as_its_key(overlay):
    sets = "register: wishes\ncolumns: [customer.needs, customer.tier]\nrows: [[price, gold]]\n"
    (found,) = read_set(overlay({"registers/wishes.yaml": sets}))[1]
    assert found.message == "the first column is the key, and `customer.needs` is a set"
