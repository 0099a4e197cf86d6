"""Guarantees are kept as they are written, and every name in them means something."""

import pytest

from policyengine import load
from policyengine.loading import read_set

POLICY = """\
policy: example
kind: task_allocation
title: Who answers
about: contact
plans:
  anybody: {title: Whoever is free}
  expert: {title: Somebody who knows}
rules:
  - {rule: known, when: {customer.known: true}, then: expert}
  - otherwise: anybody
"""


@pytest.fixture
def kept(overlay):
    """Return the guarantees of a policy as they are kept, each as its kind and place."""

    def read(*lines):
        text = POLICY + "guarantees:\n" + "".join(f"  - {line}\n" for line in lines)
        policies = load(overlay({"house/example.yaml": text}))
        guarantees = policies.definitions.policy("example").guarantees
        return [(one.kind, one.span.line - 11) for one in guarantees]

    return read


@pytest.fixture
def said(overlay):
    """Return what is found in a policy with one guarantee."""

    def read(line):
        text = f"{POLICY}guarantees:\n  - {line}\n"
        _, findings = read_set(overlay({"house/example.yaml": text}))
        return [(one.code.id, one.message, one.span.text) for one in findings]

    return read


def test_every_form_is_kept_in_its_order_under_its_name(kept):
    lines = [
        "complete",
        "exclusive",
        "complete: true",
        "independent_of: [customer.tier]",
        "monotone: {directive: max_wait, along: customer.tier, never: rises}",
        "monotone: {field: contact.previous_contacts, along: customer.tier, never: falls}",
        "always: {when: {customer.known: true}, then: {plan: expert}}",
        "never: {when: {customer.known: false}, then: {directive.channel: phone}}",
    ]
    assert kept(*lines) == [
        ("complete", 1),
        ("exclusive", 2),
        ("complete", 3),
        ("independent_of", 4),
        ("monotone", 5),
        ("monotone", 6),
        ("always", 7),
        ("never", 8),
    ]


def test_its_while_and_because_do_not_name_a_guarantee(kept):
    line = "{while: {house.regular_from: 6}, because: The law, independent_of: [customer.tier]}"
    assert kept(line) == [("independent_of", 1)]


@pytest.mark.parametrize(
    "then",
    [
        "{plan: expert}",
        "{plan: none}",
        "{plan: [expert, anybody]}",
        '{plan: "example:expert"}',
        '{plan: "treatment:by-phone"}',
        '{plan: "treatment:none"}',
        '{plan: "urgency:none"}',
        "{policy: example}",
        "{policy: [treatment, urgency]}",
        "{kind: segment_treatment}",
        "{directive.channel: phone or chat, customer.tier: missing}",
        "{customer.urgent: true}",
    ],
)
def test_what_must_come_out_may_be_any_name_of_the_set(said, then):
    assert said(f"always: {{when: {{customer.known: true}}, then: {then}}}") == []


@pytest.mark.parametrize(
    ("then", "code", "message", "place"),
    [
        ("{plan: [expert, exprt]}", "PE203", "unknown plan `exprt`", "exprt"),
        ("{plan: by-phone}", "PE203", "unknown plan `by-phone`", "by-phone"),
        ('{plan: "example:x"}', "PE203", "unknown plan `example:x`", '"example:x"'),
        ('{plan: "urgency:x"}', "PE203", "unknown plan `urgency:x`", '"urgency:x"'),
        ('{plan: "nobody:x"}', "PE213", "unknown policy `nobody`", '"nobody:x"'),
        ("{policy: customer.tier}", "PE213", "unknown policy `customer.tier`", "customer.tier"),
        ("{kind: tasks}", "PE207", "unknown kind `tasks`", "tasks"),
        ("{directive.chanel: phone}", "PE201", "unknown field `directive.chanel`", None),
        ("{customer.teir: gold}", "PE201", "unknown field `customer.teir`", "customer.teir"),
    ],
)
def test_a_name_that_nothing_has_is_said_where_it_stands(said, then, code, message, place):
    for claim in ("always", "never"):
        found = said(f"{claim}: {{when: {{customer.known: true}}, then: {then}}}")
        assert found == [(code, message, place or "directive.chanel")]


def test_a_test_that_does_not_fit_is_said_in_when_and_in_then(said):
    found = said("always: {when: {customer.known: maybe}, then: {directive.channel: fax}}")
    assert [place for *_, place in found] == ["maybe", "fax"]


def test_directives_are_asked_only_of_what_comes_out(said):
    found = said("always: {when: {directive.channel: phone}, then: {plan: expert}}")
    assert found == [("PE201", "unknown field `directive.channel`", "directive.channel")]


def test_a_guarantee_of_the_set_may_ask_about_every_subject(overlay):
    head = (overlay({}) / "policyset.yaml").read_text("utf-8")
    head += """\
guarantees:
  - complete: {about: operation, kind: task_allocation}
  - independent_of: [queue.agents, customer.tier]
  - always: {when: {queue.wait: over 5 min}, then: {plan: "treatment:by-phone"}}
"""
    policies = load(overlay({"policyset.yaml": head}))
    kinds = [one.kind for one in policies.definitions.guarantees]
    assert kinds == ["complete", "independent_of", "always"]


def test_a_plan_without_its_policy_means_nothing_for_the_whole_set(overlay):
    head = (overlay({}) / "policyset.yaml").read_text("utf-8")
    head += "guarantees:\n  - never: {when: {customer.known: true}, then: {plan: by-phone}}\n"
    _, findings = read_set(overlay({"policyset.yaml": head}))
    assert [one.message for one in findings] == ["unknown plan `by-phone`"]
    assert findings[0].hint == "did you mean `treatment:by-phone`?"
