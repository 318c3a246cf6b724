"""What the map says: who, whose law, where, what lands there; and what to label first: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "report.map-title": ("Where data lands, worst first", "Où vont les données, le pire d'abord"),
    "report.map-verdict": ("VERDICT", "VERDICT"),
    "report.map-company": ("COMPANY", "SOCIÉTÉ"),
    "report.map-compelled_by": ("LAW OF", "DROIT DE"),
    "report.map-country": ("IN", "PAYS"),
    "report.map-count": ("N", "N"),
    "report.map-what": ("DATA; ROLES", "DONNÉES ; RÔLES"),
    "report.map-violation": ("violation", "violation"),
    "report.map-unproven": ("unproven", "non prouvé"),
    "report.map-compliant": ("compliant", "conforme"),
    "report.map-excused": ("excused", "excusé"),
    "report.map-none": ("not judged", "non jugé"),
    "report.map-unknown-company": ("unknown company", "société inconnue"),
    "report.map-unknown": ("unknown", "inconnu"),
    "report.map-others": ("{states}, perhaps others", "{states}, peut-être d'autres"),
    "report.map-one-of": ("one of {count}", "un parmi {count}"),
    "report.map-unknown-role": ("role unknown", "rôle inconnu"),
    "report.map-no-class": ("no class", "sans classe"),
    "report.map-class-unknown": ("class unknown", "classe inconnue"),
    "report.map-data-roles": ("{data}; {roles}", "{data} ; {roles}"),
    "report.map-global": ("world", "monde"),
    "report.map-more-names": ("+{count}", "+{count}"),
    "report.map-number": ("{name}\u00a0{count}", "{name}\u00a0{count}"),
    "report.map-in": (
        "in: {country}; law of: {states}",
        "pays : {country} ; droit de : {states}",
    ),
    "report.map-landed-one": ("{count} placement: {what}", "{count} placement : {what}"),
    "report.map-landed-many": ("{count} placements: {what}", "{count} placements : {what}"),
    "report.map-legend": (
        "Law of: {states}.",
        "Droit de : {states}.",
    ),
    "report.map-perhaps-others": ("+? perhaps others", "+? peut-être d'autres"),
    "report.map-state": ("{code} {name}", "{code} {name}"),
    "report.map-more-one": (
        "and {count} more line (`sovlint map` has them all)",
        "et {count} autre ligne (`sovlint map` les a toutes)",
    ),
    "report.map-more-many": (
        "and {count} more lines (`sovlint map` has them all)",
        "et {count} autres lignes (`sovlint map` les a toutes)",
    ),
    "report.label-first-title": ("What to label first", "Que classer d'abord"),
    "report.label-first": (
        "No resource says what data it holds. Begin with what stores data: the class follows copies, mounts and logs "
        "from there. Write the class that each really holds; without `--write` the edit is only shown.",
        "Aucune ressource ne dit quelles données elle contient. Commencez par ce qui les conserve : la classe suit de "
        "là les copies, les montages et les journaux. Écrivez la classe que chacune porte vraiment ; sans `--write`, "
        "la modification est seulement montrée.",
    ),
    "report.label-file": (
        '{place} {address}: in sovlint.yaml, `data: {{paths: {{"{path}": [health]}}}}`',
        '{place} {address} : dans sovlint.yaml, `data: {{paths: {{"{path}": [health]}}}}`',
    ),
    "report.label-assume": (
        "To see first what all of it would come to as health data: {command}",
        "Pour voir d'abord ce que tout cela donnerait comme données de santé : {command}",
    ),
    # The screen below the map
    "report.causes-title": (
        "What isn't proved, by cause (placements that wait for it)",
        "Ce qui n'est pas prouvé, par cause (placements en attente)",
    ),
    "report.findings-title": ("Findings, worst first", "Constats, le pire d'abord"),
    "report.causes-left-one": ("and {count} more", "et {count} autre"),
    "report.causes-left-many": ("and {count} more", "et {count} autres"),
    "report.more-causes-one": (
        "and {count} more cause, with its places and what settles it (`--full`)",
        "et {count} autre cause, avec ses endroits et ce qui y répond (`--full`)",
    ),
    "report.more-causes-many": (
        "and {count} more causes, with their places and what settles them (`--full`)",
        "et {count} autres causes, avec leurs endroits et ce qui y répond (`--full`)",
    ),
    "report.more-findings-one": (
        "and {count} more (`--limit {next}` shows more, `--full` all of it)",
        "et {count} autre (`--limit {next}` en montre plus, `--full` montre tout)",
    ),
    "report.more-findings-many": (
        "and {count} more (`--limit {next}` shows more, `--full` all of it)",
        "et {count} autres (`--limit {next}` en montre plus, `--full` montre tout)",
    ),
    "report.sources-kept": (
        "Numbers in brackets are sources ({count}): `--sources` lists them.",
        "Les nombres entre crochets sont des sources ({count}) : `--sources` en donne la liste.",
    ),
}
