"""``sovlint fleet scan``: read every repository of sources, and keep what comes of it in a store."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from sovlint.commands.fleet.progress import watching
from sovlint.commands.fleet.summary import say_skipped, say_summary
from sovlint.commands.fleet.workers import Readers, carrying_out, limits_of, reader_options
from sovlint.commands.parts import options
from sovlint.commands.parts.deciding import given_rules
from sovlint.commands.parts.exit_code import CLEAN, FAILED, FINDINGS, NOTHING
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.fleet.results import Counts
    from sovlint.fleet.run import FleetDone


class FleetGiven(Struct, frozen=True):
    """Where results are kept, and whether archived repositories are read too."""

    store: str
    archived: bool


@click.command()
@click.argument("places", nargs=-1, required=True, type=options.PATH, metavar="SOURCE...")
@options.store
@reader_options
@options.option("--archived", is_flag=True, help="Read archived repositories too.")
@options.policies
@options.fail_on
@options.inferred
@options.exit_zero
@options.no_inline_ignores
@options.reading_all
@options.speaking
@options.quiet
@options.into(given=FleetGiven, readers=Readers, request=Request, voice=Voice)
def scan(
    given: FleetGiven,
    readers: Readers,
    fail_on: str,
    exit_zero: bool,
    request: Request,
    voice: Voice,
) -> int:
    """Read every repository of the sources at its revision, each by its own configuration and in a process of its own,
    and keep what comes of it in a store. What hasn't changed isn't read again; interrupted, it goes on later.

    SOURCEs are folders of clones or of bare repositories, lists (a line each: path[@revision] [name]), and exports of
    GitLab or GitHub as JSON, which say which clone is whose. Cloning is up to you.

    Exit code: 0 clean, 1 findings, 2 a repository, or a file in one, could not be read or has no clone, 3 nothing to scan.
    """
    from sovlint.fleet.core import check_rules
    from sovlint.fleet.opening import opened
    from sovlint.fleet.options import FleetOptions
    from sovlint.fleet.run import FleetAsked, carried_through
    from sovlint.fleet.sources import found
    from sovlint.fleet.sources.settled import settled

    told = tuple(given_rules(click.get_current_context(), judging_alone=True))
    read_by = FleetOptions(request, told, voice.language)
    check_rules(read_by)
    listed = settled(found(readers.places), given.archived)
    say_skipped(listed.skipped, voice)
    asked = FleetAsked(
        repositories=listed.repositories,
        options=read_by,
        limits=limits_of(readers),
        skipped=tuple(each.name for each in listed.skipped),
    )
    store = opened(given.store, create=True)
    for other in store.others():
        voice.say("fleet.other-run", run=other.id, began=other.began)
    with (
        _ended_softly(voice),
        watching(voice) as watch,
        carrying_out(readers) as carry_out,
    ):
        done = carried_through(asked, store, carry_out, watch)
    counts = say_summary(done, store, voice)
    if any(each.is_unread for each in listed.skipped) and not request.allow_failures:
        return FAILED
    return _code(done, counts, request, fail_on, exit_zero)


@contextmanager
def _ended_softly(voice: Voice) -> Iterator[None]:
    """Whoever ends the run from outside has it clean up, as an interruption does; what was read is kept."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        voice.say("fleet.interrupted")
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _code(
    done: FleetDone, counts: Counts, request: Request, fail_on: str, exit_zero: bool
) -> int:
    """As ``scan_code``, of all repositories together."""
    from sovlint.fleet.result import Status

    said = {each.status for each in done.results.values()}
    failed = said - {Status.READ, Status.EMPTY} or counts.failures
    if failed and not request.allow_failures:
        return FAILED
    if not counts.files:
        return NOTHING
    failing = {
        "error": counts.errors,
        "warning": counts.errors + counts.warnings,
        "never": 0,
    }
    return FINDINGS if failing[fail_on] and not exit_zero else CLEAN
