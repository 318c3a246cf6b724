"""``sovlint fleet forget``: erase every trace of a repository."""

from __future__ import annotations

import click

from sovlint.commands.parts import options
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice


@click.command()
@click.argument("repository", metavar="REPO")
@options.store
@options.unfinished
@options.speaking
@options.quiet
@options.into(voice=Voice)
def forget(repository: str, store: str, unfinished: bool, voice: Voice) -> int:
    """Erase every trace of a repository from a store: its results, its place in every run, and its name in what other
    repositories learnt from it. Copies and backups of the store are yours to erase.

    Exit code: 0, or 2 where the store can't be written, has no such repository, or has a run that hasn't ended.
    """
    from sovlint.fleet.store import forgetting
    from sovlint.fleet.store.store import open_store

    done = forgetting.forget(open_store(store), repository, unfinished=unfinished)
    voice.say("fleet.forgotten", results=done.results, mentions=done.mentions)
    return CLEAN
