"""``sovlint fleet query``: a question in SQL about what a store has."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sovlint.commands.fleet.answering import FORMATS, answered
from sovlint.commands.parts import options
from sovlint.commands.parts.output import Voice


@click.command()
@click.argument("question", metavar="SQL")
@options.store
@options.option(
    "--run", metavar="ID", help="Ask about this run, or `all`.  [default: the latest state]"
)
@options.form("SOVLINT_QUERY_FORMAT", FORMATS, "table", "How to write the answer.")
@options.written
@options.speaking
@options.quiet
@options.into(voice=Voice)
def query(
    question: str,
    store: str,
    run: str | None,
    form: str,
    output_file: Path | None,
    voice: Voice,
) -> int:
    """Ask a store in SQL, as DuckDB understands it; `-` reads the question from standard input.

    Tables: repositories, facts, flows, findings, failures, remarks, offers, asks, entries, runs. `DESCRIBE findings` lists
    the columns of one. Nothing else can be read, and nothing changed.

    Exit code: 0, or 2 where the question or the store is wrong, or a file of the store is broken and left out.
    """
    asked = sys.stdin.read() if question == "-" else question
    return answered(store, asked, run, form, output_file, voice)
