"""The files that functions of a root may read: bounded to the git root, through the reader that every room uses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from sovlint.expressions.functions.checkout import relative
from sovlint.expressions.kinds import Failed, failed, unsupported
from sovlint.expressions.nodes import Expression
from sovlint.expressions.sizes import set_of
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from sovlint.model.value import Known, Unknown, Value


class Files(Struct, eq=False):
    """The files that functions of one root may read; paths start at the root's folder. Without a reader: none.

    ``functions``: further ones that may be called there.
    """

    _reader: Reader | None = None
    _folder: str = ""
    _parse: Callable[[str, str], Expression | None] = lambda text, path: None
    functions: Mapping[str, Callable[[list[Value]], Value]] = {}

    def nearby(self, value: Value) -> Value:
        """A path below the checkout as one from the root's folder; any other value as it is."""
        return relative(value, self._folder)

    def data(self, path: str) -> bytes | Unknown:
        """What a file holds, or unknown where it can't be read here."""
        resolved = self.resolve(path)
        if resolved is None or self._reader is None:
            return unsupported("a file outside the repository")
        found = self._reader.read(resolved)
        if isinstance(found, SourceFile):
            return found.data
        return (
            failed("no such file")
            if self._reader.absent(resolved)
            else unsupported("a file that can't be read")
        )

    def exists(self, path: str) -> Value:
        """Whether a file is there, as far as that can be told here."""
        found = self.data(path)
        if isinstance(found, bytes):
            return Known(True)
        return Known(False) if isinstance(found, Failed) else found

    def text(self, path: str) -> Value:
        """The text of a file, or unknown where it can't be read here."""
        found = self.data(path)
        return found if isinstance(found, Unknown) else Known(found.decode())

    def template(self, path: str) -> Expression | Unknown:
        """A template file as an expression."""
        text = self.text(path)
        if isinstance(text, Unknown):
            return text
        return self.parsed(str(text.value), path)

    def parsed(self, text: str, name: str) -> Expression | Unknown:
        """A text as a template; ``name`` says which one where it can't be read."""
        expression = self._parse(text, name)
        return expression if expression is not None else unsupported(f"template {name}")

    def below(self, folder: str, pattern: str) -> Value:
        """Paths of the files that a glob matches, relative to a folder and sorted; it may climb out of that folder."""
        start = self.resolve(folder)
        whole = self.resolve(posixpath.join(folder, pattern))
        matches = None if whole is None else _glob(whole)
        if start is None or whole is None or self._reader is None or matches is None:
            return unsupported("a folder outside the repository, or a glob that isn't read")
        top = _fixed(whole)
        listed = self._reader.listing(top)
        if not listed and not self._reader.absent(top):
            return unsupported(
                "a folder of which no file is listed: it may be ignored or excluded"
            )
        aside = next(
            (each for each in self._reader.unlisted(top) if _may_match(whole, each)), None
        )
        if aside is not None:
            return unsupported(f"a glob that may match what isn't scanned: {aside}")
        found = (path for path in listed if matches.fullmatch(path))
        return Known(
            set_of(
                Known(path)
                for path in sorted(posixpath.relpath(path, start or ".") for path in found)
            )
        )

    def resolve(self, path: str) -> str | None:
        """The path from the git root, or ``None`` where it leads out of it."""
        if path.startswith(("/", "~")) or "\x00" in path:
            return None
        joined = posixpath.normpath(posixpath.join(self._folder, path))
        return None if joined.startswith("..") else joined


_GLOB = late_pattern(r"\*\*/|\*\*|\*|\?|\{[^{}]*\}|[^*?{}]+")


def _glob(pattern: str) -> re.Pattern[str] | None:
    """A glob of ``fileset`` as a pattern; ``None`` for what isn't read (character classes, escapes)."""
    if "[" in pattern or "\\" in pattern or "".join(_GLOB.findall(pattern)) != pattern:
        return None
    parts = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(parts.get(part) or _choice(part) for part in _GLOB.findall(pattern))
    )


def _fixed(pattern: str) -> str:
    """The folder that everything a glob matches is below: its parts before the first that has a wildcard."""
    parts = pattern.split("/")[:-1]
    end = next((at for at, part in enumerate(parts) if set(part) & set("*?{")), len(parts))
    return "/".join(parts[:end])


def _may_match(pattern: str, path: str) -> bool:
    """Whether a glob that is read matches a file, or may match one in a folder that isn't looked into (``a/b/``)."""
    if not path.endswith("/"):
        matches = _glob(pattern)
        return matches is not None and matches.fullmatch(path) is not None
    parts, folders = pattern.split("/"), path[:-1].split("/") if path != "/" else []
    for part, folder in zip(parts, folders, strict=False):
        if "**" in part or any("/" in choice for choice in re.findall(r"\{[^{}]*", pattern)):
            return True
        matches = _glob(part)
        if matches is not None and not matches.fullmatch(folder):
            return False
    return len(parts) > len(folders)


def _choice(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    return "(?:" + "|".join(re.escape(each) for each in part[1:-1].split(",")) + ")"
