"""Texts by which resources are named, as the catalogue has their forms: an ARN, a path, a URI, a host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct

from sovlint.catalog.entries.naming import Naming
from sovlint.model.decoding import pattern
from sovlint.model.partial.holes import HOLE, marked_parts, marked_text
from sovlint.model.value import Known, Unknown, Value
from sovlint.resolve.facts.endpoints import host_parts

_PIECE: Final = re.compile(r"\{(\w*)\}")
_ANY: Final = "*"
_ENDS: Final = "/:?"
"""Behind one of these more may be said of a thing: an alias, a key, a container."""
MAX_LENGTH: Final = 2048
"""Longer texts name nothing."""
MAX_HOST: Final = 255
"""Longer names are no hosts (RFC 1035)."""


class Form(Struct, frozen=True):
    """A text that names a resource of a type: its pattern, and the arguments that stand in it, in order. ``start`` and
    ``end``: what it begins and ends with, so that few patterns have to be built."""

    plugin: str
    kind: str
    pattern: str
    arguments: tuple[str, ...]
    is_host: bool
    start: str
    end: str
    template: str

    @property
    def name(self) -> str:
        """The argument by which resources of the type are told apart: the last one but in a host, where it leads."""
        return self.arguments[0 if self.is_host else -1]

    def read(self, text: str, low: str) -> Mapping[str, str] | None:
        """The arguments in a text of this form; ``low``: the text in lower case."""
        if not low.startswith(self.start) or not low.endswith(self.end):
            return None
        found = pattern(self.pattern, re.IGNORECASE | re.DOTALL).fullmatch(text)
        if found is None:
            return None
        return dict(zip(self.arguments, found.groups(), strict=True))


class ReadName(Struct, frozen=True):
    """What a text says of the resource that it names: its type, and the arguments that stand there."""

    form: Form
    said: Mapping[str, str]

    def names(self) -> Iterator[str]:
        """What its name may be: all that stands there, then less and less of what may say more of a thing."""
        name = self.said[self.form.name]
        yield name
        if self.form.is_host:
            return
        for position in range(len(name) - 1, 0, -1):
            if name[position] in _ENDS:
                yield name[:position]


def forms(naming: Naming, place_names: Sequence[str]) -> Iterator[Form]:
    """All forms of a plug-in; none of a text that has no argument but those that say a place."""
    for kind in naming.kinds:
        for template in naming.templates(kind):
            form = _form(naming.id, kind, template)
            if form.arguments and form.name not in place_names:
                yield form


def is_host(template: str) -> bool:
    """Whether a template is that of a host alone."""
    return "/" not in template and ":" not in template


def _form(plugin: str, kind: str, template: str) -> Form:
    pieces = _PIECE.split(template)
    bare = is_host(template)
    last = max(position for position, piece in enumerate(pieces) if position % 2)
    written, arguments = "", []
    for position, piece in enumerate(pieces):
        if position % 2 == 0:
            written += re.escape(piece)
        elif not piece:
            written += r"[^./]*" if bare else r"[^:/]*"
        else:
            arguments.append(piece)
            rest = ".+" if position == last and not bare else "[^:/]+"
            written += f"({rest})"
    start, end = pieces[0].casefold(), pieces[-1].casefold()
    return Form(plugin, kind, written, tuple(arguments), bare, start, end, template)


def read_by(texts: Sequence[str], listed: Sequence[Form]) -> Iterator[ReadName]:
    """What a text says by each form that it has; ``texts``: as it stands, and its host."""
    whole, host = texts
    low, low_host = whole.casefold(), host.casefold()
    for form in listed:
        if form.is_host and len(host) > MAX_HOST:
            continue
        said = form.read(host, low_host) if form.is_host else form.read(whole, low)
        if said is not None:
            yield ReadName(form, said)


def as_text(value: Value) -> str:
    """A value as one text, with signs for its holes; empty where it is none, or nothing of it is known."""
    if isinstance(value, Known):
        text = value.value if isinstance(value.value, str) else ""
    else:
        text = marked_text(value.parts or ())
    return "" if len(text) > MAX_LENGTH or not text.strip(HOLE) else text


def host_in(text: str) -> str:
    """The host of an address, with signs for its holes."""
    return marked_text(host_parts(marked_parts(text)))


def holes_of(value: Value) -> frozenset[tuple[object, ...]]:
    """Why each part of a text isn't known: two texts of the same literals are the same where that is the same."""
    if isinstance(value, Known):
        return frozenset()
    return frozenset(each.cause[:2] for each in (value.holes or (value,)))


def members_of(value: Value) -> Sequence[Value]:
    """What a value may be, one by one; itself where that isn't known."""
    if isinstance(value, Unknown) and value.among:
        return value.among
    return (value,)


def fits(form: Form, said: Mapping[str, str], glob: str) -> bool:
    """Whether the text that a form makes of arguments may fit a glob: part by part, between colons, since what isn't
    known is a whole part of it most often."""
    made = _PIECE.sub(
        lambda piece: said.get(piece[1], "").replace(HOLE, _ANY) or _ANY, form.template
    )
    texts, wanted = made.split(":"), glob.split(":", made.count(":"))
    if len(texts) != len(wanted):
        return False
    return all(
        fnmatchcase(text, part) or (_ANY in text and fnmatchcase(part, text))
        for text, part in zip(texts, wanted, strict=True)
    )
