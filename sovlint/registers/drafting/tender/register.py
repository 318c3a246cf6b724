"""The sovereignty statement for tenders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sovlint.model.findings.provenance import Checkout
from sovlint.model.text import Note
from sovlint.registers.cells import Content, fact
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
    """What the run was of. What git can't say is unknown."""
    report = material.report
    made_of = report.provenance
    checkout = made_of.checkout if made_of is not None else Checkout()
    unknown = Note("registers.unknown")
    coverage = report.coverage
    params = {"count": coverage.classified, "all": coverage.resources}
    text = Note("registers.ask-own-name")
    cells = {
        "bidder": material.answers.ask("organisation.name", text),
        "day": fact(material.as_of),
        "repository": fact(checkout.repository or unknown),
        "commit": fact(*_commit(checkout)),
        "catalogue": fact(made_of.catalogue if made_of is not None else unknown),
        "classified": fact(Note("registers.tender-classified", params)),
        "unread": fact(Note("registers.tender-unread", {"count": coverage.failed})),
    }
    return material.row(form(ID).sheet("statement"), "statement", cells)


def _commit(checkout: Checkout) -> tuple[Content, ...]:
    """The commit, and whether what was read is what it has."""
    if checkout.commit is None:
        return (Note("registers.unknown"),)
    clean = {True: "clean", False: "changed", None: "unsure"}[checkout.clean]
    return checkout.commit, Note(f"registers.tender-{clean}")
