"""Terraform: HCL with scope and unknowns, and nothing about the world."""

from __future__ import annotations

from sovlint.frontends.terraform.claims import may_be
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resource import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """All resources of all roots, libraries, plans and states (implements ``frontends.base.FrontEnd``)."""
    if not any(may_be(path) or reader.named(path) for path in reader.paths):
        return Reading()
    from sovlint.frontends.terraform import front_end  # imported late: most repositories have nothing of it

    return front_end.read(reader, options, hints)
