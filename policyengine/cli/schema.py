"""`policyengine schema`: the JSON Schemas of policy files, for editors."""

from pathlib import Path

import click

from policyengine.cli.options import (
    DEFAULT_FOLDER,
    check_known,
    format_option,
    policies_option,
    write,
)
from policyengine.report.columns import cells, padded
from policyengine.report.json_text import json_text
from policyengine.schema import read_schema, shipped_folder

_SUFFIX = ".schema.json"


@click.command()
@click.argument("name", required=False)
@policies_option
@format_option("text", "json")
def schema(name: str | None, policies: str | None, output: str) -> None:
    """Print the JSON Schemas of policy files, for editors.

    NAME is a kind of file, such as `policy`, or of plan, such as `plans/risk_contingency`.
    Without NAME it lists them all, with the kinds that the policies bring themselves.
    """
    own = Path(policies if policies is not None else DEFAULT_FOLDER) / "schemas"
    found = {**_schemas(shipped_folder("schemas")), **_schemas(own)}
    check_known("schema", name, found, "`policyengine schema` lists them all")
    if name is not None:
        write([found[name].read_text(encoding="utf-8")])
        return
    rows = {one: str(read_schema(path).get("title", "")) for one, path in found.items()}
    if output == "json":
        listed = [{"name": one, "title": title} for one, title in rows.items()]
        write([json_text(listed, indent=2), "\n"])
        return
    wide = max(map(cells, rows))
    write(f"{padded(one, wide)}  {title}\n" for one, title in rows.items())


def _schemas(folder: Path) -> dict[str, Path]:
    """Return the schemas below *folder* by name: files first, then plans."""
    paths = sorted(folder.rglob(f"*{_SUFFIX}"), key=lambda path: (len(path.parts), path))
    return {path.relative_to(folder).as_posix().removesuffix(_SUFFIX): path for path in paths}
