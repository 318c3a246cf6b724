"""Words that several reports share: verdicts, how a class got there, facts, roles: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Verdicts and severities, as headlines begin
    "report.error": ("error", "erreur"),
    "report.warning": ("warning", "avertissement"),
    "report.note": ("note", "note"),
    "report.compliant": ("compliant", "conforme"),
    "report.unproven": ("unproven", "non prouvé"),
    "report.label": ("{label}:", "{label} :"),
    # How a class got there
    "report.how-declared": ("declared", "déclarée"),
    "report.how-intrinsic": ("intrinsic to the service", "propre au service"),
    "report.how-propagated": ("propagated", "propagée"),
    "report.how-inferred": ("inferred from names", "déduite des noms"),
    "report.how-default": ("assumed", "supposée"),
    # What a policy rests on
    "report.rests-on-law": ("law", "loi"),
    "report.rests-on-referential": ("referential", "référentiel"),
    "report.rests-on-doctrine": ("doctrine", "doctrine"),
    "report.rests-on-risk": ("risk", "risque"),
    # Names of facts
    "report.fact-role": ("role", "rôle"),
    "report.fact-provider": ("provider", "fournisseur"),
    "report.fact-service": ("service", "service"),
    "report.fact-region": ("region", "région"),
    "report.fact-country": ("country", "pays"),
    "report.fact-area": ("area", "zone"),
    "report.fact-control": ("control", "contrôle"),
    "report.fact-technology": ("technology", "technologie"),
    "report.fact-exists": ("existence", "existence"),
    "report.fact-data": ("data class", "classe de données"),
    # Roles
    "report.role-at-rest": ("at rest", "au repos"),
    "report.role-compute": ("compute", "calcul"),
    "report.role-replica": ("replica", "réplique"),
    "report.role-backup": ("backup", "sauvegarde"),
    "report.role-logs": ("logs", "journaux"),
    "report.role-keys": ("keys", "clés"),
    "report.role-edge": ("edge", "périphérie"),
    "report.role-registry": ("registry", "registre"),
    "report.role-state": ("state", "état"),
    "report.role-processor": ("processor", "sous-traitant"),
    "report.role-ai": ("AI", "IA"),
    "report.role-config": ("config", "configuration"),
    # Table of facts
    "report.table-role": ("ROLE", "RÔLE"),
    "report.table-provider": ("PROVIDER", "FOURNISSEUR"),
    "report.table-region": ("REGION", "RÉGION"),
    "report.table-country": ("COUNTRY", "PAYS"),
    "report.table-control": ("CONTROL", "CONTRÔLE"),
    "report.table-qualifications": ("QUALIFICATIONS", "QUALIFICATIONS"),
    "report.table-unknown": ("UNKNOWN", "INCONNU"),
    "report.table-unknown-fact": ("{fact} ({reason})", "{fact} ({reason})"),
    "report.table-moved": ("{column}: {text}", "{column} : {text}"),
    "report.table-unmatched": (
        "classified as what is no class here: {words}",
        "classé comme ce qui n'est pas une classe ici : {words}",
    ),
    "report.table-no-class": ("no class", "sans classe"),
    "report.table-class-unknown": ("class unknown: {reason}", "classe inconnue : {reason}"),
    "report.table-exists-unknown": ("if created: {reason}", "si créée : {reason}"),
    "report.table-unplaced": ("not placed", "non placée"),
    "report.table-no-root": ("(no root)", "(sans racine)"),
    "report.table-root-variant": ("{root}, read with {variant}", "{root}, lu avec {variant}"),
    "report.table-library": ("{root} (library)", "{root} (bibliothèque)"),
}
