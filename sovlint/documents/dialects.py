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
"""Shells, Compose, Spring, Terraform and many more. ``${{ }}`` of pipelines begins like it, too."""
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

IN_VALUES: Final = (BRACES, ROUND, GO, ERB, SYMFONY, RUBY, PYTHON)
"""What may stand anywhere in a value of a configuration file."""
IN_DOCUMENTS: Final = (GO, BRACES)
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
    """Several dialects that are looked for at once, of which the signs of none are the beginning of another's.

    ``nested``: whether a variable may stand in another one, so that it ends where its own sign is closed. Nothing is
    told there of what comes after a sign that is never closed; elsewhere such a sign is plain text.
    """

    __slots__ = ("_closing", "_nested", "_opening")

    def __init__(self, dialects: Iterable[Dialect], nested: bool = False) -> None:
        self._closing = {each.open: each.close for each in dialects}
        self._opening = re.compile("|".join(map(re.escape, self._closing)))
        self._nested = nested

    def pieces(self, text: str) -> list[str | Hole]:
        """Literals, perhaps empty, with a hole between each two."""
        found: list[str | Hole] = []
        missing: set[str] = set()
        done = at = 0
        while opened := self._opening.search(text, at):
            close = self._closing[opened[0]]
            end = -1 if close in missing else self._end(text, opened, close)
            if end == -1 and self._nested:
                break
            if end == -1:
                missing.add(close)
                at = opened.start() + 1
                continue
            after = end + len(close)
            found += [text[done : opened.start()], Hole(text[opened.start() : after], text[opened.end() : end])]
            done = at = after
        return [*found, text[done:]]

    def is_in(self, text: str) -> bool:
        """Whether a variable is opened in a text, be it closed or not."""
        return self._opening.search(text) is not None

    def _end(self, text: str, opened: re.Match[str], close: str) -> int:
        """Where the sign that closes a variable stands; -1 where none does."""
        if not self._nested or len(close) > 1:
            return text.find(close, opened.end())
        depth, again = 1, opened[0][-1]
        for at in range(opened.end(), len(text)):
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
