"""Acme's stores: a store a line -> resources."""

from __future__ import annotations

from sovlint.frontends.acme.claims import is_stores
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every store (implements ``frontends.base.FrontEnd``)."""
    paths = [path for path in reader.paths if is_stores(path)]
    if not paths:
        return Reading()
    from sovlint.frontends.acme import front_end  # late: most repositories have nothing of it

    return front_end.read(reader, paths)
