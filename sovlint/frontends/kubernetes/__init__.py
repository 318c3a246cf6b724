"""The Kubernetes front end: manifests of plain YAML or JSON -> resources."""

from __future__ import annotations

from sovlint.frontends.kubernetes.claims import may_be, oddly_named
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every object of the manifests below the git root (implements ``frontends.base.FrontEnd``)."""
    odd = oddly_named(reader, hints.unread)
    if not odd.manifests and not any(may_be(path) for path in reader.paths):
        return Reading(recognised=odd.recognised)
    from sovlint.frontends.kubernetes import manifests

    return manifests.read(reader, options, hints, odd)
