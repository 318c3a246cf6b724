"""What is said of a run: summary, what a change makes of it, exceptions, attestations: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Summary
    "report.summary-title": (
        "Summary: policy set {policy_set}, as of {as_of}, catalogue of {catalogue}",
        "Bilan : jeu de politiques {policy_set}, au {as_of}, catalogue du {catalogue}",
    ),
    "report.violation-one": ("{count} violation", "{count} violation"),
    "report.violation-many": ("{count} violations", "{count} violations"),
    "report.unproven-one": ("{count} unproven", "{count} non prouvé"),
    "report.unproven-many": ("{count} unproven", "{count} non prouvés"),
    "report.suppressed-one": ("{count} suppressed", "{count} écarté"),
    "report.suppressed-many": ("{count} suppressed", "{count} écartés"),
    "report.compliant-one": ("{count} compliant", "{count} conforme"),
    "report.compliant-many": ("{count} compliant", "{count} conformes"),
    "report.by-severity": (
        "Violations and unproven ones by severity: {severities}.",
        "Violations et non prouvés par gravité : {severities}.",
    ),
    "report.severity-error-one": ("{count} error", "{count} erreur"),
    "report.severity-error-many": ("{count} errors", "{count} erreurs"),
    "report.severity-warning-one": ("{count} warning", "{count} avertissement"),
    "report.severity-warning-many": ("{count} warnings", "{count} avertissements"),
    "report.severity-note-one": ("{count} note", "{count} note"),
    "report.severity-note-many": ("{count} notes", "{count} notes"),
    # What a change makes of it
    "report.difference-title": ("What the change makes of it", "Ce qu'en fait le changement"),
    "report.difference": (
        "Since {base} ({commit}): {added}, {removed}, {left}.",
        "Depuis {base} ({commit}) : {added}, {removed}, {left}.",
    ),
    "report.added-one": ("{count} finding is new", "{count} constat est nouveau"),
    "report.added-many": ("{count} findings are new", "{count} constats sont nouveaux"),
    "report.removed-one": ("{count} is gone", "{count} a disparu"),
    "report.removed-many": ("{count} are gone", "{count} ont disparu"),
    "report.left-one": ("{count} was there already", "{count} était déjà là"),
    "report.left-many": ("{count} were there already", "{count} étaient déjà là"),
    "report.excused-since-one": (
        "{count} that counted there is excused since by an exception.",
        "{count} qui y comptait est depuis écarté par une exception.",
    ),
    "report.excused-since-many": (
        "{count} that counted there are excused since by exceptions.",
        "{count} qui y comptaient sont depuis écartés par des exceptions.",
    ),
    "report.gone": (
        "gone: {kind}[{policy}] {subject}, was at {place}",
        "disparu : {kind}[{policy}] {subject}, était à {place}",
    ),
    "report.more-removed-one": (
        "and {count} more is gone (see --format json)",
        "et {count} autre a disparu (--format json)",
    ),
    "report.more-removed-many": (
        "and {count} more are gone (see --format json)",
        "et {count} autres ont disparu (--format json)",
    ),
    "report.moved": (
        "moved: {subject}: {before} to {after}",
        "déplacé : {subject} : de {before} à {after}",
    ),
    "report.moved-at": ("{company}, {place}", "{company}, {place}"),
    "report.law-comes-in": (
        "{move}; law of {states} comes in",
        "{move} ; le droit de {states} s'y ajoute",
    ),
    "report.law-falls-away": (
        "{move}; law of {states} falls away",
        "{move} ; le droit de {states} n'y joue plus",
    ),
    "report.more-moved-one": (
        "and {count} more is moved (see --format json)",
        "et {count} autre est déplacé (--format json)",
    ),
    "report.more-moved-many": (
        "and {count} more are moved (see --format json)",
        "et {count} autres sont déplacés (--format json)",
    ),
    "report.configured-otherwise": (
        "The configuration isn't that of {base}: what is gone may only be judged no more, and what is new may not be.",
        "La configuration n'est pas celle de {base} : ce qui a disparu n'est peut-être que plus jugé, et ce qui est "
        "nouveau ne l'est peut-être pas.",
    ),
    "report.unread-there-one": (
        "{count} file couldn't be read at {base}: what it held counts as new.",
        "{count} fichier n'a pas pu être lu à {base} : ce qu'il contenait compte comme nouveau.",
    ),
    "report.unread-there-many": (
        "{count} files couldn't be read at {base}: what they held counts as new.",
        "{count} fichiers n'ont pas pu être lus à {base} : ce qu'ils contenaient compte comme nouveau.",
    ),
    # Exceptions
    "report.exceptions-title": ("Exceptions", "Exceptions"),
    "report.exceptions": ("{kind}: {states}; {excused}.", "{kind} : {states} ; {excused}."),
    "report.kind-inline": ("Ignore comments", "Commentaires d'exception"),
    "report.kind-waiver": ("Waivers", "Dérogations"),
    "report.kind-baseline": ("Entries of the baseline", "Entrées de l'état de référence"),
    "report.exceptions-used-one": ("{count} in use", "{count} en usage"),
    "report.exceptions-used-many": ("{count} in use", "{count} en usage"),
    "report.exceptions-unused-one": ("{count} unused", "{count} sans usage"),
    "report.exceptions-unused-many": ("{count} unused", "{count} sans usage"),
    "report.exceptions-expired-one": ("{count} expired", "{count} hors délai"),
    "report.exceptions-expired-many": ("{count} expired", "{count} hors délai"),
    "report.exceptions-invalid-one": ("{count} invalid", "{count} non valable"),
    "report.exceptions-invalid-many": ("{count} invalid", "{count} non valables"),
    "report.excused-one": ("{count} finding is excused", "{count} constat est écarté"),
    "report.excused-many": ("{count} findings are excused", "{count} constats sont écartés"),
    "report.exception": ("{state}: {place}, for {policies}", "{state} : {place}, pour {policies}"),
    "report.exception-why": ("{exception}: {why}", "{exception} : {why}"),
    "report.exception-people": (
        "{exception} (owner: {owner}, approver: {approver}, ticket: {ticket})",
        "{exception} (responsable : {owner}, approbateur : {approver}, ticket : {ticket})",
    ),
    "report.exception-in-use": (
        "{exception}, until {until}: {reason}. It excuses {excused}",
        "{exception}, jusqu'au {until} : {reason}. Elle écarte {excused}",
    ),
    "report.exception-no-end": ("no end that is written", "un terme qui n'est pas écrit"),
    "report.attestations-title": ("Attestations", "Attestations"),
    "report.attestation": (
        "{state}: {place}, {claim}, vouched for by {owner} until {until} ({evidence})",
        "{state} : {place}, {claim}, attesté par {owner} jusqu'au {until} ({evidence})",
    ),
    "report.attestation-approved": (
        "{attestation}, approved by {approver}",
        "{attestation}, approuvé par {approver}",
    ),
    "report.attestation-checked": (
        "{attestation}, digest right",
        "{attestation}, empreinte exacte",
    ),
    "report.turned-one": ("{count} finding rests on it", "{count} constat en dépend"),
    "report.turned-many": ("{count} findings rest on it", "{count} constats en dépendent"),
    "report.more-attestations-one": (
        "and {count} more (see --format json)",
        "et {count} autre (--format json)",
    ),
    "report.more-attestations-many": (
        "and {count} more (see --format json)",
        "et {count} autres (--format json)",
    ),
    "report.state-used": ("in use", "en usage"),
    "report.state-expired": ("expired", "hors délai"),
    "report.state-invalid": ("invalid", "non valable"),
    "report.state-unused": ("unused", "sans usage"),
    "report.more-exceptions-one": (
        "and {count} more (see --format json)",
        "et {count} autre (--format json)",
    ),
    "report.more-exceptions-many": (
        "and {count} more (see --format json)",
        "et {count} autres (--format json)",
    ),
    "report.affected": (
        "Only what the changed files can affect is told.",
        "Seul est dit ce que les fichiers changés peuvent toucher.",
    ),
    "report.not-proved-title": ("Not proved, by reason", "Non prouvé, par raison"),
    "report.not-proved-one": (
        "{reason}: {count} case ({facts})",
        "{reason} : {count} cas ({facts})",
    ),
    "report.not-proved-many": (
        "{reason}: {count} cases ({facts})",
        "{reason} : {count} cas ({facts})",
    ),
    "report.fact-detail": ("{fact}: {details}", "{fact} : {details}"),
    "report.fact-details-more": ("{fact}: {details}, ...", "{fact} : {details}, ..."),
    "report.rules-title": (
        "Rules of this run that aren't the default",
        "Règles de cette analyse qui ne sont pas celles par défaut",
    ),
    "report.rules-shipped": (
        "This run goes by what ships with sovlint alone.",
        "Cette analyse ne suit que ce qui est livré avec sovlint.",
    ),
    "report.rules-shipped-set": (
        "This run goes by what ships with sovlint alone, under the policy set {policy_set}.",
        "Cette analyse ne suit que ce qui est livré avec sovlint, sous le jeu de politiques {policy_set}.",
    ),
    "report.rule-at": ("{sentence} ({place})", "{sentence} ({place})"),
    "report.rule-detail-name": ("{name}", "{name}"),
    "report.rule-detail-changed": ("{name}: {before} → {after}", "{name} : {before} → {after}"),
    "report.rule-detail-added": ("{name}: {after}", "{name} : {after}"),
    "report.rule-detail-removed": ("{name}: {before} → nothing", "{name} : {before} → rien"),
    "report.rule-policy-set": (
        "policy set of one's own: {names}",
        "jeu de politiques propre : {names}",
    ),
    "report.rule-policy": (
        "{names}: a policy of one's own takes the place of the shipped one",
        "{names} : une politique propre prend la place de celle qui est livrée",
    ),
    "report.rule-policy-added": (
        "{names}: a policy of one's own beside the shipped ones",
        "{names} : une politique propre s'ajoute à celles qui sont livrées",
    ),
    "report.rule-policy-changed": (
        "the policy set changes what its policies ask: {names}",
        "le jeu de politiques change ce que demandent ses politiques : {names}",
    ),
    "report.rule-policy-left-out": (
        "the policy set leaves out shipped policies: {names}",
        "le jeu de politiques écarte des politiques livrées : {names}",
    ),
    "report.rule-overlay": (
        "an overlay of the catalogue replaces {names}",
        "une surcouche du catalogue remplace {names}",
    ),
    "report.rule-overlay-none": (
        "an overlay of the catalogue adds to it",
        "une surcouche complète le catalogue",
    ),
    "report.rule-exclude": (
        "never looked at (`exclude`): {names}",
        "jamais examiné (`exclude`) : {names}",
    ),
    "report.rule-exclude-local": (
        "Compose files that are there for developers are left out (`exclude_local`): {names}",
        "les fichiers Compose destinés aux développeurs sont laissés de côté (`exclude_local`) : {names}",
    ),
    "report.rule-exclude-local-none": (
        "Compose files that are there for developers are left out (`exclude_local`): none was met",
        "les fichiers Compose destinés aux développeurs sont laissés de côté (`exclude_local`) : aucun n'a été rencontré",
    ),
    "report.rule-environment": (
        "{names} is set in the environment",
        "{names} est défini dans l'environnement",
    ),
    "report.rule-unused-configuration": (
        "not used, since one configuration counts for a run, the nearest above all that is scanned: {names}",
        "non utilisé, car une seule configuration vaut par analyse, la plus proche au-dessus de tout ce qui est "
        "analysé : {names}",
    ),
    "report.rule-rule-change": (
        "The change edits what governs the run: {names}",
        "Le changement modifie ce qui régit l'analyse : {names}",
    ),
    "report.rule-ignore-change": (
        "The change edits ignore comments: {names}",
        "Le changement modifie des commentaires d'exception : {names}",
    ),
    "report.rule-rules-from": (
        "What the change brings or worsens is judged by the rules of {names}, what stood before by these or its own, "
        "the milder",
        "Ce que le changement apporte ou aggrave est jugé selon les règles de {names}, ce qui était déjà là selon "
        "elles ou les siennes, les plus clémentes",
    ),
    "report.rule-rules-absent": (
        "There is no configuration that can be read at {names}: the change is judged by its own",
        "Il n'y a pas de configuration lisible à la révision {names} : le changement est jugé selon la sienne",
    ),
    "report.rule-submodules-not-compared": (
        "What stands in submodules isn't compared and counts as new: {names}",
        "Ce qui est dans des sous-modules n'est pas comparé et compte comme nouveau : {names}",
    ),
    "report.rule-pointers-not-compared": (
        "Files of which git keeps only a pointer weren't read at the revision compared with: {names}",
        "Des fichiers dont git ne garde qu'un pointeur n'ont pas été lus à la révision comparée : {names}",
    ),
    "report.rule-left-there": (
        "Links that lead out and names that can't stand in a folder were left out of the revision compared with: "
        "{names}",
        "Les liens qui mènent dehors et les noms impossibles dans un dossier ont été omis de la révision comparée : "
        "{names}",
    ),
    "report.rule-counting-own": ("by the rules of the change", "selon les règles du changement"),
    "report.rule-more-one": ("{count} more", "{count} autre"),
    "report.rule-more-many": ("{count} more", "{count} autres"),
    "report.not-read-title": ("Not read", "Non lu"),
    "report.incomplete-one": (
        "This report is incomplete: {count} file that should have been read wasn't, wholly or in part.",
        "Ce rapport est incomplet : {count} fichier qui devait être lu ne l'a pas été, en tout ou en partie.",
    ),
    "report.incomplete-many": (
        "This report is incomplete: {count} files that should have been read weren't, wholly or in part.",
        "Ce rapport est incomplet : {count} fichiers qui devaient être lus ne l'ont pas été, en tout ou en partie.",
    ),
    "report.unread": (
        "Recognised, and not read by sovlint, so that nothing in it is judged: {kinds}.",
        "Reconnu, et non lu par sovlint, si bien que rien n'y est jugé : {kinds}.",
    ),
    "report.unread-kind": ("{kind} ({files})", "{kind} ({files})"),
    "report.skipped-one": (
        "{count} file was skipped: not recognised as infrastructure.",
        "{count} fichier a été laissé de côté : non reconnu comme infrastructure.",
    ),
    "report.skipped-many": (
        "{count} files were skipped: not recognised as infrastructure.",
        "{count} fichiers ont été laissés de côté : non reconnus comme infrastructure.",
    ),
    "report.ignored-one": (
        "{count} file that would be read is named by `.gitignore` and was left out: git isn't there to tell whether it "
        "is tracked. Named on the command line, it is read.",
        "{count} fichier qui serait lu est nommé par `.gitignore` et a été laissé de côté : git n'est pas là pour dire "
        "s'il est suivi. Nommé sur la ligne de commande, il est lu.",
    ),
    "report.ignored-many": (
        "{count} files that would be read are named by `.gitignore` and were left out: git isn't there to tell whether "
        "they are tracked. Named on the command line, they are read.",
        "{count} fichiers qui seraient lus sont nommés par `.gitignore` et ont été laissés de côté : git n'est pas là "
        "pour dire s'ils sont suivis. Nommés sur la ligne de commande, ils sont lus.",
    ),
    "report.left-out-local-one": (
        "{count} Compose file is there for developers and was left out (`exclude_local`): not even what it sends "
        "elsewhere was judged.",
        "{count} fichier Compose, destiné aux développeurs, a été laissé de côté (`exclude_local`) : même ce qu'il "
        "envoie ailleurs n'a pas été jugé.",
    ),
    "report.left-out-local-many": (
        "{count} Compose files are there for developers and were left out (`exclude_local`): not even what they send "
        "elsewhere was judged.",
        "{count} fichiers Compose, destinés aux développeurs, ont été laissés de côté (`exclude_local`) : même ce qu'ils "
        "envoient ailleurs n'a pas été jugé.",
    ),
    "report.remark-at": ("{places}: {sentence}", "{places}: {sentence}"),
    "report.remark-alike-one": (
        "{first} ({count} more of this kind: {places})",
        "{first} ({count} autre de ce genre : {places})",
    ),
    "report.remark-alike-many": (
        "{first} ({count} more of this kind: {places})",
        "{first} ({count} autres de ce genre : {places})",
    ),
    "report.remark-places-one": ("{places} and {count} more", "{places} et {count} autre"),
    "report.remark-places-many": ("{places} and {count} more", "{places} et {count} autres"),
    "report.remarks-title": ("Also noted", "À noter"),
    "report.not-placed-title": ("Not placed", "Non placé"),
    "report.not-placed-one": (
        "{count} resource whose role or provider isn't known: {types}",
        "{count} ressource dont le rôle ou le fournisseur n'est pas connu : {types}",
    ),
    "report.not-placed-many": (
        "{count} resources whose role or provider isn't known: {types}",
        "{count} ressources dont le rôle ou le fournisseur n'est pas connu : {types}",
    ),
    "report.unjudged-roles-one": (
        "{count} resource wasn't judged: its role isn't known, and its data class is only read from names.",
        "{count} ressource n'a pas été jugée : son rôle n'est pas connu, et sa classe de données est seulement "
        "déduite de noms.",
    ),
    "report.unjudged-roles-many": (
        "{count} resources weren't judged: their role isn't known, and their data class is only read from names.",
        "{count} ressources n'ont pas été jugées : leur rôle n'est pas connu, et leur classe de données est seulement "
        "déduite de noms.",
    ),
    "report.scope-title": ("What this covers", "Ce que cela couvre"),
    "report.read": (
        "{files}, {resources}: {placed}, {config} config (no payload), {unplaced}.",
        "{files}, {resources} : {placed}, {config} de configuration (sans données), {unplaced}.",
    ),
    "report.read-placed-one": ("{count} placed", "{count} placée"),
    "report.read-placed-many": ("{count} placed", "{count} placées"),
    "report.read-unplaced-one": ("{count} unplaced", "{count} non placée"),
    "report.read-unplaced-many": ("{count} unplaced", "{count} non placées"),
    "report.files-one": ("{count} file", "{count} fichier"),
    "report.files-many": ("{count} files", "{count} fichiers"),
    "report.resources-one": ("{count} resource", "{count} ressource"),
    "report.resources-many": ("{count} resources", "{count} ressources"),
    "report.meaning": (
        "Compliant means that the evidence in this repository and catalogue supports the policy; it means no more.",
        "Conforme veut dire que les éléments de ce dépôt et du catalogue étayent la politique ; rien de plus.",
    ),
    "report.provenance": (
        "sovlint {tool}, catalogue {catalogue}{commit}.",
        "sovlint {tool}, catalogue {catalogue}{commit}.",
    ),
    "report.provenance-dated": (
        "sovlint {tool}, catalogue {catalogue}{commit}; oldest sources: {oldest}.",
        "sovlint {tool}, catalogue {catalogue}{commit} ; plus anciennes sources : {oldest}.",
    ),
    "report.commit-clean": (", commit {commit} (clean)", ", commit {commit} (sans modification)"),
    "report.commit-changed": (
        ", commit {commit} (changed since)",
        ", commit {commit} (modifié depuis)",
    ),
    "report.commit-unsaid": (", commit {commit}", ", commit {commit}"),
    "report.oldest-ownership": ("owners {day}", "capital {day}"),
    "report.oldest-qualifications": ("qualifications {day}", "qualifications {day}"),
    "report.oldest-places": ("places {day}", "lieux {day}"),
    "report.row-tool": ("Tool", "Outil"),
    "report.row-catalogue": ("Catalogue", "Catalogue"),
    "report.row-ownership": (
        "Oldest source on who owns whom",
        "Plus ancienne source sur les propriétaires",
    ),
    "report.row-qualifications": (
        "Oldest source on qualifications",
        "Plus ancienne source sur les qualifications",
    ),
    "report.row-places": ("Oldest source on places", "Plus ancienne source sur les lieux"),
    "report.row-commit": ("Commit", "Commit"),
    "report.row-tree": ("Working tree", "Arbre de travail"),
    "report.row-repository": ("Repository", "Dépôt"),
    "report.row-digest": ("Digest: {name}", "Empreinte : {name}"),
    "report.tree-clean": ("as in the commit", "tel que dans le commit"),
    "report.tree-changed": ("changed since the commit", "modifié depuis le commit"),
    "report.no-date": ("without date", "sans date"),
    "report.digests": ("Digests: {digests}.", "Empreintes : {digests}."),
    "report.digest-configuration": ("configuration", "configuration"),
    "report.digest-policies": ("policies", "politiques"),
    "report.digest-overlays": ("catalogue overlays", "surcouches du catalogue"),
    "report.digest-attestations": ("attestations", "attestations"),
    "report.digest-exceptions": ("exceptions", "exceptions"),
    "report.assumed": (
        "Where no class is declared, {assumed} is assumed (--assume).",
        "Là où aucune classe n'est déclarée, {assumed} est supposée (--assume).",
    ),
    "report.left-out-one": (
        "Read with hds_scope: {scope}, by which {count} resource is left out of what the strict reading would judge.",
        "Lu avec hds_scope: {scope}, qui laisse de côté {count} ressource que la lecture stricte jugerait.",
    ),
    "report.left-out-many": (
        "Read with hds_scope: {scope}, by which {count} resources are left out of what the strict reading would judge.",
        "Lu avec hds_scope: {scope}, qui laisse de côté {count} ressources que la lecture stricte jugerait.",
    ),
    "report.class-unknown-one": (
        "The class of {count} resource isn't known: its labels can't be read from the code.",
        "La classe de {count} ressource n'est pas connue : ses étiquettes ne se lisent pas dans le code.",
    ),
    "report.class-unknown-many": (
        "The class of {count} resources isn't known: their labels can't be read from the code.",
        "La classe de {count} ressources n'est pas connue : leurs étiquettes ne se lisent pas dans le code.",
    ),
    "report.min-classified": (
        "That is less than the {percent} % asked for (--min-classified).",
        "C'est moins que les {percent} % demandés (--min-classified).",
    ),
    "report.classified-one": (
        "{classified} of {count} resource carries a data class.",
        "{classified} ressource sur {count} porte une classe de données.",
    ),
    "report.classified-many": (
        "{classified} of {count} resources carry a data class.",
        "{classified} ressources sur {count} portent une classe de données.",
    ),
    "report.nothing-judged": (
        "NOTHING WAS JUDGED: no resource carries a data class, so no policy applied. This is not a clean result. "
        'Say which data lands where with labels (data-classification = "health"; in Kubernetes '
        "sovlint.dev/data: health), under `data:` in sovlint.yaml or "
        "in a SaaS inventory; or run with `--assume health` to judge everything as health data.",
        "RIEN N'A ÉTÉ JUGÉ : aucune ressource ne porte de classe de données, donc aucune politique ne s'est appliquée. "
        "Ce n'est pas un bon résultat. Dites quelles données vont où par des étiquettes (data-classification = "
        '"health" ; dans Kubernetes sovlint.dev/data: health), sous `data:` dans sovlint.yaml ou dans un '
        "inventaire SaaS ; ou lancez `--assume health` pour "
        "tout juger comme données de santé.",
    ),
    "report.nothing-but-config": (
        "NOTHING WAS JUDGED: whatever was found ({config}) is configuration that carries no data, so no policy "
        "applied. This is not a clean result.",
        "RIEN N'A ÉTÉ JUGÉ : tout ce qui a été trouvé ({config}) est de la configuration sans données, donc aucune "
        "politique ne s'est appliquée. Ce n'est pas un bon résultat.",
    ),
    "report.nothing-judged-assumed": (
        "NOTHING WAS JUDGED: nobody can judge what was found ({resources}), configuration that carries no data apart "
        "({config}). This is not a clean result.",
        "RIEN N'A ÉTÉ JUGÉ : ce qui a été trouvé ({resources}) ne peut être jugé, hors configuration sans données "
        "({config}). Ce n'est pas un bon résultat.",
    ),
    "report.nothing-judged-short": (
        "Nothing was judged: no policy applied to anything.",
        "Rien n'a été jugé : aucune politique ne s'est appliquée à quoi que ce soit.",
    ),
    "report.no-resources": (
        "NOTHING WAS JUDGED: no resource was found. This is not a clean result.",
        "RIEN N'A ÉTÉ JUGÉ : aucune ressource n'a été trouvée. Ce n'est pas un bon résultat.",
    ),
}
