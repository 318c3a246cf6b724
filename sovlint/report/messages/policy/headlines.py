"""Fragments of headlines: data, role, provider, place, what was found: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "policy.headline": (
        "{data} {role} {provider}, {place}, {found}",
        "{data} {role} {provider}, {place}, {found}",
    ),
    "policy.headline-if-created": (
        "{data} {role} {provider}, {place}, {found}; this holds only if created: {why}",
        "{data} {role} {provider}, {place}, {found} ; cela ne vaut que si la ressource est créée : {why}",
    ),
    "policy.role.sent": (
        "of `{sender}`, which `{key}` sends on, {role}",
        "de `{sender}`, que `{key}` transmet, {role}",
    ),
    "policy.role.sent-here": ("which `{key}` sends on, {role}", "que `{key}` transmet, {role}"),
    "policy.role.at-rest": ("at rest", "au repos"),
    "policy.role.compute": ("in processing", "en traitement"),
    "policy.role.replica": ("in a replica", "dans une réplique"),
    "policy.role.backup": ("in a backup", "dans une sauvegarde"),
    "policy.role.logs": ("in logs", "dans des journaux"),
    "policy.role.keys": ("under keys", "sous des clés"),
    "policy.role.edge": ("at the edge", "en périphérie"),
    "policy.role.registry": ("in a registry", "dans un registre"),
    "policy.role.state": ("in a state file", "dans un fichier d'état"),
    "policy.role.processor": ("in processing on your behalf", "en sous-traitance"),
    "policy.role.ai": ("in an AI service", "dans un service d'IA"),
    "policy.role.config": ("in configuration", "dans une configuration"),
    "policy.role.unknown": ("in a role that isn't known", "dans un rôle inconnu"),
    "policy.provider.known": ("with {provider}", "chez {provider}"),
    "policy.provider.among": ("with one of {providers}", "chez l'un de : {providers}"),
    "policy.provider.unlisted": (
        "with {provider}, which isn't in the catalogue",
        "chez {provider}, absent du catalogue",
    ),
    "policy.provider.unknown": ("with a provider that isn't known", "chez un fournisseur inconnu"),
    "policy.provider.sensitive": (
        "with a provider that a sensitive value names",
        "chez un fournisseur que nomme une valeur sensible",
    ),
    "policy.place.region": ("in {region}", "dans {region}"),
    "policy.place.region-in": ("in {region} ({around})", "dans {region} ({around})"),
    "policy.place.among": ("in one of {regions}", "dans l'une de : {regions}"),
    "policy.place.among-in": (
        "in one of {regions} ({around})",
        "dans l'une de : {regions} ({around})",
    ),
    "policy.place.country": (
        "in an unknown region of {countries}",
        "dans une région inconnue ({countries})",
    ),
    "policy.place.global": ("in no region of its own", "sans région propre"),
    "policy.place.unknown": ("in a region that isn't known", "dans une région inconnue"),
    "policy.place.sensitive": (
        "in a region that a sensitive value names",
        "dans une région que nomme une valeur sensible",
    ),
    "policy.area.compliant": ("inside the {area}", "dans l'{area}"),
    "policy.area.violation": ("outside the {area}", "hors de l'{area}"),
    "policy.area.unproven": (
        "can't be proved to be inside the {area} ({why})",
        "sans preuve d'être dans l'{area} ({why})",
    ),
    "policy.waits-for-creation": (
        "it doesn't comply if it is created, and whether it is isn't known: {why}",
        "c'est non conforme si c'est créé, et l'on ignore si c'est le cas : {why}",
    ),
    "policy.waits-for-charts": (
        "charts that aren't in this repository ({charts}), so that nobody knows what they send elsewhere",
        "des charts absents de ce dépôt ({charts}), dont nul ne sait ce qu'ils envoient ailleurs",
    ),
    "policy.waits-for-host": (
        "the catalogue doesn't know who answers at hosts of `{domain}`",
        "le catalogue ne sait pas qui répond aux hôtes de `{domain}`",
    ),
    "policy.waits-for-cluster-region": (
        "whose cluster it is is known, and nothing says in which region it runs",
        "on sait à qui est le cluster, et rien ne dit dans quelle région il tourne",
    ),
    "policy.no-region": (
        "the service has no region, so its place can't be told from code",
        "le service n'a pas de région, le code ne dit donc pas où il se trouve",
    ),
    "policy.control.compliant": (
        "which these states alone can compel: {states}",
        "que seuls ces États peuvent contraindre : {states}",
    ),
    "policy.control.compliant.company": (
        "whose operator these states alone can compel: {states}; the state where it stands, which isn't known, can too",
        "dont seuls ces États peuvent contraindre l'exploitant : {states} ; l'État du lieu, inconnu, le peut aussi",
    ),
    "policy.soil": ("{states} (where it stands)", "{states} (État du lieu)"),
    "policy.soil-secret": ("the state where it stands", "l'État du lieu"),
    "policy.soil-one-of": ("the state where it stands ({states})", "l'État du lieu ({states})"),
    "policy.control.violation": (
        "within reach of law from outside the {area}: {states}",
        "à portée d'un droit extérieur à l'{area} : {states}",
    ),
    "policy.control.violation.among": (
        "within reach of law from outside the {area}, of one at least of: {states}",
        "à portée d'un droit extérieur à l'{area}, de l'un au moins de : {states}",
    ),
    "policy.control.unproven": (
        "can't be proved to be under control from the {area} alone ({why})",
        "sans preuve d'un contrôle propre à l'{area} ({why})",
    ),
    "policy.soil-outside": (
        "{why}; it may stand where other states can compel: {states}",
        "{why} ; le lieu peut être à portée d'autres États : {states}",
    ),
    "policy.both": ("{one}; {other}", "{one} ; {other}"),
    "policy.technology.compliant": (
        "on technology from: {states}",
        "sur une technologie venue de : {states}",
    ),
    "policy.technology.compliant.none": (
        "on technology that no company outside the {area} is known to make or license",
        "sur une technologie qu'aucune société connue hors de l'{area} ne produit ni ne concède",
    ),
    "policy.technology.violation": (
        "on technology from outside the {area}: {states}",
        "sur une technologie extérieure à l'{area} : {states}",
    ),
    "policy.technology.violation.among": (
        "on technology from outside the {area}, from one at least of: {states}",
        "sur une technologie extérieure à l'{area}, de l'un au moins de : {states}",
    ),
    "policy.technology.unproven": (
        "can't be proved to run on technology from the {area} alone ({why})",
        "sans preuve d'une technologie propre à l'{area} ({why})",
    ),
    "policy.holds.compliant": (
        "on a service that holds {title}",
        "sur un service titulaire de : {title}",
    ),
    "policy.holds.violation": (
        "on a service that doesn't hold {title}",
        "sur un service qui n'est pas titulaire de : {title}",
    ),
    "policy.holds.unproven": (
        "on a service that can't be proved to hold {title} ({why})",
        "sur un service sans preuve de : {title} ({why})",
    ),
    "policy.state-laws": ("{state} ({laws})", "{state} ({laws})"),
    "policy.law-continuing": (
        "{law}, which lapsed on {until} and goes on under what was begun",
        "{law}, échu le {until} et qui se poursuit pour ce qui était engagé",
    ),
    "policy.state-unknown": (
        "the catalogue doesn't know every state concerned",
        "le catalogue ne connaît pas tous les États concernés",
    ),
    "policy.unknown": ("{fact}: {why}", "{fact} : {why}"),
    "policy.fact.provider": ("provider", "fournisseur"),
    "policy.fact.region": ("region", "région"),
    "policy.fact.country": ("country", "pays"),
}
