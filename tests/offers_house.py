"""Small repositories that offer something to each other, read from end to end in this process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from sovlint.commands.parts import settled
from sovlint.configuration.offers_file import read, render
from sovlint.lint import Linted, linted
from sovlint.model.offers import Offer, OfferKind, Offers
from sovlint.model.request import Request
from sovlint.stages.run import Rulebook, Run, load_rulebook
from tests.exceptions.house import repository

EEA = "health-data-in-eea"
Verdicts = set[tuple[str, str]]


@cache
def _rulebook() -> Rulebook:
    return load_rulebook(Run(Request(as_of=date(2026, 11, 25))))


def looked_at(folder: Path, files: dict[str, str], offers: Iterable[Offer] = ()) -> Linted:
    """What is read of a repository with these files, which knows what others offer."""
    request = Request(paths=(repository(folder, files),), as_of=date(2026, 11, 25))
    return linted(replace(settled.run(request), offers=Offers(offers)), _rulebook())


def verdicts(found: Linted) -> Verdicts:
    """The verdicts on where health data is, by address."""
    return {
        (each.verdict.value, each.resource.address)
        for each in found.report.findings
        if each.policy == EEA
    }


def said(found: Linted) -> set[str]:
    """These verdicts alone."""
    return {verdict for verdict, _ in verdicts(found)}


def asked(found: Linted, kind: OfferKind) -> list[str]:
    """What it looked for among what others offer."""
    return sorted(each.key for each in found.run.offers.asked if each.kind is kind)


def offered(folder: Path, files: dict[str, str], name: str) -> Sequence[Offer]:
    """The states that a repository of that name offers, as a file of offers brings them."""
    folder.mkdir(parents=True)
    every = looked_at(folder / "repository", files).offers
    made = [each for each in every if each.kind is OfferKind.STATE]
    path = folder / "offers.json"
    path.write_text(render(replace(each, repository=name, commit="c0ffee") for each in made))
    return read(path, path.name)
