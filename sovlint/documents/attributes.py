"""What a YAML or JSON object says, read by dotted paths; shared by front ends and readers of pipelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sovlint.documents import Document, Path
from sovlint.documents.dialects import TEMPLATES, TO_FILL_IN, Dialects, Hole
from sovlint.documents.paths import data_at, paths_to
from sovlint.model.attributes import Found
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import parts_between
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.keys import path_parts

_DEFAULTED = late_pattern(r"\$\{([A-Za-z_]\w*):=([^${}]+)\}")
NEAR = 100
"""Characters before the end of something that are looked at first: a line may be megabytes, with thousands of ends."""


class Evaluated(str):
    """A text in a document that somebody worked out: ``given`` is what is known of it, the text what of that can be
    shown, with ``${...}`` for what can't."""

    __slots__ = ("given",)
    given: Value

    @staticmethod
    def of(value: Value) -> Evaluated:
        """A value as a text in a document."""
        if isinstance(value, Known):
            text = "" if value.value is None else str(value.value)
        else:
            hole = f"${{{value.detail}}}"
            text = "".join(hole if part is None else part for part in value.parts or (None,))
        made = Evaluated(text)
        made.given = value
        return made

    def __str__(self) -> str:
        return self


class DocumentAttributes:
    """The attributes of the object at ``at`` in ``document``.

    ``note`` is the key of the message that says "written here".
    Values are as in Terraform's attributes: text, numbers, booleans and null are ``Known``; lists are tuples and maps
    are dicts of such values; text with a template in it is ``Unknown`` (templated), with its literals in ``parts``.
    Keys named in ``secret`` (of the object itself) are never read: what lies below them can't reach a report.
    """

    __slots__ = ("_at", "_document", "_note", "_secret")

    def __init__(
        self, document: Document, at: Path, note: str, secret: tuple[str, ...] = ()
    ) -> None:
        self._document = document
        self._at = at
        self._note = note
        self._secret = secret

    def read(self, path: str) -> tuple[Found, ...]:
        """All values at a dotted path, in source order; ``*`` stands for any index or key. Absent: empty."""
        own = at_path(self._document, self._at)
        return tuple(
            Found(
                value_at(self._document, (*self._at, *at), self._note),
                self._document.span((*self._at, *at)),
            )
            for at in paths_to(own, path_parts(path))
            if not at or at[0] not in self._secret
        )


def at_path(document: Document, path: Path) -> Any:
    """The plain data at ``path``; ``None`` where there is nothing."""
    return data_at(document.data, path)


def value_at(document: Document, path: Path, note: str) -> Value:
    """What is written at ``path`` as a value; each scalar remembers where it stands."""
    return _value(document, at_path(document, path), path, note)


def text_value(text: str, where: Span, note: str) -> Value:
    """A text as a value: unknown (templated) where something is still to be filled in (``{{ x }}``, ``${x}``)."""
    return _filled_in(text, where, note, TO_FILL_IN)


def template_value(text: str, where: Span, note: str) -> Value:
    """The same of a text in which ``${x}`` is for a shell: only ``{{ x }}`` is still to be filled in."""
    return _filled_in(text, where, note, TEMPLATES)


def _filled_in(text: str, where: Span, note: str, dialects: Dialects) -> Value:
    given = text.given if isinstance(text, Evaluated) else None
    if isinstance(given, Unknown):
        return given
    cause = None if given is None else given.because
    kind = StepKind.SEEN if given is None else StepKind.PASSED_ON
    step = Step(where, Note(note), () if cause is None else (cause,), kind=kind)
    sensitive = given is not None and given.sensitive
    first, *rest = dialects.pieces(text)
    if not rest:
        return Known(first, step, sensitive)
    defaulted = _by_default((first, *rest), step) if dialects is TO_FILL_IN else None
    if defaulted is not None:
        return Known(defaulted[0], defaulted[1], sensitive)
    parts = parts_between(piece for piece in (first, *rest) if isinstance(piece, str))
    hole = rest[0]
    assert isinstance(hole, Hole)
    return Unknown(Reason.TEMPLATED, hole.written, step, parts=parts, sensitive=sensitive)


def _by_default(pieces: Sequence[str | Hole], step: Step) -> tuple[str, Step] | None:
    """A text of variables each of which has a default (``${NAME:=text}``, as Flux substitutes them), and that it is
    one; ``None`` where one has none."""
    texts, name = [], ""
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        met = _DEFAULTED.fullmatch(piece.written)
        if met is None:
            return None
        name = name or met[1]
        texts.append(met[2])
    note = Note("settings.default", {"name": name})
    return "".join(texts), Step(step.where, note, step.parents, kind=StepKind.DEFAULT)


def written_span(document: Document, path: Path, file: SourceFile) -> Span:
    """From the first key of what stands at ``path`` to the end of its last value.

    A block ends, for a YAML reader, where the next one starts; so blank lines and comments before that are left out.
    """
    span = document.whole(path)
    line, column = span.end_line, span.end_column
    before = file.line(line)[max(0, column - NEAR) : column - 1] if column > 1 else ""
    if before.strip() or (column > NEAR and file.line(line)[: column - NEAR].strip()):
        return span
    while line > span.line:
        line -= 1
        text = file.line(line)
        if (
            text.strip()
            and not text.lstrip().startswith("#")
            and text.rstrip() not in ("---", "...")
        ):
            break
    return Span(span.path, span.line, span.column, line, len(file.line(line)) + 1)


def _value(document: Document, data: Any, path: Path, note: str) -> Value:
    if isinstance(data, str):
        return text_value(data, document.span(path), note)
    if isinstance(data, dict):
        data = {key: _value(document, item, (*path, key), note) for key, item in data.items()}
    elif isinstance(data, list):
        data = tuple(
            _value(document, item, (*path, index), note) for index, item in enumerate(data)
        )
    return Known(data, Step(document.span(path), Note(note)))
