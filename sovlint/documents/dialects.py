"""How tools write what is still to be filled in: a table of their signs, and what a text is by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct


class Dialect(Struct, frozen=True):
    """The signs of one way to write a variable.

    ``open`` and ``close`` stand around it. ``default`` parts its name from what counts where nobody sets it; a format
    of files may have a sign of its own for that. ``escape`` stands for the sign itself. ``padded``: whether blanks, and
    a ``-`` that takes the blanks outside away, may stand around the name. ``name``: a pattern of names, where not all
    that stands between the signs is one.
    """

    open: str
    close: str
    default: str = ""
    escape: str = ""
    padded: bool = False
    name: str = ""


# --- the table

_WORD: Final = r"[A-Za-z_]\w*"

BRACES: Final = Dialect("${", "}", default=":-")
"""Shells, Compose, Spring, Terraform and many more."""
EXPRESSIONS: Final = Dialect("${{", "}}", padded=True)
"""GitHub's actions and Azure's pipelines, in what they fill in before anything runs."""
GO: Final = Dialect("{{", "}}", padded=True)
"""Go's templates and so Helm's, and Jinja's."""
ROUND: Final = Dialect("$(", ")")
"""Azure Pipelines and MSBuild, and the commands of a shell."""
KUBELET: Final = Dialect("$(", ")", escape="$$", name=r"[A-Za-z_.-][A-Za-z0-9_.-]*")
"""Values and arguments of a pod (Kubernetes, "Define Dependent Environment Variables")."""
ERB: Final = Dialect("<%", "%>")
"""Ruby's templates."""
SYMFONY: Final = Dialect("%env(", ")%")
RUBY: Final = Dialect("#{", "}")
"""Ruby's texts, and what replaces tokens."""
PYTHON: Final = Dialect("%(", ")")
"""``%(name)s``, as Python's ``configparser`` has it."""
CADDY: Final = Dialect("{$", "}", default=":")
"""A Caddyfile's, before it is read."""
CADDY_PLACEHOLDER: Final = Dialect("{env.", "}")

IN_VALUES: Final = (
    BRACES, EXPRESSIONS, ROUND, GO, ERB, SYMFONY, RUBY, PYTHON, CADDY, CADDY_PLACEHOLDER,
)  # fmt: skip
"""What may stand anywhere in a value of a configuration file."""
IN_DOCUMENTS: Final = (GO, BRACES, EXPRESSIONS)
"""What may stand anywhere in a document of Kubernetes, Compose or a pipeline."""
ALONE: Final = (
    Dialect("$", "", name=_WORD),
    Dialect("@", "@", name=r"[\w.-]+"),
    Dialect("%", "%", name=_WORD),
    Dialect("__", "__", name=r"[A-Z]\w*"),
    Dialect("#{", "}", name=r"\w+"),
    Dialect("#{", "}#", name=r"\w+"),
)
"""What is a variable where a value is nothing else, in the forms of tools that replace them."""


# --- what a text is by it


class Hole(Struct, frozen=True):
    """A variable in a text: as it is ``written``, and what stands between its signs."""

    written: str
    inner: str


class Dialects:
    """Several dialects that are looked for at once; of two signs that begin alike the longer one is meant, if it is
    closed.

    ``nested``: whether a variable may stand in another one, so that it ends where its own sign is closed. Nothing is
    told there of what comes after a sign that is never closed; elsewhere such a sign is plain text.
    """

    __slots__ = ("_closing", "_nested", "_opening")

    def __init__(self, dialects: Iterable[Dialect], nested: bool = False) -> None:
        self._closing = {each.open: each.close for each in dialects}
        self._opening = re.compile(
            "|".join(map(re.escape, sorted(self._closing, key=len, reverse=True)))
        )
        self._nested = nested

    def pieces(self, text: str) -> list[str | Hole]:
        """Literals, perhaps empty, with a hole between each two."""
        found: list[str | Hole] = []
        missing: set[str] = set()
        done = at = 0
        while opened := self._opening.search(text, at):
            start = opened.start()
            sign, end = self._closed(text, start, opened[0], missing)
            if end == -1 and self._nested:
                break
            if end == -1:
                at = start + 1
                continue
            after = end + len(self._closing[sign])
            found += [
                text[done:start],
                Hole(text[start:after], text[start + len(sign) : end]),
            ]
            done = at = after
        return [*found, text[done:]]

    def is_in(self, text: str) -> bool:
        """Whether a variable is opened in a text, be it closed or not."""
        return self._opening.search(text) is not None

    def _closed(self, text: str, start: int, sign: str, missing: set[str]) -> tuple[str, int]:
        """The sign at ``start`` by which a variable is opened and closed, and where it is closed; -1 where it isn't."""
        while sign in self._closing:
            close = self._closing[sign]
            end = -1 if close in missing else self._end(text, start + len(sign), sign, close)
            if end != -1:
                return sign, end
            missing.add(close)
            sign = sign[:-1]
        return sign, -1

    def _end(self, text: str, begin: int, sign: str, close: str) -> int:
        """Where the sign that closes a variable stands; -1 where none does."""
        if not self._nested or len(close) > 1:
            return text.find(close, begin)
        depth, again = 1, sign[-1]
        for at in range(begin, len(text)):
            depth += (text[at] == again) - (text[at] == close)
            if depth == 0:
                return at
        return -1


TO_FILL_IN: Final = Dialects(IN_DOCUMENTS)
"""What is still to be filled in of a document."""
TEMPLATES: Final = Dialects((GO,))
"""The same where ``${x}`` is for a shell."""


def variable_pattern(dialect: Dialect, inner: str = "") -> re.Pattern[str]:
    """A pattern of a variable: ``inner`` is what stands between its signs, else the first group is its name. It matches
    what the sign is escaped by too, without that group."""
    before, after = (r"-?\s*", r"\s*-?") if dialect.padded else ("", "")
    written = f"{re.escape(dialect.open)}{before}{inner or f'({dialect.name})'}{after}{re.escape(dialect.close)}"
    return re.compile(f"{re.escape(dialect.escape)}|{written}" if dialect.escape else written)
