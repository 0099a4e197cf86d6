"""Findings: what can be wrong, as data; one file per hundred of codes."""

from policyengine.findings.finding import Code, Finding, Related, Severity

__all__ = ["Code", "Finding", "Related", "Severity"]
