"""A computed choice may leave its values to the function, and each argument is checked by name."""

from policyengine.loading import read_set

VOCABULARY = """\
vocabulary: stay
subject: {{sees: []}}
fields:
  stay.from: {{type: datetime}}
  stay.to: {{type: datetime}}
  stay.day: {{type: choice, ordered: true, computed: {{weekday: stay.from}}}}
  stay.length: {{type: duration, computed: {{elapsed: {arguments}}}}}
"""


def _read(overlay, arguments):
    return read_set(overlay({"vocabulary/stay.yaml": VOCABULARY.format(arguments=arguments)}))


def test_a_computed_choice_without_values_has_those_of_its_function(overlay):
    policies, findings = _read(overlay, "{from: stay.from, to: stay.to}")
    assert not findings
    assert policies.definitions.fields["stay.day"].type.values[0] == "mon"


def test_a_missing_and_a_misspelt_argument_are_named(overlay):
    _, findings = _read(overlay, "{from: stay.from}")
    assert [(one.code.id, one.message) for one in findings] == [("PE222", "`elapsed` needs `to`")]
    _, findings = _read(overlay, "{from: stay.from, too: stay.to}")
    assert [(one.message, one.hint) for one in findings] == [
        ("`elapsed` takes no `too`", "did you mean `to`?")
    ]
