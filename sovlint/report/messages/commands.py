"""What commands say themselves: beside a report, around a policy that is explained, of what they checked or made."""

from __future__ import annotations

_NOTICES = {
    "commands.hint": ("hint", "conseil"),
    "commands.nothing-to-scan": (
        "Nothing to scan: no Terraform file, manifest or inventory was found there.",
        "Rien à analyser : aucun fichier Terraform, manifeste ou inventaire n'y a été trouvé.",
    ),
    "commands.no-resource": (
        "No resource was found in the files that were read.",
        "Aucune ressource dans les fichiers lus.",
    ),
    "commands.baseline-written": (
        "The baseline is written to {path}, with {entries} entries.",
        "L'état de référence est écrit dans {path}, avec {entries} entrées.",
    ),
    "commands.no-changes": (
        "No changed file was given, so nothing was judged.",
        "Aucun fichier changé n'a été donné ; rien n'a donc été jugé.",
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

_PROGRESS = {
    "commands.progress-load": ("Loading the catalogue", "Lecture du catalogue"),
    "commands.progress-list": ("Looking for files", "Recherche des fichiers"),
    "commands.progress-read": ("Reading", "Lecture"),
    "commands.progress-place": ("Placing", "Localisation"),
    "commands.progress-judge": ("Judging", "Jugement"),
    "commands.progress-report": ("Reporting", "Rédaction du rapport"),
    "commands.progress-files-one": ("{count} file", "{count} fichier"),
    "commands.progress-files-many": ("{count} files", "{count} fichiers"),
    "commands.progress-roots-one": ("{count} root", "{count} racine"),
    "commands.progress-roots-many": ("{count} roots", "{count} racines"),
}
"""What a run is doing, on a terminal."""

_EXPLAIN = {
    "commands.explain-severity": ("Severity", "Gravité"),
    "commands.explain-where-unproven": (
        "{severity} (where unproven: {unproven})",
        "{severity} (si non prouvé : {unproven})",
    ),
    "commands.explain-sets": ("In the sets", "Dans les jeux"),
    "commands.explain-housekeeping": (
        "all of them (housekeeping)",
        "tous (veille sur les preuves)",
    ),
    "commands.explain-no-set": ("none", "aucun"),
    "commands.explain-data": ("Data", "Données"),
    "commands.explain-roles": ("Roles", "Rôles"),
    "commands.explain-role-at-most": ("{role} (at most {severity})", "{role} (au plus {severity})"),
    "commands.explain-role-labelled": (
        "{role} (where labelled themselves)",
        "{role} (si étiquetés eux-mêmes)",
    ),
    "commands.explain-requires": ("Requires", "Exige"),
    "commands.explain-all": ("all of", "tout ceci"),
    "commands.explain-any": ("any of", "l'un de ceux-ci"),
    "commands.explain-not": ("not", "non"),
    "commands.explain-rests-on": ("Rests on", "Repose sur"),
    "commands.explain-why": ("Why", "Pourquoi"),
    "commands.explain-remedy": ("What to do", "Que faire"),
    "commands.explain-services": ("Complying services on {day}", "Services conformes au {day}"),
    "commands.explain-services-alone": (
        "with this policy alone, without any attestation; whether one is offered in a region isn't in the catalogue",
        "à cette seule politique, sans attestation ; le catalogue ne dit pas si un service est proposé dans une région",
    ),
    "commands.explain-written": ("Written in", "Écrite dans"),
    "commands.explain-examples": (
        "Examples, in sovlint's repository",
        "Exemples, dans le dépôt de sovlint",
    ),
}

_CHECK = {
    "commands.check-nothing": (
        "Nothing to check: there is no configuration, policy or catalogue overlay of your own.",
        "Rien à vérifier : il n'y a ni configuration, ni politique, ni extension du catalogue de votre main.",
    ),
    "commands.check-configuration": ("configuration {path}", "configuration {path}"),
    "commands.check-policies-one": ("{count} policy of your own", "{count} politique à vous"),
    "commands.check-policies-many": ("{count} policies of your own", "{count} politiques à vous"),
    "commands.check-sets-one": (
        "{count} policy set of your own",
        "{count} jeu de politiques à vous",
    ),
    "commands.check-sets-many": (
        "{count} policy sets of your own",
        "{count} jeux de politiques à vous",
    ),
    "commands.check-set": ("policy set {name}", "jeu de politiques {name}"),
    "commands.check-overlays-one": ("{count} overlay", "{count} extension du catalogue"),
    "commands.check-overlays-many": ("{count} overlays", "{count} extensions du catalogue"),
    "commands.check-waivers-one": ("{count} waiver", "{count} dérogation"),
    "commands.check-waivers-many": ("{count} waivers", "{count} dérogations"),
    "commands.check-attestations-one": ("{count} attestation", "{count} attestation"),
    "commands.check-attestations-many": ("{count} attestations", "{count} attestations"),
    "commands.check-baseline": ("baseline {path}", "état de référence {path}"),
    "commands.check-right": ("no problem found", "aucun problème"),
    "commands.check-warnings-one": ("{count} warning", "{count} avertissement"),
    "commands.check-warnings-many": ("{count} warnings", "{count} avertissements"),
    "commands.check-problems-one": ("{count} problem", "{count} problème"),
    "commands.check-problems-many": ("{count} problems", "{count} problèmes"),
    "commands.check-without-overlays": (
        "Names were looked up without the overlays, which must be right first: some that count as unknown may be "
        "theirs.",
        "Les noms ont été cherchés sans les extensions du catalogue, à corriger d'abord : certains des noms inconnus "
        "peuvent venir d'elles.",
    ),
}

_SCHEMA = {
    "commands.schema-config": (
        "the configuration: sovlint.yaml, or [tool.sovlint] in pyproject.toml",
        "la configuration : sovlint.yaml, ou [tool.sovlint] dans pyproject.toml",
    ),
    "commands.schema-policy": (
        "a policy, or a policy set",
        "une politique, ou un jeu de politiques",
    ),
    "commands.schema-catalog": (
        "a file of the catalogue, or of an overlay on it: a provider, a plug-in, qualifications, ...",
        "un fichier du catalogue, ou d'une extension : un fournisseur, un plug-in, des qualifications, ...",
    ),
    "commands.schema-inventory": (
        "the inventory of SaaS: saas.yaml",
        "l'inventaire des services en ligne : saas.yaml",
    ),
    "commands.schema-waivers": (
        "a file of waivers, named under `waivers` in the configuration",
        "un fichier de dérogations, nommé sous `waivers` dans la configuration",
    ),
    "commands.schema-baseline": (
        "a baseline, as `sovlint scan --write-baseline` writes it",
        "un état de référence, tel que l'écrit `sovlint scan --write-baseline`",
    ),
    "commands.schema-report": (
        "what `sovlint scan --format json` prints",
        "ce qu'écrit `sovlint scan --format json`",
    ),
    "commands.schema-map": (
        "what `sovlint map --format json` prints",
        "ce qu'écrit `sovlint map --format json`",
    ),
    "commands.schema-facts": (
        "what `sovlint facts --format json` prints",
        "ce qu'écrit `sovlint facts --format json`",
    ),
    "commands.schema-provider": (
        "what `sovlint provider ID --format json` prints",
        "ce qu'écrit `sovlint provider ID --format json`",
    ),
    "commands.schema-providers": (
        "what `sovlint provider --format json` prints, without an ID",
        "ce qu'écrit `sovlint provider --format json`, sans ID",
    ),
    "commands.schema-where": (
        "what `sovlint where --format json` prints",
        "ce qu'écrit `sovlint where --format json`",
    ),
}

_INIT = {
    "commands.init-written": (
        "{path} is written, with questions for you; it changes no verdict yet. Next: `sovlint scan`.",
        "{path} est écrit, avec des questions pour vous ; il ne change encore aucun verdict. Ensuite : `sovlint scan`.",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {
    **_INIT,
    **_NOTICES,
    **_PROGRESS,
    **_EXPLAIN,
    **_CHECK,
    **_SCHEMA,
}
"""Key -> (English, French)."""
