"""What judging says. Headlines are made of fragments: data, role, provider, place, what was found."""

from __future__ import annotations

_HEADLINE = {
    "policy.headline": ("{data} {role} {provider}, {place}, {found}", "{data} {role} {provider}, {place}, {found}"),
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
    "policy.place.among-in": ("in one of {regions} ({around})", "dans l'une de : {regions} ({around})"),
    "policy.place.country": ("in an unknown region of {countries}", "dans une région inconnue ({countries})"),
    "policy.place.global": ("in no region of its own", "sans région propre"),
    "policy.place.unknown": ("in a region that isn't known", "dans une région inconnue"),
    "policy.place.sensitive": (
        "in a region that a sensitive value names",
        "dans une région que nomme une valeur sensible",
    ),
}

_FOUND = {
    "policy.area.compliant": ("inside the {area}", "dans l'{area}"),
    "policy.area.violation": ("outside the {area}", "hors de l'{area}"),
    "policy.area.unproven": (
        "can't be proved to be inside the {area} ({why})",
        "sans preuve d'être dans l'{area} ({why})",
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
    "policy.technology.compliant": ("on technology from: {states}", "sur une technologie venue de : {states}"),
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
    "policy.holds.compliant": ("on a service that holds {title}", "sur un service titulaire de : {title}"),
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
}

_WHY = {
    "policy.unknown": ("{fact}: {why}", "{fact} : {why}"),
    "policy.fact.provider": ("provider", "fournisseur"),
    "policy.fact.region": ("region", "région"),
    "policy.fact.country": ("country", "pays"),
}

_REMARKS = {
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

_HOUSEKEEPING = {
    "policy.unjudged": (
        "{data} may be here, and that can't be judged: {why}",
        "{data} : il peut y en avoir ici, et cela ne peut être jugé : {why}",
    ),
    "policy.unjudged-charts": (
        "{data} may be sent elsewhere from here, and that can't be judged: charts that aren't in this repository "
        "({charts})",
        "{data} : il peut en être envoyé ailleurs d'ici, et cela ne peut être jugé : charts absents de ce dépôt "
        "({charts})",
    ),
    "policy.unjudged-module": (
        "{data} may be in this module, and that can't be judged: {source} isn't in this repository",
        "{data} : il peut y en avoir dans ce module, et cela ne peut être jugé : {source} est absent de ce dépôt",
    ),
    "policy.unjudged-module-path": (
        "{data} may be in this module, and that can't be judged: there is none at the path `{source}`",
        "{data} : ce module peut en contenir, et cela ne peut être jugé : il n'y en a aucun au chemin `{source}`",
    ),
    "policy.unjudged-module-unnamed": (
        "{data} may be in this module, and that can't be judged: it isn't in this repository",
        "{data} : il peut y en avoir dans ce module, et cela ne peut être jugé : il est absent de ce dépôt",
    ),
    "policy.class-unknown": (
        "The data class can't be told, so no policy judges this resource: {why}",
        "La classe de données ne peut être lue, aucune politique ne juge donc cette ressource : {why}",
    ),
    "policy.class-unknown-more": (
        "The data class known here may not be the only one, or may be replaced, and no policy asks anything of it: "
        "{why}",
        "La classe de données connue ici n'est peut-être pas la seule, ou peut être remplacée, et aucune politique "
        "n'en exige rien : {why}",
    ),
    "policy.class-strange": (
        "The data class `{value}` means nothing here; known ones: {known}",
        "La classe de données `{value}` ne veut rien dire ici ; classes connues : {known}",
    ),
    "policy.class-redefined": (
        "`{word}` names the class `{class}`, which `data.values` leaves out: it stays `{class}`. Use a word of your "
        "own for what isn't `{class}`",
        "`{word}` nomme la classe `{class}`, que `data.values` omet : il reste `{class}`. Utilisez un mot à vous pour "
        "ce qui n'est pas `{class}`",
    ),
    "policy.class-strange-others": (
        "The same value reaches {count} more resource(s).",
        "La même valeur atteint {count} autre(s) ressource(s).",
    ),
    "policy.class-meant": ("Did you mean `{class}`?", "Vouliez-vous dire `{class}` ?"),
    "policy.attestation-expired": (
        "The attestation of {title} by {owner} expired on {expires}: it proves nothing any more",
        "L'attestation ({title}) de {owner} a expiré le {expires} : elle ne prouve plus rien",
    ),
    "policy.inventory-lacks": (
        "The inventory has no entry for {provider}, which the code uses here",
        "L'inventaire n'a pas d'entrée pour {provider}, que le code utilise ici",
    ),
    "policy.inventory-elsewhere": (
        "The inventory has {provider} in {said} ({entry}), and the code uses it in {found}",
        "L'inventaire situe {provider} en {said} ({entry}), et le code l'utilise ici en {found}",
    ),
    "policy.inventory-product": (
        "The inventory has another product of {provider} ({said}: {entry}), and the code uses {found}",
        "L'inventaire a un autre produit de {provider} ({said} : {entry}), et le code utilise ici {found}",
    ),
    "policy.inventory-own": (
        "The inventory says that you run this product yourselves ({entry}), and the code sends data to {provider}",
        "L'inventaire dit que vous exploitez ce produit vous-mêmes ({entry}), et le code envoie des données à "
        "{provider}",
    ),
    "policy.inventory-kind": ("{provider} ({kind})", "{provider} ({kind})"),
    "policy.inventory-entry": ("the inventory says so here", "l'inventaire le dit ici"),
    "policy.inventory-more": (
        "{count} more resource(s) of this root show the same.",
        "{count} autre(s) ressource(s) de cette racine montrent la même chose.",
    ),
    "policy.attestation-here": ("attested here", "attesté ici"),
    "policy.ends-soon": (
        "{title} {provider} ends on {until}, in {days} day(s)",
        "{title} {provider} prend fin le {until}, dans {days} jour(s)",
    ),
    "policy.modules-absent": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too: {sources}",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi : {sources}",
    ),
    "policy.modules-absent-more": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too: {sources}, ...",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi : {sources}...",
    ),
    "policy.modules-absent-unnamed": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi",
    ),
    "policy.module-source": ("{source} ({count})", "{source} ({count})"),
    "policy.library": (
        "{count} resource(s) of the folder {folder} can't be judged: nothing here calls it, and it configures no "
        "provider, so it is taken for a library whose caller sets the values. If it is applied as it stands, name it "
        "under `terraform.roots` in sovlint.yaml",
        "{count} ressource(s) du dossier {folder} ne peuvent être jugées : rien ici ne l'appelle et il ne configure "
        "aucun provider ; il est donc tenu pour une bibliothèque dont l'appelant fixe les valeurs. S'il est appliqué "
        "tel quel, nommez-le sous `terraform.roots` dans sovlint.yaml",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {**_HEADLINE, **_FOUND, **_WHY, **_REMARKS, **_HOUSEKEEPING}
"""Key -> (English, French)."""
