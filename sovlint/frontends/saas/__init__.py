"""The SaaS front end: inventories that people write (``saas.yaml``) and CycloneDX documents -> resources."""

from __future__ import annotations

from sovlint.frontends.saas import claims
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every service that inventories and CycloneDX documents list (implements ``frontends.base.FrontEnd``)."""
    if not claims.inventories(reader, options) and not any(claims.cyclonedx(reader, options)):
        return Reading()
    from sovlint.frontends.saas import front_end

    del hints  # inventories need no table of the catalogue
    return front_end.read(reader, options)
