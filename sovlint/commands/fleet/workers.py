"""Who reads repositories for a command, and what a reading may take: the options, and those who do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from sovlint.commands.fleet.progress import watching
from sovlint.commands.parts import options
from sovlint.commands.parts.helping import HelpHeading
from sovlint.commands.parts.output import Voice

if TYPE_CHECKING:
    from sovlint.fleet.again import Again
    from sovlint.fleet.limits import ReadingLimits
    from sovlint.fleet.scheduler import OnDemand

SECONDS: Final = 600
"""How long one repository may take by default."""
MEBIBYTES: Final = 2048
"""How much address space one reading may have by default."""


class Readers(Struct, frozen=True):
    """Where clones are, who reads them, and what a reading may take."""

    places: tuple[Path, ...]
    scheduler: str | None
    workers: int | None
    time_limit: int
    memory_limit: int


reader_options = options.all_of(
    options.option(
        "--scheduler",
        heading=HelpHeading.READ,
        metavar="ADDRESS",
        help="A Dask scheduler whose workers read: tcp://host:8786.  [default: processes here]",
    ),
    options.option(
        "--workers",
        heading=HelpHeading.READ,
        type=click.IntRange(1),
        metavar="N",
        help="How many processes read on this machine.  [default: one a core]",
    ),
    options.option(
        "--time-limit",
        heading=HelpHeading.READ,
        type=click.IntRange(1),
        default=SECONDS,
        metavar="SECONDS",
        help="How long one repository may take.",
    ),
    options.option(
        "--memory-limit",
        heading=HelpHeading.READ,
        type=click.IntRange(256),
        default=MEBIBYTES,
        metavar="MIB",
        help="How much memory one repository may take.",
    ),
)
"""With SOURCEs they make up ``Readers``."""


def limits_of(readers: Readers) -> ReadingLimits:
    """What a reading may take."""
    from sovlint.fleet.limits import ReadingLimits

    return ReadingLimits(readers.time_limit, readers.memory_limit << 20)


def carrying_out(readers: Readers) -> OnDemand:
    """Those who read, who are asked only where there is something to read."""
    from sovlint.fleet.scheduler import OnDemand, workers_here

    return OnDemand(readers.scheduler, readers.workers or workers_here())


@contextmanager
def reading_again(readers: Readers, voice: Voice) -> Iterator[Again]:
    """How repositories of the sources are read once more. Raises ``SovlintError`` for sources that can't be read."""
    from sovlint.fleet.again import Again
    from sovlint.fleet.sources import found
    from sovlint.fleet.sources.settled import settled

    clones = settled(found(readers.places), True).repositories if readers.places else ()
    with watching(voice) as watch, carrying_out(readers) as carry_out:
        named = {each.name: each for each in clones}
        yield Again(named, carry_out, limits_of(readers), watch)
