"""``sovlint provider``: who runs a provider, who can compel it, and what it holds; or which providers fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct
from msgspec.structs import astuple

from sovlint.commands.parts import options, output, settled, suggest
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError, nearest
from sovlint.model.request import Request
from sovlint.model.value import Known

if TYPE_CHECKING:
    from sovlint.catalog.entries import Provider
    from sovlint.catalog.load import Catalog
    from sovlint.model.lookups.profile import Profile

OVERLAY: Final = "overlay"
"""The format of what one corrects."""
PARTS: Final = ("provider", "owners", "offers")
"""What an overlay says of a provider."""

Test = Callable[["Profile"], bool | None]
"""Whether a provider fits; ``None`` where that isn't known."""


class Filters(Struct, frozen=True):
    """What the providers that are listed must have, each under the name of its option."""

    control: str | None = None
    technology: str | None = None
    country: str | None = None
    holds: str | None = None


@click.command()
@click.argument(
    "name", metavar="[ID]", required=False, shell_complete=suggest.providers_or_new
)
@options.form("SOVLINT_PROVIDER_FORMAT", ["text", "json", OVERLAY], "text")
@options.option(
    "--to",
    type=options.PATH,
    metavar="FOLDER",
    help="Write an overlay of it, its owners and its offers to this folder.",
)
@options.option(
    "--only",
    multiple=True,
    type=click.Choice(PARTS),
    help="Of the overlay, this part alone.",
)
@options.option(
    "--control",
    metavar="STATE",
    help="List those that this state controls; of an area: it alone.",
)
@options.option(
    "--technology",
    metavar="STATE",
    help="List those that run on technology of this state or area.",
)
@options.option("--country", metavar="STATE", help="List those that have a region there.")
@options.option(
    "--holds", metavar="NAME", help="List those that hold this qualification on the day."
)
@options.as_of
@options.configured
@options.catalogs
@options.speaking
@options.into(filters=Filters, request=Request, voice=Voice)
def provider(
    name: str | None,
    form: str,
    to: Path | None,
    only: tuple[str, ...],
    filters: Filters,
    request: Request,
    voice: Voice,
) -> int:
    """Say who runs the provider called ID (an id, a name or an alias), who can compel it, and what it holds; without
    ID, list all providers, or those that fit.

    As an overlay it is what one corrects: the provider's file, or with --to all that the catalogue says of it.

    Exit code: 0, or 2 where there is no such provider, state or qualification.
    """
    overlay = form == OVERLAY or to is not None or bool(only)
    if overlay and (name is None or any(astuple(filters))):
        raise click.UsageError("An overlay is of one provider: name it.")
    catalog, as_json = settled.known_world(request), form == "json"
    if name is None:
        output.emit(
            _listed(catalog, tests(catalog, filters), request.as_of, as_json, voice),
            exact=as_json,
        )
    elif overlay:
        return _exported(catalog, name, to, only, voice)
    elif any(astuple(filters)):
        raise click.UsageError(
            "A provider and a filter don't go together: filters choose from the list."
        )
    else:
        output.emit(_page(catalog, name, request.as_of, as_json, voice), exact=as_json)
    return 0


def _exported(
    catalog: Catalog, name: str, to: Path | None, only: tuple[str, ...], voice: Voice
) -> int:
    """The provider's file on stdout, or the first of the parts asked for; with a folder, all that the catalogue says of
    it there, or these parts."""
    from sovlint.commands.writing import additions, exporting

    provider = _found(catalog, name).id
    files = exporting.files_of(catalog, provider, only or PARTS, voice.language)
    if not files:
        raise SovlintError(f"The catalogue says nothing of that kind of `{provider}`.")
    if to is None:
        output.emit(next(iter(files.values())), exact=True)
        return 0
    changes = [additions.new_file(to / each, text) for each, text in files.items()]
    additions.write(changes)
    names = tuple(str(to / each) for each in files)
    voice.say("ask.exported", names=names, folder=str(to))
    return 0


def _found(catalog: Catalog, name: str) -> Provider:
    found = catalog.find_provider(name)
    if found is None:
        raise SovlintError(
            f"The catalogue has no provider `{name}`.", _meant(name, catalog.provider_names)
        )
    return found


def _page(catalog: Catalog, name: str, day: date, as_json: bool, voice: Voice) -> str:
    from sovlint.report.lookup import provider as text
    from sovlint.report.lookup import provider_json
    from sovlint.stages.profiles import profile

    about = profile(catalog, _found(catalog, name), day)
    return (
        provider_json.render(about)
        if as_json
        else text.render(about, voice.language, voice.style())
    )


def _listed(
    catalog: Catalog, asked: Sequence[Test], day: date, as_json: bool, voice: Voice
) -> str:
    from sovlint.report.lookup import providers
    from sovlint.stages.profiles import profile

    fitting: list[Profile] = []
    doubtful: list[str] = []
    for found in sorted(catalog.providers.values(), key=lambda each: each.id):
        about = profile(catalog, found, day)
        answers = [test(about) for test in asked]
        if all(answers):
            fitting.append(about)
        elif False not in answers:
            doubtful.append(about.id)
    if as_json:
        return providers.render_json(fitting, doubtful)
    return providers.render(fitting, doubtful, voice.language, voice.style())


def tests(catalog: Catalog, filters: Filters) -> list[Test]:
    """What the filters ask of a provider. Raises ``SovlintError`` for a state or a qualification that isn't there."""
    return [
        partial(test, catalog, code_of(catalog, written))
        for name, (code_of, test) in _TESTS.items()
        if (written := getattr(filters, name))
    ]


def _controlled(catalog: Catalog, code: str, profile: Profile) -> bool | None:
    return _within(catalog, profile.control, code, isinstance(profile.control_known, Known))


def _made(catalog: Catalog, code: str, profile: Profile) -> bool | None:
    return _within(catalog, profile.technology or (), code, profile.technology is not None)


def _within(
    catalog: Catalog, codes: Collection[str], code: str, all_known: bool
) -> bool | None:
    """Whether a state is among ``codes``; of an area, whether all of them lie in it."""
    if code not in catalog.areas:
        return code in codes or (False if all_known else None)
    if any(code not in catalog.jurisdictions[each].areas for each in codes):
        return False
    return True if all_known else None


def _located(catalog: Catalog, code: str, profile: Profile) -> bool:
    if code in catalog.areas:
        return any(code in place.areas for place in profile.places)
    return any(place.country == code for place in profile.places)


def _holding(_: Catalog, name: str, profile: Profile) -> bool | None:
    answers = [
        standing.valid for standing in profile.standings if standing.qualification == name
    ]
    return True if True in answers else None if None in answers else False


def _state(catalog: Catalog, written: str) -> str:
    code = catalog.find_state(written)
    if code is None:
        named = [*catalog.areas, *catalog.jurisdictions]
        known = f"Known: {', '.join(named)}."
        raise SovlintError(
            f"The catalogue has no state or area `{written}`.",
            f"{catalog.meant_state(written)} {known}".strip(),
        )
    return code


def _qualification(catalog: Catalog, written: str) -> str:
    name = written.casefold()
    if name not in catalog.schemes:
        raise SovlintError(
            f"There is no qualification `{written}`.", f"Known: {', '.join(catalog.schemes)}."
        )
    return name


_TESTS: Final = {
    "control": (_state, _controlled),
    "technology": (_state, _made),
    "country": (_state, _located),
    "holds": (_qualification, _holding),
}
"""By the name of a filter: what it names in the catalogue, and whether a provider has it."""


def _meant(written: str, names: Mapping[str, str]) -> str:
    from sovlint.model.lookups.names import fold

    close = nearest(fold(written), names)
    return (
        f"Did you mean `{names[close]}`?"
        if close
        else "`sovlint provider` lists them all, `sovlint provider new` describes another."
    )
