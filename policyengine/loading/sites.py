"""Sites: a set that extends another, and what of that set it replaces."""

import posixpath
from dataclasses import dataclass, field
from pathlib import Path

from policyengine.document import Scalar
from policyengine.findings import Finding, Related
from policyengine.findings.near import did_you_mean
from policyengine.findings.sites import (
    EXTENDED_TWICE,
    EXTENDS_ITSELF,
    NAME_OF_THE_HOUSE,
    NOTHING_TO_EXTEND,
    NOTHING_TO_REPLACE,
    REPLACED_TWICE,
)
from policyengine.loading.draft import Draft, text_of
from policyengine.loading.files import Document, Files, only_policy_set, read_files


@dataclass(frozen=True, slots=True)
class Replaced:
    """A policy of the extended set that the site replaces: its versions, and by what."""

    name: str
    documents: tuple[Document, ...]
    by: str
    replaces: Scalar


@dataclass(slots=True)
class Extended:
    """The set that a site extends: its head, its files, and what the site replaces of it."""

    head: Document
    files: Files
    replaced: list[Replaced] = field(default_factory=list)


def read_extended(draft: Draft) -> Extended | None:
    """Return the set that the set in *draft* extends, or nothing: it may extend none.

    Where it cannot be extended that is said, and its files are not read.
    """
    extends = _extends(draft.files)
    if extends is None:
        return None
    folder = draft.files.root / extends.text
    wrong = _wrong_folder(draft.files.root, folder, extends)
    if wrong is not None:
        draft.findings.append(wrong)
        return None
    files = read_files(folder, posixpath.normpath(extends.text))
    head = only_policy_set(files)
    draft.files.parts.update(files.parts)
    draft.findings.extend(files.findings)
    if head is None:
        if not any(finding.severity == "error" for finding in files.findings):
            message = f"the folder `{extends.text}` is no policy set: it has no `policyset.yaml`"
            hint = "name the folder in which its `policyset.yaml` stands"
            draft.say(NOTHING_TO_EXTEND, message, extends.span, hint)
        return None
    further = _extends(files)
    if further is None:
        return Extended(head, files)
    also = Related(further.span, f"`{text_of(head.node.get('policyset'))}` extends another here")
    if (folder / further.text).resolve() == draft.files.root.resolve():
        message = f"`{extends.text}` extends this set in turn"
        hint = "let one of them stand alone"
        draft.say(EXTENDS_ITSELF, message, extends.span, hint, also)
    else:
        message = f"`{extends.text}` extends another set itself"
        hint = "a site extends a set that stands alone: extend that one"
        draft.say(EXTENDED_TWICE, message, extends.span, hint, also)
    return None


def _extends(files: Files) -> Scalar | None:
    heads = files.of("policyset")
    extends = heads[0].node.get("extends") if heads else None
    return extends if isinstance(extends, Scalar) else None


def _wrong_folder(root: Path, folder: Path, extends: Scalar) -> Finding | None:
    """Return what keeps *folder* from being extended by the set in *root*."""
    if posixpath.isabs(extends.text) or "\\" in extends.text:
        message = f"expected a folder as seen from this one, found `{extends.text}`"
        hint = "write a path such as `../house`, which holds wherever both folders are copied"
        return Finding(NOTHING_TO_EXTEND, message, extends.span, hint)
    if not folder.is_dir():
        message = f"there is no folder `{extends.text}`"
        hint = "name the folder of the other set as seen from this one, such as `../house`"
        return Finding(NOTHING_TO_EXTEND, message, extends.span, hint)
    own, other = root.resolve(), folder.resolve()
    if own == other:
        hint = "name the folder of another set, such as `../house`"
        return Finding(EXTENDS_ITSELF, "a set cannot extend itself", extends.span, hint)
    if own in other.parents or other in own.parents:
        message = f"`{extends.text}` and this set lie one in the other"
        hint = "let the two folders stand side by side: files are read from all folders below"
        return Finding(EXTENDS_ITSELF, message, extends.span, hint)
    return None


def join_extended(draft: Draft, extended: Extended | None) -> None:
    """Put the files of the *extended* set beside those of the site, but for what it replaces.

    The suites of the extended set are its own, and its head is read before that of the site.
    """
    own = draft.files.of("policy")
    if extended is None:
        for document in own:
            key = document.node.key("replaces")
            if key is not None:
                message = "`replaces` counts only in a set that extends another"
                hint = "leave it out, or add `extends` to `policyset.yaml`"
                draft.say(NOTHING_TO_REPLACE, message, key.span, hint)
        return
    policies: dict[str, list[Document]] = {}
    for document in extended.files.of("policy"):
        policies.setdefault(_name(document), []).append(document)
    extended.replaced = _replaced(draft, own, policies)
    _check_names(draft, own, policies, extended.replaced)
    gone = {one.name for one in extended.replaced} | {_name(document) for document in own}
    kept = [
        document
        for document in extended.files.documents
        if document.head not in ("suite", "policyset")
        and not (document.head == "policy" and _name(document) in gone)
    ]
    draft.files.documents = [*kept, *draft.files.documents]


def _replaced(
    draft: Draft, own: list[Document], policies: dict[str, list[Document]]
) -> list[Replaced]:
    """Return what the site's *own* policies replace, after saying what cannot be."""
    found: dict[str, Replaced] = {}
    for document in own:
        replaces = document.node.get("replaces")
        if not isinstance(replaces, Scalar):
            continue
        if replaces.text not in policies:
            message = f"the extended set has no policy `{replaces.text}`"
            hint = did_you_mean(replaces.text, policies)
            draft.say(NOTHING_TO_REPLACE, message, replaces.span, hint)
            continue
        one = Replaced(replaces.text, tuple(policies[replaces.text]), _name(document), replaces)
        first = found.setdefault(replaces.text, one)
        if first.by != one.by:
            message = f"`{replaces.text}` is replaced by `{first.by}` and by `{one.by}`"
            also = Related(first.replaces.span, "the first")
            draft.say(
                REPLACED_TWICE, message, replaces.span, "let one policy stand in for it", also
            )
    return list(found.values())


def _check_names(
    draft: Draft,
    own: list[Document],
    policies: dict[str, list[Document]],
    replaced: list[Replaced],
) -> None:
    """Say where a policy of the site has the name of one of the extended set that it keeps."""
    gone = {one.name for one in replaced}
    for document in own:
        name = document.node.get("policy")
        if not isinstance(name, Scalar) or name.text not in policies or name.text in gone:
            continue
        replaces = text_of(document.node.get("replaces"))
        if replaces is not None and replaces not in policies:
            continue
        first = policies[name.text][0].node.get("policy")
        also = () if first is None else (Related(first.span, "the one of the extended set"),)
        message = f"the extended set has a policy `{name.text}` too"
        hint = f"add `replaces: {name.text}` if this one stands in for it, or choose another name"
        draft.say(NAME_OF_THE_HOUSE, message, name.span, hint, *also)


def _name(document: Document) -> str:
    return text_of(document.node.get("policy")) or ""
