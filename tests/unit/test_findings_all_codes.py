"""All codes are in one list, so that each has a page and a golden case."""

import importlib
import pkgutil

import policyengine.findings
from policyengine.findings import Code
from policyengine.findings.all_codes import ALL_CODES


def test_no_code_is_forgotten():
    modules = pkgutil.iter_modules(policyengine.findings.__path__, "policyengine.findings.")
    found = {
        value
        for module in modules
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Code)
    }
    assert found == set(ALL_CODES)
