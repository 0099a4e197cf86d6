"""A small set with a score, several layers and a fact that a directive takes, and its cases."""

import pytest

from policyengine.cases import read_suites, run_suites
from policyengine.loading import load

TIER = """\
policy: tier
title: Which tier a customer is in
about: contact
decides: customer.tier
hit: score
needs: 2
rules:
  - rule: orders a lot
    when: {order.value: at least 1000 EUR}
    points: {gold: 3}
    because: They order a lot.
  - rule: comes back
    when: {contact.previous_contacts: at least 3}
    points: {silver: 2, gold: 1}
    because: They come back.
  - otherwise: none
    because: Nothing says more.
"""
WAITING = """\
policy: waiting
kind: task_allocation
title: How long customers wait
about: contact
plans:
  soon:
    title: Answered at once
    directives: {max_wait: 30 s, skills: [fast_resolution], channel: phone}
  promised:
    title: Answered as promised
    directives: {max_wait: {fact: contact.promised_wait}}
rules:
  - rule: gold waits the least
    when: {customer.tier: gold}
    unless: {contact.requested_channel: email}
    then: soon
    because: They are worth it.
  - rule: in need
    when:
      any:
        - customer.needs: has speed
        - queue.wait: over 10 min
    then: promised
    because: We keep our word.
  - otherwise: none
    because: Everybody else waits.
"""
HEAD = """\
suite: waiting
about: contact
cases:
"""


@pytest.fixture
def policies(overlay):
    """Load the set with more files laid over it."""

    def loaded(files=None):
        more = {"house/tier.yaml": TIER, "house/waiting.yaml": WAITING}
        return load(overlay({**more, **(files or {})}))

    return loaded


@pytest.fixture
def read(policies):
    """Read the cases, written below `cases:`, and return the suite and the findings."""

    def reading(cases, head=HEAD, files=None):
        loaded = policies({**(files or {}), "house/waiting_test.yaml": head + cases})
        return read_suites(loaded)

    return reading


@pytest.fixture
def run(policies):
    """Run the cases, written below `cases:`, none of which has a finding, and return the report."""

    def running(cases, head=HEAD, files=None, named=""):
        loaded = policies({**(files or {}), "house/waiting_test.yaml": head + cases})
        suites, findings = read_suites(loaded)
        assert [str(finding) for finding in findings] == []
        return run_suites(loaded, suites, named=named)

    return running
