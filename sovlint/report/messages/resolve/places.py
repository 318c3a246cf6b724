"""What places, or why nothing does: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
    "resolve.condition-here": ("`{name}` makes it so", "`{name}` le détermine"),
    "resolve.zone-here": (
        "the zone `{name}` says where it sits",
        "la zone `{name}` dit où elle se trouve",
    ),
    "resolve.region-of-provider": (
        "the provider block's `{name}` says where it sits",
        "le `{name}` du bloc provider dit où elle se trouve",
    ),
    "resolve.contradiction": (
        "zone and region contradict each other",
        "la zone et la région se contredisent",
    ),
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
    "resolve.address-here": (
        "this address decides who answers",
        "cette adresse détermine qui répond",
    ),
    "resolve.no-region-here": (
        "this provider block names no region; the environment may",
        "ce bloc provider ne nomme pas de région ; l'environnement peut le faire",
    ),
    "resolve.own-address": (
        "is where `{address}` answers",
        "est l'adresse à laquelle répond `{address}`",
    ),
    "resolve.in-cluster": (
        "is a service inside the cluster that uses it",
        "est un service interne au cluster qui l'utilise",
    ),
    "resolve.place-of-parent": (
        "sits where `{address}` sits",
        "se trouve là où se trouve `{address}`",
    ),
    "resolve.parent-here": (
        "it belongs to what is named here",
        "elle appartient à ce qui est nommé ici",
    ),
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
    "resolve.no-region": (
        "a service without a region may be anywhere",
        "un service sans région peut être partout",
    ),
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
}
