"""What there is to remark on a finding: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "policy.says": ("{text}", "{text}"),
    "policy.adequate-place": (
        "An adequacy decision (GDPR 45) covers {states}, wholly or in part: a transfer may be lawful, and the place is "
        "outside all the same.",
        "Une décision d'adéquation (RGPD 45) vise, en tout ou partie : {states}. Un transfert peut être licite, le "
        "lieu n'en est pas moins hors de la zone.",
    ),
    "policy.adequate-control": (
        "An adequacy decision (GDPR 45) covers {states}, wholly or in part: it bears on transfers, and changes "
        "nothing in who can compel the provider.",
        "Une décision d'adéquation (RGPD 45) vise, en tout ou partie : {states}. Elle porte sur les transferts et ne "
        "change rien à qui peut contraindre le fournisseur.",
    ),
    "policy.accepted": (
        "The policy set accepts these states, which are outside the {area}: {states}.",
        "Le jeu de politiques accepte ces États, hors de l'{area} : {states}.",
    ),
    "policy.background": (
        "Who controls this provider rests on general knowledge that no source read confirms.",
        "Le contrôle de ce fournisseur relève de connaissances générales qu'aucune source lue ne confirme.",
    ),
    "policy.offer-until": (
        "It rests on the offer {offer}, valid until {until}.",
        "Offre : {offer}, valable jusqu'au {until}.",
    ),
    "policy.offer": ("It rests on the offer {offer}.", "Offre : {offer}."),
    "policy.attested": (
        "It rests on an attestation by {owner}, until {until}.",
        "Attestation de {owner}, jusqu'au {until}.",
    ),
    "policy.from-default": (
        "This rests on a variable's default: a value given elsewhere would change it.",
        "Cela repose sur la valeur par défaut d'une variable : une valeur donnée ailleurs le changerait.",
    ),
    "policy.from-default-at": (
        "This rests on a variable's default ({where}): a value given elsewhere would change it.",
        "Cela repose sur la valeur par défaut d'une variable ({where}) : une valeur donnée ailleurs le changerait.",
    ),
    "policy.role-unknown": (
        "The catalogue doesn't know what {type} does with data; its data class binds it all the same. Say what it is "
        "in an overlay of the catalogue (`catalog:`), or attest where its data is.",
        "Le catalogue ne sait pas ce que {type} fait des données ; sa classe de données le lie tout de même. Dites ce "
        "que c'est dans une extension du catalogue (`catalog:`), ou attestez où se trouvent ses données.",
    ),
    "policy.module-absent": (
        "Nothing is known of what this module holds, since it isn't in this repository: its data may be anywhere. Run "
        "`terraform init` before the scan, and it is read too.",
        "Rien n'est connu de ce que contient ce module, absent de ce dépôt : ses données peuvent être n'importe où. "
        "Lancez `terraform init` avant l'analyse et il sera lu aussi.",
    ),
    "policy.module-path-absent": (
        "Nothing is known of what this module holds: there is none at the path that its call names. Correct the path, "
        "or put the module there.",
        "Rien n'est connu de ce que contient ce module : il n'y en a aucun au chemin que son appel nomme. Corrigez le "
        "chemin, ou mettez-y le module.",
    ),
    "policy.module-path-unjudged": (
        "there is no module at the path `{source}`, so that this call wasn't judged. Correct the path, or put the "
        "module there",
        "il n'y a pas de module au chemin `{source}`, si bien que cet appel n'a pas été jugé. Corrigez le chemin, ou "
        "mettez-y le module",
    ),
    "policy.class-inferred": (
        "The data class is read from names; a `data-classification` label (`sovlint.dev/data` in Kubernetes) "
        "would settle it.",
        "La classe de données est déduite de noms ; une étiquette `data-classification` (`sovlint.dev/data` dans "
        "Kubernetes) trancherait.",
    ),
    "policy.class-assumed": (
        "The data class is assumed (`--assume`): nothing in the repository declares it.",
        "La classe de données est supposée (`--assume`) : rien dans le dépôt ne la déclare.",
    ),
    "policy.class-open": (
        "Other data classes, or another value, can't be excluded: {why}.",
        "D'autres classes de données, ou une autre valeur, ne sont pas exclues : {why}.",
    ),
    "policy.contested": (
        "Whether HDS applies to this data ({data}) held by an insurer is contested; this is the strict reading "
        "(`hds_scope: care-only` takes the other).",
        "Savoir si le régime HDS s'applique à ces données ({data}) chez un assureur est discuté ; c'est ici la lecture "
        "stricte (`hds_scope: care-only` prend l'autre).",
    ),
}
