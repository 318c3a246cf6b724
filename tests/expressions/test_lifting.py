"""What is left of an unknown where only its reason counts."""

from __future__ import annotations

from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.values import element_of
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, UnknownKind

STEP = Step(Span("a.tf", 1, 1, 1, 9), Note("resolve.contradictory"))
WHOLE = Unknown(
    Reason.UNSET_VARIABLE,
    "var.password",
    STEP,
    sensitive=True,
    note=Note("resolve.cluster-regions"),
    kind=UnknownKind.CONTRADICTED,
    entries={"a": Known("x")},
    among=(Known("x"), Known("y")),
)


def test_the_reason_stays_and_what_was_known_of_the_whole_goes() -> None:
    found = plainly_unknown(WHOLE)
    assert (found.reason, found.detail, found.because) == (
        Reason.UNSET_VARIABLE, "var.password", STEP,
    )  # fmt: skip
    assert (found.note, found.kind) == (WHOLE.note, UnknownKind.CONTRADICTED)
    assert (found.entries, found.among) == (None, None)


def test_a_part_of_a_secret_is_a_secret() -> None:
    assert plainly_unknown(WHOLE).sensitive
    assert element_of(WHOLE).sensitive
    assert not plainly_unknown(Unknown(Reason.UNSET_VARIABLE, "var.name")).sensitive
