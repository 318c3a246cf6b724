"""What the catalogue says of a provider, as files of an overlay: what one corrects there takes the place of what ships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sovlint.catalog.entries.sources import with_sources
from sovlint.edit.yaml_entries import dumped
from sovlint.report.messages import phrase

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog

_PROVENANCE: Final = ("read_by", "read_on", "words")
_LEFT_OUT: Final = frozenset({"sources", "at"})


def files_of(
    catalog: Catalog, provider: str, parts: Sequence[str], language: str
) -> dict[str, str]:
    """The files by their names in the folder of an overlay: the provider's first, then its owners and its offers, as far
    as these ``parts`` are asked for."""
    written = catalog.written
    entry = written["providers"][provider]
    found: dict[str, str] = {}
    if "provider" in parts:
        data = {key: value for key, value in entry.items() if key not in _LEFT_OUT}
        found[f"providers/{provider}.yaml"] = _file(
            catalog, {"replaces": True}, data, language
        )
    if "owners" in parts:
        entities = {
            each: {"replaces": True, **written["entities"][each]}
            for each in _owners(written, entry["operator"])
        }
        found["entities.yaml"] = _file(catalog, {}, {"entities": entities}, language)
    if "offers" in parts:
        found |= _offers(catalog, provider, language)
    return found


def _offers(catalog: Catalog, provider: str, language: str) -> dict[str, str]:
    found = {}
    for scheme, entry in catalog.written["schemes"].items():
        offers = [
            {"replaces": True, **offer}
            for offer in entry["offers"]
            if offer["provider"] == provider
        ]
        if offers:
            name = f"qualifications/{scheme}.yaml"
            found[name] = _file(catalog, {}, {"offers": offers}, language)
    return found


def _owners(written: Mapping[str, Any], entity: str) -> Iterator[str]:
    """A company and all above it, each once."""
    waiting, met = [entity], set[str]()
    while waiting:
        each = waiting.pop(0)
        if each in met:
            continue
        met.add(each)
        yield each
        for holding in written["entities"][each].get("owners") or ():
            waiting += [*holding.get("group", ()), *filter(None, [holding.get("entity")])]


def _file(
    catalog: Catalog, head: Mapping[str, Any], data: Mapping[str, Any], language: str
) -> str:
    """A file with the sources that it names, under their keys in what ships."""
    keys = _Keys()
    cited = with_sources(dict(data), keys.key)
    sources = {
        name: _source(catalog.written["sources"][key]) for key, name in keys.names.items()
    }
    said = phrase("ask.overlay-head", language)
    return f"# {said}\n{dumped({**head, **cited, 'sources': sources})}"


class _Keys:
    """Short names for sources of the index, each once."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def key(self, source: str) -> str:
        """The name of a source."""
        if source not in self.names:
            short = source.rpartition("#")[2]
            taken = self.names.values()
            self.names[source] = short if short not in taken else _another(short, taken)
        return self.names[source]


def _another(short: str, taken: Iterable[str]) -> str:
    number = 2
    while f"{short}-{number}" in taken:
        number += 1
    return f"{short}-{number}"


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    """A source as a file has it."""
    confidence = source.get("confidence")
    weak = source["background"] and confidence != "low"
    reviewed = {"by": source.get("reviewed_by"), "on": source.get("reviewed_on")}
    return {
        "url": source["url"] or None,
        "date": source["date"],
        "supports": {"en": source["supports"], "fr": source["supports_fr"]},
        "basis": "background" if weak else "read",
        **({"confidence": confidence} if confidence else {}),
        **{key: source[key] for key in _PROVENANCE if key in source},
        **({"reviewed": reviewed} if reviewed["by"] else {}),
    }
