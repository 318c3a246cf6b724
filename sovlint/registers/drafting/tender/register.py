"""The sovereignty statement for tenders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sovlint.model.findings.provenance import Checkout
from sovlint.model.text import Note
from sovlint.registers.cells import Cell, fact
from sovlint.registers.drafting.companies import at_companies, country_of
from sovlint.registers.drafting.letters.unproven import is_written_about
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.tender.answers import answers
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow

ID: Final = "tender"


def draft(material: Material) -> Register:
    """What it rests on, and a record for each company and country that personal data goes to directly."""
    found = [one for one in material.landed if is_written_about(one)]
    companies = at_companies(found, material, lambda one: (country_of(one),))
    rows: dict[str, Iterable[RegisterRow]] = {
        "statement": [_statement(material)],
        "answers": [answers(each, material) for each in companies],
    }
    return material.register(ID, rows)


def _statement(material: Material) -> RegisterRow:
    """What the run was of. What git can't say is asked."""
    report = material.report
    made_of = report.provenance
    checkout = made_of.checkout if made_of is not None else Checkout()
    unknown = Note("registers.unknown")
    coverage = report.coverage
    params = {
        "count": coverage.classified,
        "all": coverage.resources,
        "config": coverage.config,
    }
    text = Note("registers.ask-own-name")
    cells = {
        "bidder": material.answers.ask("organisation.name", text),
        "day": fact(material.as_of),
        "repository": _repository(checkout, material),
        "commit": _commit(checkout, material),
        "catalogue": fact(made_of.catalogue if made_of is not None else unknown),
        "classified": fact(Note("registers.tender-classified", params)),
        "unread": fact(_unread(coverage.failed)),
    }
    return material.row(form(ID).sheet("statement"), "statement", cells)


def _repository(checkout: Checkout, material: Material) -> Cell:
    if checkout.repository is not None:
        return fact(checkout.repository)
    return material.answers.ask("statement.repository", Note("registers.ask-repository"))


def _commit(checkout: Checkout, material: Material) -> Cell:
    """The commit, and whether what was read is what it has."""
    if checkout.commit is None:
        return material.answers.ask("statement.commit", Note("registers.ask-commit"))
    clean = {True: "clean", False: "changed", None: "unsure"}[checkout.clean]
    return fact(checkout.commit, Note(f"registers.tender-{clean}"))


def _unread(count: int) -> Note:
    if not count:
        return Note("registers.tender-all-read")
    return Note("registers.tender-unread", {"count": count})
