"""What holds between files of the shipped house that no single policy can say."""

from pathlib import Path

import pytest

from policyengine import load

POLICIES = load(Path(__file__).parents[1] / "policies")
TASKS = POLICIES.definitions.registers["tasks"]
EACH_TASK = [dict(zip(TASKS.columns, row.cells, strict=True)) for row in TASKS.rows]


@pytest.mark.row("E33")
@pytest.mark.parametrize("task", EACH_TASK, ids=lambda task: task["task.name"])
def test_the_team_that_answers_for_a_task_is_the_team_that_does_it(task):
    known = {field: value for field, value in task.items() if value is not None}
    owner = POLICIES.decide({"about": "task", **known}).facts["task.assigned_to"]
    contact = {"contact.channel": "phone", "contact.task": task["task.name"]}
    assert POLICIES.decide(contact).treatment["performed_by"].value == owner
