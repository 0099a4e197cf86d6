"""The walk over regions: complete tables are proved quickly, and what took too much is said."""

from time import perf_counter

import pytest
from bench.complete import complete

from policyengine import load
from policyengine.analysis import PROOFS, gaps, walk
from policyengine.analysis.periods import Periods


def _written(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return load(folder).definitions


def _found(definitions):
    periods = Periods(definitions)
    return [finding for proof in PROOFS for finding in proof(definitions, periods)]


def test_a_complete_table_has_nothing_to_find(tmp_path):
    assert _found(_written(tmp_path, complete(120, 8))) == []


def test_a_rule_less_is_one_gap_and_its_row_is_the_rule(tmp_path):
    files = complete(120, 8)
    lines = files["bench.yaml"].splitlines()
    at = next(n for n, line in enumerate(lines) if "rule: r60," in line)
    block = lines.pop(at).partition("when: {")[2].partition("}")[0]
    [gap] = _found(_written(tmp_path, {**files, "bench.yaml": "\n".join(lines) + "\n"}))
    assert gap.code.id == "PE300"
    words = gap.message.partition("for `")[2].rstrip("`")
    assert {part.split(":")[0] for part in words.split(", ")} == {
        part.split(":")[0] for part in block.split(", ")
    }


def test_past_its_budget_a_question_is_not_decided(tmp_path, monkeypatch):
    definitions = _written(tmp_path, complete(60, 8))
    monkeypatch.setattr(gaps, "Budget", lambda: walk.Budget(10))
    found = _found(definitions)
    assert [finding.code.id for finding in found] == ["PE309"]
    assert "not decided after" in found[0].message


@pytest.mark.slow
@pytest.mark.parametrize(("size", "columns", "most"), [(1000, 12, 1.0), (10_000, 7, 10.0)])
def test_large_complete_tables_are_proved_in_time(tmp_path, size, columns, most):
    definitions = _written(tmp_path, complete(size, columns, values=6))
    begun = perf_counter()
    assert _found(definitions) == []
    assert perf_counter() - begun < most
