"""What a plan or state says of a resource, as values, and how that is joined to what its source says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import zip_longest
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import Path
from sovlint.documents.json_places import JsonText
from sovlint.expressions.kinds import content, known_text, unsupported
from sovlint.expressions.lifting import hidden
from sovlint.frontends.terraform.modules.attributes import inside
from sovlint.frontends.terraform.modules.computed import PIECE, is_template
from sovlint.frontends.terraform.plans.document import as_list, as_map
from sovlint.model.attributes import Attributes, Found
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value, same, unroll
from sovlint.rules.keys import path_parts

Referrer = Callable[[str, Iterable[str]], "str | None"]
"""Told a text and addresses without keys, gives the one resource at these that is called so, if there is one."""


class PlannedAttributes(Struct, eq=False):
    """The attributes of a resource as a plan or state lists them (implements ``model.attributes.Attributes``).

    Nested blocks are lists of objects there; each is handed on by itself, as from source. What is known only once
    applied is unknown under the name of its attribute, and no value at all where ``written`` says that nobody wrote
    it: the plug-in will fill it in.
    """

    _text: JsonText
    _at: Path
    _address: str
    _values: Mapping[str, Any]
    _unknown: Any = False
    _sensitive: Any = False
    _written: frozenset[str] | None = None

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path."""
        names = dict.fromkeys((*self._values, *as_map(self._unknown)))
        return read_path(
            path, names, self._value, lambda name: self._text.where((*self._at, name))
        )

    def _value(self, name: str, where: Located) -> Value | None:
        unknown = as_map(self._unknown).get(name, False)
        if unknown is True and self._written is not None and name not in self._written:
            return None
        if name not in self._values and not unknown:
            return None
        step = Step(where, Note("terraform.listed", {"path": self._text.path}))
        try:
            value = value_of(self._values.get(name), unknown, f"{self._address}.{name}", step)
        except RecursionError:
            value = unsupported(f"{self._address}.{name} is nested too deeply")
        sensitive = self._sensitive is True or as_map(self._sensitive).get(name)
        return hidden(value) if sensitive else value


def read_path(
    path: str,
    names: Iterable[str],
    value: Callable[[str, Located], Value | None],
    where: Callable[[str], Located],
) -> Sequence[Found]:
    """All values at a dotted path among things of these ``names``, each with its ``value`` and ``where`` it stands."""
    name, *rest = path_parts(path)
    wanted = [each for each in names if fnmatchcase(each, name)] if "*" in name else [name]
    found: list[Found] = []
    for each in wanted:
        at = where(each)
        inner = value(each, at)
        if inner is not None:
            found.extend(_apart(inner, rest, at))
    return found


def value_of(data: Any, unknown: Any, detail: str, step: Step | None = None) -> Value:
    """Plain data as a value; ``unknown`` is a tree beside it that says what is known only once applied."""
    if unknown is True:
        return Unknown(Reason.COMPUTED_AT_APPLY, detail, step)
    if isinstance(data, dict) or (data is None and as_map(unknown)):
        inner, more = data or {}, as_map(unknown)
        keys = dict.fromkeys((*inner, *(key for key, doubt in more.items() if doubt)))
        return Known(
            {
                key: value_of(inner.get(key), more.get(key, False), f"{detail}.{key}")
                for key in keys
            },
            step,
        )
    if isinstance(data, list) or (data is None and as_list(unknown)):
        both = enumerate(zip_longest(data or (), as_list(unknown)))
        return Known(
            tuple(value_of(item, doubt, f"{detail}[{n}]") for n, (item, doubt) in both), step
        )
    return Known(data, step)


def _apart(value: Value, path: Sequence[str], where: Located) -> Iterator[Found]:
    """The values at the rest of a path; objects of a list one by one, as blocks are read."""
    for each in inside(value, path):
        members = content(each)
        if isinstance(members, tuple) and all(
            isinstance(content(member), dict) for member in members
        ):
            for member in members:
                yield Found(hidden(member) if each.sensitive else member, where)
        else:
            yield Found(each, where)


class Joined(Struct, eq=False):
    """What a plan says (it decides), told where the source says the same, and with what only the source knows.

    What is unknown in the plan is what the source says of it, be it only which resource it comes from. ``referrer``
    finds that resource for what the plan knows already.
    """

    _plan: Attributes
    _source: Attributes | None
    _referrer: Referrer | None = None
    _rests_on: frozenset[str] = frozenset()
    _read: dict[str, Sequence[Found]] = {}

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path."""
        if path not in self._read:
            listed = self._plan.read(path)
            written = self._source.read(path) if self._source is not None else ()
            self._read[path] = self._join(listed, written)
        return self._read[path]

    def _join(self, listed: Sequence[Found], written: Sequence[Found]) -> Sequence[Found]:
        if self._source is not None and len(listed) == len(written):
            return [self._one(*pair) for pair in zip(listed, written, strict=True)]
        if self._source is not None and any(
            isinstance(each.value, Unknown) for each in listed
        ):
            return written
        return [self._referring(each, self._rests_on, each.where) for each in listed]

    def _one(self, listed: Found, written: Found) -> Found:
        value = listed.value
        if isinstance(value, Unknown):
            return (
                replace(written, value=hidden(written.value)) if value.sensitive else written
            )
        addresses = self._rests_on | _refers(written.value)
        found = self._referring(listed, addresses, written.where)
        if found is not listed:
            return found
        if isinstance(written.value, Known) and same(value.value, written.value.value):
            return replace(
                written,
                value=hidden(written.value) if value.sensitive else written.value,
                sure=True,
            )
        return replace(listed, where=written.where)

    def _referring(self, found: Found, addresses: frozenset[str], where: Located) -> Found:
        """A text that is that of another resource, with the step that says so."""
        value = found.value
        if (
            self._referrer is None
            or not addresses
            or not isinstance(value, Known)
            or not isinstance(value.value, str)
        ):
            return found
        address = self._referrer(value.value, addresses)
        if address is None:
            return found
        step = Step(
            where,
            Note("terraform.reference", {"address": address}),
            (),
            address,
            text=(value.value,),
        )
        return Found(Known(value.value, step, value.sensitive), where, found.sure)


def _refers(value: Value) -> frozenset[str]:
    return frozenset(step.refers for step in unroll(value.because) if step.refers)


class Recovered(Struct, eq=False):
    """Attributes with those that are absent read back by the templates of their type (``Hints.computed``)."""

    _attributes: Attributes
    _templates: Mapping[str, str]

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path; of an argument that isn't there, the one that all that was made of it shows."""
        found = self._attributes.read(path)
        if any(
            not (isinstance(each.value, Known) and each.value.value in (None, ""))
            for each in found
        ):
            return found
        templates = (
            (name, text) for name, text in self._templates.items() if is_template(text)
        )
        shown = [each for name, text in templates if (each := self._in(name, text, path))]
        values = {each.value.value for each in shown if isinstance(each.value, Known)}
        return shown[:1] if len(values) == 1 else found

    def _in(self, name: str, template: str, wanted: str) -> Found | None:
        pieces = PIECE.split(template)
        if wanted not in pieces[1::2]:
            return None
        made = self._text(name)
        if made is None:
            return None
        match = re.fullmatch(
            "".join(self._pattern(pieces, at, wanted) for at in range(len(pieces))), made[0]
        )
        if match is None:
            return None
        found = made[1]
        return Found(
            Known(match["wanted"], found.value.because, found.value.sensitive),
            found.where,
            found.sure,
        )

    def _pattern(self, pieces: Sequence[str], at: int, wanted: str) -> str:
        piece = pieces[at]
        if at % 2 == 0:
            return re.escape(piece)
        if piece == wanted:
            return (
                "(?P<wanted>[^:/.]+)"
                if pieces[1::2].index(wanted) == at // 2
                else "(?P=wanted)"
            )
        other = self._text(piece) if piece else None
        if other is not None:
            return re.escape(other[0])
        return ".*" if at == len(pieces) - 2 and not pieces[-1] else "[^:/]*"

    def _text(self, name: str) -> tuple[str, Found] | None:
        """What stands under a name, where it is one text that is known."""
        found = self._attributes.read(name)
        text = known_text(found[0].value) if len(found) == 1 else None
        return None if text is None else (text, found[0])
