"""Docker Compose: project files -> services and volumes, as the Compose specification reads them."""

from __future__ import annotations

from sovlint.frontends.compose.claims import is_compose, may_be
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every project of the Compose files below the git root (implements ``frontends.base.FrontEnd``)."""
    if not any(is_compose(path) or may_be(path) for path in reader.paths):
        return Reading()
    from sovlint.frontends.compose import front_end

    return front_end.read(reader, options, hints)
