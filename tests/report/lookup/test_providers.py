"""The list of providers: columns that fit, what isn't known marked as such, and a legend only where it is needed."""

from __future__ import annotations

from datetime import date

from sovlint.catalog.load import load
from sovlint.model.lookups.profile import Profile
from sovlint.report.lookup.providers import render
from sovlint.report.pieces.style import Style
from sovlint.stages.profiles import profile

PLAIN = Style(color=False, width=80)


def profiles(*names: str) -> list[Profile]:
    catalog = load()
    return [profile(catalog, catalog.providers[name], date(2026, 11, 24)) for name in names]


def test_a_table() -> None:
    assert render(profiles("cloudwatt", "outscale", "viamedis"), (), "en", PLAIN) == (
        "Provider             Control  Technology  Holds\n"
        "cloudwatt (defunct)  FR       ?\n"
        "outscale             FR +     -           secnumcloud\n"
        "viamedis             FR ?     ?\n"
        "3 providers.\n"
        "?: not known, or others can't be excluded; `sovlint provider ID` says why. -:\n"
        "  its own, or open source.\n"
        "+: in some of its regions a state outside can compel too, that of the place;\n"
        "  `sovlint provider ID` says which.\n"
    )


def test_no_legend_for_what_is_not_there() -> None:
    assert render(profiles("aws"), (), "fr", PLAIN) == (
        "Fournisseur  Contrôle  Technologie  Détient\naws          US        US\n1 fournisseur.\n"
    )


def test_nothing_fits() -> None:
    assert (
        render((), ("almerys",), "en", PLAIN)
        == "0 providers.\nPerhaps these too, which isn't known: almerys.\n"
    )
