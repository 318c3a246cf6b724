"""``sovlint init``: draft the configuration of a repository, from what a run finds in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sovlint import __version__
from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import CLEAN, NOTHING
from sovlint.commands.parts.guesses import at_terminal
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.configuration.config_file import NAME, find
from sovlint.errors import SovlintError
from sovlint.files.scan_place import locate
from sovlint.frontends.saas.claims import FILE_NAMES
from sovlint.model.lookups.names import without_accents
from sovlint.model.organisation import BODIES, IN_FRENCH
from sovlint.model.request import POLICY_SET, Request
from sovlint.model.text import Note
from sovlint.report.messages import phrase, say
from sovlint.report.pieces.style import wrap

SEPARATOR = "\n---\n"
"""What stands between the files where they are printed."""

WIDTH = 110
"""Columns of the file."""


if TYPE_CHECKING:
    from sovlint.edit.inventory_draft import Spoken
    from sovlint.model.findings.finding import Report


class _Body(click.Choice[str]):
    """A kind of body, by its name or by what it is called in French, with accents or without."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Its name, or a usage error."""
        return super().convert(_named(str(value)), param, ctx)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What there is, in both languages."""
        return f"{value!r} is not one of {', '.join(_bodies())}."


@click.command()
@click.argument("path", type=options.PATH, default=Path(), metavar="[PATH]")
@options.option(
    "--print", "printed", is_flag=True, help="Print the configuration, and write nothing."
)
@options.option(
    "--body",
    type=_Body(BODIES),
    help="What kind of body this is: the policy set that is for such a one is written, with its reason.",
)
@options.language
@options.quiet
@options.into(voice=Voice)
def init(path: Path, printed: bool, body: str | None, voice: Voice) -> int:
    """Write a sovlint.yaml at the root of the git repository around PATH (default: here), else in PATH itself.

    It proposes what the repository leaves open: who runs its clusters, which folders hold health data, what to
    attest. All of that is commented out, so the file changes no verdict as it is written, but for the policy set
    where --body, or an answer on a terminal, says what kind of body this is. A configuration that is there already is
    left alone: what it leaves open is printed, to be merged by hand. Where code uses SaaS and there is no inventory,
    a first one is written too: saas.yaml.

    Exit code: 0, or 2 where there is a configuration or the file can't be written, 3 where there is nothing to scan.
    """
    from sovlint.catalog.load import load
    from sovlint.commands.parts.progress import watching
    from sovlint.edit.init import ForWhom, draft

    place = locate([path])
    there = find(place.start, place.root)
    kind = body or (None if there else _asked(voice))
    request = Request(
        paths=(place.root,),
        config=there,
        no_config=there is None,
        facts_only=True,
        allow_failures=True,
    )
    with watching(voice) as watch:
        from sovlint.lint import lint

        report = lint(settled.run(request), watch=watch)
    say_notices(report, voice, request)
    if report.coverage.files == 0:
        return NOTHING

    def spoken(note: Note, prefix: str) -> list[str]:
        return wrap(say(note, voice.language), WIDTH, prefix, prefix)

    classes = {name: each.name for name, each in load().classes.items()}
    for_whom = ForWhom(kind, *_set_for(kind, voice.language)) if kind else None
    files = {NAME: draft(report, classes, __version__, spoken, for_whom)}
    if listed := _inventory(report, place.root, spoken):
        files[FILE_NAMES[0]] = listed
    if printed or there:
        output.emit(SEPARATOR.join(files.values()), exact=True)
    if there and not printed:
        to_add = _to_add(body, there, voice.language) if body else ""
        raise SovlintError(
            f"There is a configuration already: {there}.{to_add}",
            "It is left as it is. What it leaves open is on stdout: take over the lines that you can answer, each "
            "below the key that is there already. `sovlint check` checks it.",
        )
    if printed:
        return CLEAN
    for name, text in files.items():
        _create(place.root / name, text)
        key = "commands.init-written-for" if kind else "commands.init-written"
        voice.say(key, path=str(place.root / name), body=kind or "")
    return CLEAN


def _to_add(body: str, path: Path, language: str) -> str:
    """What to write into a configuration that is there for a kind of body, in its own syntax."""
    chosen, _ = _set_for(body, language)
    if path.suffix == ".toml":
        lines = [f'policy_set = "{chosen}"', f'organisation = {{kind = "{body}"}}']
    else:
        lines = [f"policy_set: {chosen}", "organisation:", f"  kind: {body}"]
    head = "For such a body, write these lines into it, in place of what it says of them:"
    return "\n".join(("", head, *lines))


def _asked(voice: Voice) -> str | None:
    """The kind of body that somebody at a terminal says this is; ``None`` where nobody is there, or they leave it
    open."""
    if voice.quiet or not at_terminal():
        return None
    voice.say("commands.init-body-question")
    prompt = phrase("commands.init-body-which", voice.language, bodies=_bodies())
    while True:
        given = click.prompt(prompt, default="", show_default=False, err=True).strip()
        if not given or _named(given) in BODIES:
            return _named(given) or None
        voice.say("commands.init-body-none", given=given)


def _named(given: str) -> str:
    """The name of a kind of body that may be given in French, without accents too; what is none stays as it is."""
    words = {without_accents(word): name for word, name in IN_FRENCH.items()}
    return words.get(without_accents(given).casefold(), given)


def _bodies() -> Sequence[str]:
    """The kinds of bodies, those with another name in French with that."""
    french = {name: word for word, name in IN_FRENCH.items()}
    return [f"{each} ({french[each]})" if each in french else each for each in BODIES]


def _set_for(body: str, language: str) -> tuple[str, str]:
    """The policy set that ships for a kind of body, and why."""
    from sovlint.policy.load import known_sets

    found = next((each for each in known_sets().values() if body in each.bodies), None)
    if found is None or found.why is None:
        return POLICY_SET, ""
    return found.id, found.why[language].strip()


def _inventory(report: Report, root: Path, spoken: Spoken) -> str:
    """A first inventory of the services that code uses; empty where there are none, or an inventory already."""
    from sovlint.catalog.load import load
    from sovlint.edit.inventory_draft import draft
    from sovlint.resolve.sameness import used

    if any(each.resource.front_end == "saas" for each in report.placed):
        return ""
    if any((root / name).exists() for name in FILE_NAMES):
        return ""
    uses = used(report.placed, load())
    return draft(uses, spoken) if uses else ""


def _create(path: Path, text: str) -> None:
    """Write a file that isn't there; what stands under its name, a link too, is left as it is."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb"
        ) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise SovlintError(
            f"{path} is there already, and is left as it is.", "Look at what it is."
        ) from None
    except OSError as error:
        raise output.unwritable(f"{path}", path, error) from None
