"""Checks of data classes, and of the words and images that suggest one."""

from __future__ import annotations

from sovlint.catalog.checks.written import Faults, all_listed, listed
from sovlint.catalog.names import tokens
from sovlint.catalog.written_data import Data


def data_class(_: str, data: Data, parts: Data) -> Faults:
    """What a class covers."""
    yield from all_listed(parts, "classes", data.get("covers", ()), ("covers",))


def term(term: str, data: Data, parts: Data) -> Faults:
    """The class that a term suggests, and its words."""
    yield from listed(parts, "classes", data["class"], ("class",))
    if not all(tokens(phrase) for phrase in (term, *data.get("unless", ()))):
        yield (), f"`{term}`: a term, and each phrase that cancels it, needs a word."


def image(_: str, data: Data, parts: Data) -> Faults:
    """The class that images keep."""
    yield from listed(parts, "classes", data["class"], ("class",))
