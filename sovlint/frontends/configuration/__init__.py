"""Configuration files: settings, and files of hosting platforms, that say where data goes. What they prove is data."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Everything that configuration files below the git root prove (implements ``frontends.base.FrontEnd``)."""
    passed: list[str] = []
    claims = list(hints.formats.claims(reader.paths, passed, options.begun))
    if not claims:
        return Reading(passed_over=tuple(passed))
    from sovlint.frontends.configuration import front_end

    return replace(front_end.read(reader, claims, hints), passed_over=tuple(passed))
