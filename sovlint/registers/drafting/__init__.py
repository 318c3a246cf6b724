"""Registers, each drafted by a module of its own from what a run found. The table below are all that there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from sovlint.registers.drafting.material import Material
from sovlint.registers.register import Register

Draft = Callable[[Material], Register]
"""What a run found, into a register."""


def _late(module: str) -> Draft:
    """The ``draft`` of a module of this room, which is imported when it is first called."""

    def draft(material: Material) -> Register:
        drafted: Register = import_module(f"{__name__}.{module}").draft(material)
        return drafted

    return draft


REGISTERS: Final[Mapping[str, Draft]] = {
    "article-28": _late("gdpr.article_28"),
    "article-30": _late("gdpr.article_30"),
    "dora": _late("dora.register"),
    "hds": _late("hds.register"),
    "letters": _late("letters.register"),
    "report": _late("report_tables"),
    "tender": _late("tender.register"),
    "transfers": _late("gdpr.transfers"),
}
"""How each register is drafted, by the id of its form."""
