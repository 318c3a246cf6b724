"""``sovlint fleet compact``: few files, and no more runs than are kept."""

from __future__ import annotations

import click

from sovlint.commands.parts import options
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice


@click.command()
@options.store
@options.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help="Keep the last N runs, from now on.  [default: what the store says, 30 at first]",
)
@options.unfinished
@options.speaking
@options.quiet
@options.into(voice=Voice)
def compact(store: str, keep: int | None, unfinished: bool, voice: Voice) -> int:
    """Keep the last runs of a store, and what they list; put what is left into few files.

    While a run hasn't ended, no result goes: it may need any.

    Exit code: 0, or 2 where the store can't be written.
    """
    from sovlint.fleet.store import packing
    from sovlint.fleet.store.store import open_store

    done = packing.compact(open_store(store), keep, unfinished=unfinished)
    voice.say("fleet.compacted", runs=done.runs, dropped=done.dropped, kept=done.kept)
    if done.unfinished:
        voice.say("fleet.compact-unfinished", runs=done.unfinished)
    return CLEAN
