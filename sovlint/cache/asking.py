"""What a reading was made of: every question that was put to the reader, and the digest of each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NoReturn

from sovlint.model.inputs import PEEKED, Reader
from sovlint.model.source import SourceFile
from sovlint.model.text import Note

ReaderQuestion = tuple[str, str]
"""What was asked (a key of ``QUESTIONS``), and of which path."""


def _of(data: bytes) -> str:
    from hashlib import sha256  # imported late: it brings in OpenSSL

    return sha256(data).hexdigest()


def _of_paths(paths: Sequence[str]) -> str:
    return _of("\0".join(paths).encode("utf-8", "surrogateescape"))


def _of_file(found: SourceFile | Note) -> str:
    return _of(found.data) if isinstance(found, SourceFile) else repr(found)


QUESTIONS: Final[Mapping[str, Callable[[Reader, str], str]]] = {
    "paths": lambda reader, _: _of_paths(reader.paths),
    "read": lambda reader, path: _of_file(reader.read(path)),
    "listing": lambda reader, folder: _of_paths(reader.listing(folder)),
    "files_in": lambda reader, folder: _of_paths(reader.files_in(folder)),
    "absent": lambda reader, path: str(reader.absent(path)),
    "unlisted": lambda reader, folder: _of_paths(reader.unlisted(folder)),
    "real": lambda reader, path: reader.real(path),
    "wanted": lambda reader, path: str(reader.wanted(path)),
    "named": lambda reader, _: _of_paths(
        [path for path in reader.paths if reader.named(path)]
    ),
}
"""Every question that a reader answers; of how a file begins ``peek:<bytes>`` asks. Nothing is kept where other
repositories offer something."""
_PEEK: Final = "peek:"
PART: Final = "module"
"""What only a part asks, of what the whole has read already."""


Tell = Callable[[Reader, str], str]
"""What a file's text comes to, where nothing else of it matters: by the reader and its path."""


def told(reader: Reader, what: str, path: str, tell: Tell) -> str:
    """What a file's text comes to; a reader that remembers keeps that in mind, and not the text. ``what``: the name under
    which ``ReaderAnswers.learn`` was told of ``tell``."""
    return reader.tell(what, path) if isinstance(reader, AskingReader) else tell(reader, path)


class ReaderAnswers:
    """The digests of a reader's answers, each worked out once in a run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[ReaderQuestion, str] = {}
        self._others: dict[str, Callable[[str], str]] = {}
        self.has_changed = False
        """Whether an answer was another one later: what was read is of no one state of the files."""

    def to(self, question: ReaderQuestion) -> str:
        """The digest of the answer to a question as it is now."""
        if question not in self._known:
            self._known[question] = self._digest(*question)
        return self._known[question]

    def given(
        self, question: ReaderQuestion, digest: Callable[[Any], str], answer: Any
    ) -> str:
        """The digest of an answer that the reader has just given."""
        if question not in self._known:
            self._known[question] = digest(answer)
        return self._known[question]

    def given_again(
        self, question: ReaderQuestion, digest: Callable[[Any], str], answer: Any
    ) -> str:
        """The same of an answer that is looked up each time, and may be another one by now."""
        found = digest(answer)
        self.has_changed |= self._known.setdefault(question, found) != found
        return found

    def learn(self, answers: Mapping[str, Callable[[str], str]]) -> None:
        """Have questions answered that are no reader's, by their names."""
        self._others.update(answers)

    def _digest(self, asked: str, path: str) -> str:
        if asked.startswith(_PEEK):
            return _of(self._reader.peek(path, int(asked.removeprefix(_PEEK))))
        if asked in self._others:
            return self._others[asked](path)
        return QUESTIONS[asked](self._reader, path)


class AskingReader:
    """A reader that remembers what it was asked (implements ``model.inputs.Reader``)."""

    def __init__(self, reader: Reader, answers: ReaderAnswers) -> None:
        self._reader = reader
        self._answers = answers
        self.asked: dict[ReaderQuestion, str] = {}
        """Each question, with the digest of its answer."""
        self.elsewhere = reader.elsewhere
        self.offered_by = reader.offered_by
        self.mount = reader.mount

    def __reduce__(self) -> NoReturn:
        raise TypeError("a reader isn't kept")

    def tell(self, asked: str, path: str) -> str:
        """The answer to a question that is no reader's."""
        question = asked, path
        if question not in self.asked:
            self.asked[question] = self._answers.to(question)
        return self.asked[question]

    def took(self, asked: Mapping[ReaderQuestion, str]) -> None:
        """Remember what a part hangs on that was kept: what only it asked besides the reader is told by what it read."""
        for question, answer in asked.items():
            if question[0] != PART:
                self.asked[question] = answer

    def _note(
        self, question: ReaderQuestion, digest: Callable[[Any], str], answer: Any
    ) -> None:
        if question not in self.asked:
            self.asked[question] = self._answers.given(question, digest, answer)

    def _note_again(
        self, question: ReaderQuestion, digest: Callable[[Any], str], answer: Any
    ) -> None:
        self.asked[question] = self._answers.given_again(question, digest, answer)

    @property
    def paths(self) -> Sequence[str]:
        """As the reader's."""
        paths = self._reader.paths
        self._note(("paths", ""), _of_paths, paths)
        return paths

    def read(self, path: str) -> SourceFile | Note:
        """As the reader's."""
        found = self._reader.read(path)
        self._note_again(("read", path), _of_file, found)
        return found

    def wanted(self, path: str) -> bool:
        """As the reader's."""
        found = self._reader.wanted(path)
        self._note(("wanted", path), str, found)
        return found

    def named(self, path: str) -> bool:
        """As the reader's: which files were named is what it hangs on."""
        self.tell("named", "")
        return self._reader.named(path)

    def listing(self, folder: str) -> Sequence[str]:
        """As the reader's."""
        found = self._reader.listing(folder)
        self._note(("listing", folder), _of_paths, found)
        return found

    def files_in(self, folder: str) -> Sequence[str]:
        """As the reader's."""
        found = self._reader.files_in(folder)
        self._note_again(("files_in", folder), _of_paths, found)
        return found

    def absent(self, path: str) -> bool:
        """As the reader's."""
        found = self._reader.absent(path)
        self._note_again(("absent", path), str, found)
        return found

    def unlisted(self, folder: str) -> Sequence[str]:
        """As the reader's."""
        found = self._reader.unlisted(folder)
        self._note(("unlisted", folder), _of_paths, found)
        return found

    def peek(self, path: str, most: int = PEEKED) -> bytes:
        """As the reader's."""
        found = self._reader.peek(path, most)
        self._note_again((f"{_PEEK}{most}", path), _of, found)
        return found

    def real(self, path: str) -> str:
        """As the reader's."""
        found = self._reader.real(path)
        self._note(("real", path), str, found)
        return found
