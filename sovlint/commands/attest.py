"""``sovlint attest``: vouch for what no code shows, in a few answers; the entry is written into the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint.commands.parts import options, settled, suggest
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice
from sovlint.commands.writing.attesting import Answers
from sovlint.configuration.config_file import NAME
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.commands.writing.attesting import AnswerContext
    from sovlint.files.scan_place import ScanPlace


@click.command()
@options.option(
    "--qualification", metavar="NAME", help="Claim that it holds this: hds, secnumcloud."
)
@options.option("--country", metavar="STATE", help="Claim that it is in this state.")
@options.option(
    "--control",
    metavar="STATES",
    help="Claim that these states, with commas between them, are all that can compel whoever runs it.",
)
@options.option(
    "--provider",
    metavar="NAME",
    shell_complete=suggest.providers,
    help="About this company: a provider of the catalogue, or any other by its name.",
)
@options.option("--region", metavar="CODE", help="About this region of it alone.")
@options.option(
    "--service",
    multiple=True,
    metavar="NAME",
    help="About this service of it. A qualification covers those that are known of it where none is named.",
)
@options.option(
    "--address",
    multiple=True,
    metavar="GLOB",
    help="About resources with such an address alone.",
)
@options.option(
    "--path", multiple=True, metavar="GLOB", help="About what such files declare alone."
)
@options.option("--evidence", metavar="TEXT", help="What shows it, in words.")
@options.option(
    "--evidence-file",
    type=options.PATH,
    metavar="FILE",
    help="The file of this repository that shows it; its digest is written too.",
)
@options.option("--owner", metavar="ROLE", help="The role that vouches for it.")
@options.option("--approver", metavar="ROLE", help="Another role that approves it.")
@options.option(
    "--issued", metavar="DATE", help="The day on which it was vouched for.  [default: today]"
)
@options.option(
    "--expires",
    metavar="DATE",
    help="The last day that it counts.  [default: as long as it may]",
)
@options.option(
    "--print", "printed", is_flag=True, help="Show what would be written, and write nothing."
)
@options.as_of
@options.configured
@options.policy_set
@options.own
@options.catalogs
@options.language
@options.into(given=Answers, request=Request, voice=Voice)
def attest(printed: bool, given: Answers, request: Request, voice: Voice) -> int:
    """Write an attestation into sovlint.yaml: somebody's word for what no code shows, with its evidence, until a
    day.

    What no option says is asked for on a terminal. What is written is shown; comments and layout of the file stay.

    Exit code: 0, or 2 where nothing is written.
    """
    from sovlint.commands.writing import additions
    from sovlint.commands.writing.asking import Asking, has_terminal
    from sovlint.commands.writing.attesting import attestation
    from sovlint.commands.writing.laying import read_back
    from sovlint.edit.yaml_entries import with_item
    from sovlint.files.scan_place import locate

    place = locate([Path()])
    ask = Asking(voice, has_terminal())
    path = settled.configuration_path(request, place) or place.root / NAME
    entry = attestation(given, ask, _ground(request, place, path))
    change = additions.edited(
        path,
        lambda text: with_item(text, "attestations", entry),
        {"attestations": [entry]},
        voice.language,
    )
    read_back([change], path, place.root)
    additions.show([change])
    if printed or not ask.agreed():
        return CLEAN
    additions.write([change])
    voice.say("ask.attested", path=str(path))
    return CLEAN


def _ground(request: Request, place: ScanPlace, path: Path) -> AnswerContext:
    from sovlint.commands.writing.attesting import AnswerContext
    from sovlint.exceptions.attestations import IN_ORDER
    from sovlint.policy.load import load

    config = settled.configuration(request, place)
    policies = load(
        (*config.policies, *request.policy),
        request.policy_set or config.policy_set or options.POLICY_SET,
    )
    return AnswerContext(
        settled.known_world(request),
        place.root,
        path.parent,
        policies.housekeeping[IN_ORDER].longest_months,
        request.as_of,
    )
