"""What the maps and the diagram of a report say: key -> (English, French)."""

from __future__ import annotations

_ATLAS = {
    "drawings.world": (
        "Map of the world: placements by country, and who can compel there",
        "Carte du monde : emplacements par pays, et qui peut y contraindre",
    ),
    "drawings.eea": (
        "Map of the European Economic Area: placements by country, and who can compel there",
        "Carte de l'Espace économique européen : emplacements par pays, et qui peut y contraindre",
    ),
    "drawings.placements-one": ("{count} placement", "{count} emplacement"),
    "drawings.placements-many": ("{count} placements", "{count} emplacements"),
    "drawings.mark": (
        "{country}: {placements}; {verdict}; who can compel: {law}",
        "{country} : {placements} ; {verdict} ; qui peut contraindre : {law}",
    ),
    "drawings.companies": ("{mark}; companies: {companies}", "{mark} ; entreprises : {companies}"),
    "drawings.law": ("Who can compel", "Qui peut contraindre"),
    "drawings.law-eea": ("EEA states alone", "États de l'EEE seuls"),
    "drawings.law-other": ("another state outside the EEA", "un autre État hors de l'EEE"),
    "drawings.law-unknown": ("not known", "inconnu"),
    "drawings.verdict": ("Verdict", "Verdict"),
    "drawings.verdict-violation": ("violation", "violation"),
    "drawings.verdict-unproven": ("unproven", "non prouvé"),
    "drawings.verdict-compliant": ("compliant", "conforme"),
    "drawings.verdict-none": ("not judged", "non jugé"),
    "drawings.nowhere": ("in a country that isn't known", "dans un pays inconnu"),
    "drawings.outside": ("outside of this map: {countries}", "hors de cette carte : {countries}"),
}

_FLOWS = {
    "drawings.flows": (
        "Diagram of flows: who holds what, and what goes where",
        "Schéma des flux : qui détient quoi, et ce qui va où",
    ),
    "drawings.flows-none": ("Nothing holds data here.", "Rien ne détient de données ici."),
    "drawings.inside-one": ("{count} flow within", "{count} flux interne"),
    "drawings.inside-many": ("{count} flows within", "{count} flux internes"),
    "drawings.edge": (
        "{source} → {target}: {kinds}; {verdict}",
        "{source} → {target} : {kinds} ; {verdict}",
    ),
    "drawings.edge-data": ("{edge}; data: {classes}", "{edge} ; données : {classes}"),
    "drawings.node": ("{label}: {facts}", "{label} : {facts}"),
    "drawings.open": ("Open: {label}", "Ouvrir : {label}"),
    "drawings.back": ("← All companies", "← Toutes les entreprises"),
    "drawings.nobody": ("Company not known", "Entreprise inconnue"),
}

MESSAGES: dict[str, tuple[str, str]] = {**_ATLAS, **_FLOWS}
