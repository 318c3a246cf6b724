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
    # Data classes, in short
    "report.class-health": ("health", "santé"),
    "report.class-claims": ("claims", "remboursements"),
    "report.class-nir": ("NIR", "NIR"),
    "report.class-insured-identity": ("insured identity", "identité d'assurés"),
    "report.class-iban": ("IBAN", "IBAN"),
    "report.class-contact": ("contact", "coordonnées"),
    "report.class-health-pseudonymised": ("pseudonymised health", "santé pseudonymisée"),
    "report.class-anonymous": ("anonymous", "anonymes"),
    # Table of facts
    "report.table-role": ("ROLE", "RÔLE"),
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
    "report.table-unplaced": ("Not placed", "Non placé"),
    "report.table-library": ("in a library", "dans une bibliothèque"),
    "report.table-company": ("{name} ({id})", "{name} ({id})"),
    "report.table-held-one": ("{company}: {count} placement", "{company} : {count} placement"),
    "report.table-held-many": ("{company}: {count} placements", "{company} : {count} placements"),
    "report.table-more-one": (
        "and {count} more (`--full` names them all)",
        "et {count} autre (`--full` les nomme tous)",
    ),
    "report.table-more-many": (
        "and {count} more (`--full` names them all)",
        "et {count} autres (`--full` les nomme tous)",
    ),
    "report.table-config-one": (
        "{count} resource of configuration, which carries no payload, isn't shown (`--config-too`).",
        "{count} ressource de configuration, sans données, n'est pas montrée (`--config-too`).",
    ),
    "report.table-config-many": (
        "{count} resources of configuration, which carry no payload, aren't shown (`--config-too`).",
        "{count} ressources de configuration, sans données, ne sont pas montrées (`--config-too`).",
    ),
}
