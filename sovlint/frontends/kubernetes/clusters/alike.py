"""When two things seen show the same."""

from __future__ import annotations

from sovlint.model.landing import Evidence
from sovlint.model.value import Known, Unknown


def alike(evidence: Evidence) -> object:
    """What is alike in evidence that shows the same, wherever it is written."""
    values = (evidence.region, evidence.host)
    shown = tuple(
        None
        if each is None
        else each.value
        if isinstance(each, Known)
        else (each.parts, each.text(), _among(each))
        for each in values
    )
    later = (evidence.later is not None, evidence.made)
    return (
        evidence.level,
        evidence.providers,
        evidence.alone,
        str(shown),
        later,
        evidence.declared,
        evidence.asks,
    )


def _among(value: Unknown) -> tuple[object, ...]:
    return tuple(member.value for member in value.among or ())
