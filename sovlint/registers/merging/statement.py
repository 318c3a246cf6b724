"""What a statement for tenders rests on, where it is of several repositories."""

from __future__ import annotations

from collections.abc import Sequence

from sovlint.model.text import Note
from sovlint.registers.cells import Cell, Content, fact
from sovlint.registers.merging.members import Member


def cells(form: str, sheet: str, members: Sequence[Member]) -> dict[str, Cell]:
    """The cells of its row that are of the fleet; none of any other sheet."""
    if (form, sheet) != ("tender", "statement"):
        return {}
    read = sorted(
        (each for each in members if not each.is_missing), key=lambda each: each.repository
    )
    resources = {
        "count": sum(each.classified for each in read),
        "all": sum(each.resources for each in read),
        "config": sum(each.config for each in read),
    }
    return {
        "repository": fact(Note("registers.fleet-repositories", {"count": len(read)})),
        "commit": fact(*_commits(read)),
        "classified": fact(Note("registers.tender-classified", resources)),
        "unread": fact(_unread(members)),
    }


def _commits(read: Sequence[Member]) -> tuple[Content, ...]:
    """Each repository with its commit. They are read as git has them, not as they are checked out."""
    named = tuple(
        Note("registers.fleet-commit", {"repository": each.repository, "commit": each.commit})
        for each in read
    )
    return (*named, Note("registers.fleet-clean"))


def _unread(members: Sequence[Member]) -> Note:
    missing = sorted(each.repository for each in members if each.is_missing)
    files = sum(each.failed for each in members)
    if not missing and not files:
        return Note("registers.tender-all-read")
    if not missing:
        return Note("registers.tender-unread", {"count": files})
    params = {"count": files, "repositories": tuple(missing)}
    return Note("registers.fleet-unread", params)
