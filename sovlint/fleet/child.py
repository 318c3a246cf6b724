"""Reading one repository: a ``ReadTask`` -> a ``RepositoryResult``, whatever the repository is like.

``python -m sovlint.fleet.child`` does it by itself: a task as JSON on standard input, the result on standard output.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from sovlint import __version__
from sovlint.errors import SovlintError
from sovlint.files.revision import Revision, unpacked
from sovlint.fleet import core, join
from sovlint.fleet.addresses import cloned_from
from sovlint.fleet.json_bytes import encoded
from sovlint.fleet.limits import peak
from sovlint.fleet.options import FleetOptions, day_of, of_data
from sovlint.fleet.result import FleetRepository, ReadTask, RepositoryResult, Status
from sovlint.fleet.wanted import made
from sovlint.model.findings.provenance import Checkout
from sovlint.model.watched_day import WatchedDay

if TYPE_CHECKING:
    from sovlint.fleet.core import Linted

NEVER = "0001-01-01"
"""The day until which what went wrong holds: it is tried again."""


def read(task: ReadTask) -> RepositoryResult:
    """What came of a reading. Raises nothing but what ends a process: memory that is short is a result too."""
    began = time.monotonic()
    try:
        found = _read(task)
    except SovlintError as error:
        found = failed(task, Status.BROKEN, _said(error))
    except MemoryError:
        found = failed(task, Status.OUT_OF_MEMORY, "It needs more memory than it may have.")
    except Exception as error:
        text = f"internal error: {type(error).__name__}: {error}".rstrip(": ")
        found = failed(task, Status.BROKEN, text)
    seconds = round(time.monotonic() - began, 3)
    return replace(found, seconds=seconds, peak=peak())


def failed(task: ReadTask, status: Status, reason: str) -> RepositoryResult:
    """A row that has a reason and no content; it holds on no day, but where what is in the repository is the reason."""
    day = day_of(task.options)
    return RepositoryResult(
        repository=task.repository,
        digest=task.digest,
        status=status,
        as_of=day,
        reason=reason,
        holds_until=None if status is Status.REFUSED else NEVER,
        tool=__version__,
    )


def _read(task: ReadTask) -> RepositoryResult:
    options = of_data(task.options)
    git_dir, commit = Path(task.repository.git_dir), task.repository.commit
    if not commit:
        raise SovlintError(
            f"Its clone has no revision `{task.repository.revision}`, or git can't read it."
        )
    with unpacked(git_dir, commit, as_cloned=True) as revision:
        back = os.getcwd()  # noqa: PTH109
        os.chdir(revision.folder)  # as who scans a clone stands in it
        try:
            found = _scanned(task, options, revision)
            return found if found.reason else replace(found, **_lacking(revision))
        finally:
            os.chdir(back)


def _lacking(revision: Revision) -> dict[str, str]:
    """That a partial clone lacks files, which wasn't reason enough not to read the rest."""
    if not revision.absent:
        return {}
    number, first = len(revision.absent), revision.absent[0]
    return {
        "reason": f"This clone is partial: it has no content of {number} files, `{first}` first."
    }


def _scanned(task: ReadTask, options: FleetOptions, revision: Revision) -> RepositoryResult:
    day = WatchedDay.of(options.request.as_of)
    request = replace(options.request, as_of=day)
    try:
        found = core.scanned(request, options, _checkout(task.repository), task.answers)
    except SovlintError as error:
        reason = (
            _said(error).replace(f"{revision.folder}/", "").replace(str(revision.folder), ".")
        )
        refused = failed(task, Status.REFUSED, reason)
        return replace(refused, holds_until=_until(day))
    return _result(task, options, found, day)


def _result(
    task: ReadTask, options: FleetOptions, found: Linted, day: WatchedDay
) -> RepositoryResult:
    # What else is made asks of the day what nobody watches.
    until = day.isoformat() if task.wants else _until(day)
    result = core.result_of(found, task.repository, options.language, day.isoformat())
    return replace(
        result,
        digest=task.digest,
        holds_until=until,
        answers=join.digest(task.answers),
        made={**made(found, task), **result.made},
    )


def _until(day: WatchedDay) -> str | None:
    """The last day on which all that was compared with the day comes out the same; ``None``: it always does."""
    until = day.turns.holds_until
    return None if until is None else until.isoformat()


def _checkout(repository: FleetRepository) -> Checkout:
    """What git says in a clone that was just made."""
    return Checkout(repository.commit, True, cloned_from(repository))


def _said(error: SovlintError) -> str:
    return f"{error.message} {error.hint}".strip()


def main() -> None:
    """Read one task from standard input, and write its result."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=ReadTask)
    sys.stdout.buffer.write(encoded(read(task)))


if __name__ == "__main__":
    main()
