"""``sovlint provider``: who runs a provider, who can compel it, and what it holds; or which providers fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint.commands.parts import options, output, suggest
from sovlint.errors import SovlintError
from sovlint.model.request import Request
from sovlint.model.value import Known

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.model.lookups.profile import Profile

Test = Callable[["Profile"], bool | None]
"""Whether a provider fits; ``None`` where that isn't known."""


@click.command(short_help="Say who runs a provider, who can compel it, and what it holds.")
@click.argument("name", metavar="[ID]", required=False, shell_complete=suggest.providers)
@options.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="SOVLINT_PROVIDER_FORMAT",
    help="How to write it.",
)
@options.option("--control", metavar="STATE", help="List those that this state controls; of an area: it alone.")
@options.option("--technology", metavar="STATE", help="List those that run on technology of this state or area.")
@options.option("--country", metavar="STATE", help="List those that have a region there.")
@options.option("--holds", metavar="NAME", help="List those that hold this qualification on the day.")
@options.as_of
@options.configured
@options.catalogs
@options.speaking
def provider(
    name: str | None,
    form: str,
    control: str | None,
    technology: str | None,
    country: str | None,
    holds: str | None,
    as_of: date,
    config: Path | None,
    no_config: bool,
    catalog: tuple[Path, ...],
    lang: str | None,
    color: str,
) -> int:
    """Say who runs the provider called ID (an id, a name or an alias), who can compel it, and what it holds; without
    ID, list all providers, or those that fit.

    Exit code: 0, or 2 where there is no such provider, state or qualification.
    """
    from sovlint.catalog.load import load

    wanted = {"control": control, "technology": technology, "country": country, "holds": holds}
    known = load(options.own_catalogs(Request(config=config, no_config=no_config, catalog=catalog)))
    language = output.language(lang)
    if name is None:
        output.emit(_listed(known, tests(known, wanted), as_of, form, language, color))
    elif any(wanted.values()):
        raise click.UsageError("A provider and a filter don't go together: filters choose from the list.")
    else:
        output.emit(_page(known, name, as_of, form, language, color))
    return 0


def _page(catalog: Catalog, name: str, day: date, form: str, language: str, color: str) -> str:
    from sovlint.commands.parts.profiles import profile
    from sovlint.report.lookup import provider as text
    from sovlint.report.lookup import provider_json

    found = catalog.find_provider(name)
    if found is None:
        raise SovlintError(f"The catalogue has no provider `{name}`.", _meant(name, catalog.provider_names))
    about = profile(catalog, found, day)
    return provider_json.render(about) if form == "json" else text.render(about, language, output.style(color, None))


def _listed(catalog: Catalog, asked: Iterable[Test], day: date, form: str, language: str, color: str) -> str:
    from sovlint.commands.parts.profiles import profile
    from sovlint.report.lookup import providers

    asked = tuple(asked)
    fitting: list[Profile] = []
    doubtful: list[str] = []
    for found in sorted(catalog.providers.values(), key=lambda each: each.id):
        about = profile(catalog, found, day)
        answers = [test(about) for test in asked]
        if all(answers):
            fitting.append(about)
        elif False not in answers:
            doubtful.append(about.id)
    if form == "json":
        return providers.render_json(fitting, doubtful)
    return providers.render(fitting, doubtful, language, output.style(color, None))


def tests(catalog: Catalog, wanted: Mapping[str, str | None]) -> list[Test]:
    """What the filters ask of a provider. Raises ``SovlintError`` for a state or a qualification that isn't there."""
    made: list[Test] = []
    if wanted["control"]:
        made.append(_controlled(catalog, _state(catalog, wanted["control"])))
    if wanted["technology"]:
        made.append(_made(catalog, _state(catalog, wanted["technology"])))
    if wanted["country"]:
        made.append(_located(catalog, _state(catalog, wanted["country"])))
    if wanted["holds"]:
        made.append(_holding(_qualification(catalog, wanted["holds"])))
    return made


def _controlled(catalog: Catalog, code: str) -> Test:
    def test(profile: Profile) -> bool | None:
        return _within(catalog, profile.control, code, isinstance(profile.control_known, Known))

    return test


def _made(catalog: Catalog, code: str) -> Test:
    def test(profile: Profile) -> bool | None:
        return _within(catalog, profile.technology or (), code, profile.technology is not None)

    return test


def _within(catalog: Catalog, codes: Collection[str], code: str, all_known: bool) -> bool | None:
    """Whether a state is among ``codes``; of an area, whether all of them lie in it."""
    if code not in catalog.areas:
        return code in codes or (False if all_known else None)
    if any(code not in catalog.jurisdictions[each].areas for each in codes):
        return False
    return True if all_known else None


def _located(catalog: Catalog, code: str) -> Test:
    def test(profile: Profile) -> bool | None:
        if code in catalog.areas:
            return any(code in place.areas for place in profile.places)
        return any(place.country == code for place in profile.places)

    return test


def _holding(name: str) -> Test:
    def test(profile: Profile) -> bool | None:
        answers = [standing.valid for standing in profile.standings if standing.qualification == name]
        return True if True in answers else None if None in answers else False

    return test


def _state(catalog: Catalog, written: str) -> str:
    code = catalog.find_state(written)
    if code is None:
        named = [*catalog.areas, *catalog.jurisdictions]
        raise SovlintError(f"The catalogue has no state or area `{written}`.", f"Known: {', '.join(named)}.")
    return code


def _qualification(catalog: Catalog, written: str) -> str:
    name = written.casefold()
    if name not in catalog.schemes:
        raise SovlintError(f"There is no qualification `{written}`.", f"Known: {', '.join(catalog.schemes)}.")
    return name


def _meant(written: str, names: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    from sovlint.catalog.names import fold

    close = get_close_matches(fold(written), list(names), n=1)
    return f"Did you mean `{names[close[0]]}`?" if close else "`sovlint provider` lists them all."
