"""What the SaaS front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "saas.written": ("written here", "écrit ici"),
    "saas.vendor-declared": ("vendor named here", "fournisseur nommé ici"),
    "saas.region-declared": ("region named here", "région nommée ici"),
    "saas.no-region": (
        "the inventory names no region for this service",
        "l'inventaire ne donne pas la région de ce service",
    ),
    "saas.region-unwritten": ("the inventory doesn't say it", "l'inventaire ne la donne pas"),
    "saas.no-sub-region": (
        "the inventory names no region for this sub-processor",
        "l'inventaire ne donne pas la région de ce sous-traitant",
    ),
    "saas.sub-processor-declared": (
        "sub-processor named here",
        "sous-traitant ultérieur nommé ici",
    ),
    "saas.operator-declared": ("operator named here", "exploitant nommé ici"),
    "saas.self-hosted": (
        "the inventory says that {product} is run by yourselves, and not where",
        "l'inventaire dit que vous exploitez {product} vous-mêmes, sans dire où",
    ),
    "saas.self-hosted-here": ("said here to be self-hosted", "dit ici exploité par vos soins"),
    "saas.country-stated": ("country stated here", "pays indiqué ici"),
    "saas.seat-stated": ("seat of the company stated here", "siège de la société indiqué ici"),
    "saas.parent-stated": ("seat of its owner stated here", "siège de sa maison mère indiqué ici"),
    "saas.host-stated": ("its host stated here", "son hébergeur indiqué ici"),
    "saas.no-such-day": (
        "wrong in this inventory: `{key}` is {day}, and there is no such day",
        "erreur dans cet inventaire : `{key}` vaut {day}, et ce jour n'existe pas",
    ),
    "saas.ends-before-start": (
        "wrong in this inventory: the service ends on {end}, before it starts ({start}); the end is passed over",
        "erreur dans cet inventaire : le service prend fin le {end}, avant de commencer ({start}) ; la fin est ignorée",
    ),
    "saas.duplicate-sub-processor": (
        "the sub-processor `{name}` stands twice in this service",
        "le sous-traitant `{name}` figure deux fois dans ce service",
    ),
    "saas.unreadable": ("not a readable inventory: {problem}", "inventaire illisible : {problem}"),
    "saas.invalid": (
        "wrong in this inventory: {problem}",
        "erreur dans cet inventaire : {problem}",
    ),
    "saas.empty": ("this inventory is empty", "cet inventaire est vide"),
    "saas.duplicate-key": (
        "the key `{name}` stands twice here; only the last one counts",
        "la clé `{name}` figure deux fois ici ; seule la dernière compte",
    ),
    "saas.duplicate-id": (
        "the service `{id}` stands twice in this inventory: give each its own id",
        "le service `{id}` figure deux fois dans cet inventaire : donnez à chacun son propre id",
    ),
    "saas.no-provider": (
        "no provider is named for this service",
        "aucun fournisseur n'est nommé pour ce service",
    ),
    "saas.answers-here": (
        "the service answers at this address",
        "le service répond à cette adresse",
    ),
    "saas.sent-on": (
        "data is sent on to this address",
        "des données sont transmises à cette adresse",
    ),
    "saas.bom-no-region": (
        "no region is written for this service (in CycloneDX: a property `sovlint:region`)",
        "aucune région n'est écrite pour ce service (dans CycloneDX : une propriété `sovlint:region`)",
    ),
    "saas.bom-unreadable": (
        "not a readable CycloneDX document: {problem}",
        "document CycloneDX illisible : {problem}",
    ),
    "saas.bom-invalid": (
        "wrong in this CycloneDX document: {problem}",
        "erreur dans ce document CycloneDX : {problem}",
    ),
    "saas.bom-version": (
        "version {version} of CycloneDX isn't known here: its services are read as those of 1.7",
        "la version {version} de CycloneDX n'est pas connue ici : ses services sont lus comme ceux de la 1.7",
    ),
    "saas.bom-no-version": (
        "it doesn't say its version of CycloneDX (`specVersion`): its services are read as those of 1.7",
        "il ne dit pas sa version de CycloneDX (`specVersion`) : ses services sont lus comme ceux de la 1.7",
    ),
    "saas.bom-without-services": (
        "this CycloneDX document lists no services, so it is no inventory",
        "ce document CycloneDX ne liste aucun service : ce n'est pas un inventaire",
    ),
    "saas.duplicate-ref": (
        "the reference `{ref}` stands twice in this document: give each service its own `bom-ref`",
        "la référence `{ref}` figure deux fois dans ce document : donnez à chaque service son propre `bom-ref`",
    ),
    "saas.too-many-services": (
        "more than {limit} services in one document: those from here on aren't read; split it",
        "plus de {limit} services dans un document : à partir d'ici ils ne sont pas lus ; divisez-le",
    ),
    "saas.only-outbound": (
        "data is only said to leave these services (`outbound`), so none is judged there: {services}. Write `inbound` "
        "or `bi-directional` for data that they receive",
        "des données ne font que sortir de ces services (`outbound`), aucune n'y est donc jugée : {services}. "
        "Écrivez `inbound` ou `bi-directional` pour les données qu'ils reçoivent",
    ),
}
