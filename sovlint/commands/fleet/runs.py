"""``sovlint fleet runs``: the runs that a store has."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from sovlint.commands.fleet.answering import FORMATS, answered
from sovlint.commands.parts import options
from sovlint.commands.parts.output import Voice

QUESTION: Final = """SELECT run, kind, as_of, began, ended, repositories, unread, rounds, settled
FROM runs ORDER BY number, run"""


@click.command()
@options.store
@options.form("SOVLINT_QUERY_FORMAT", FORMATS, "table", "How to write them.")
@options.written
@options.speaking
@options.quiet
@options.into(voice=Voice)
def runs(store: str, form: str, output_file: Path | None, voice: Voice) -> int:
    """List the runs of a store, the first one first. One without an end is under way, or was interrupted: the command that
    began it goes on with it.

    Exit code: 0, or 2 where the store can't be read.
    """
    return answered(store, QUESTION, None, form, output_file, voice, of_a_state=False)
