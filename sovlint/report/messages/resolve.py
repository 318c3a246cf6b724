"""What placing and classifying say: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # data classes
    "resolve.class-declared": ("data class declared here by `{key}`", "classe de données déclarée ici par `{key}`"),
    "resolve.class-declared-somehow": (
        "each value that this may have declares the same class",
        "chaque valeur possible ici déclare la même classe",
    ),
    "resolve.class-configured": (
        "data class declared in the configuration here",
        "classe de données déclarée dans la configuration ici",
    ),
    "resolve.class-intrinsic": (
        "`{type}` holds this kind of data by its nature",
        "`{type}` contient ce type de données par nature",
    ),
    "resolve.class-of-image": (
        "the image `{image}` is software for this kind of data",
        "l'image `{image}` est un logiciel destiné à ce type de données",
    ),
    "resolve.class-inferred": (
        "the name `{name}` suggests it (`{term}`); nobody declared it",
        "le nom `{name}` le suggère (`{term}`) ; personne ne l'a déclaré",
    ),
    "resolve.class-assumed": ("assumed by `--assume {name}`", "supposé par `--assume {name}`"),
    "resolve.class-propagated": (
        "data of `{address}` comes here ({kind})",
        "les données de `{address}` arrivent ici ({kind})",
    ),
    "resolve.flow-here": ("declared here: {kind}", "déclaré ici : {kind}"),
    "resolve.flow-replication": ("replication", "réplication"),
    "resolve.flow-backup": ("backup", "sauvegarde"),
    "resolve.flow-restore": ("restore", "restauration"),
    "resolve.flow-export": ("export", "export"),
    "resolve.flow-events": ("events", "événements"),
    "resolve.flow-logs": ("logs", "journaux"),
    "resolve.flow-mount": ("mount", "montage"),
    "resolve.flow-config": ("configuration", "configuration"),
    "resolve.flow-call": ("call", "appel"),
    "resolve.flow-database": ("database", "base de données"),
    "resolve.flow-sub-processing": ("sub-processing", "sous-traitance ultérieure"),
    "resolve.hosted-here": ("this file says where it runs", "ce fichier dit où cela tourne"),
    "resolve.sent-here": ("data is sent there by `{key}`", "des données y sont envoyées par `{key}`"),
    # places
    "resolve.region-here": ("`{name}` says where it sits", "`{name}` dit où elle se trouve"),
    "resolve.target-without-region": (
        "what is named as the target says nothing of its region",
        "ce qui est désigné comme cible ne dit rien de sa région",
    ),
    "resolve.region-fixed": (
        "a `{type}` that names no place is in `{region}`",
        "un `{type}` qui ne nomme aucun lieu est dans `{region}`",
    ),
    "resolve.condition-here": ("`{name}` makes it so", "`{name}` en décide ainsi"),
    "resolve.zone-here": ("the zone `{name}` says where it sits", "la zone `{name}` dit où elle se trouve"),
    "resolve.region-of-provider": (
        "the provider block's `{name}` says where it sits",
        "le `{name}` du bloc provider dit où elle se trouve",
    ),
    "resolve.contradiction": ("zone and region contradict each other", "la zone et la région se contredisent"),
    "resolve.region-and-address": (
        "the region that is written and the address of the service contradict each other",
        "la région écrite et l'adresse du service se contredisent",
    ),
    "resolve.answers-elsewhere": (
        "another company than the one named answers at this address",
        "une autre société que celle qui est nommée répond à cette adresse",
    ),
    "resolve.provider-block": ("provider configured here", "fournisseur configuré ici"),
    "resolve.provider-setting": ("`{name}` decides who runs it", "`{name}` détermine qui l'opère"),
    "resolve.endpoint-here": (
        "the endpoint `{name}` decides who answers",
        "le point d'accès `{name}` détermine qui répond",
    ),
    "resolve.default-address": (
        "no other address is written: the company's own counts",
        "aucune autre adresse n'est écrite : celle de la société vaut",
    ),
    "resolve.region-of-several": (
        "`{region}` is a region of {providers}, and no address says which of them is meant",
        "`{region}` est une région de {providers}, et aucune adresse ne dit laquelle de ces sociétés est visée",
    ),
    "resolve.region-alone": (
        "no address is written, and `{region}` alone doesn't say whose region it is",
        "aucune adresse n'est écrite, et `{region}` seul ne dit pas de qui est la région",
    ),
    "resolve.address-here": ("this address decides who answers", "cette adresse détermine qui répond"),
    "resolve.no-region-here": (
        "this provider block names no region; the environment may",
        "ce bloc provider ne nomme pas de région ; l'environnement peut le faire",
    ),
    "resolve.own-address": ("is where `{address}` answers", "est l'adresse à laquelle répond `{address}`"),
    "resolve.in-cluster": (
        "is a service inside the cluster that uses it",
        "est un service interne au cluster qui l'utilise",
    ),
    "resolve.place-of-parent": ("sits where `{address}` sits", "se trouve là où se trouve `{address}`"),
    "resolve.parent-here": ("it belongs to what is named here", "elle appartient à ce qui est nommé ici"),
    # why a place isn't known
    "resolve.private-address": (
        "`{host}` is a private address, and nothing here says who answers there",
        "`{host}` est une adresse privée, et rien ici ne dit qui y répond",
    ),
    "resolve.no-placement": (
        "no data lands at `{host}`: it serves documentation, schemas or pages",
        "aucune donnée n'arrive à `{host}` : cet hôte sert de la documentation, des schémas ou des pages",
    ),
    "resolve.host-unlisted": (
        "the host `{host}` isn't in the catalogue",
        "l'hôte `{host}` n'est pas au catalogue",
    ),
    "resolve.host-without-service": (
        "the catalogue doesn't say which service answers at this host",
        "le catalogue ne dit pas quel service répond à cet hôte",
    ),
    "resolve.service-may-have-moved": (
        "an endpoint leads elsewhere, and the catalogue doesn't say whether `{type}` is reached there",
        "un point d'accès mène ailleurs, et le catalogue ne dit pas si un `{type}` s'y atteint",
    ),
    "resolve.plugin-unlisted": (
        "the plug-in `{plugin}` isn't in the catalogue",
        "le plug-in `{plugin}` n'est pas au catalogue",
    ),
    "resolve.role-unlisted": (
        "the catalogue doesn't say what a `{type}` does with data",
        "le catalogue ne dit pas ce qu'un `{type}` fait des données",
    ),
    "resolve.technology-unlisted": (
        "the catalogue doesn't say what technology {provider} runs on",
        "le catalogue ne dit pas sur quelle technologie repose {provider}",
    ),
    "resolve.control-open": ("nobody found {what}", "restent inconnus : {what}"),
    "resolve.stopped": ("{name} has stopped its service", "{name} a arrêté son service"),
    "resolve.owners-of": ("the owners of {name}", "les propriétaires ({name})"),
    "resolve.host-of": ("the host of {name}", "l'hébergeur ({name})"),
    "resolve.pair-unlisted": (
        "the catalogue doesn't say which region `{region}` copies to",
        "le catalogue ne dit pas vers quelle région copie `{region}`",
    ),
    "resolve.no-region": ("a service without a region may be anywhere", "un service sans région peut être partout"),
    "resolve.several-countries": (
        "`{region}` lies in more than one country",
        "`{region}` s'étend sur plus d'un pays",
    ),
    "resolve.contradictory": (
        "{one} and {other} contradict each other",
        "{one} et {other} se contredisent",
    ),
    "resolve.not-text": ("the value isn't text", "la valeur n'est pas du texte"),
    "resolve.dynamic-block": (
        "a `dynamic` block decides whether it exists",
        "un bloc `dynamic` décide si elle existe",
    ),
    "resolve.which-parent": (
        "which one `{name}` names isn't known",
        "on ne sait pas laquelle `{name}` désigne",
    ),
    "resolve.parent-elsewhere": (
        "`{name}` names something that isn't in this repository",
        "`{name}` désigne quelque chose qui n'est pas dans ce dépôt",
    ),
    "resolve.parents-too-deep": (
        "places are passed on over {limit} steps at most, and here there are more, or they go round in a circle",
        "les lieux se transmettent sur {limit} étapes au plus, et il y en a davantage ici, ou elles tournent en rond",
    ),
    "resolve.several-places": (
        "it may sit in one of several places, and they don't all give the same answer",
        "elle peut se trouver en plusieurs lieux, qui ne donnent pas tous la même réponse",
    ),
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
        "sa qualification {title} couvre « {offer} », et ceci n'en fait pas partie",
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
    "resolve.cluster-created": (
        "the cluster that `{address}` creates: a provider block points at it",
        "le cluster créé par `{address}` : un bloc provider y mène",
    ),
    "resolve.cluster-itself": ("the cluster itself", "le cluster lui-même"),
    "resolve.cluster-looked-up": (
        "the cluster that `{address}` looks up: a provider block points at it",
        "le cluster que recherche `{address}` : un bloc provider y mène",
    ),
    "resolve.cluster-pointed-at": (
        "a provider block points at a cluster here",
        "un bloc provider mène ici à un cluster",
    ),
    "resolve.cluster-contradictory": (
        "what shows where this cluster runs contradicts itself: {names}",
        "ce qui montre où tourne ce cluster se contredit : {names}",
    ),
    "resolve.cluster-disputed": (
        "what shows where the cluster of these manifests runs contradicts itself ({names}): declare it under "
        "`clusters:` in sovlint.yaml",
        "ce qui montre où tourne le cluster de ces manifestes se contredit ({names}) : déclarez-le sous `clusters:` "
        "dans sovlint.yaml",
    ),
    "resolve.cluster-outweighed": (
        "this speaks of {other}, but something stronger says that the cluster is at {one}: that counts",
        "ceci parle de {other}, mais un indice plus fort dit que le cluster est chez {one} : c'est lui qui compte",
    ),
    "resolve.cluster-declared-otherwise": (
        "`clusters:` says {one} ({at}), but {by} speaks of {other} ({shown}): mend whichever is wrong, or declare "
        "these files apart",
        "`clusters:` indique {one} ({at}), mais {by} désigne {other} ({shown}) : corrigez ce qui est faux, ou déclarez "
        "ces fichiers à part",
    ),
    "resolve.cluster-later": (
        "which cluster this is gets filled in later ({at}), so that nothing else here proves it",
        "quel est ce cluster n'est complété que plus tard ({at}), si bien que rien d'autre ici ne le prouve",
    ),
    "resolve.cluster-one-of": (
        "this is written the same by {names}: which one isn't shown",
        "ceci s'écrit de même chez {names} : rien ne montre lequel",
    ),
    "resolve.cluster-regions": (
        "several regions are named for this cluster",
        "plusieurs régions sont nommées pour ce cluster",
    ),
    "resolve.cluster-several": (
        "it may land on any of several clusters of this repository: declare which under `clusters:` in sovlint.yaml",
        "cela peut aboutir sur plusieurs clusters de ce dépôt : déclarez lequel sous `clusters:` dans sovlint.yaml",
    ),
    "resolve.cluster-apart": (
        "it runs on machines that join the cluster from elsewhere: nothing shows where they are",
        "cela tourne sur des machines qui rejoignent le cluster depuis ailleurs : rien ne montre où elles sont",
    ),
    "resolve.snapshots-copied": (
        "snapshots of this class are copied to a backup target that it doesn't name",
        "les instantanés de cette classe sont copiés vers une cible de sauvegarde qu'elle ne nomme pas",
    ),
    "resolve.storage-class-here": ("storage class named here", "classe de stockage nommée ici"),
    "resolve.storage-class": (
        "storage class `{name}`, which makes its volumes",
        "classe de stockage `{name}`, qui fait ses volumes",
    ),
    "resolve.storage-class-absent": (
        "storage class `{name}` isn't in the repository: taken to keep its volumes where the cluster is",
        "la classe de stockage `{name}` n'est pas dans le dépôt : ses volumes sont réputés là où est le cluster",
    ),
    "resolve.storage-class-unnamed": (
        "no storage class is named, and no default one is in the repository: the cluster's own is taken to be meant",
        "aucune classe de stockage n'est nommée ni par défaut dans le dépôt : celle du cluster est tenue pour visée",
    ),
    "resolve.volume-by-hand": (
        'the claim takes a volume declared by hand (its class is `""`), and nothing here says which or where',
        'la demande prend un volume déclaré à la main (sa classe est `""`), et rien ne dit ici lequel ni où',
    ),
    "resolve.provisioner-here": ("what makes the volumes of this class", "ce qui fait les volumes de cette classe"),
    "resolve.driver-here": ("the driver that keeps this volume", "le pilote qui garde ce volume"),
    "resolve.driver-unnamed": (
        "the volume is kept by a driver that isn't named here",
        "le volume est gardé par un pilote qui n'est pas nommé ici",
    ),
    "resolve.volume-taken": ("takes the volume {address}", "prend le volume {address}"),
    "resolve.volume-anywhere": (
        "a volume of `{name}` may be in any region, and none is named here",
        "un volume de `{name}` peut être dans n'importe quelle région, et aucune n'est nommée ici",
    ),
    "resolve.provisioner": ("`{name}` keeps these volumes", "`{name}` garde ces volumes"),
    "resolve.provisioner-unlisted": (
        "where `{name}` keeps volumes isn't in the catalogue",
        "l'endroit où `{name}` garde les volumes n'est pas au catalogue",
    ),
    "resolve.server-unnamed": (
        "the volumes are kept by a server that isn't named here",
        "les volumes sont gardés par un serveur qui n'est pas nommé ici",
    ),
}
