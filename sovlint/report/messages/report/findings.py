"""What is said of a finding: frames, what stands below them, causes, remedies and sources: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Labels of frames
    "report.subject": ("{address}", "{address}"),
    "report.subject-root": ("{address}, in {root}", "{address}, dans {root}"),
    "report.subject-variant": (
        "{address}, in {root} read with {variant}",
        "{address}, dans {root} lu avec {variant}",
    ),
    "report.subject-environment": ("{address}, for {variant}", "{address}, pour {variant}"),
    "report.called-here": ("module called here", "module appelé ici"),
    "report.more-places-one": (
        "and {count} more place (see --format json)",
        "et {count} autre endroit (--format json)",
    ),
    "report.more-places-many": (
        "and {count} more places (see --format json)",
        "et {count} autres endroits (--format json)",
    ),
    # What stands below the frames
    "report.also": ("also", "aussi"),
    "report.data": ("data", "données"),
    "report.class-health": ("health", "santé"),
    "report.class-claims": ("claims", "remboursements"),
    "report.class-nir": ("nir", "NIR"),
    "report.class-insured-identity": ("insured-identity", "identité d'assuré"),
    "report.class-iban": ("iban", "IBAN"),
    "report.class-contact": ("contact", "coordonnées"),
    "report.class-health-pseudonymised": ("health-pseudonymised", "santé pseudonymisée"),
    "report.class-anonymous": ("anonymous", "anonyme"),
    "report.class-how": ("{name} ({how})", "{name} ({how})"),
    "report.placed": ("placed", "placement"),
    "report.shown-above": ("shown above", "montré plus haut"),
    "report.remark": ("note", "note"),
    "report.rests-on": ("rests on", "fondement"),
    "report.policy-rests-on": ("{policy}: {kinds}", "{policy} : {kinds}"),
    "report.sources": ("evidence", "preuves"),
    "report.help": ("help", "remède"),
    # Findings that wait for one thing
    "report.cause-one": (
        "{count} placement with {provider} waits for one proof: {why}",
        "{count} placement chez {provider} attend une seule preuve : {why}",
    ),
    "report.cause-many": (
        "{count} placements with {provider} wait for one proof: {why}",
        "{count} placements chez {provider} attendent une seule preuve : {why}",
    ),
    "report.cause-lighter": (
        "{headline} ({count} of them count for less than “{severity}”)",
        "{headline} ({count} d'entre eux comptent pour moins que « {severity} »)",
    ),
    "report.cause-more-one": (
        "and {count} more (see --format json)",
        "et {count} autre (--format json)",
    ),
    "report.cause-more-many": (
        "and {count} more (see --format json)",
        "et {count} autres (--format json)",
    ),
    "report.attest": ("attest", "attester"),
    "report.attest-lines": (
        "in sovlint.yaml, once the contract was read and the blanks are filled:",
        "dans sovlint.yaml, une fois le contrat lu et les blancs remplis :",
    ),
    "report.to-attest": (
        "An attestation in sovlint.yaml settles it: {claim}, for {subjects}.",
        "Une attestation dans sovlint.yaml y répond : {claim}, pour {subjects}.",
    ),
    "report.instead": ("instead", "à la place"),
    "report.remedies": (
        "Of the same kind ({kind}), proved to comply with every policy that applies here: {services}.",
        "De même nature ({kind}), à la conformité prouvée pour toutes les politiques applicables ici : {services}.",
    ),
    "report.remedies-none": (
        "No service of the same kind ({kind}) in the catalogue is proved to comply with every policy that applies "
        "here.",
        "Aucun service de même nature ({kind}) du catalogue n'est prouvé conforme à toutes les politiques applicables "
        "ici.",
    ),
    "report.remedies-attest": (
        "Once attested ({names}), these would: {services}.",
        "Sous réserve d'attestation ({names}), le seraient : {services}.",
    ),
    "report.remedies-all": ("{services}", "{services}"),
    "report.remedies-next": ("; ", " ; "),
    "report.and-also": ("; ", " ; "),
    "report.remedies-more": ("{services}; {count} more", "{services} ; {count} de plus"),
    "report.remedies-above": ("as above ({kind})", "comme plus haut ({kind})"),
    "report.remedy-service": ("{provider}, {service}", "{provider}, {service}"),
    "report.remedy": ("{service} {where}", "{service} {where}"),
    "report.remedy-until": (
        "{service} {where}, until {until}",
        "{service} {where}, jusqu'au {until}",
    ),
    "report.remedy-qualified": (
        "{service} {where}, qualified until {until} ({names})",
        "{service} {where}, qualification valable jusqu'au {until} ({names})",
    ),
    "report.remedy-assumed": (
        "{service} {where}, qualified until {until} at the latest ({names}; no end was found, this one is assumed)",
        "{service} {where}, qualification valable jusqu'au {until} au plus tard ({names} ; échéance non trouvée, "
        "supposée)",
    ),
    "report.remedy-place": ("in {region} ({country})", "dans {region} ({country})"),
    "report.remedy-region": ("in {region}", "dans {region}"),
    "report.remedy-anywhere": ("in no region of its own", "sans région propre"),
    "report.told-once": (
        "Reasons and remedies are told once; `sovlint explain POLICY` tells more.",
        "Raisons et remèdes sont dits une fois ; `sovlint explain POLICY` en dit plus.",
    ),
    # Headlines of further policies in a block
    "report.headline-found": ("… {found}", "… {found}"),
    "report.headline-data-found": ("{data} …, {found}", "{data} …, {found}"),
    "report.headline-times": ("{headline} ({times} placements)", "{headline} ({times} placements)"),
    "report.headline-if-created": (
        "{headline}; this holds only if created: {why}",
        "{headline} ; cela ne vaut que si la ressource est créée : {why}",
    ),
    "report.as-above": ("as above", "comme plus haut"),
    # One placement in a line
    "report.placed-line": (
        "{role} · {provider} · {place} · control {control} · technology {technology}",
        "{role} · {provider} · {place} · contrôle {control} · technologie {technology}",
    ),
    "report.unknown-role": ("unknown role", "rôle inconnu"),
    "report.unknown-provider": ("unknown provider", "fournisseur inconnu"),
    "report.unknown-region": ("unknown region", "région inconnue"),
    "report.unknown-country": ("unknown country", "pays inconnu"),
    "report.unknown-place": ("unknown place", "lieu inconnu"),
    "report.unknown-control": ("unknown", "inconnu"),
    "report.unknown-technology": ("unknown", "inconnue"),
    "report.unknown-word": ("unknown", "sans preuve"),
    "report.own-technology": ("own or open source", "propre ou libre"),
    "report.none-word": ("none", "aucune"),
    "report.or": (" or ", " ou "),
    "report.perhaps-others": ("{states} and perhaps others", "{states} et peut-être d'autres"),
    # Sources
    "report.sources-title": ("Sources", "Sources"),
    "report.source-dated": ("{supports} ({date})", "{supports} ({date})"),
    "report.source-medium": (
        "{supports} ({date}; medium confidence)",
        "{supports} ({date} ; confiance moyenne)",
    ),
    "report.source-weak": (
        "{supports} ({date}; a weak source, counted like background knowledge)",
        "{supports} ({date} ; source faible, comptée comme connaissance générale)",
    ),
    "report.source-background": (
        "{supports} (background knowledge, no source read)",
        "{supports} (connaissance générale, aucune source lue)",
    ),
    "report.date-undated": ("undated", "sans date"),
    "report.date-read": ("read {date}", "lu le {date}"),
    "report.date-edition": ("edition of {date}", "édition du {date}"),
    "report.date-reviewed": ("reviewed {date}", "révisé le {date}"),
    "report.date-transcribed": ("transcribed {date}", "transcrit le {date}"),
    "report.date-span": ("{one} to {other}", "{one} à {other}"),
}
