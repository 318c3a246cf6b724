"""The entity that the register is of: nothing in code says it, so that each fact of it is one question."""

from __future__ import annotations

from sovlint.model.text import Note
from sovlint.registers.cells import Cell
from sovlint.registers.drafting.material import Material


def lei(material: Material) -> Cell:
    """Its legal entity identifier."""
    return material.answers.ask("organisation.lei", Note("registers.ask-own-lei"))


def legal_name(material: Material) -> Cell:
    """What it is called."""
    return material.answers.ask("organisation.name", Note("registers.ask-own-name"))


def country(material: Material) -> Cell:
    """The country that it is in."""
    return material.answers.ask("organisation.country", Note("registers.ask-own-country"))
