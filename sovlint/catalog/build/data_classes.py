"""Data classes, kinds of services and the lexicon of the index."""

from __future__ import annotations

from sovlint.catalog.build.sources import text
from sovlint.catalog.entries import DataClass, ImageEntry, KindEntry, LexiconTerm
from sovlint.catalog.written_data import Data


def data_class(index: Data, class_id: str) -> DataClass:
    """A data class of the index."""
    data = index["classes"][class_id]
    return DataClass(class_id, text(data), tuple(data.get("labels", ())), tuple(data.get("covers", ())))


def kind(index: Data, kind_id: str) -> KindEntry:
    """A kind of services of the index."""
    data = index["kinds"][kind_id]
    roles = tuple(data["roles"]) if "roles" in data else None
    return KindEntry(kind_id, text(data), roles, data.get("inventoried", False))


def terms(index: Data) -> tuple[LexiconTerm, ...]:
    """The whole lexicon, longest terms first."""
    found = (
        LexiconTerm(
            tuple(data["tokens"]),
            data["class"],
            shown,
            tuple(tuple(phrase) for phrase in data["cancelled"]),
        )
        for shown, data in index["terms"].items()
    )
    return tuple(sorted(found, key=lambda term: (-len(term.tokens), term.tokens)))


def images(index: Data) -> tuple[ImageEntry, ...]:
    """The images of which is known what they keep."""
    return tuple(
        ImageEntry(tuple(entry["image"].split("/")), entry["class"], entry.get("how") != "inferred")
        for entry in index["images"].values()
    )
