"""``data`` of the configuration: which data classes are where -> ``ClassRules``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from msgspec import Struct, field

from sovlint.configuration.entries import EntryReader
from sovlint.files import globs
from sovlint.files.globs import Subject
from sovlint.model.classrules import ClassRule, ClassRules
from sovlint.model.organisation import PARTICULAR_SENSITIVITY
from sovlint.model.source import Span

UNUSED_PATH: Final = "config.unused-path"
UNUSED_ADDRESS: Final = "config.unused-address"
_UNUSED_SREN: Final = "config.unused-sren"


class ClassRulesReader(Struct):
    """Makes rules of ``data``; what isn't right is among the ``problems`` of ``within``. ``words``: every data class that
    is named, and where."""

    within: EntryReader
    words: list[tuple[str, Span]] = field(default_factory=list)

    def rules(self, data: Mapping[str, Any]) -> ClassRules:
        """The rules of ``data``."""
        tags, assume = data.get("tags") or (), data.get("assume")
        sren = tuple(self._sren(data.get("sren") or ()))
        if assume:
            self.words.append((assume, self.within.document.span(("data", "assume"))))
        return ClassRules(
            own_keys=tuple(tags),
            own_keys_at=self.within.document.span(("data", "tags")) if tags else None,
            values={
                word: self._classes("values", word, found)
                for word, found in (data.get("values") or {}).items()
            },
            places={
                word: self.within.document.span(("data", "values", word))
                for word in data.get("values") or {}
            },
            paths=(
                *(
                    ClassRule(
                        glob,
                        self.within.paths([glob], UNUSED_PATH, *at),
                        classes,
                        self.within.document.span(at),
                    )
                    for glob, classes, at in self._rules("paths", data)
                ),
                *(path for path, _ in sren),
            ),
            addresses=(
                *(
                    ClassRule(
                        glob,
                        self.within.addresses([glob], UNUSED_ADDRESS, *at),
                        classes,
                        self.within.document.span(at),
                    )
                    for glob, classes, at in self._rules("addresses", data)
                ),
                *(address for _, address in sren),
            ),
            assume=assume,
            sren=tuple(path.glob for path, _ in sren),
        )

    def _sren(self, found: Sequence[str]) -> Iterator[tuple[ClassRule, ClassRule]]:
        """Each glob of ``data.sren``, which may be of files or of addresses: what it matches of either is of particular
        sensitivity."""
        for index, glob in enumerate(found):
            at = ("data", "sren", index)
            of_paths = self.within.glob(partial(globs.paths, [glob], self.within.base), *at)
            if of_paths is None:
                continue
            of_addresses = globs.addresses([glob])
            either = _either(of_paths, of_addresses)
            self.within.watch(_UNUSED_SREN, glob, either, Subject.FILES_OR_ADDRESSES, *at)
            classes, span = (PARTICULAR_SENSITIVITY,), self.within.document.span(at)
            yield (
                ClassRule(glob, of_paths, classes, span),
                ClassRule(glob, of_addresses, classes, span),
            )

    def _rules(
        self, key: str, data: Mapping[str, Any]
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Each glob under a key of ``data``, the classes that it gives, and where it stands."""
        for glob, found in (data.get(key) or {}).items():
            yield glob, self._classes(key, glob, found), ("data", key, glob)

    def _classes(self, key: str, entry: str, found: str | list[str]) -> tuple[str, ...]:
        classes = (found,) if isinstance(found, str) else tuple(found)
        self.words.extend(
            (name, self.within.document.span(("data", key, entry))) for name in classes
        )
        return classes


def _either(one: globs.Matches, other: globs.Matches) -> globs.Matches:
    """What one of two matches."""
    return lambda name: one(name) or other(name)
