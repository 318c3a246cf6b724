"""What is known of a qualification, or attested: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # qualifications
    "resolve.attestation-overruled": (
        "{why}; the attestation of {owner} can't overrule that",
        "{why} ; l'attestation de {owner} ne peut l'emporter",
    ),
    "resolve.attestation-void": (
        "{why}; the attestation of {owner} doesn't count: {fault}",
        "{why} ; l'attestation de {owner} ne compte pas : {fault}",
    ),
    "resolve.attestation-needs-provider": (
        "who runs it isn't known, and the attestation of {owner} doesn't apply until it is",
        "on ne sait pas qui l'opère, et l'attestation de {owner} ne s'applique pas tant qu'on l'ignore",
    ),
    "resolve.attestation-needs-place": (
        "it can be held in the {area} alone ({clause}) and this provider has regions outside: the attestation of "
        "{owner} doesn't apply until the place is known",
        "elle ne peut être détenue que dans : {area} ({clause}), et ce fournisseur a des régions au-dehors : "
        "l'attestation de {owner} ne s'applique pas tant que le lieu est inconnu",
    ),
    "resolve.attestation-needs-region": (
        "the offer “{offer}” covers certain regions and the region isn't known: the attestation of {owner} doesn't "
        "apply until it is",
        "l'offre « {offer} » couvre certaines régions et la région n'est pas connue : l'attestation de {owner} ne "
        "s'applique pas tant qu'on l'ignore",
    ),
    "resolve.vouched": (
        "attested by {owner} until {until}: {evidence}",
        "attesté par {owner} jusqu'au {until} : {evidence}",
    ),
    "resolve.stated-country": (
        "where it is is stated in the inventory",
        "le lieu est indiqué dans l'inventaire",
    ),
    "resolve.stated-control": (
        "these states follow from what the inventory states of the company",
        "ces États découlent de ce que l'inventaire indique de la société",
    ),
    "resolve.stated-elsewhere": (
        "the inventory states the country {country}, where neither the region written nor any other known of the "
        "vendor lies",
        "l'inventaire indique le pays {country}, où ne se trouvent ni la région écrite ni aucune région connue du "
        "fournisseur",
    ),
    "resolve.has-ended": (
        "{address} ended on {end}: it isn't judged",
        "{address} a pris fin le {end} : non jugé",
    ),
    "resolve.not-begun": (
        "{address} begins on {start} only: it is judged as it will be",
        "{address} ne commence que le {start} : jugé tel qu'il sera",
    ),
    "resolve.attested": (
        "attested by {owner}: {evidence}",
        "attesté par {owner} : {evidence}",
    ),
    "resolve.not-listed": (
        "no certificate was found, and the list known here ({read}) isn't complete: attest it if your contract has one",
        "aucun certificat n'a été trouvé, et la liste connue ici ({read}) n'est pas complète : attestez-le si "
        "votre contrat en a un",
    ),
    "resolve.no-offer": (
        "none of its offers is in the list read on {read}",
        "aucune de ses offres ne figure dans la liste lue le {read}",
    ),
    "resolve.outside-hosting": (
        "{title} is held for what is hosted inside the {area} alone ({clause}), and this isn't",
        "{title} ne vaut que pour ce qui est hébergé dans l'{area} ({clause}), ce qui n'est pas le cas ici",
    ),
    "resolve.outside-offer": (
        "its {title} covers “{offer}”, and this is outside of it",
        "sa qualification {title} couvre « {offer} », et ce service n'en fait pas partie",
    ),
    "resolve.service-unknown": (
        "which service this is isn't known, so whether the offer “{offer}” covers it isn't either",
        "on ne sait pas de quel service il s'agit, ni donc si l'offre « {offer} » le couvre",
    ),
    "resolve.service-unknown-ordered": (
        "which service this is isn't known, so whether the offer “{offer}” covers it isn't either; it takes a contract "
        "besides: {requires}",
        "on ne sait pas de quel service il s'agit, ni donc si l'offre « {offer} » le couvre ; il y faut de plus un "
        "contrat : {requires}",
    ),
    "resolve.services-unknown": (
        "which services the certificate “{offer}” covers isn't known here: attest it from your contract",
        "les services couverts par le certificat « {offer} » ne sont pas connus ici : attestez-le d'après votre "
        "contrat",
    ),
    "resolve.service-not-listed": (
        "the services inside the offer “{offer}” aren't all known here, and `{service}` isn't among those that "
        "are: attest it",
        "les services de l'offre « {offer} » ne sont pas tous connus ici, et `{service}` n'est pas de ceux-là : "
        "attestez-le",
    ),
    "resolve.scope-unknown": (
        "which sites the certificate “{offer}” covers isn't known here: attest it from your contract",
        "les sites couverts par le certificat « {offer} » ne sont pas connus ici : attestez-le d'après votre contrat",
    ),
    "resolve.region-unknown": (
        "the offer “{offer}” covers certain regions, and the region isn't known ({why})",
        "l'offre « {offer} » couvre certaines régions, et la région n'est pas connue ({why})",
    ),
    "resolve.not-yet": (
        "the offer “{offer}” is qualified since {since} only",
        "l'offre « {offer} » n'est qualifiée que depuis le {since}",
    ),
    "resolve.ended": (
        "the decision on “{offer}” ended on {until}",
        "la décision sur « {offer} » a pris fin le {until}",
    ),
    "resolve.renewal-not-found": (
        "the last decision known on “{offer}” ended on {until}; list read {read}; renewal not found: attest it if "
        "you know of one",
        "la dernière décision connue sur « {offer} » a pris fin le {until} ; liste lue le {read} ; renouvellement "
        "non trouvé",
    ),
    "resolve.version-unknown": (
        "under which version of the referential “{offer}” was certified isn't known here: attest it from the "
        "certificate",
        "la version du référentiel sous laquelle « {offer} » a été certifiée n'est pas connue ici : attestez-le "
        "d'après le certificat",
    ),
    "resolve.version-ended": (
        "“{offer}” is certified under version {version}, which doesn't count on this day",
        "« {offer} » est certifiée sous la version {version}, qui ne compte pas ce jour-là",
    ),
    "resolve.start-unknown": (
        "since when “{offer}” is qualified isn't known here",
        "on ne sait pas ici depuis quand « {offer} » est qualifiée",
    ),
    "resolve.end-assumed": (
        "certified since {since}; the end isn't published, three years are assumed",
        "certifié depuis le {since} ; la fin n'est pas publiée, trois ans sont supposés",
    ),
    "resolve.end-unknown": (
        "how long “{offer}” is certified for isn't known here: attest it from the certificate",
        "la durée de certification de « {offer} » n'est pas connue ici : attestez-la d'après le certificat",
    ),
    "resolve.must-be-ordered": (
        "“{offer}” holds it only where this was signed or ordered: {requires}. Code doesn't show that: attest it from "
        "your contract",
        "« {offer} » ne la détient que si ceci a été signé ou commandé : {requires}. Le code ne le montre pas : "
        "attestez-le d'après votre contrat",
    ),
    "resolve.must-be-ordered-open": (
        "“{offer}” holds it only where this was signed or ordered: {requires}. Code doesn't show that: attest it from "
        "your contract, which also has what isn't known here: {gaps}",
        "« {offer} » ne la détient que si ceci a été signé ou commandé : {requires}. Le code ne le montre pas : "
        "attestez-le d'après votre contrat, qui dit aussi ce qui n'est pas connu ici : {gaps}",
    ),
    "resolve.waits-for-contract": ("{title}. {why}", "{title}. {why}"),
    "resolve.gap-contract": ("the contract", "le contrat"),
    "resolve.gap-services": ("the services covered", "les services couverts"),
    "resolve.gap-sites": ("the sites covered", "les sites couverts"),
    "resolve.gap-version": ("the version of the referential", "la version du référentiel"),
    "resolve.gap-start": ("since when it is valid", "le début de validité"),
    "resolve.gap-end": ("until when it is valid", "la fin de validité"),
    "resolve.gap-renewal": (
        "its renewal after {until}, not found in the list read on {read}",
        "son renouvellement après le {until}, absent de la liste lue le {read}",
    ),
    "resolve.indistinct": (
        "code can't tell the offer “{offer}” from this provider's others: attest which one your contract names",
        "le code ne distingue pas l'offre « {offer} » des autres de ce fournisseur : attestez celle que nomme "
        "votre contrat",
    ),
}
