"""Terraform: HCL with scope and unknowns, and nothing about the world."""

from __future__ import annotations

from sovlint.frontends.terraform.claims import may_be, may_hold_plan
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """All resources of all roots, libraries, plans and states (implements ``frontends.base.FrontEnd``)."""
    options_to_check = bool(options.variables or options.variable_files or options.roots)

    def claimed(path: str) -> bool:
        """A file that was named may be a plan, or is what options should have been about."""
        return may_be(path) or (
            reader.named(path) and (options_to_check or may_hold_plan(reader.peek(path)))
        )

    if not any(map(claimed, reader.paths)):
        return Reading()
    from sovlint.frontends.terraform import front_end

    return front_end.read(reader, options, hints)
