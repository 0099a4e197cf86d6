"""`sources/NAME.yaml`: the numbered statements that policies, plans and rules may stand on."""

from policyengine.document import Mapping, Scalar
from policyengine.findings import Related
from policyengine.findings.names import NAME_USED_TWICE
from policyengine.loading.draft import Draft, pairs
from policyengine.loading.files import Document
from policyengine.loading.named import read_named
from policyengine.model import Statement


def read_sources(draft: Draft, documents: list[Document]) -> None:
    """Read the statements of every source into *draft*; each number counts once in the set."""
    read_named(draft, documents, "source", _read_source)


def _read_source(draft: Draft, head: Scalar, node: Mapping) -> bool:
    draft.day(node.get("date"))
    for number, text in pairs(node.get("statements")):
        if not isinstance(text, Scalar):
            continue
        one = Statement(number.text, text.text, head.text, head.span, number.span)
        first = draft.statements.setdefault(number.text, one)
        if first is not one:
            also = Related(first.span, f"the one of `{first.source}`")
            message = f"two statements have the number `{number.text}`"
            hint = "number them apart: a `basis` names a statement by its number alone"
            draft.say(NAME_USED_TWICE, message, number.span, hint, also)
    return True
