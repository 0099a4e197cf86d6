"""What documents show: their blocks, and what our commands and programs really print."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)( fragment)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text, language):
    """Yield each block of *language*, and all that stands before it."""
    for found in BLOCK.finditer(text):
        if found[1] == language and not found[2]:
            yield found[3], text[: found.start()]


def line_before(before):
    """Return the last line of text before a block."""
    lines = before.rstrip().splitlines()
    return lines[-1] if lines else ""


def file_before(before):
    """Return the file that the line before a block names last, or nothing."""
    named = re.findall(r"`([\w./-]+\.(?:yaml|jsonl|json|csv))`", line_before(before))
    return named[-1] if named else None


def run_command(command, folder=ROOT):
    """Return what one of our commands prints in *folder*; `< FILE` is its standard input."""
    words = shlex.split(command)
    assert words[0] == "policyengine", "documents show our own commands"
    read = b""
    if "<" in words:
        read = (folder / words.pop()).read_bytes()
        words.pop()
    environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-m", "policyengine", *words[1:]],
        capture_output=True,
        cwd=folder,
        env={**environ, "PYTHONPATH": str(ROOT)},
        check=False,
        input=read,
    )
    assert run.returncode in (0, 1), run.stderr.decode()
    return _lines(run.stdout.decode())


def run_program(program, folder=ROOT):
    """Return what the Python *program* prints in *folder*."""
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return _lines(run.stdout.decode())


def _lines(text):
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n") if text.strip())


def console_shows(block, folder=ROOT):
    """Return the console *block* with what its commands print.

    A line that ends in `…` is shown as far as that. A line of nothing else stands for all lines
    up to the one shown after it, and at the end for the rest.
    """
    shown = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, before = part.partition("\n")
        printed = run_command(command, folder).splitlines()
        expected = before.rstrip("\n").splitlines()
        for place, line in enumerate(expected[: len(printed)]):
            if line == "…":
                after = next(iter(expected[place + 1 :]), None)
                there = [at for at in range(place + 1, len(printed)) if printed[at] == after]
                printed[place : there[0] if there else len(printed)] = ["…"]
            elif line.endswith("…"):
                printed[place] = printed[place][: len(line) - 1] + "…"
        gap = before[len(before.rstrip("\n")) + 1 :]
        shown.append("".join(f"{line}\n" for line in (f"$ {command}", *printed)) + gap)
    return "".join(shown)
