"""``sovlint check``: what a house writes itself (configuration, policies, overlays), checked without scanning."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import click
from msgspec import Struct

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.deciding import given_rules
from sovlint.commands.parts.exit_code import CLEAN, FAILED, NOTHING
from sovlint.commands.parts.output import Voice
from sovlint.configuration.config import Config
from sovlint.configuration.read_config import examine
from sovlint.errors import SovlintError
from sovlint.files.repository import Repository
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.model.exception import State
from sovlint.model.redaction.redact import safe_text
from sovlint.model.request import Request
from sovlint.model.resources.reading import Remark
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.messages import counted, labelled, phrase, say
from sovlint.report.pieces.style import wrap
from sovlint.stages.configured_names import strange
from sovlint.stages.hosts_said import known_hosts

About = Note | tuple[str, int]
"""What something is: a note, or the key of a counted one with its number."""


class CheckedPart(Struct, frozen=True):
    """One thing that was checked: what it is, and what is wrong with it.

    ``warnings`` are no fault, and somebody should know of them. ``lacking``: names in the other parts were looked up
    without it.
    """

    about: tuple[About, ...]
    problems: tuple[SovlintError, ...]
    warnings: tuple[SovlintError, ...] = ()
    lacking: bool = False


@click.command()
@options.configured
@options.policy_set
@options.own
@options.catalogs
@options.allow_empty
@options.language
@options.into(request=Request, voice=Voice)
def check(request: Request, voice: Voice) -> int:
    """Check what your house writes itself, and scan nothing: the configuration, policies and sets,
    attestations, waivers, the baseline, catalogue overlays.

    Every problem of every file is told, with its line and column.

    Exit code: 0 where all is right, 2 where it isn't, 3 where there is nothing of your own to check.
    """
    parts = list(checked(request))
    if not parts:
        voice.say("commands.check-nothing")
        return CLEAN if request.allow_empty else NOTHING
    output.emit(
        "\n".join(
            [
                *told(parts, voice.language),
                *(line for part in parts for line in summary(part, voice)),
                *_rules(request, voice),
            ]
        )
        + "\n"
    )
    if any(part.lacking for part in parts) and any(
        part.problems for part in parts if not part.lacking
    ):
        voice.say("commands.check-without-overlays")
    return FAILED if any(part.problems for part in parts) else CLEAN


def checked(given: Request) -> Iterator[CheckedPart]:
    """Each thing that there is to check, with what is wrong."""
    from sovlint.catalog.load import load, overlay_problems
    from sovlint.policy.check import check as check_policies

    place = locate([Path()])
    path = settled.configuration_path(given, place)
    config, problems = _configuration(path, place.root) if path else (Config(), [])
    overlays = (*config.catalog, *given.catalog)
    wrong = tuple(overlay_problems(overlays, *given.trust))
    catalogue = load(
        () if wrong else overlays, *given.trust
    )  # names are looked up all the same: all is told in one run
    if path is not None:
        yield CheckedPart(
            (Note("commands.check-configuration", {"path": _near(str(path))}),),
            (*problems, *strange(config, catalogue)),
            tuple(_remarked(each) for each in known_hosts(config.hosts, catalogue)),
        )
    paths, named = (*config.policies, *given.policy), given.policy_set or config.policy_set
    if config.attestations:
        yield _attestations(config, place, paths, named or options.POLICY_SET)
    if paths or named:
        found = check_policies(
            paths, named or options.POLICY_SET, catalogue.world(date.today())
        )
        about: list[About] = [("commands.check-policies", found.policies)] if paths else []
        about += [("commands.check-sets", found.sets)] if found.sets else []
        about += [Note("commands.check-set", {"name": _near(named)})] if named else []
        yield CheckedPart(tuple(about), found.problems)
    if config.waivers or config.baseline:
        yield _exceptions(config, place, paths, named or options.POLICY_SET)
    if overlays:
        yield CheckedPart(
            (("commands.check-overlays", len(overlays)),), wrong, lacking=bool(wrong)
        )


def _rules(given: Request, voice: Voice) -> list[str]:
    """What runs here go by that isn't the default; nothing where what is written can't be read, which is told."""
    from sovlint.catalog.load import load as load_catalog
    from sovlint.policy.load import load as load_policies
    from sovlint.report.run.own_rules import sentence
    from sovlint.stages.own_rules import of_house

    place = locate([Path()])
    try:
        config = settled.configuration(given, place)
        policies = load_policies(
            (*config.policies, *given.policy),
            given.policy_set or config.policy_set or options.POLICY_SET,
        )
        catalogue = load_catalog((*config.catalog, *given.catalog), *given.trust)
    except SovlintError:
        return []
    rules = (
        *given_rules(click.get_current_context(silent=True)),
        *of_house(
            config, config.hds_scope, (*policies.own, *catalogue.laid_over), place.root
        ),
    )
    style, language = voice.style(), voice.language
    if not rules:
        return []
    title = wrap(labelled(phrase("report.rules-title", language), language), style.columns)
    return [
        *title,
        *style.paragraphs([sentence(each, language) for each in rules], "  ", "    "),
    ]


def _exceptions(
    config: Config, place: ScanPlace, policies: Sequence[Path], policy_set: str
) -> CheckedPart:
    """The waivers and the baseline; whether a waiver can hold is looked into where the policies are sound."""
    from sovlint.exceptions.baseline_file import read
    from sovlint.exceptions.ledger import Rules
    from sovlint.exceptions.waivers import faulty, unknown
    from sovlint.policy.load import load
    from sovlint.policy.policies import policy_texts

    about: list[About] = (
        [("commands.check-waivers", len(config.waivers))] if config.waivers else []
    )
    problems: list[SovlintError] = []
    warnings: list[SovlintError] = []
    with suppress(SovlintError):  # what is wrong with the policies is told with them
        judged_by = load(policies, policy_set)
        rules = Rules(policy_texts(judged_by), judged_by.known, date.today())
        problems += unknown(config.waivers, rules)
        for told, state in ((problems, State.INVALID), (warnings, State.EXPIRED)):
            told += (
                SovlintError(f"{where}: {say(why, 'en')}.")
                for where, why in faulty(config.waivers, rules, state)
            )
    if config.baseline:
        name = settled.name_of(config.baseline, place)
        about.append(Note("commands.check-baseline", {"path": name}))
        try:
            read(config.baseline, name)
        except SovlintError as error:
            problems.append(error)
    return CheckedPart(tuple(about), tuple(problems), tuple(warnings))


def _attestations(
    config: Config, place: ScanPlace, policies: Sequence[Path], policy_set: str
) -> CheckedPart:
    """The attestations: evidence, approver, dates; for how long one may count where the policies are sound."""
    from sovlint.exceptions.attestations import ended, faults, weighed
    from sovlint.policy.load import load
    from sovlint.policy.policies import ATTESTATION_IN_ORDER

    longest: Mapping[str, int] = {}
    with suppress(SovlintError):  # what is wrong with the policies is told with them
        longest = load(policies, policy_set).housekeeping[ATTESTATION_IN_ORDER].longest_months
    digest = Repository(place.root).digest
    judged = weighed(config.attestations, digest, longest, date.today())
    problems, warnings = (
        tuple(
            _at(where.span(), f"this attestation: {say(why, 'en')}.") for where, why in found
        )
        for found in (faults(judged), ended(judged, date.today()))
    )
    about = (("commands.check-attestations", len(config.attestations)),)
    return CheckedPart(about, problems, warnings)


def _remarked(remark: Remark) -> SovlintError:
    return SovlintError(f"{remark.path}:{remark.line}: {say(remark.note, 'en')}.")


def _at(span: Span, sentence: str) -> SovlintError:
    return SovlintError(f"{span.position}: {sentence}")


def _configuration(path: Path, root: Path) -> tuple[Config, list[SovlintError]]:
    """The configuration, as far as it is right; what options name is checked even where it can't be read at all."""
    try:
        return examine(path, root)
    except SovlintError as error:
        return Config(), [error]


def told(parts: Sequence[CheckedPart], language: str) -> Iterator[str]:
    """Every problem and warning on a line of its own, with a hint below it that wasn't given before."""
    from sovlint.report.french import in_language

    given = {""}
    warning = phrase("report.warning", language)
    lines = [(problem, "") for part in parts for problem in part.problems]
    lines += [
        (each, f"{labelled(warning, language)} ") for part in parts for each in part.warnings
    ]
    for problem, mark in lines:
        yield mark + safe_text(in_language(_near(problem.message), language))
        if problem.hint not in given:
            given.add(problem.hint)
            yield f"  {safe_text(in_language(problem.hint, language))}"


def summary(part: CheckedPart, voice: Voice) -> list[str]:
    """What was checked, and how many problems it has, in a line where that is wide enough."""
    language, number = voice.language, len(part.problems)
    about = [
        say(each, language) if isinstance(each, Note) else counted(*each, language)
        for each in part.about
    ]
    result = phrase("commands.check-right", language)
    if number:
        result = counted("commands.check-problems", number, language)
    if part.warnings:
        warned = counted("commands.check-warnings", len(part.warnings), language)
        result = f"{result}, {warned}"
    return wrap(
        f"{labelled(', '.join(about), language)} {result}", voice.style().columns, "", "  "
    )


def _near(text: str) -> str:
    """A path, or a line that begins with one, as seen from the folder where one is."""
    return text.removeprefix(f"{Path.cwd()}{os.sep}")
