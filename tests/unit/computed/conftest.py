"""A policy set that asks computed fields, so that they are tested as policies see them."""

import shutil
from pathlib import Path

import pytest

from policyengine import load

BASE = Path(__file__).parents[2] / "golden" / "base"


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    """Return a function that loads *fields*, of which each computed one is asked, and decides."""

    def loaded(fields: str):
        folder = tmp_path_factory.mktemp("set") / "policies"
        shutil.copytree(BASE, folder)
        (folder / "vocabulary" / "example.yaml").write_text(_vocabulary(fields), encoding="utf-8")
        (folder / "house" / "example.yaml").write_text(_policy(fields), encoding="utf-8")
        policies = load(folder)

        def facts(**context):
            named = {name.replace("__", "."): value for name, value in context.items()}
            decision = policies.decide({"about": "example", **named})
            assert not decision.problems
            return dict(decision.facts)

        return facts

    return loaded


def _vocabulary(fields: str) -> str:
    lines = "".join(f"  {line}\n" for line in fields.strip().splitlines())
    asked = "  example.asked: {type: set, values: [it], optional: true}\n"
    return f"vocabulary: example\nsubject: {{sees: []}}\nfields:\n{lines}{asked}"


def _policy(fields: str) -> str:
    names = [line.split(":")[0] for line in fields.strip().splitlines() if "computed:" in line]
    rules = "".join(
        f"  - {{rule: asks {name}, when: {{{name}: present}}, then: it}}\n" for name in names
    )
    head = "policy: example\nabout: example\ndecides: example.asked\nhit: collect\nrules:\n"
    return f"{head}{rules}  - otherwise: missing\n"
