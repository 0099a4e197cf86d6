"""The files of a policy set: found, read as YAML, and checked against the schema of their kind."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from policyengine.document import Mapping, Node, read_document, read_text
from policyengine.findings import Finding, Related
from policyengine.findings.shape import (
    SECOND_POLICY_SET,
    UNKNOWN_FILE,
    WRONG_SUFFIX,
)
from policyengine.schema import (
    Shape,
    check_shape,
    find_head,
    read_schema,
    shape_of,
    shipped_folder,
)
from policyengine.source import Source

_GROUND = ("vocabulary/", "calendars/", "registers/", "sources/")


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its path in the set, what it says it is, and its content."""

    name: str
    head: str
    node: Mapping


@dataclass(slots=True)
class Files:
    """The files of a set, and what was found while reading them.

    *parts* are all bytes that were read, by their path: the digest is made of them. *prefix* is
    how the set is found from the one that extends it; it then stands before every name.
    """

    root: Path
    prefix: str = ""
    documents: list[Document] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, Shape] = field(default_factory=dict)

    def name(self, path: str) -> str:
        """Return how the file at *path* in the set is named."""
        return f"{self.prefix}/{path}" if self.prefix else path

    def is_ground(self, name: str) -> bool:
        """Return whether all other files stand on the one called *name*."""
        path = name.removeprefix(self.name(""))
        return path == "policyset.yaml" or path.startswith(_GROUND)

    def of(self, head: str) -> list[Document]:
        """Return the files that say they are a *head*, in order of their paths."""
        return [document for document in self.documents if document.head == head]

    @property
    def digest(self) -> str:
        """What identifies exactly these files: sha256 over paths, lengths and bytes."""
        total = hashlib.sha256()
        for name in sorted(self.parts):
            content = self.parts[name].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            total.update(name.encode() + b"\0" + str(len(content)).encode() + b"\0" + content)
        return f"sha256:{total.hexdigest()}"


def read_files(root: Path, prefix: str = "") -> Files:
    """Return the files below the folder *root*, read and checked for shape."""
    files = Files(root, prefix)
    shapes: dict[str, Shape] = {}
    for path in _files_below(root):
        name = files.name(path.relative_to(root).as_posix())
        if path.suffix != ".yaml":
            _say_unknown(files, name)
            continue
        _read_file(files, name, path.read_bytes(), shapes)
    return files


def _files_below(root: Path) -> Iterable[Path]:
    """Yield the files that count, sorted; hidden ones, a README and the schemas of kinds do not."""
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") for part in parts) or parts[-1] == "README.md"
        if path.is_file() and not hidden and parts[0] != "schemas":
            found.append(path)
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _say_unknown(files: Files, name: str) -> None:
    span = Source(name, "").span(0, 0)
    if name.endswith(".yml"):
        hint = f"rename it to `{name.removesuffix('.yml')}.yaml`"
        files.findings.append(
            Finding(WRONG_SUFFIX, f"`{name}` is not read: policy files end in `.yaml`", span, hint)
        )
    else:
        hint = "keep policy sets for policy files; other files go elsewhere"
        files.findings.append(Finding(UNKNOWN_FILE, f"`{name}` is not read", span, hint))


def _read_file(files: Files, name: str, raw: bytes, shapes: dict[str, Shape]) -> None:
    source, found = read_text(name, raw)
    files.findings.extend(found)
    if source is None:
        files.parts[name] = raw
        return
    node, found = read_document(source)
    files.findings.extend(found)
    head = None if node is None else _head_of(files, node)
    if head != "suite":
        files.parts[name] = raw
    if head is None or not isinstance(node, Mapping):
        return
    if any(finding.severity == "error" for finding in found):
        return
    if head not in shapes:
        shapes[head] = shape_of(read_shipped(f"{head}.schema.json"))
    wrong = check_shape(node, head, shapes[head])
    files.findings.extend(wrong)
    if not any(finding.severity == "error" for finding in wrong):
        files.documents.append(Document(name, head, node))


def _head_of(files: Files, node: Node) -> str | None:
    """Return what the file says it is, by its first key."""
    head = find_head(node)
    if isinstance(head, Finding):
        files.findings.append(head)
        return None
    return head


def read_shipped(name: str) -> dict[str, object]:
    """Return the schema *name* that the package brings."""
    return read_schema(shipped_folder("schemas") / name)


def only_policy_set(files: Files) -> Document | None:
    """Return the one `policyset:` file, and say so where there is a second."""
    found = files.of("policyset")
    for other in found[1:]:
        key = other.node.entries[0][0]
        first = found[0].node.entries[0][0]
        files.findings.append(
            Finding(
                SECOND_POLICY_SET,
                f"a second `policyset:` file, after `{found[0].name}`",
                key.span,
                "a policy set is one folder with one `policyset.yaml`",
                related=(Related(first.span, "the first"),),
            )
        )
    return found[0] if found else None
