"""Every code there is, in the order of their ids."""

from policyengine.findings.calendars import CALENDAR_CODES
from policyengine.findings.cases import CASE_CODES
from policyengine.findings.contexts import CONTEXT_CODES
from policyengine.findings.finding import Code
from policyengine.findings.fit import FIT_CODES
from policyengine.findings.lists import LIST_CODES
from policyengine.findings.measures import MEASURE_CODES
from policyengine.findings.names import NAME_CODES
from policyengine.findings.policies import POLICY_CODES
from policyengine.findings.regions import REGION_CODES
from policyengine.findings.registers import REGISTER_CODES
from policyengine.findings.shape import SHAPE_CODES
from policyengine.findings.sites import SITE_CODES
from policyengine.findings.sources import SOURCE_CODES
from policyengine.findings.tests import TEST_CODES
from policyengine.findings.text import TEXT_CODES


def _sorted(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    by_id = {code.id: code for code in codes}
    assert len(by_id) == len(set(codes)), "two codes have one id"
    return tuple(by_id[number] for number in sorted(by_id))


ALL_CODES = _sorted(
    (
        *TEXT_CODES,
        *SHAPE_CODES,
        *SITE_CODES,
        *NAME_CODES,
        *TEST_CODES,
        *FIT_CODES,
        *CALENDAR_CODES,
        *REGISTER_CODES,
        *MEASURE_CODES,
        *REGION_CODES,
        *LIST_CODES,
        *SOURCE_CODES,
        *POLICY_CODES,
        *CONTEXT_CODES,
        *CASE_CODES,
    )
)
