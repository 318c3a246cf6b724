"""What commands say themselves: on stderr beside a report, and around a policy that is explained."""

from __future__ import annotations

_NOTICES = {
    "commands.nothing-to-scan": (
        "Nothing to scan: no Terraform file, manifest or inventory was found there.",
        "Rien à analyser : aucun fichier Terraform, manifeste ou inventaire n'y a été trouvé.",
    ),
    "commands.no-resource": (
        "No resource was found in the files that were read.",
        "Aucune ressource dans les fichiers lus.",
    ),
    "commands.failures": (
        "Not everything could be read (failures: {failures}). Exit code 2, unless --allow-failures is given.",
        "Tout n'a pas pu être lu (échecs : {failures}). Code de sortie 2, sauf avec --allow-failures.",
    ),
    "commands.failures-allowed": (
        "Not everything could be read (failures: {failures}), and that was allowed.",
        "Tout n'a pas pu être lu (échecs : {failures}), et cela a été permis.",
    ),
}

_EXPLAIN = {
    "commands.explain-severity": ("Severity", "Gravité"),
    "commands.explain-where-unproven": (
        "{severity} (where unproven: {unproven})",
        "{severity} (si non prouvé : {unproven})",
    ),
    "commands.explain-sets": ("In the sets", "Dans les jeux"),
    "commands.explain-housekeeping": ("all of them (housekeeping)", "tous (veille sur les preuves)"),
    "commands.explain-no-set": ("none", "aucun"),
    "commands.explain-data": ("Data", "Données"),
    "commands.explain-roles": ("Roles", "Rôles"),
    "commands.explain-role-at-most": ("{role} (at most {severity})", "{role} (au plus {severity})"),
    "commands.explain-role-labelled": ("{role} (where labelled themselves)", "{role} (si étiquetés eux-mêmes)"),
    "commands.explain-requires": ("Requires", "Exige"),
    "commands.explain-all": ("all of", "tout ceci"),
    "commands.explain-any": ("any of", "l'un de ceux-ci"),
    "commands.explain-not": ("not", "non"),
    "commands.explain-rests-on": ("Rests on", "Repose sur"),
    "commands.explain-why": ("Why", "Pourquoi"),
    "commands.explain-remedy": ("What to do", "Que faire"),
    "commands.explain-written": ("Written in", "Écrite dans"),
    "commands.explain-examples": ("Examples, in sovlint's repository", "Exemples, dans le dépôt de sovlint"),
}

MESSAGES: dict[str, tuple[str, str]] = {**_NOTICES, **_EXPLAIN}
"""Key -> (English, French)."""
