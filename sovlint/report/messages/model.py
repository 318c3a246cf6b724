"""Why something isn't known, in words: for each reason a sentence about the culprit, and one without (``.bare``)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "model.usual-endpoint": (
        "it is {company}, unless {names} names another endpoint, in variables that no file shows",
        "il s'agit de {company}, à moins que {names} ne nomme un autre point d'accès, parmi des variables qu'aucun "
        "fichier ne montre",
    ),
    "model.reason.unset-variable": ("{detail} has no value", "{detail} n'a pas de valeur"),
    "model.reason.unset-variable.bare": (
        "a variable has no value",
        "une variable n'a pas de valeur",
    ),
    "model.reason.from-environment": (
        "{detail} comes from the environment",
        "{detail} vient de l'environnement",
    ),
    "model.reason.from-environment.bare": (
        "it comes from the environment",
        "cela vient de l'environnement",
    ),
    "model.reason.caller-not-in-repo": (
        "{detail} is set by a caller that isn't in this repository",
        "un appelant absent de ce dépôt fixe {detail}",
    ),
    "model.reason.caller-not-in-repo.bare": (
        "a caller that isn't in this repository sets it",
        "un appelant absent de ce dépôt le fixe",
    ),
    "model.reason.computed-at-apply": (
        "{detail} is computed when applied",
        "l'application calcule {detail}",
    ),
    "model.reason.computed-at-apply.bare": (
        "it is computed when applied",
        "calculé à l'application",
    ),
    "model.reason.remote-module": (
        "{detail} comes from a module that isn't in this repository",
        "{detail} vient d'un module absent de ce dépôt",
    ),
    "model.reason.remote-module.bare": (
        "it comes from a module that isn't in this repository",
        "cela vient d'un module absent de ce dépôt",
    ),
    "model.reason.unsupported-expression": (
        "{detail} is an expression that can't be evaluated",
        "{detail} est une expression qui ne s'évalue pas",
    ),
    "model.reason.unsupported-expression.bare": (
        "an expression can't be evaluated",
        "une expression ne s'évalue pas",
    ),
    "model.reason.templated": (
        "{detail} is filled in by a template",
        "un gabarit remplit {detail}",
    ),
    "model.reason.templated.bare": ("a template fills it in", "un gabarit le remplit"),
    "model.reason.multi-valued": ("{detail} has several values", "{detail} a plusieurs valeurs"),
    "model.reason.multi-valued.bare": ("it has several values", "plusieurs valeurs"),
    "model.reason.not-in-catalogue": (
        "{detail} isn't in the catalogue",
        "{detail} n'est pas au catalogue",
    ),
    "model.reason.not-in-catalogue.bare": ("it isn't in the catalogue", "absent du catalogue"),
    "model.reason.no-evidence": ("no evidence: {detail}", "aucun élément de preuve : {detail}"),
    "model.region-of-anybody": (
        "`{region}` is also what a store of one's own says, and no address is written",
        "`{region}` est aussi ce que dit un stockage à soi, et aucune adresse n'est écrite",
    ),
    "model.runs-beside": (
        "no address is written, and `{image}` runs beside it, which may be meant",
        "aucune adresse n'est écrite, et `{image}`, exécuté à côté, peut être visé",
    ),
    "model.reason.no-evidence.bare": ("nothing here says it", "rien ici ne le dit"),
    # Facts that are named as culprits
    "model.fact.provider": ("the provider", "le fournisseur"),
    "model.fact.service": ("the service", "le service"),
    "model.fact.region": ("the region", "la région"),
    "model.fact.endpoint": ("the endpoint", "le point d'accès"),
}
