"""What the formats for servers and merge requests say around what the other rooms found."""

from __future__ import annotations

_HELP = {
    "formats.help-why": ("Why", "Pourquoi"),
    "formats.help-fix": ("How to comply", "Comment s'y conformer"),
    "formats.help-waive": ("How to waive it", "Comment y déroger"),
    "formats.help-basis": ("What it rests on", "Sur quoi cela repose"),
    "formats.help-no-waiver": (
        "This policy can't be waived: ignore comments, waivers and baselines don't act on it.",
        "On ne peut déroger à cette politique : ni commentaire, ni dérogation, ni état de référence n'agit sur elle.",
    ),
    "formats.help-comment": (
        "Beside the declaration, a comment with a reason: `{example}`.",
        "À côté de la déclaration, un commentaire motivé : `{example}`.",
    ),
    "formats.help-waiver": (
        "Or in `sovlint.yaml` a waiver, with a reason, an owner, an approver, a ticket and an end.",
        "Ou, dans `sovlint.yaml`, une dérogation avec un motif, un responsable, un approbateur, un ticket et une fin.",
    ),
    "formats.help-longest-one": ("For {count} day at most.", "Pour {count} jour au plus."),
    "formats.help-longest-many": ("For {count} days at most.", "Pour {count} jours au plus."),
}

_RESULTS = {
    "formats.concise-about": ("{found} ({subject})", "{found} ({subject})"),
    "formats.concise-where": ("{region} ({country})", "{region} ({country})"),
    "formats.concise-law": ("law of {states}", "droit : {states}"),
    "formats.concise-no-law": ("nobody knows whose law", "droit applicable inconnu"),
    "formats.concise-counts": (
        "{counts} `sovlint scan` shows why, `sovlint explain POLICY` what to do.",
        "{counts} `sovlint scan` montre pourquoi, `sovlint explain POLICY` que faire.",
    ),
    "formats.concise-unread": ("error not-read", "erreur non-lu"),
    "formats.unproven": ("Unproven: {headline}", "Non prouvé : {headline}"),
    "formats.resource": ("{address} is declared here", "{address} est déclaré ici"),
    "formats.root-folder": ("The root of the git repository.", "La racine du dépôt git."),
    "formats.left-out-one": (
        "{count} finding was left out, to keep within what servers accept; --format json has it.",
        "{count} constat a été omis, pour rester dans ce que les serveurs acceptent ; --format json l'a.",
    ),
    "formats.left-out-many": (
        "{count} findings were left out, to keep within what servers accept; --format json has them.",
        "{count} constats ont été omis, pour rester dans ce que les serveurs acceptent ; --format json les a.",
    ),
    "formats.more": ("{words}, + {count}", "{words}, + {count}"),
    "formats.more-lines": ("+ {count}", "+ {count}"),
    "formats.evidence": ("What led there", "Ce qui y mène"),
}

_SUMMARY = {
    "formats.title": ("sovlint: {counts}", "sovlint : {counts}"),
    "formats.title-nothing": ("sovlint: nothing was judged", "sovlint : rien n'a été jugé"),
    "formats.judged-by": (
        "Policy set {policy_set}, as of {as_of}, catalogue of {catalogue}.",
        "Jeu de politiques {policy_set}, au {as_of}, catalogue du {catalogue}.",
    ),
    "formats.lapsed-one": (
        "{count} exception must be looked after",
        "{count} exception est à revoir",
    ),
    "formats.lapsed-many": (
        "{count} exceptions must be looked after",
        "{count} exceptions sont à revoir",
    ),
    "formats.lapsed-places": ("{lapsed}: {places}", "{lapsed} : {places}"),
    "formats.kind-inline": ("ignore comment", "commentaire"),
    "formats.kind-waiver": ("waiver", "dérogation"),
    "formats.kind-baseline": ("baseline", "état de référence"),
    "formats.findings": ("Findings", "Constats"),
    "formats.waiting": (
        "What waits for one thing each",
        "Ce qui attend chaque fois une seule chose",
    ),
    "formats.to-attest": ("What to attest", "Ce qui est à attester"),
    "formats.placements": ("First placements", "Premiers placements"),
    "formats.to-settle": ("What would settle the rest", "Ce qui réglerait le reste"),
    "formats.remedies": ("What could take its place", "Ce qui pourrait en prendre la place"),
    "formats.exceptions": ("Exceptions to look after", "Exceptions à revoir"),
    "formats.attestations": ("Attestations", "Attestations"),
    "formats.rules": ("Rules of this run: {rules}", "Règles de cette analyse : {rules}"),
    "formats.vouched": ("Attestations: {attestations}", "Attestations : {attestations}"),
    "formats.removed": ("Gone", "Disparus"),
    "formats.rows-left-out-one": (
        "{count} more row; `sovlint scan --format json` has it.",
        "{count} ligne de plus ; `sovlint scan --format json` l'a.",
    ),
    "formats.rows-left-out-many": (
        "{count} more rows; `sovlint scan --format json` has them.",
        "{count} lignes de plus ; `sovlint scan --format json` les a.",
    ),
    "formats.column-verdict": ("Verdict", "Verdict"),
    "formats.column-policy": ("Policy", "Politique"),
    "formats.column-place": ("Place", "Lieu"),
    "formats.column-resource": ("Resource", "Ressource"),
    "formats.column-found": ("What is found", "Constat"),
    "formats.column-data": ("Data", "Données"),
    "formats.column-kind": ("Kind", "Sorte"),
    "formats.column-state": ("State", "État"),
    "formats.column-until": ("Until", "Jusqu'au"),
    "formats.column-claim": ("Claim", "Ce qui est attesté"),
    "formats.column-owner": ("Owner", "Responsable"),
    "formats.column-turned": ("Findings", "Constats"),
    "formats.column-why": ("Why", "Pourquoi"),
    "formats.violation": ("violation", "violation"),
    "formats.verdict": ("{severity} ({verdict})", "{severity} ({verdict})"),
}

MESSAGES: dict[str, tuple[str, str]] = {**_HELP, **_RESULTS, **_SUMMARY}
