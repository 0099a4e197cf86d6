"""The documents tell the truth: their examples are read, run and compared, their links resolve.

`pytest --update-golden` writes what commands and programs print into the pages, and the page of
all findings; the rest of a page is written by people.
"""

import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from shown import BLOCK, blocks, console_shows, file_before, line_before, run_program

from policyengine.analysis import check
from policyengine.cases import read_suites, run_suites
from policyengine.computed import CATALOGUE
from policyengine.document import read_document
from policyengine.findings.all_codes import ALL_CODES
from policyengine.loading import read_set
from policyengine.model import HitPolicy
from policyengine.reference import Reason
from policyengine.schema import read_kind_schema
from policyengine.source import Source
from policyengine.values import Kind

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
WRITTEN = [page for page in PAGES if page.name != "findings.md"]
PLAYED = ("for-managers.md", "embedding.md")
LANGUAGE = (DOCS / "language.md").read_text(encoding="utf-8")
REFUSED = "(refused)"


def _id(page):
    return page.name


def _place(page, before):
    return f"{page.name} line {before.count(chr(10)) + 2}"


def _examples():
    """Yield the whole files of the language page, each with the files above it in its section."""
    section, laid = "", {}
    for text, before in blocks(LANGUAGE, "yaml"):
        if (heading := re.findall(r"^##+ .*$", before, re.MULTILINE)[-1]) != section:
            section, laid = heading, {}
        name, is_refused = file_before(before), REFUSED in line_before(before)
        place = _place(DOCS / "language.md", before)
        yield pytest.param(name, {**laid, name: text}, is_refused, id=place)
        if not is_refused:
            laid[name] = text


@pytest.mark.parametrize(("name", "files", "is_refused"), list(_examples()))
def test_an_example_of_the_language_is_read_as_the_page_says(overlay, name, files, is_refused):
    assert name is not None, "the line before a whole file names it; else it is a `yaml fragment`"
    policies, findings = read_set(overlay(files))
    if is_refused:
        assert policies is None
        return
    assert findings == ()
    assert [found for found in check(policies) if found.severity != "info"] == []
    suites, findings = read_suites(policies)
    assert findings == ()
    assert run_suites(policies, suites).failures == ()


@pytest.mark.parametrize("page", WRITTEN, ids=_id)
def test_a_fragment_is_yaml_that_can_be_read(page):
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if found[2]:
            assert found[1] == "yaml"
            assert read_document(Source(page.name, found[3]))[1] == []


@pytest.mark.parametrize("page", WRITTEN, ids=_id)
def test_a_schema_of_a_kind_can_be_read(page):
    for text, before in blocks(page.read_text(encoding="utf-8"), "json"):
        name = file_before(before)
        assert name is not None
        assert name.startswith("schemas/plans/")
        assert read_kind_schema(name, text.encode()) == json.loads(text)


def _play(page, folder):
    """Return *page* as it would be if played in *folder*: files written, commands run."""
    text = page.read_text(encoding="utf-8")
    printed = None

    def played(found):
        nonlocal printed
        language, block, before = found[1], found[3], text[: found.start()]
        name = file_before(before)
        last, printed = printed, None
        match language:
            case "console":
                block = console_shows(block, folder)
            case "python":
                printed = run_program(block, folder)
            case "text" if last is not None:
                block = last
            case _ if name is not None and not found[2]:
                _write(folder, name, block, is_refused=REFUSED in line_before(before))
        return f"```{language}{found[2] or ''}\n{block}```"

    return BLOCK.sub(played, text)


def _write(folder, name, block, *, is_refused):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block, encoding="utf-8")
    if path.suffix == ".yaml":
        policies, findings = read_set(folder / Path(name).parts[0])
        assert (policies is None) is is_refused, [str(finding) for finding in findings]


@pytest.mark.parametrize("last", PLAYED)
def test_a_page_played_in_an_empty_folder_prints_what_it_shows(last, tmp_path, golden):
    """The second page goes on where the first ends."""
    for name in PLAYED:
        text = _play(DOCS / name, tmp_path)
        if name == last:
            golden(DOCS / name, text)
            return


def _not_yet():
    return LANGUAGE.split("## Not yet\n")[1].split("\n## ")[0]


def test_the_page_of_the_language_names_every_function_type_hit_policy_and_reason():
    table = LANGUAGE.split("### Computed fields\n")[1].split("\n### ")[0]
    for name in CATALOGUE:
        assert f"| `{name}` |" in table
    hits = LANGUAGE.split("### Hit policies\n")[1].split("\n### ")[0]
    for name in get_args(HitPolicy):
        assert f"| `{name}` |" in hits
    for name in get_args(Reason):
        assert f"| `{name}` |" in LANGUAGE.split("## Reasons\n")[1]
    for name in get_args(Kind):
        assert f"| `{name}` |" in LANGUAGE or f"`{name}`" in _not_yet()


def _keys(schema, *definitions):
    whole = json.loads((ROOT / "schemas" / schema).read_text(encoding="utf-8"))
    for part in (whole, *(whole["$defs"][name] for name in definitions)):
        yield from part["properties"]


@pytest.mark.parametrize(
    ("schema", "definitions"),
    [
        ("policyset.schema.json", ("house_fact", "guarantee")),
        ("vocabulary.schema.json", ("vocabulary_field", "directive", "computed")),
        ("policy.schema.json", ("plan", "rule", "table", "guarantee", "measure")),
        ("suite.schema.json", ("case", "expect")),
        ("input.schema.json", ("column",)),
        ("register.schema.json", ()),
        ("source.schema.json", ()),
    ],
)
def test_the_page_of_the_language_names_every_key_that_a_file_may_have(schema, definitions):
    code = "\n".join(
        [*(found[3] for found in BLOCK.finditer(LANGUAGE)), *re.findall(r"`[^`\n]+`", LANGUAGE)]
    )
    for key in _keys(schema, *definitions):
        assert re.search(rf"(?<![\w.]){key}(?![\w.])", code), f"`{key}` is not explained"


def test_what_is_refused_as_not_yet_is_listed():
    section = _not_yet()
    policy = json.loads((ROOT / "schemas" / "policy.schema.json").read_text(encoding="utf-8"))
    for name in set(policy["properties"]["hit"]["enum"]) - set(get_args(HitPolicy)):
        assert f"`{name}`" in section


def test_the_page_of_the_house_names_every_module_and_its_floor():
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    table = page.split("## The floors\n")[1].split("\n## ")[0]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = [re.findall(r"\w+", layer) for layer in layers]
    rows = [re.findall(r"`(\w+)`", row) for row in table.splitlines() if row.startswith("| ")][1:]
    assert [sorted(row) for row in rows] == [sorted(floor) for floor in floors]


def _slug(heading):
    words = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower()).strip()
    return re.sub(r"\s", "-", words)


def _slugs(page):
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    return {_slug(found) for found in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_links_between_pages_resolve(page):
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert "://" not in target, "pages link to each other only"
        name, _, anchor = target.partition("#")
        other = page.parent / name if name else page
        assert other.exists(), target
        assert not anchor or _stands(anchor, other), target


def _stands(anchor, other):
    """Return whether a heading or, of a file that is no page, a line is called *anchor*."""
    if other.suffix == ".md":
        return anchor in _slugs(other)
    return 0 < int(anchor.removeprefix("L")) <= len(other.read_text("utf-8").splitlines())


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_prose_has_one_sentence_a_line(page):
    text = re.sub(r"`[^`\n]*`", "``", BLOCK.sub("", page.read_text(encoding="utf-8")))
    for line in text.splitlines():
        if not line.startswith("|"):
            assert not re.search(r"[a-z`)][.!?] +[A-Z]", line.lstrip("0123456789. ")), line


_HEAD = """\
# Findings

Every code that `policyengine check`, `test` and `decide` can say, with why it matters, a bad and a good example.
The examples are files laid over a small policy set, and a test shows that the bad one gives the code and the good one nothing.
`policyengine explain CODE` prints the same.

| code | severity | what |
|---|---|---|"""


def _findings_page():
    parts = [_HEAD]
    parts += [
        f"| [{code.id}](#{_slug(_heading(code))}) | {code.severity} | {_cell(code.title)} |"
        for code in ALL_CODES
    ]
    return "\n".join([*parts, *(f"\n{_finding(code)}" for code in ALL_CODES)]) + "\n"


def _heading(code):
    return f"{code.id} {code.title}"


def _cell(text):
    return text.replace("|", "\\|")


def _finding(code):
    why = re.sub(r"(?<=[a-z`)\d][.!?]) +(?=[A-Z`])", "\n", code.why)
    language = {".yaml": "yaml", ".json": "json"}.get(Path(code.file).suffix, "text")
    shown = [f"## {_heading(code)}\n\n{why}"]
    for name, text in code.beside:
        shown.append(f"Beside `{name}`:\n\n```yaml\n{_visible(text).rstrip()}\n```")
    for word, text in (("Bad", code.bad), ("Good", code.good)):
        if not text.strip():
            shown.append(f"{word}: the file `{code.file}` is not there.")
            continue
        shown.append(f"{word}, in `{code.file}`:\n\n```{language}\n{_visible(text).rstrip()}\n```")
    return "\n\n".join(shown)


def _visible(text):
    """Return *text* with the signs that nobody can see, and bytes that are none, as numbers."""
    return "".join(
        sign if sign == "\n" or sign.isprintable() else _number(ord(sign)) for sign in text
    )


def _number(code):
    return f"<byte {code - 0xDC00:02X}>" if 0xDC80 <= code <= 0xDCFF else f"<U+{code:04X}>"


def test_the_page_of_findings_has_them_all(golden):
    golden(DOCS / "findings.md", _findings_page())
