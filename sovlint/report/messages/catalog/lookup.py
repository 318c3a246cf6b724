"""The list of providers, hosts and regions, and how old the catalogue is: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "catalog.column-provider": ("Provider", "Fournisseur"),
    "catalog.column-control": ("Control", "Contrôle"),
    "catalog.column-technology": ("Technology", "Technologie"),
    "catalog.column-holds": ("Holds", "Détient"),
    "catalog.providers-one": ("{count} provider.", "{count} fournisseur."),
    "catalog.providers-many": ("{count} providers.", "{count} fournisseurs."),
    "catalog.open-legend": (
        "?: not known, or others can't be excluded; `sovlint provider ID` says why. -: its own, or open source.",
        "? : inconnu, ou d'autres ne sont pas exclus ; `sovlint provider ID` dit pourquoi. - : la sienne, ou libre.",
    ),
    "catalog.soil-legend": (
        "+: in some of its regions a state outside can compel too, that of the place; `sovlint provider ID` says "
        "which.",
        "+ : dans certaines de ses régions, un État extérieur peut contraindre aussi, celui du lieu ; "
        "`sovlint provider ID` dit lequel.",
    ),
    "catalog.doubtful": (
        "Perhaps these too, which isn't known: {providers}.",
        "Peut-être aussi, ce qu'on ne sait pas : {providers}.",
    ),
    "catalog.where-control": (
        "The state of the place can compel there, and so can those that control the company: `sovlint provider ID` "
        "names these.",
        "L'État du lieu peut y contraindre, et ceux qui contrôlent la société aussi : `sovlint provider ID` les nomme.",
    ),
    "catalog.where-not-a-place": (
        "{query}: a host of documentation, schemas or the like; no data lands there.",
        "{query} : un hôte de documentation, de schémas ou du même genre ; aucune donnée n'y atterrit.",
    ),
    "catalog.where-local": (
        "{query}: loopback, a private address or a name that only has meaning inside a network; who answers there "
        "can't be told from here.",
        "{query} : boucle locale, adresse privée ou nom qui n'a de sens qu'à l'intérieur d'un réseau ; qui y répond ne "
        "se voit pas d'ici.",
    ),
    "catalog.where-anybody": (
        "{query} is in the catalogue, but anybody may be behind it: the endpoint decides.",
        "{query} est au catalogue, mais n'importe qui peut être derrière : c'est le point d'accès qui décide.",
    ),
    "catalog.where-unlisted": (
        "{query} isn't in the catalogue (of {date}): where it is and who runs it isn't known.",
        "{query} n'est pas au catalogue (du {date}) : où il se trouve et qui l'exploite n'est pas connu.",
    ),
    "catalog.where-meant": ("Did you mean `{meant}`?", "Vouliez-vous dire `{meant}` ?"),
    "catalog.where-called": (
        "A provider goes by that name: see `sovlint provider {provider}`.",
        "Un fournisseur porte ce nom : voir `sovlint provider {provider}`.",
    ),
    "catalog.where-region-unlisted": (
        "region {region}, which isn't in the catalogue",
        "région {region}, qui n'est pas au catalogue",
    ),
    "catalog.where-plugin": ("through {plugin}", "par {plugin}"),
    "catalog.inventory-date": (
        "Catalogue of {date}: no problem found.",
        "Catalogue du {date} : aucun problème.",
    ),
    "catalog.inventory-compiled": (
        "Only the compiled index is installed here, not the files that it was made from: those were checked when it "
        "was built, and weren't checked again.",
        "Seul l'index compilé est installé ici, pas les fichiers dont il est issu : ils ont été vérifiés à la "
        "construction, et ne l'ont pas été de nouveau.",
    ),
    "catalog.inventory-providers": ("Providers: {number}", "Fournisseurs : {number}"),
    "catalog.inventory-services": ("Services: {number}", "Services : {number}"),
    "catalog.inventory-kindless": (
        "Services without a kind, so without a remedy: {number}",
        "Services sans catégorie, donc sans remède : {number}",
    ),
    "catalog.inventory-regions": ("Regions: {number}", "Régions : {number}"),
    "catalog.inventory-hosts": ("Host patterns: {number}", "Motifs d'hôtes : {number}"),
    "catalog.inventory-plugins": ("Plug-ins: {number}", "Plug-ins : {number}"),
    "catalog.inventory-types": (
        "Resource types: {number} ({by})",
        "Types de ressources : {number} ({by})",
    ),
    "catalog.inventory-undecided": (
        "Undecided types, met with an unknown role: {number}",
        "Types sans décision, rencontrés avec un rôle inconnu : {number}",
    ),
    "catalog.inventory-offers": (
        "Qualified offers: {number} ({by})",
        "Offres qualifiées : {number} ({by})",
    ),
    "catalog.inventory-facts": (
        "Facts: {sourced} from sources that were read, {background} from background knowledge",
        "Faits : {sourced} d'après des sources lues, {background} de connaissance générale",
    ),
    "catalog.old-one": (
        "{count} source is older than {limit}:",
        "{count} source est antérieure au {limit} :",
    ),
    "catalog.old-many": (
        "{count} sources are older than {limit}:",
        "{count} sources sont antérieures au {limit} :",
    ),
    "catalog.undated-one": ("{count} source has no date.", "{count} source n'a pas de date."),
    "catalog.undated-many": ("{count} sources have no date.", "{count} sources n'ont pas de date."),
}
