"""What the page of ``sovlint report`` says around what the other rooms found: key -> (English, French)."""

from __future__ import annotations

_FRAME = {
    "page.title": ("Where the data lands", "Où vont les données"),
    "page.skip": ("Skip to the contents", "Aller au contenu"),
    "page.language": ("Language", "Langue"),
    "page.theme": ("Colours", "Couleurs"),
    "page.theme-auto": ("as the system", "comme le système"),
    "page.theme-light": ("light", "claires"),
    "page.theme-dark": ("dark", "sombres"),
    "page.views": ("For whom", "Pour qui"),
    "page.view-engineer": ("Engineer", "Ingénieur"),
    "page.view-dpo": ("Data protection officer", "Délégué à la protection des données"),
    "page.view-auditor": ("Auditor", "Auditeur"),
    "page.view-board": ("Board", "Direction"),
    "page.no-script": (
        "Scripts are switched off: all four views stand below, one after the other.",
        "Les scripts sont désactivés : les quatre vues se suivent ci-dessous.",
    ),
    "page.search": ("Search findings and companies", "Chercher dans les constats et les sociétés"),
    "page.filter-class": ("Data", "Données"),
    "page.filter-root": ("Root", "Racine"),
    "page.filter-company": ("Company", "Société"),
    "page.filter-verdict": ("Verdict", "Verdict"),
    "page.all": ("All", "Tout"),
    "page.options-left-one": ("{count} more isn't offered", "{count} de plus n'est pas proposé"),
    "page.options-left-many": (
        "{count} more aren't offered",
        "{count} de plus ne sont pas proposés",
    ),
    "page.reset": ("Show everything", "Tout afficher"),
    "page.shown": (
        "{{shown}} of {{all}} entries of the findings are shown.",
        "{{shown}} entrées des constats sur {{all}} sont affichées.",
    ),
    "page.permalink": ("Link to this entry", "Lien vers cette entrée"),
    "page.footer": (
        "Made by sovlint from this repository and its catalogue alone. This page asks nothing of any server.",
        "Fait par sovlint, à partir de ce dépôt et de son catalogue seuls. Cette page n'interroge aucun serveur.",
    ),
    "page.none": ("There is none.", "Il n'y en a pas."),
}

_WORDS = {
    "page.no-company": ("company unknown", "société inconnue"),
    "page.no-root": ("(no root)", "(sans racine)"),
    "page.no-class": ("no class", "sans classe"),
    "page.place-unknown": ("country unknown", "pays inconnu"),
    "page.states-unknown": ("state unknown", "État inconnu"),
    "page.others": ("perhaps others", "peut-être d'autres"),
    "page.compelled-by": ("within reach of {states}", "à la portée de : {states}"),
    "page.verdict-violation": ("breaks a policy", "contraire"),
    "page.verdict-unproven": ("not proved", "non prouvé"),
    "page.verdict-compliant": ("compliant", "conforme"),
    "page.verdict-none": ("not judged", "non jugé"),
    "page.cause": ("one cause", "une seule cause"),
    "page.by": (
        "({owner}, approved by {approver}, {ticket})",
        "({owner}, approuvé par {approver}, {ticket})",
    ),
    "page.no-end": ("no end", "sans fin"),
    "page.missing": ("{fact}: {why}", "{fact} : {why}"),
    "page.column-company": ("Company", "Société"),
    "page.column-data": ("Data", "Données"),
    "page.column-does": ("What it does with them", "Ce qu'elle en fait"),
    "page.column-where": ("Country", "Pays"),
    "page.column-compelled": ("States that can compel it", "États qui peuvent la contraindre"),
    "page.column-laws": ("Laws with reach abroad", "Lois de portée extraterritoriale"),
    "page.column-verdict": ("Verdict", "Verdict"),
    "page.column-processing": ("Processing", "Traitement"),
    "page.column-suppliers": ("Suppliers", "Fournisseurs"),
    "page.column-by": ("Excused by", "Excusé par"),
}

_BOARD = {
    "page.stand-violation": (
        "Data that a policy protects lands where the policy forbids it. This must be moved, or accepted by somebody who "
        "signs for it.",
        "Des données protégées par une politique vont là où elle l'interdit. Il faut les déplacer, ou que quelqu'un "
        "l'accepte et en réponde.",
    ),
    "page.stand-unproven": (
        "Nothing is shown to break a policy, but not everything is proved: what isn't proved counts as open.",
        "Rien ne se montre contraire à une politique, mais tout n'est pas prouvé : ce qui ne l'est pas reste ouvert.",
    ),
    "page.stand-clean": (
        "All that was judged complies with its policies, as far as this repository and the catalogue show.",
        "Tout ce qui a été jugé est conforme à ses politiques, pour autant que ce dépôt et le catalogue le montrent.",
    ),
    "page.figure-violation-one": (
        "placement breaks a policy",
        "emplacement contraire à une politique",
    ),
    "page.figure-violation-many": (
        "placements break a policy",
        "emplacements contraires à une politique",
    ),
    "page.figure-unproven-one": ("placement isn't proved", "emplacement non prouvé"),
    "page.figure-unproven-many": ("placements aren't proved", "emplacements non prouvés"),
    "page.figure-compliant-one": ("placement complies", "emplacement conforme"),
    "page.figure-compliant-many": ("placements comply", "emplacements conformes"),
    "page.figure-excused-one": ("placement is excused", "emplacement excusé"),
    "page.figure-excused-many": ("placements are excused", "emplacements excusés"),
    "page.figure-free-one": (
        "placement that no policy binds",
        "emplacement qu'aucune politique ne vise",
    ),
    "page.figure-free-many": (
        "placements that no policy binds",
        "emplacements qu'aucune politique ne vise",
    ),
    "page.figures-of": (
        "A placement is one resource in one role with one company.",
        "Un emplacement est une ressource dans un rôle, chez une société.",
    ),
    "page.worst": ("What is worst", "Le plus grave"),
    "page.decisions": ("What must be decided", "Ce qu'il faut décider"),
    "page.decide-one": (
        "{count} placement of {classes}, within reach of {states}. Not kept: {policies}.",
        "{count} emplacement ({classes}), à la portée de : {states}. Non respecté : {policies}.",
    ),
    "page.decide-many": (
        "{count} placements of {classes}, within reach of {states}. Not kept: {policies}.",
        "{count} emplacements ({classes}), à la portée de : {states}. Non respecté : {policies}.",
    ),
    "page.ways": (
        "For each company: move the data to a service that complies (the findings name some), or accept it in writing, by "
        "a waiver with a reason, an owner, an approver and an end.",
        "Pour chaque société : déplacer les données vers un service conforme (les constats en nomment), ou l'accepter par "
        "écrit, par une dérogation avec un motif, un responsable, un approbateur et une fin.",
    ),
    "page.prove": ("To be proved.", "À prouver."),
    "page.more-decisions-one": (
        "{count} more: it stands among the findings.",
        "{count} de plus : voir les constats.",
    ),
    "page.more-decisions-many": (
        "{count} more: they stand among the findings.",
        "{count} de plus : voir les constats.",
    ),
    "page.lapses": (
        "What lapses in the next twelve months",
        "Ce qui expire dans les douze prochains mois",
    ),
    "page.no-lapse": (
        "Nothing that is known of: no qualification in use, no attestation and no waiver ends within twelve months.",
        "Rien que l'on sache : aucune qualification utilisée, attestation ou dérogation n'expire dans les douze mois.",
    ),
    "page.past": ("ended", "expiré"),
    "page.rests-one": (
        "{count} placement or finding rests on it",
        "{count} emplacement ou constat en dépend",
    ),
    "page.rests-many": (
        "{count} placements or findings rest on it",
        "{count} emplacements ou constats en dépendent",
    ),
    "page.lapse-qualification": (
        "{title} of {company}: {offer}",
        "{title} de {company} : {offer}",
    ),
    "page.lapse-attestation": (
        "attestation of {claim}, by {owner}",
        "attestation de {claim}, par {owner}",
    ),
    "page.lapse-exception": (
        "{kind} for {policies}, at {place}",
        "{kind} à {policies}, en {place}",
    ),
    "page.more-lapses-one": (
        "{count} more: `sovlint scan --format json` has it.",
        "{count} de plus : `sovlint scan --format json` l'a.",
    ),
    "page.more-lapses-many": (
        "{count} more: `sovlint scan --format json` has them.",
        "{count} de plus : `sovlint scan --format json` les a.",
    ),
}

_VIEWS = {
    "page.dpo-lead": (
        "Which data goes to which company, in which country, and which state can compel that company to hand it over. A "
        "company in Paris can be under the law of another state: the country is where the data lies, the state is who "
        "can demand it.",
        "Quelles données vont à quelle société, dans quel pays, et quel État peut contraindre cette société à les "
        "remettre. Une société à Paris peut relever du droit d'un autre État : le pays est celui où sont les données, "
        "l'État est celui qui peut les exiger.",
    ),
    "page.by-processing": ("By processing", "Par traitement"),
    "page.processing-means": (
        "A repository doesn't know the purposes of your register. What is deployed together is told together here, under "
        "the name of its folder.",
        "Un dépôt ne connaît pas les finalités de votre registre. Ce qui est déployé ensemble est dit ensemble ici, sous "
        "le nom de son dossier.",
    ),
    "page.none-classified": (
        "Nothing carries a data class yet: `sovlint label` writes one into the source, and `--assume health` shows what "
        "would follow.",
        "Rien ne porte encore de classe de données : `sovlint label` en écrit une dans le code source, et `--assume health` "
        "montre ce qui s'ensuivrait.",
    ),
    "page.processings-left-one": (
        "{count} more processing isn't listed: `sovlint facts --format csv` has it.",
        "{count} traitement de plus n'est pas listé : `sovlint facts --format csv` l'a.",
    ),
    "page.processings-left-many": (
        "{count} more processings aren't listed: `sovlint facts --format csv` has them.",
        "{count} traitements de plus ne sont pas listés : `sovlint facts --format csv` les a.",
    ),
    "page.suppliers-left-one": (
        "{count} more supplier isn't listed: `sovlint facts --format csv` has it.",
        "{count} fournisseur de plus n'est pas listé : `sovlint facts --format csv` l'a.",
    ),
    "page.suppliers-left-many": (
        "{count} more suppliers aren't listed: `sovlint facts --format csv` has them.",
        "{count} fournisseurs de plus ne sont pas listés : `sovlint facts --format csv` les a.",
    ),
    "page.by-supplier": ("By supplier", "Par fournisseur"),
    "page.auditor-lead": (
        "What this run went by, what people vouch for or excused, what was read, and what it can't say.",
        "Ce qui a guidé cette analyse, ce que des personnes attestent ou ont excusé, ce qui a été lu, et ce qu'elle ne "
        "peut pas dire.",
    ),
    "page.run": ("The run", "L'analyse"),
    "page.as-of": ("Judged as on", "Jugé au"),
    "page.policy-set": ("Policy set", "Jeu de politiques"),
    "page.hds-scope": ("Scope of HDS", "Portée de HDS"),
    "page.assumed": ("Class assumed of what has none", "Classe supposée à défaut"),
    "page.counts": ("Findings", "Constats"),
    "page.exceptions": (
        "Waivers, comments and baseline",
        "Dérogations, commentaires et état de référence",
    ),
    "page.exception": (
        "{exception}; until {until}; excuses {count}; reason given: {reason}",
        "{exception} ; jusqu'au : {until} ; excuse : {count} ; motif donné : {reason}",
    ),
    "page.excused": ("What is excused", "Ce qui est excusé"),
    "page.own-rules": (
        "Rules of this run that aren't the default",
        "Règles de cette analyse qui ne sont pas celles par défaut",
    ),
    "page.policies": ("Policies of the run", "Politiques de l'analyse"),
    "page.rests-on-kinds": ("Rests on: {kinds}.", "Repose sur : {kinds}."),
    "page.coverage": ("Coverage", "Couverture"),
    "page.limits": ("Limits", "Limites"),
    "page.limit-repository": (
        "Only this repository was read: what is made by hand, in another repository or by a supplier isn't here.",
        "Seul ce dépôt a été lu : ce qui est fait à la main, dans un autre dépôt ou par un fournisseur n'est pas ici.",
    ),
    "page.limit-code": (
        "Code says what is to be deployed, not what runs today; a value given elsewhere may change a place.",
        "Le code dit ce qui doit être déployé, non ce qui tourne aujourd'hui ; une valeur donnée ailleurs peut changer "
        "un lieu.",
    ),
    "page.limit-law": (
        "This is no legal advice, and says of nothing that the GDPR is kept, or that no law reaches it.",
        "Ceci n'est pas un conseil juridique, et ne dit de rien que le RGPD y est respecté, ni qu'aucune loi ne l'atteint.",
    ),
    "page.engineer-lead": (
        "Where it lands on the map, every finding with the source that led to it, what goes where, and the companies in "
        "use.",
        "Où cela va sur la carte, chaque constat avec le code source qui y mène, ce qui va où, et les sociétés utilisées.",
    ),
    "page.map": ("Map", "Carte"),
    "page.map-world": ("The world", "Le monde"),
    "page.map-eea": ("The European Economic Area", "L'Espace économique européen"),
    "page.flows": ("Who holds what, and what goes where", "Qui détient quoi, et ce qui va où"),
    "page.flows-note": (
        "Placements stand with their company. Open a company to see what it holds; filters fade what doesn't fit.",
        "Les emplacements sont avec leur société. Ouvrez une société pour voir ce qu'elle détient ; les filtres estompent "
        "ce qui n'y répond pas.",
    ),
    "page.flows-left-one": (
        "{count} more placement isn't drawn: `sovlint facts --format json` has it.",
        "{count} emplacement de plus n'est pas dessiné : `sovlint facts --format json` l'a.",
    ),
    "page.flows-left-many": (
        "{count} more placements aren't drawn: `sovlint facts --format json` has them.",
        "{count} emplacements de plus ne sont pas dessinés : `sovlint facts --format json` les a.",
    ),
    "page.companies": ("Companies in use", "Sociétés utilisées"),
    "page.companies-each": ("Each company", "Chaque société"),
    "page.company-unknown": (
        "The catalogue has nothing on who runs this, so who can compel it isn't known.",
        "Le catalogue n'a rien sur qui l'exploite ; qui peut le contraindre n'est donc pas connu.",
    ),
    "page.company-left": ("Told in full by", "Décrite en entier par"),
}

_FINDINGS = {
    "page.findings": ("Findings", "Constats"),
    "page.findings-note": (
        "Worst first. What waits for one thing is one entry; what is excused stands with the auditor.",
        "Les pires d'abord. Ce qui attend une même chose est une seule entrée ; ce qui est excusé est chez l'auditeur.",
    ),
    "page.findings-full": ("In full", "En détail"),
    "page.findings-short": ("In short", "En bref"),
    "page.findings-left-one": (
        "{count} more finding isn't on this page, to keep it small: `sovlint scan --format json` has it.",
        "{count} constat de plus n'est pas sur cette page, pour qu'elle reste petite : `sovlint scan --format json` l'a.",
    ),
    "page.findings-left-many": (
        "{count} more findings aren't on this page, to keep it small: `sovlint scan --format json` has them.",
        "{count} constats de plus ne sont pas sur cette page, pour qu'elle reste petite : `sovlint scan --format json` "
        "les a.",
    ),
    "page.rows-left-one": (
        "{count} more: `sovlint scan --format json` has it.",
        "{count} de plus : `sovlint scan --format json` l'a.",
    ),
    "page.rows-left-many": (
        "{count} more: `sovlint scan --format json` has them.",
        "{count} de plus : `sovlint scan --format json` les a.",
    ),
    "page.declared-here": ("declared here", "déclaré ici"),
    "page.chain": ("What led there", "Ce qui y mène"),
    "page.helps": ("What helps", "Que faire"),
    "page.proof": ("What would prove it", "Ce qui le prouverait"),
    "page.also": ("The same of", "De même pour"),
    "page.rests-on": ("Sources:", "Sources :"),
}

MESSAGES: dict[str, tuple[str, str]] = {**_FRAME, **_WORDS, **_BOARD, **_VIEWS, **_FINDINGS}
