"""The page of a provider: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "catalog.kind": ("Kind", "Nature"),
    "catalog.kind-hyperscaler": ("hyperscaler", "hyperscaler"),
    "catalog.kind-iaas": ("infrastructure (IaaS)", "infrastructure (IaaS)"),
    "catalog.kind-paas": ("platform (PaaS)", "plateforme (PaaS)"),
    "catalog.kind-saas": ("online service (SaaS)", "service en ligne (SaaS)"),
    "catalog.kind-saas-tool": ("online tool (SaaS)", "outil en ligne (SaaS)"),
    "catalog.kind-trusted-cloud": ("“trusted cloud”", "« cloud de confiance »"),
    "catalog.kind-public-service": ("public service", "service public"),
    "catalog.kind-public-health-platform": (
        "public health platform",
        "plateforme publique de santé",
    ),
    "catalog.status": ("Status", "État"),
    "catalog.status-active": ("active", "en activité"),
    "catalog.status-defunct": ("defunct", "disparu"),
    "catalog.status-in-qualification": ("qualification in progress", "en cours de qualification"),
    "catalog.status-migrating": ("moving to another host", "en cours de migration"),
    "catalog.defunct": (
        "Out of service: nothing can run there any more, and code that names it is stale.",
        "Hors service : plus rien ne peut y tourner, et du code qui le nomme est périmé.",
    ),
    "catalog.operator": ("Run by", "Exploité par"),
    "catalog.runs-on": ("Runs on", "Repose sur"),
    "catalog.host-unknown": ("a host that nobody found", "un hébergeur que personne n'a trouvé"),
    "catalog.aliases": ("Also called", "Appelé aussi"),
    "catalog.notes": ("Remarks", "Remarques"),
    "catalog.background": ("(background knowledge)", "(connaissance générale)"),
    "catalog.background-partly": (
        "{cited} (in part background knowledge)",
        "{cited} (en partie connaissance générale)",
    ),
    "catalog.state": ("{name} ({code})", "{name} ({code})"),
    "catalog.owners": ("Owners", "Actionnaires"),
    "catalog.company": ("{name}, seat: {state}", "{name}, siège : {state}"),
    "catalog.share-majority": ("majority", "majorité"),
    "catalog.share-minority": ("minority", "minorité"),
    "catalog.share-percent": ("{share} ({percent} %)", "{share} ({percent} %)"),
    "catalog.share-control": ("a right of control", "un droit de contrôle"),
    "catalog.share-since": ("{share}, since {since}", "{share}, depuis {since}"),
    "catalog.share-until": ("{share}, until {until}", "{share}, jusqu'à {until}"),
    "catalog.share-together": ("together, {share}", "ensemble, {share}"),
    "catalog.owners-unknown": (
        "who holds it isn't known: nobody found it",
        "qui la détient n'est pas connu : personne ne l'a trouvé",
    ),
    "catalog.owners-dispersed": ("nobody holds a majority", "personne ne détient la majorité"),
    "catalog.owners-unsaid": (
        "who holds the majority on that day isn't known",
        "qui en détient la majorité ce jour-là n'est pas connu",
    ),
    "catalog.control": ("Control", "Contrôle"),
    "catalog.control-open": (
        "and perhaps other states, which isn't proved: {why}",
        "et peut-être d'autres États, sans preuve : {why}",
    ),
    "catalog.control-limited": (
        "Not all of its owners were found, but a qualification in force shows that nobody outside the EU controls it.",
        "Ses actionnaires n'ont pas tous été trouvés, mais une qualification en vigueur montre que personne hors de "
        "l'UE ne la contrôle.",
    ),
    "catalog.control-soil": (
        "in its regions there, the state of the place can compel too: {states}",
        "dans ses régions là-bas, l'État du lieu peut contraindre aussi : {states}",
    ),
    "catalog.step-seat": (
        "the operator {entity} has its seat there: {state}",
        "{entity} y a son siège : {state}",
    ),
    "catalog.step-owner-majority": (
        "{entity} holds a majority of {of}: {state}",
        "{entity} détient la majorité de {of} : {state}",
    ),
    "catalog.step-owner-together": (
        "{entity}, together with others, holds a majority of {of}: {state}",
        "{entity}, avec d'autres, détient la majorité de {of} : {state}",
    ),
    "catalog.step-owner-control": (
        "{entity} has a right of control over {of}: {state}",
        "{entity} a un droit de contrôle sur {of} : {state}",
    ),
    "catalog.held-percent": ("{of} ({percent} %)", "{of} ({percent} %)"),
    "catalog.step-reach": (
        "{entity} answers to it too: {state}",
        "{entity} en relève aussi : {state}",
    ),
    "catalog.step-runs-on": (
        "it runs on a cloud that {entity} runs or holds: {state}",
        "elle repose sur un cloud que {entity} exploite ou détient : {state}",
    ),
    "catalog.apart": (
        "Regions that another company runs",
        "Régions exploitées par une autre société",
    ),
    "catalog.apart-run-by": (
        "{regions}: {operator}, control: {states}",
        "{regions} : {operator}, contrôle : {states}",
    ),
    "catalog.outside": ("Held from outside the {area}", "Détenu hors de l'{area}"),
    "catalog.outside-limits": (
        "limits of {title} {version}, {clause}: {single} % for one holder, {together} % together",
        "limites de {title} {version}, {clause} : {single} % pour un détenteur, {together} % ensemble",
    ),
    "catalog.outside-unknown": (
        "whether these limits are kept isn't known: not all shares were found",
        "on ne sait pas si ces limites sont respectées : toutes les parts n'ont pas été trouvées",
    ),
    "catalog.outside-within-shares": (
        "within these limits, by its shares",
        "dans ces limites, d'après ses parts",
    ),
    "catalog.outside-within-qualification": (
        "within these limits: a qualification in force shows it",
        "dans ces limites : une qualification en vigueur le montre",
    ),
    "catalog.outside-beyond-shares": (
        "beyond these limits, by its shares",
        "au-delà de ces limites, d'après ses parts",
    ),
    "catalog.outside-contradicted": (
        "although a qualification in force should exclude that: one of the two is out of date",
        "alors qu'une qualification en vigueur devrait l'exclure : l'un des deux est périmé",
    ),
    "catalog.outside-exactly": ("{least} % of the capital", "{least} % du capital"),
    "catalog.outside-bounds": (
        "of the capital at least {least} % (one holder: {single} %) and at most {most} %, as far as shares are known",
        "du capital au moins {least} % (un seul détenteur : {single} %) et au plus {most} %, d'après les parts connues",
    ),
    "catalog.laws": ("Laws that can compel it", "Lois qui peuvent la contraindre"),
    "catalog.law-in-force": ("{name}: in force", "{name} : en vigueur"),
    "catalog.law-in-force-since": (
        "{name}: in force since {since}",
        "{name} : en vigueur depuis {since}",
    ),
    "catalog.law-continuing": (
        "{name}: lapsed on {until}, what was begun under it goes on until {end}",
        "{name} : échu le {until}, ce qui était engagé se poursuit jusqu'à {end}",
    ),
    "catalog.and-note": ("{said}; {note}", "{said} ; {note}"),
    "catalog.no-law": (
        "{state}: no law with reach abroad is listed in the catalogue",
        "{state} : aucune loi à portée extraterritoriale n'est au catalogue",
    ),
    "catalog.inside": (
        "{state}: inside the {areas}; no law with reach abroad is listed in the catalogue",
        "{state} : dans l'{areas} ; aucune loi à portée extraterritoriale n'est au catalogue",
    ),
    "catalog.adequate-general": (
        "{state} has an adequacy decision (GDPR 45), which allows transfers and changes nothing about control",
        "{state} : décision d'adéquation (RGPD 45), qui permet des transferts et ne change rien au contrôle",
    ),
    "catalog.adequate-commercial": (
        "{state} has an adequacy decision for commercial organisations (GDPR 45), which allows transfers and changes "
        "nothing about control",
        "{state} : décision d'adéquation pour les organisations commerciales (RGPD 45), qui permet des transferts "
        "et ne change rien au contrôle",
    ),
    "catalog.adequate-certified": (
        "{state} has an adequacy decision for certified organisations (GDPR 45), which allows transfers to them and "
        "changes nothing about control",
        "{state} : décision d'adéquation pour les organisations certifiées (RGPD 45), qui permet des transferts vers "
        "elles et ne change rien au contrôle",
    ),
    "catalog.technology": ("Technology", "Technologie"),
    "catalog.technology-own": ("its own, or open source", "la sienne, ou libre"),
    "catalog.technology-unknown": ("not known", "inconnue"),
    "catalog.technology-from": ("{states}, from {companies}", "{states}, de {companies}"),
    "catalog.technology-of": ("{service}: {states}", "{service} : {states}"),
    "catalog.licensed": (
        "licensed to the operator by {company}, which doesn't make it controlled by it",
        "sous licence de {company}, ce qui n'en donne pas le contrôle",
    ),
    "catalog.licensed-since": (
        "licensed to the operator by {company} since {since}, which doesn't make it controlled by it",
        "sous licence de {company} depuis {since}, ce qui n'en donne pas le contrôle",
    ),
    "catalog.regions": ("Regions", "Régions"),
    "catalog.regions-none": (
        "none is listed in the catalogue",
        "aucune n'est au catalogue",
    ),
    "catalog.regions-count-one": ("Region ({count})", "Région ({count})"),
    "catalog.regions-count-many": ("Regions ({count})", "Régions ({count})"),
    "catalog.regions-json": (
        "`--format json` has every code",
        "`--format json` donne tous les codes",
    ),
    "catalog.regions-in": ("{place}: {codes}", "{place} : {codes}"),
    "catalog.regions-counted": ("{place} {count}", "{place} {count}"),
    "catalog.no-country": ("no one country", "sans pays unique"),
    "catalog.hosts": ("Hosts that lead there", "Hôtes qui y mènent"),
    "catalog.plugins": ("Plug-ins that reach it", "Plug-ins qui y mènent"),
    "catalog.plugin-where-said": (
        "{plugin} (where the code says so)",
        "{plugin} (si le code le dit)",
    ),
    "catalog.qualifications": ("Qualifications on {day}", "Qualifications au {day}"),
    "catalog.offer": ("{title}, “{offer}”: {standing}", "{title}, « {offer} » : {standing}"),
    "catalog.versioned": ("{title} {version}", "{title} {version}"),
    "catalog.valid": ("valid", "valide"),
    "catalog.valid-no": ("doesn't count", "ne compte pas"),
    "catalog.valid-unknown": ("not proved", "non prouvée"),
    "catalog.not-listed": ("{title}: not known; {why}", "{title} : inconnu ; {why}"),
    "catalog.not-held": ("{title}: not held; {why}", "{title} : non détenue ; {why}"),
    "catalog.since": ("since {since}", "depuis le {since}"),
    "catalog.until": ("until {until}", "jusqu'au {until}"),
    "catalog.days-left-one": ("{count} day left", "{count} jour restant"),
    "catalog.days-left-many": ("{count} days left", "{count} jours restants"),
    "catalog.scope-regions": ("Regions: {regions}", "Régions : {regions}"),
    "catalog.scope-area": ("Regions: all in the {area}", "Régions : toutes celles de l'{area}"),
    "catalog.scope-all": ("Regions: all", "Régions : toutes"),
    "catalog.scope-unknown": (
        "Regions: which ones aren't known",
        "Régions : on ne sait pas lesquelles",
    ),
    "catalog.services": ("Services: {services}", "Services : {services}"),
    "catalog.services-all": ("Services: all", "Services : tous"),
    "catalog.services-and-perhaps": (
        "Services: {services}, and perhaps others",
        "Services : {services}, et peut-être d'autres",
    ),
    "catalog.services-unknown": (
        "Services: which ones aren't known",
        "Services : on ne sait pas lesquels",
    ),
    "catalog.services-not": ("Surely not: {services}", "Sûrement pas : {services}"),
}
