"""The kinds of catalogue files, and reading a folder of them into documents and then into plain parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sovlint import documents
from sovlint.catalog.entries.sources import with_sources
from sovlint.catalog.overlays.said import taken_out
from sovlint.documents import Document

KINDS: tuple[tuple[str, str], ...] = (
    ("jurisdictions.yaml", "jurisdictions"),
    ("entities.yaml", "entities"),
    ("endpoints.yaml", "endpoints"),
    ("registries.yaml", "registries"),
    ("classes.yaml", "classes"),
    ("lexicon.yaml", "lexicon"),
    ("images.yaml", "images"),
    ("signatures/*.yaml", "signatures"),
    ("commands/*.yaml", "commands"),
    ("values.yaml", "values"),
    ("address-names.yaml", "address_names"),
    ("pipelines/*.yaml", "pipelines"),
    ("configuration/*.yaml", "formats"),
    ("tasks/*.yaml", "tasks"),
    ("deployments.yaml", "deployments"),
    ("instances.yaml", "instances"),
    ("own-hosts.yaml", "own_hosts"),
    ("passed-over.yaml", "passed_over"),
    ("unread.yaml", "unread"),
    ("developers.yaml", "developers"),
    ("kinds.yaml", "kinds"),
    ("services.yaml", "services"),
    ("charts.yaml", "charts"),
    ("modules/*.yaml", "modules"),
    ("evidence.yaml", "evidence"),
    ("creators.yaml", "creators"),
    ("providers/*.yaml", "provider"),
    ("qualifications/*.yaml", "scheme"),
    ("plugins/*.yaml", "plugin"),
)
"""Which file is of which kind: globs relative to the folder, and the definition in ``schema.json``."""

HOST_SECTIONS = "endpoints", "not_placements"
"""The sections of host patterns."""

CHART_SECTIONS = "keeps", "sends", "elsewhere", "charts"
"""The sections on values of Helm charts."""

SHIPPED = "sovlint/catalog/"
"""Where the shipped files stand in the project: an index says so of entries that an overlay may collide with."""


class Problem(Struct, frozen=True):
    """Something wrong in a catalogue file; line and column count from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class CatalogueFile(Struct, frozen=True):
    """One file: its kind, its document, the prefix that makes its source keys unique, and where an overlay says that it
    replaces what ships. ``overlay`` is what people call a file of one, with its folder; empty of what ships."""

    kind: str
    prefix: str
    document: Document
    replaces: frozenset[documents.Path] = frozenset()
    overlay: str = ""

    def problem(self, at: documents.Path, message: str) -> Problem:
        """A problem with what stands at ``at``."""
        span = self.document.span(at)
        return Problem(self.document.path, span.line, span.column, message)

    def place(self, at: documents.Path) -> str:
        """Where ``at`` stands, as people are told: file and line. A shipped file goes by its name in the project."""
        number, _, name = self.prefix.removesuffix("#").partition(":")
        path = self.document.path if int(number) else SHIPPED + name
        return f"{path}:{self.document.span(at).line}"


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files below a catalogue folder, sorted."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".yml") and path.is_file()
    )


def read_folder(folder: Path, number: int = 0) -> tuple[list[CatalogueFile], list[Problem]]:
    """The catalogue files below ``folder``, and what is wrong with those that can't be read.

    ``number`` tells the folders of one run apart (0: what ships; 1 and up: overlays).
    """
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    for path in yaml_files(folder):
        relative = path.relative_to(folder).as_posix()
        kind = next((kind for glob, kind in KINDS if fnmatch(relative, glob)), None)
        if kind is None:
            known = ", ".join(glob for glob, _ in KINDS)
            problems.append(
                Problem(
                    str(path), 1, 1, f"`{relative}` is no catalogue file: one of {known}."
                )
            )
            continue
        found = _document(path)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            said = taken_out(found.data) if number else frozenset()
            shown = f"{folder.resolve().name}/{relative}" if number else ""
            files.append(CatalogueFile(kind, f"{number}:{relative}#", found, said, shown))
    return files, problems


def _document(path: Path) -> Document | Problem:
    try:
        read = list(documents.load(path.read_bytes(), str(path)))
    except documents.DocumentError as error:
        return Problem(str(path), error.line, error.column, error.problem + ".")
    if len(read) != 1 or not isinstance(read[0].data, dict):
        return Problem(str(path), 1, 1, "a catalogue file holds one document, a mapping.")
    return read[0]


_SECTIONS: Final[Mapping[str, Sequence[str]]] = {
    "jurisdictions": ("areas", "jurisdictions"),
    "charts": CHART_SECTIONS,
}
"""Kinds of files with several mappings by id."""

_LISTS: Final = {"lexicon": ("terms", "term"), "images": ("images", "image")}
"""Kinds of files that list entries: under which key, and which key of an entry is its id."""


def empty_parts() -> dict[str, Any]:
    """Parts of a catalogue that says nothing."""
    return {
        "date": "", "sources": {}, "areas": {}, "jurisdictions": {}, "entities": {}, "providers": {}, "endpoints": {},
        "not_placements": {}, "shown": (), "registries": {}, "namespace": {}, "schemes": {}, "classes": {}, "terms": {},
        "images": {}, "signatures": {}, "values": {}, "address_names": {},
        "commands": {}, "pipelines": {}, "formats": {}, "tasks": {}, "deployments": {},
        "instances": {}, "own_hosts": {}, "passed_over": {}, "unread": {}, "developers": {}, "kinds": {},
        "services": {}, "like": {}, "called": {}, "ended": {}, "plugins": {}, "keeps": {}, "sends": {}, "elsewhere": {},
        "charts": {}, "modules": {}, "evidence": {}, "creators": {},
    }  # fmt: skip


def merge(
    files: Iterable[CatalogueFile], base: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The parts of all ``files`` on top of ``base``; an entry with the id of an earlier one replaces it."""
    parts = empty_parts()
    for section, value in (base or {}).items():
        if section in parts:
            parts[section] = dict(value) if isinstance(value, Mapping) else value
    for file in files:
        _add(parts, file)
    return parts


def _add(parts: dict[str, Any], file: CatalogueFile) -> None:
    data = dict(file.document.data)
    sources = data.pop("sources", None) or {}
    parts["sources"].update(
        {file.prefix + key: _source(source, file.overlay) for key, source in sources.items()}
    )
    parts["date"] = max(parts["date"], data.pop("checked", ""))
    if file.kind == "plugin":
        data.pop("source", None)
        parts["plugins"][data["id"]] = data
        return
    # A file that was completed names sources of what it is laid over, which have their ids already.
    data = with_sources(
        data, lambda key: key if key in parts["sources"] else file.prefix + key
    )
    match file.kind:
        case "provider":
            listed = [file.prefix + key for key in sources]
            below = parts["providers"].get(data["id"], {}).get("sources", ())
            parts["providers"][data["id"]] = {**data, "sources": [*listed, *below]}
        case "scheme":
            parts["schemes"][data["name"]] = data
            parts["date"] = max(parts["date"], data["read"])
        case "jurisdictions" | "charts":
            for section in _SECTIONS[file.kind]:
                parts[section].update(data.get(section, {}))
        case "endpoints":
            _add_hosts(parts, data, file)
            parts["shown"] = parts["shown"] or data.get("shown", {}).get("list", ())
        case "registries":
            parts["registries"].update(
                {host.lower(): entry for host, entry in data["registries"].items()}
            )
            parts["namespace"] = data.get("namespace", parts["namespace"])
        case "lexicon" | "images":
            section, name = _LISTS[file.kind]
            parts[section].update({entry[name]: entry for entry in data[section]})
        case "services":
            _add_services(parts, data)
        case _:
            parts[file.kind].update(data[file.kind])


def _add_hosts(parts: dict[str, Any], data: Mapping[str, Any], file: CatalogueFile) -> None:
    for section in HOST_SECTIONS:
        for index, entry in enumerate(data.get(section, ())):
            parts[section][entry["host"].lower()] = {
                **entry,
                "at": file.place((section, index)),
            }


def _add_services(parts: dict[str, Any], data: Mapping[str, Any]) -> None:
    """Several files may list services of one provider, names for them, and those that ended."""
    parts["like"].update(data.get("like", {}))
    for section in ("called", "ended"):
        for provider, entries in data.get(section, {}).items():
            parts[section][provider] = {**parts[section].get(provider, {}), **entries}
    for provider, kinds in data["services"].items():
        parts["services"][provider] = {
            **parts["services"].get(provider, {}),
            **services_by_kind(kinds),
        }


def services_by_kind(kinds: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Service -> its kinds, of a mapping the other way round."""
    found: dict[str, list[str]] = {}
    for kind, services in kinds.items():
        for service in services:
            found.setdefault(service, []).append(kind)
    return found


def _source(data: Mapping[str, Any], overlay: str) -> dict[str, Any]:
    """A source as entries have it (``Source``). One of low confidence may not be shown, like background knowledge."""
    supports, confidence = data["supports"], data.get("confidence")
    both = {"en": supports, "fr": supports} if isinstance(supports, str) else supports
    review = data.get("reviewed") or {}
    reading = {
        "read_by": data.get("read_by"),
        "read_on": data.get("read_on"),
        "reviewed_by": review.get("by"),
        "reviewed_on": review.get("on"),
        "words": data.get("words"),
        "overlay": overlay,
    }
    return {
        "url": data["url"] or "",
        "date": data["date"],
        "supports": both["en"],
        "supports_fr": both["fr"],
        "background": data["basis"] == "background" or confidence == "low",
        "confidence": confidence,
        **{key: said for key, said in reading.items() if said},
    }


def origins(
    files: Sequence[CatalogueFile],
) -> dict[tuple[str, str], tuple[CatalogueFile, documents.Path]]:
    """Where each entry of the parts stands: (section, id) -> its file, and its path there."""
    return {entry: (file, path) for file in files for entry, path in _entries(file)}


def _entries(file: CatalogueFile) -> Iterator[tuple[tuple[str, str], documents.Path]]:
    """The entries of a file: (section, id), and the path there."""
    data = file.document.data
    match file.kind:
        case "provider" | "plugin":
            yield (file.kind + "s", data["id"]), ()
        case "scheme":
            yield ("schemes", data["name"]), ()
        case "endpoints":
            for section in HOST_SECTIONS:
                hosts = [entry["host"].lower() for entry in data.get(section, ())]
                yield from (
                    ((section, host), (section, index)) for index, host in enumerate(hosts)
                )
        case "lexicon" | "images":
            section, name = _LISTS[file.kind]
            yield from (
                ((section, entry[name]), (section, index))
                for index, entry in enumerate(data[section])
            )
        case kind:
            if data.get("namespace"):
                yield ("namespace", "name"), ("namespace",)
            for section in _SECTIONS.get(kind, (kind, "like", "called", "ended")):
                yield from (((section, key), (section, key)) for key in data.get(section, {}))
