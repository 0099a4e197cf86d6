"""Files that others find by the name in their head: each name once, broken files held back."""

from collections.abc import Callable
from typing import TypeVar

from policyengine.document import Mapping, Scalar
from policyengine.findings import Related
from policyengine.findings.names import NAME_USED_TWICE
from policyengine.loading.draft import Draft
from policyengine.loading.files import Document

_Read = TypeVar("_Read")


def read_named(
    draft: Draft,
    documents: list[Document],
    head: str,
    read: Callable[[Draft, Scalar, Mapping], _Read | None],
) -> dict[str, _Read]:
    """Return what *read* makes of each file that opens with *head*, by name.

    What asks a file with a mistake in it says no more of it.
    """
    found: dict[str, _Read] = {}
    names: dict[str, Scalar] = {}
    for document in documents:
        name = document.node.get(head)
        if not isinstance(name, Scalar):
            continue
        first = names.setdefault(name.text, name)
        if first is not name:
            also = Related(first.span, "the first")
            message = f"two {head}s are called `{name.text}`"
            draft.say(NAME_USED_TWICE, message, name.span, "give each a name of its own", also)
            continue
        before = len(draft.findings)
        made = read(draft, name, document.node)
        if made is not None and len(draft.findings) == before:
            found[name.text] = made
        else:
            draft.broken.add(name.text)
    return found
