"""Readings of front ends, taken from where they are kept or read and kept: ``ReadingCache``."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from msgspec import Struct

from sovlint.cache import pickles, seal
from sovlint.cache.asking import AskingReader, ReaderAnswers
from sovlint.cache.by_content import ContentCache
from sovlint.cache.folder import KeptBytes
from sovlint.model.inputs import Reader

T = TypeVar("T")


class _Made(Struct):
    """What was read in this run: the name that it is kept under, what it hangs on, and how it is told once all has been
    asked of it (``None``: it can't be kept)."""

    name: str
    reader: AskingReader
    value: Callable[[], object | None]


class ReadingCache:
    """What a run takes from the cache, and what it leaves there. ``key``: all that readings hang on besides files: code,
    catalogue, configuration, options. ``takes``, ``keeps``: whether anything is taken from there, and left there."""

    def __init__(
        self, folder: KeptBytes, key: str, takes: bool = True, keeps: bool = True
    ) -> None:
        self._folder = folder
        self._key = key
        self._takes = takes
        self._keeps = keeps
        self._made: list[_Made] = []
        self._by_content: dict[str, ContentCache] = {}
        self._answers: ReaderAnswers | None = None
        self.took = False
        """Whether anything was taken."""

    def again(self) -> ReadingCache:
        """The same, that takes nothing."""
        return ReadingCache(self._folder, self._key, takes=False, keeps=self._keeps)

    def for_drafts(self) -> ReadingCache:
        """The same for files as they would be: nothing of them is kept."""
        return ReadingCache(self._folder, self._key, keeps=False)

    def answers(self, reader: Reader) -> ReaderAnswers:
        """What is known of the repository's files in this run. ``reader``: the first that asks is that of all files."""
        if self._answers is None:
            self._answers = ReaderAnswers(reader)
        return self._answers

    @property
    def lasts(self) -> bool:
        """Whether it is there for other runs."""
        return self._folder.lasts

    def reading(self, what: str, reader: Reader, read: Callable[[Reader], T]) -> T:
        """What ``read`` makes of the files of ``reader``: as it was kept, where all that it hangs on is the same.

        ``what``: what tells it from other readings of the same run.
        """
        kept: T | None = self.kept(what, reader)
        if kept is not None:
            return kept
        asking = AskingReader(reader, self.answers(reader))
        value = read(asking)
        self.keep(what, asking, lambda: value)
        return value

    def kept(self, what: str, reader: Reader) -> Any | None:
        """What was kept, where all that it hangs on is the same; what ``reader`` reads hangs on that too, then."""
        data = self._folder.get(self._name(what)) if self._takes else None
        unsealed = None if data is None else seal.opened(data, self.answers(reader))
        if unsealed is None:
            return None
        value = pickles.loaded(unsealed.content)
        if value is None:
            return None
        if isinstance(reader, AskingReader):
            reader.took(unsealed.asked)
        self.took = True
        return value

    def keep(
        self, what: str, reader: AskingReader, value: Callable[[], object | None]
    ) -> None:
        """Have something kept when the run is at its end. ``reader``: what it was read with."""
        self._made.append(_Made(self._name(what), reader, value))

    def by_content(self, what: str) -> ContentCache:
        """What was made of texts alone, of one kind."""
        if what not in self._by_content:
            self._by_content[what] = ContentCache(
                self._folder, self._name(what), not self._takes
            )
        return self._by_content[what]

    def save(self) -> None:
        """Keep what was read in this run, with all that was asked of it since."""
        told = [(each, each.value()) for each in self._made]
        keeps = self._keeps and not (self._answers and self._answers.has_changed)
        for each, value in told if keeps else ():
            content = None if value is None else pickles.dumped(value)
            if content is not None:
                self._folder.put(each.name, seal.sealed(content, each.reader.asked))
        for kept in self._by_content.values() if self._keeps else ():
            kept.save()
        if self._made and self._keeps:
            self._folder.make_room()
        self._made.clear()
        self._by_content.clear()

    def _name(self, what: str) -> str:
        return sha256(f"{self._key}\0{what}".encode("utf-8", "surrogateescape")).hexdigest()
