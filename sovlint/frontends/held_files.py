"""Configuration files that something holds or writes for applications: ``application.yaml``, ``.env`` and their kin, in
config maps and secrets, or written where a machine is set up.

They are read as the same files in a repository are, by their names; only settings and outlets count, since what a
hosting platform is told nobody tells it from inside a cluster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import indent
from typing import Final

from sovlint.model.source import SourceFile
from sovlint.rules.destination import Signal
from sovlint.rules.files.configuration import Format
from sovlint.rules.hints import Hints
from sovlint.settings.evidence import STORE, evidence
from sovlint.settings.file_evidence import Read
from sovlint.settings.readers import UnreadableError, parts
from sovlint.settings.steps import StepRunner

_DECLARATION: Final = re.compile(r"\A<\?xml[^>]*\?>")
"""What XML may begin with, and only where nothing stands before it."""


class HeldFiles:
    """The files that one thing holds; those of one format add to each other, as in a folder. ``run``: what their scripts
    prove."""

    def __init__(self, hints: Hints, run: StepRunner = lambda step, kept: ()) -> None:
        self._hints = hints
        self._run = run
        self._reads: list[Read] = []
        self.keys: set[str] = set()
        """The keys of what is read as a file."""

    def add(self, key: str, text: str, path: str, above: int, left: int) -> None:
        """Read a file by its key, if it is one; ``above`` and ``left``: how many lines and columns stand before it in
        ``path``."""
        for claim in self._hints.formats.claims([key]):
            if not _is_of_application(claim.format) or claim.template:
                continue
            data = "\n" * above + indent(_DECLARATION.sub("", text), " " * left)
            try:
                read = parts(SourceFile(path, data.encode()), claim)
            except UnreadableError:
                self.keys.add(key)
                return
            if read:
                self._reads.append(Read(claim, tuple(read)))
                self.keys.add(key)
                return

    def signals(self) -> Iterator[Signal]:
        """Where they send data; what is the cluster's own is linked to."""
        hints = self._hints
        for each in evidence(
            self._reads, hints.signatures, hints.formats, hints.outlets, self._run
        ):
            stored = each.sent.role == STORE
            yield Signal(each.sent, "database" if stored else "call", stored, each.id)


def _is_of_application(kind: Format) -> bool:
    of_platform = bool(kind.steps) and not kind.closed
    other = kind.pipelines or of_platform or kind.proves or kind.declares is not None
    return bool(kind.settings or kind.outlets) and not other
