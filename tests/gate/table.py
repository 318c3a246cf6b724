"""Ways to talk a gate round, as rows: the honest repository, what somebody changes in it, and what must come of that.

- ``honest/``: the repository that the changes are made in. Its data lands in Virginia, in five formats.
- ``ways/*.yaml``: the rows, by where the change is made. The keys are those of ``Way``, and one of ``stays``,
  ``refused``, ``says`` and ``known`` says what comes of it.
- ``test_ways.py``: makes each change, scans once for all formats, half of the rows in French, and compares with the
  report of the honest repository. What ``says`` asks for must not stand in that one.
- ``test_merge_requests.py``: changes that are judged with ``--diff-base`` and ``--rules-from``, in made histories.
- ``canaries/``: secrets, in every place of every front end.

A row that a new way needs: its change, and the words that tell a reader what was changed (the file, the key, what was
before and what is). Where no format says so, sovlint is to be mended, or a page of ``docs/`` gets a sentence.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

import msgspec
import yaml
from msgspec import Struct

HERE: Final = Path(__file__).parent
HONEST: Final = HERE / "honest"
"""A small repository whose data lands in Virginia, in five formats."""


class Outcome(Enum):
    """What comes of a way."""

    STAYS = "stays"
    """It changes nothing: every finding of the honest repository still counts."""
    REFUSED = "refused"
    """The run can't do its work (exit code 2), and an error says why."""
    SAID = "said"
    """A finding is gone, milder or excused, and each format says by what."""
    KNOWN = "known"
    """A finding is gone in silence: a page of ``docs/`` has a sentence on it."""


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """One way. Exactly one of ``stays``, ``refused``, ``says`` and ``known`` says what comes of it."""

    id: str
    changes: str
    """What somebody does, in a sentence."""
    files: dict[str, str | None] = {}
    """Files that are written, and with ``None`` those that are removed."""
    honest: dict[str, str | None] = {}
    """Files that the honest repository has beside its own, for this way, and with ``None`` those that it lacks."""
    grown: dict[str, int] = {}
    """Files that a comment makes longer, by so many bytes."""
    encoded: dict[str, str] = {}
    """Files that are written in another encoding."""
    baseline: bool = False
    """Whether the honest repository's findings are recorded in ``baseline.json``."""
    links: dict[str, str] = {}
    """Symbolic links, and where they lead."""
    paths: list[str] = []
    """What is scanned instead of the whole."""
    moved: dict[str, str] = {}
    """Beginnings of addresses, and what they become by it."""
    options: list[str] = []
    environment: dict[str, str] = {}
    """Variables; ``{root}`` is the repository."""
    softens: bool = False
    """Whether it leaves all findings and makes the exit code 0."""
    git: bool = False
    """Whether the honest repository is committed before the change, and the change staged, ignored files too."""
    git_then: list[str] = []
    """Commands of git after that, without its name."""
    unreadable: list[str] = []
    """Files that may not be read."""
    stays: bool = False
    refused: list[str] = []
    """Words of the error."""
    says: list[str] = []
    """Words that each format has in one passage, and that the honest repository's report has in none."""
    known: str = ""
    """A sentence of a page of ``docs/``."""

    @property
    def outcome(self) -> Outcome:
        """What comes of it, by the one key that says so."""
        said = {
            Outcome.STAYS: self.stays,
            Outcome.REFUSED: bool(self.refused),
            Outcome.SAID: bool(self.says),
            Outcome.KNOWN: bool(self.known),
        }
        chosen = [outcome for outcome, here in said.items() if here]
        assert len(chosen) == 1, (
            f"{self.id}: one key says what comes of it, not {len(chosen)}"
        )
        return chosen[0]


def honest_files() -> dict[str, str]:
    """The files of the honest repository."""
    return {
        path.relative_to(HONEST).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(HONEST.rglob("*"))
        if path.is_file()
    }


def ways() -> list[Way]:
    """All rows of the table, file by file."""
    return [
        msgspec.convert(row, Way)
        for path in sorted((HERE / "ways").glob("*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]
