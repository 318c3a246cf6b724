"""What a finding says of a value that comes from a variable's default: one given elsewhere would change it."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.model.text import Note
from sovlint.model.value import Because, StepKind, unroll


class FromDefaults(Struct):
    """Remarks on chains, each worked out once: many placements rest on the same ones."""

    told: dict[Because, Note | None] = field(default_factory=dict)

    def remark(self, because: Because) -> Note | None:
        """A remark where a chain goes back to a variable's default."""
        if because not in self.told:
            self.told[because] = _remark(because)
        return self.told[because]


def _remark(because: Because) -> Note | None:
    step = next((step for step in unroll(because) if step.kind is StepKind.DEFAULT), None)
    if step is None:
        return None
    span = step.where.span() if step.where is not None else None
    if span is None:
        return Note("policy.from-default")
    return Note("policy.from-default-at", {"where": f"{span.path}:{span.line}"})
