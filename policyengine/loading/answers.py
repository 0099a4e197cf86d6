"""What policies make known to others: the plans they chose, how their measures stand."""

from policyengine.document import Mapping, Scalar
from policyengine.loading.draft import Draft, text_of
from policyengine.loading.files import Document
from policyengine.model import SEVERAL, STANDING_TYPE
from policyengine.source import Span
from policyengine.values import FieldType
from policyengine.vocabulary import Field


def declare_answers(draft: Draft, documents: list[Document]) -> None:
    """Declare `chosen.POLICY`, `standing.POLICY`, the plans in force and since when they are.

    What versions of one policy make known is declared once, with the plans of all of them.
    """
    in_force: dict[str, None] = {}
    for document in documents:
        node = document.node
        head = node.get("policy")
        if not isinstance(head, Scalar):
            continue
        if node.get("measure") is not None:
            _declare(draft, f"standing.{head.text}", STANDING_TYPE, head.span)
        plans = node.get("plans")
        if not isinstance(plans, Mapping):
            continue
        _declare_chosen(draft, head, plans, several=text_of(node.get("hit")) in SEVERAL)
        for key, plan in plans.entries:
            if isinstance(plan, Mapping) and plan.get("activate") is not None:
                in_force[f"{head.text}:{key.text}"] = None
                since = f"plans.{head.text}.{key.text}.since"
                _declare(draft, since, FieldType("datetime"), key.span)
    if documents:
        name, type_ = "plans.in_force", FieldType("set", values=tuple(in_force))
        span = documents[0].node.span
        draft.fields[name] = Field(name, type_, "plans", span, origin="built_in")


def _declare_chosen(draft: Draft, head: Scalar, plans: Mapping, *, several: bool) -> None:
    """Declare what a policy chose: a set where one of its versions can choose several plans."""
    name = f"chosen.{head.text}"
    before = draft.fields.get(name)
    values = () if before is None else before.type.values
    is_set = several or (before is not None and before.type.kind == "set")
    merged = tuple(value for value in dict.fromkeys((*values, *plans.keys())) if value != "none")
    type_ = FieldType("set", values=merged)
    if not is_set:
        type_ = FieldType("choice", values=(*merged, "none"))
    _declare(draft, name, type_, head.span if before is None else before.span)


def _declare(draft: Draft, name: str, type_: FieldType, span: Span) -> None:
    owner = name.partition(".")[0]
    draft.fields[name] = Field(name, type_, owner, span, optional=True, origin="built_in")
