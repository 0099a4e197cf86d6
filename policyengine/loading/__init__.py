"""Files become a policy set: read, named, typed and checked."""

import os
import posixpath
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType as ReadOnly

from policyengine.document import Mapping
from policyengine.errors import PolicyEngineError, PolicyError
from policyengine.findings import Finding
from policyengine.findings.names import NO_POLICY_SET
from policyengine.loading.answers import declare_answers
from policyengine.loading.built_in import built_in_vocabularies, declare_built_in
from policyengine.loading.calendars import read_calendars
from policyengine.loading.conditions import whole_scope
from policyengine.loading.draft import Draft
from policyengine.loading.files import Files, only_policy_set, read_files
from policyengine.loading.graph import build_graph
from policyengine.loading.guarantees import read_guarantees
from policyengine.loading.house import read_policyset
from policyengine.loading.input_maps import read_input_maps
from policyengine.loading.policies import read_policies
from policyengine.loading.registers import check_register_facts, read_registers
from policyengine.loading.replacing import check_replaced
from policyengine.loading.sites import Extended, join_extended, read_extended
from policyengine.loading.sources import read_sources
from policyengine.loading.vocabularies import check_inputs_only, declare, read_vocabulary
from policyengine.model import Definitions, InputMap
from policyengine.policyset import PolicySet
from policyengine.source import Source
from policyengine.vocabulary import Vocabulary

__all__ = ["load", "read_set"]


def load(path: str | os.PathLike[str]) -> PolicySet:
    """Return the policy set in the folder *path*.

    Raises `PolicyError` with every error found, and `PolicyEngineError` where there is no such
    folder. Warnings are kept in `PolicySet.findings`.
    """
    policies, findings = read_set(path)
    if policies is None:
        raise PolicyError(finding for finding in findings if finding.severity == "error")
    return policies


def read_set(path: str | os.PathLike[str]) -> tuple[PolicySet | None, tuple[Finding, ...]]:
    """Return the policy set in the folder *path*, and all that was found in it.

    There is no set where a finding is an error. Findings stand in the order of their places.
    Raises `PolicyEngineError` where *path* is no folder that can be read.
    """
    root = Path(path)
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "does not exist"
        raise PolicyEngineError(f"the folder `{path}` {what}: expected a policy set")
    try:
        files = read_files(root)
        draft = Draft(files, files.findings)
        extended = read_extended(draft)
    except OSError as error:
        raise PolicyEngineError(f"`{error.filename}` cannot be read: {error.strerror}") from None
    definitions = _read(draft, files, extended)
    findings = _sorted(draft.findings)
    if definitions is None or any(finding.severity == "error" for finding in findings):
        return None, findings
    suites = tuple(document.node for document in files.of("suite"))
    return PolicySet(definitions, findings, suites), findings


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* in the order of their places, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.place))


def _read(draft: Draft, files: Files, extended: Extended | None) -> Definitions | None:
    """Return what the files say, and those of the set they extend, as far as they can be understood."""
    head = only_policy_set(files)
    if head is None:
        if not any(finding.span.file == "policyset.yaml" for finding in files.findings):
            span = Source("policyset.yaml", "").span(0, 0)
            hint = "every policy set has one; `policyset: NAME` is its first line"
            draft.say(NO_POLICY_SET, "there is no `policyset.yaml`", span, hint)
        return None
    if extended is None and head.node.get("extends") is not None:
        return None
    if any(one.severity == "error" and _is_ground(one, files, extended) for one in files.findings):
        return None
    join_extended(draft, extended)
    heads = (head.node,) if extended is None else (extended.head.node, head.node)
    policies = files.of("policy")
    for node in heads:
        read_policyset(draft, node)
    declare(draft, files.of("vocabulary"))
    declare_answers(draft, policies)
    draft.calendars = read_calendars(draft, files.of("calendar"))
    draft.registers = read_registers(draft, files.of("register"))
    read_sources(draft, files.of("source"))
    declare_built_in(draft, files)
    found = [read_vocabulary(draft, document) for document in files.of("vocabulary")]
    vocabularies = [vocabulary for vocabulary in found if vocabulary is not None]
    vocabularies += built_in_vocabularies(draft, vocabularies)
    read_policies(draft, policies)
    check_replaced(draft, extended)
    check_inputs_only(draft, vocabularies)
    check_register_facts(draft, draft.registers)
    inputs = read_input_maps(draft, files.of("input"))
    return _definitions(draft, files, heads, vocabularies, inputs)


def _is_ground(finding: Finding, files: Files, extended: Extended | None) -> bool:
    """Return whether what follows from *finding* is held back: it breaks what others stand on.

    On the whole of an extended set stands whatever replaces a part of it.
    """
    if extended is not None and finding in extended.files.findings:
        return True
    return files.is_ground(finding.span.file)


def _definitions(
    draft: Draft,
    files: Files,
    heads: tuple[Mapping, ...],
    vocabularies: list[Vocabulary],
    inputs: dict[str, InputMap],
) -> Definitions:
    graph = build_graph(draft)
    guarantees = tuple(
        found
        for head in heads
        for found in read_guarantees(whole_scope(draft), head.get("guarantees"))
    )
    names = (one.name for one in files.documents if one.head != "suite")
    visible = {
        subject: tuple(
            declared
            for declared in draft.fields.values()
            if declared.origin == "input"
            and declared.computed is None
            and declared.vocabulary in draft.sees[subject]
        )
        for subject in draft.subjects
    }
    return Definitions(
        name=draft.name,
        version=draft.version,
        digest=files.digest,
        span=heads[-1].entries[0][1].span,
        zone=draft.zone,
        languages=draft.languages,
        default_about=draft.default_about,
        layers=draft.layers,
        roles=draft.roles,
        vocabularies=ReadOnly({one.name: one for one in vocabularies}),
        fields=ReadOnly(draft.fields),
        directives=ReadOnly(draft.directives),
        house=ReadOnly(draft.house),
        policies=graph.policies,
        decided_by=ReadOnly(graph.decided_by),
        asked=ReadOnly(graph.asked),
        versions=ReadOnly(graph.versions),
        sees=ReadOnly(draft.sees),
        visible=ReadOnly(visible),
        inputs=ReadOnly(inputs),
        guarantees=guarantees,
        calendars=ReadOnly(draft.calendars),
        registers=ReadOnly(draft.registers),
        statements=ReadOnly(draft.statements),
        files=tuple(dict.fromkeys((*(head.span.file for head in heads), *names))),
        extends=posixpath.dirname(heads[0].span.file) if len(heads) > 1 else "",
    )
