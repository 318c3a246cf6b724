"""``sovlint fleet register``: a register over all repositories of a store, of what each of them drafts by itself."""

from __future__ import annotations

from typing import Final

import click

from sovlint.commands.fleet.workers import Readers, reader_options, reading_again
from sovlint.commands.parts import drafting, options
from sovlint.commands.parts.drafting import WantedRegister
from sovlint.commands.parts.exit_code import CLEAN, FAILED
from sovlint.commands.parts.output import Voice
from sovlint.commands.parts.register_options import register_options
from sovlint.commands.register import LEFT_BLANK

NAMES: Final = ("dora", "tender")
"""The registers that are put together."""


@click.command()
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.argument("places", nargs=-1, type=options.PATH, metavar="[SOURCE]...")
@options.store
@register_options
@reader_options
@options.option(
    "--allow-failures",
    is_flag=True,
    help="Exit with 0 though repositories are missing, which the register says.",
)
@options.language
@options.quiet
@options.into(wanted=WantedRegister, readers=Readers, voice=Voice)
def register(
    name: str,
    store: str,
    allow_failures: bool,
    wanted: WantedRegister,
    readers: Readers,
    voice: Voice,
) -> int:
    """Put together a register (dora, tender) of all repositories in a store's newest state.

    Each repository drafts its own, at the commit and with the answers of that state; what was drafted before is in the
    store. The clones of the others are read once more: SOURCEs are those of `sovlint fleet scan`. What repositories don't
    agree on is a blank that says who says what, and whoever is missing is named.

    Exit code: 0 where it is written, whatever it says; 1 where blanks that are required are left and --require-complete
    was given, or where supervisors would refuse the package; 2 where a repository is missing (unless --allow-failures),
    or something was asked wrongly.
    """
    from sovlint.fleet.register import fleet_register
    from sovlint.fleet.store.store import open_store
    from sovlint.registers.answers import read_answers
    from sovlint.registers.merging.numbers import numbers_of
    from sovlint.registers.previous import read_previous

    drafting.check(wanted)
    answers = read_answers(wanted.answers)
    numbers = numbers_of(read_previous(wanted.previous, name)) if wanted.previous else {}
    opened = open_store(store)
    with reading_again(readers, voice) as how:
        found = fleet_register(name, opened, how, answers, numbers)
    complete = drafting.deliver(found.register, wanted, answers, (), voice)
    if not found.is_whole and not allow_failures:
        return FAILED
    return CLEAN if complete else LEFT_BLANK
