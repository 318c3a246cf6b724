"""``sovlint fleet gate``: fail on what is new in any repository, and on budgets that are exceeded."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import Struct

from sovlint.commands.fleet.whole import asked, run_option
from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN, FAILED, FINDINGS
from sovlint.commands.parts.output import Voice

TEXT, JSON = "text", "json"


class GateGiven(Struct, frozen=True):
    """What is held against what, by which rules."""

    store: str
    run: str | None
    against: str | None
    budget: Path | None
    fail_on: str
    unproven: str
    allow_failures: bool


@click.command()
@options.store
@run_option
@options.option(
    "--against",
    metavar="ID",
    envvar="SOVLINT_FLEET_AGAINST",
    help="The run to hold it against.  [default: the one before]",
)
@options.option(
    "--budget",
    type=options.PATH,
    metavar="FILE",
    help="How many errors teams may have until a day, as YAML: within its budget, what is new of a team doesn't fail.",
)
@options.fail_on
@options.option(
    "--unproven",
    type=click.Choice(["fail", "tell"]),
    default="fail",
    help="Whether what is new and isn't proved fails, or is only told.",
)
@options.option(
    "--allow-failures",
    is_flag=True,
    help="Repositories that couldn't be read don't fail the gate.",
)
@options.form("SOVLINT_FLEET_GATE_FORMAT", (TEXT, JSON), TEXT)
@options.speaking
@options.into(given=GateGiven, voice=Voice)
def gate(form: str, given: GateGiven, voice: Voice) -> int:
    """Fail on violations that are new in any repository against the run before, and tell what is new, gone and moved, by
    team: the owner of everything in a repository's CODEOWNERS.

    A finding is the same by its fingerprint within its repository, where it is no worse; what was only renamed is not new.
    What moved to another company or region is. Of a team with a budget only the sum counts: new ones within it pass, and
    after its last day nothing is allowed.

    Exit code: 0 nothing new, 1 something new or a budget exceeded, 2 a repository could not be read (unless
    --allow-failures), or something was asked wrongly.
    """
    from sovlint.fleet.whole import gate_text
    from sovlint.fleet.whole.budgets import read_budgets
    from sovlint.fleet.whole.gate import GateRules
    from sovlint.fleet.whole.gate import gate as judge
    from sovlint.fleet.whole.reading import SnapshotReader, before

    rules = GateRules(
        given.fail_on,
        given.unproven == "fail",
        given.allow_failures,
        read_budgets(given.budget) if given.budget else {},
    )
    store, what = asked(given.store, given.run)
    earlier = before(store, what, given.against)
    with SnapshotReader(store) as reader:
        found = judge(*reader.sides(what, earlier), rules)
    if form == JSON:
        output.emit(gate_text.as_json(found, rules), exact=True)
    else:
        output.emit(gate_text.text(found, rules, voice.language, voice.style()))
    if found.is_unread:
        return FAILED
    return FINDINGS if found.fails else CLEAN
