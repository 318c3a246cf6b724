"""States of the index, with their laws."""

from __future__ import annotations

from sovlint.catalog.build.sources import bilingual, source, text
from sovlint.catalog.written_data import Data
from sovlint.model.world import Adequacy, Jurisdiction, Law


def jurisdiction(index: Data, code: str) -> Jurisdiction:
    """A state of the index, or the EU."""
    data = index["jurisdictions"][code]
    adequacy = data.get("adequacy")
    return Jurisdiction(
        code, text(data), tuple(data.get("areas", ())), _adequacy(index, adequacy) if adequacy else None,
        tuple(_law(index, law) for law in data.get("laws", ())),
    )  # fmt: skip


def _law(index: Data, data: Data) -> Law:
    return Law(
        text(data["name"]), data["kind"], source(index, data["source"]), data.get("since"), data.get("until"),
        data.get("continues_until"), bilingual(data.get("note")),
    )  # fmt: skip


def _adequacy(index: Data, data: Data) -> Adequacy:
    return Adequacy(
        data["kind"], source(index, data["source"]), data.get("since"), data.get("until"), bilingual(data.get("note"))
    )
