"""CycloneDX in JSON -> a document of its services, with places: parsed once; what is asked about is located."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.documents import MAX_DEPTH, Document, DocumentError, Path
from sovlint.documents.json_places import JsonError, JsonText
from sovlint.model.source import SourceFile, Span

FORMAT = "CycloneDX"
"""What ``bomFormat`` says (ECMA-424, 1st edition, "bomFormat")."""

SERVICES = "services"
_MARKS = (b'"bomFormat"', b'"CycloneDX"')
_CONTAINER = (dict, list)


def is_one(data: bytes) -> bool:
    """Whether a text may be CycloneDX, told without parsing it: an SBOM may be megabytes."""
    return all(mark in data for mark in _MARKS)


def may_have_services(data: bytes) -> bool:
    """Whether such a text may list services."""
    return b'"services"' in data and is_one(data)


def load(file: SourceFile) -> Document | None:
    """The services of a document; ``None`` where it is no CycloneDX, or lists none.

    Raises ``DocumentError`` where it can't be read.
    """
    try:
        text = JsonText(file)
    except JsonError as error:
        raise DocumentError(error.problem, error.line, error.column) from None
    data = text.data
    if (
        not isinstance(data, dict)
        or data.get("bomFormat") != FORMAT
        or not data.get(SERVICES)
    ):
        return None
    if _deeper(data[SERVICES], MAX_DEPTH):
        place = text.span((SERVICES,))
        raise DocumentError(
            f"nested deeper than {MAX_DEPTH} levels", place.line, place.column
        )
    kept = {key: data[key] for key in ("specVersion", SERVICES) if key in data}
    spans = _Spans(text)
    repeated = tuple(text.repeated((SERVICES,), MAX_DEPTH))
    return Document(kept, file.path, spans, spans, repeated)


def _deeper(data: object, limit: int) -> bool:
    if not isinstance(data, _CONTAINER):
        return False
    if not limit:
        return True
    return any(
        _deeper(item, limit - 1)
        for item in (data.values() if isinstance(data, dict) else data)
    )


class _Spans(Mapping[Path, Span]):
    """Spans by path, each worked out when somebody asks for it; a path that isn't there has its nearest parent's."""

    __slots__ = ("_text",)

    def __init__(self, text: JsonText) -> None:
        self._text = text

    def __getitem__(self, path: Path) -> Span:
        return self._text.span(path)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple)

    def __iter__(self) -> Iterator[Path]:
        return iter(())

    def __len__(self) -> int:
        return 0
