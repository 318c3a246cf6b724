"""Files of overlays, completed by what they are laid over: of a provider and a plug-in the keys that they don't say, of a
qualification its head and the offers that they don't name. Only what is otherwise has to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from msgspec.structs import replace

from sovlint.catalog.compiling.files import CatalogueFile
from sovlint.catalog.compiling.written_data import Data

ENTRIES: Final = {
    "provider": ("id", "providers"),
    "scheme": ("name", "schemes"),
    "plugin": ("id", "plugins"),
}
"""Kinds of files about one thing that are completed: the key that names it, and the section that has what ships."""
_EMPTY: Final[Mapping[str, Mapping[str, Any]]] = {
    "endpoints": {"endpoints": []},
    "jurisdictions": {"jurisdictions": {}},
    "registries": {"registries": {}},
}
"""By kind of file, sections that one which is about another of its sections needn't have."""
_BY_KEY: Final = ("regions", "types")
"""Mappings of a provider or plug-in to which a file adds, and in which it replaces what it names."""
_WITHOUT_ROLE: Final = ("config", "undecided")
"""Lists of a plug-in's types that a type which an overlay describes is no longer in."""
OFFERS: Final = "offers"
_ITS_OWN: Final = frozenset({"source", "note"})
"""Keys of an offer that aren't taken over: what says otherwise names its own source."""


def completed(files: Sequence[CatalogueFile], below: Data | None) -> list[CatalogueFile]:
    """Files of a folder with what they leave out, as the parts ``below`` say it. What those don't have stays as it is
    written, but for its name, which the name of its file says too."""
    return [_completed(file, below) if below else file for file in files]


def offer_key(offer: Any) -> tuple[str, str] | None:
    """What tells one offer of a qualification from the others; ``None`` where that isn't written."""
    if not isinstance(offer, Mapping):
        return None
    provider, name = offer.get("provider"), offer.get("offer")
    return (provider, name) if isinstance(provider, str) and isinstance(name, str) else None


def _completed(file: CatalogueFile, below: Data) -> CatalogueFile:
    data = {**_EMPTY.get(file.kind, {}), **file.document.data}
    if file.kind in ENTRIES:
        key, section = ENTRIES[file.kind]
        if file.kind != "plugin":  # those have names that no file has
            data = {key: PurePath(file.document.path).stem, **data}
        name = data.get(key)
        shipped = below[section].get(name) if isinstance(name, str) else None
        if shipped is not None:
            data = _scheme(data, shipped) if file.kind == "scheme" else _by_key(data, shipped)
    return replace(file, document=replace(file.document, data=data))


def _by_key(data: dict[str, Any], shipped: Data) -> dict[str, Any]:
    kept = {key: value for key, value in shipped.items() if key != "sources"}
    joined = {
        key: {**shipped[key], **data[key]}
        for key in _BY_KEY
        if isinstance(data.get(key), dict) and shipped.get(key)
    }
    types = data.get("types") or ()
    left = {
        key: [name for name in shipped[key] if name not in types]
        for key in _WITHOUT_ROLE
        if types and shipped.get(key)
    }
    return {**kept, **left, **data, **joined}


def _scheme(data: dict[str, Any], shipped: Data) -> dict[str, Any]:
    written = data.get(OFFERS, [])
    if not isinstance(written, list):
        return data
    known = {offer_key(offer): offer for offer in shipped[OFFERS]}
    said = [_offer(offer, known.get(offer_key(offer), {})) for offer in written]
    named = {offer_key(offer) for offer in written}
    others = [offer for key, offer in known.items() if key not in named]
    return {**shipped, **data, OFFERS: [*said, *others]}


def _offer(written: Any, shipped: Data) -> Any:
    if not isinstance(written, Mapping):
        return written
    kept = {key: value for key, value in shipped.items() if key not in _ITS_OWN}
    return {**kept, **written}
