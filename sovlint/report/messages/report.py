"""What the reports themselves say, around what the other rooms found. Keys ending in -one and -many are plurals."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Verdicts and severities, as headlines begin
    "report.error": ("error", "erreur"),
    "report.warning": ("warning", "avertissement"),
    "report.note": ("note", "note"),
    "report.compliant": ("compliant", "conforme"),
    "report.unproven": ("unproven", "non prouvé"),
    "report.label": ("{label}:", "{label} :"),
    # Labels of frames
    "report.subject": ("{address}", "{address}"),
    "report.subject-root": ("{address}, in {root}", "{address}, dans {root}"),
    "report.subject-variant": ("{address}, in {root} read with {variant}", "{address}, dans {root} lu avec {variant}"),
    "report.subject-environment": ("{address}, for {variant}", "{address}, pour {variant}"),
    "report.called-here": ("module called here", "module appelé ici"),
    "report.more-places-one": (
        "and {count} more place (see --format json)",
        "et {count} autre endroit (--format json)",
    ),
    "report.more-places-many": (
        "and {count} more places (see --format json)",
        "et {count} autres endroits (--format json)",
    ),
    # What stands below the frames
    "report.also": ("also", "aussi"),
    "report.data": ("data", "données"),
    "report.class-how": ("{name} ({how})", "{name} ({how})"),
    "report.placed": ("placed", "placement"),
    "report.shown-above": ("shown above", "montré plus haut"),
    "report.remark": ("note", "note"),
    "report.rests-on": ("rests on", "fondement"),
    "report.policy-rests-on": ("{policy}: {kinds}", "{policy} : {kinds}"),
    "report.sources": ("evidence", "preuves"),
    "report.help": ("help", "remède"),
    # Findings that wait for one thing
    "report.cause-one": (
        "{count} placement with {provider} waits for one proof: {why}",
        "{count} placement chez {provider} attend une seule preuve : {why}",
    ),
    "report.cause-many": (
        "{count} placements with {provider} wait for one proof: {why}",
        "{count} placements chez {provider} attendent une seule preuve : {why}",
    ),
    "report.cause-lighter": (
        "{headline} ({count} of them count for less than “{severity}”)",
        "{headline} ({count} d'entre eux comptent pour moins que « {severity} »)",
    ),
    "report.cause-more-one": (
        "and {count} more (see --format json)",
        "et {count} autre (--format json)",
    ),
    "report.cause-more-many": (
        "and {count} more (see --format json)",
        "et {count} autres (--format json)",
    ),
    "report.attest": ("attest", "attester"),
    "report.attest-lines": (
        "in sovlint.yaml, once the contract was read and the blanks are filled:",
        "dans sovlint.yaml, une fois le contrat lu et les blancs remplis :",
    ),
    "report.to-attest": (
        "An attestation in sovlint.yaml settles it: {claim}, for {subjects}.",
        "Une attestation dans sovlint.yaml y répond : {claim}, pour {subjects}.",
    ),
    "report.instead": ("instead", "à la place"),
    "report.remedies": (
        "Of the same kind ({kind}), proved to comply with every policy that applies here: {services}.",
        "De même nature ({kind}), à la conformité prouvée pour toutes les politiques applicables ici : {services}.",
    ),
    "report.remedies-none": (
        "No service of the same kind ({kind}) in the catalogue is proved to comply with every policy that applies "
        "here.",
        "Aucun service de même nature ({kind}) du catalogue n'est prouvé conforme à toutes les politiques applicables "
        "ici.",
    ),
    "report.remedies-attest": (
        "Once attested ({names}), these would: {services}.",
        "Sous réserve d'attestation ({names}), le seraient : {services}.",
    ),
    "report.remedies-all": ("{services}", "{services}"),
    "report.remedies-next": ("; ", " ; "),
    "report.and-also": ("; ", " ; "),
    "report.remedies-more": ("{services}; {count} more", "{services} ; {count} de plus"),
    "report.remedies-above": ("as above ({kind})", "comme plus haut ({kind})"),
    "report.remedy-service": ("{provider}, {service}", "{provider}, {service}"),
    "report.remedy": ("{service} {where}", "{service} {where}"),
    "report.remedy-until": ("{service} {where}, until {until}", "{service} {where}, jusqu'au {until}"),
    "report.remedy-qualified": (
        "{service} {where}, qualified until {until} ({names})",
        "{service} {where}, qualification valable jusqu'au {until} ({names})",
    ),
    "report.remedy-assumed": (
        "{service} {where}, qualified until {until} at the latest ({names}; no end was found, this one is assumed)",
        "{service} {where}, qualification valable jusqu'au {until} au plus tard ({names} ; échéance non trouvée, "
        "supposée)",
    ),
    "report.remedy-place": ("in {region} ({country})", "dans {region} ({country})"),
    "report.remedy-region": ("in {region}", "dans {region}"),
    "report.remedy-anywhere": ("in no region of its own", "sans région propre"),
    "report.told-once": (
        "Reasons and remedies are told once; `sovlint explain POLICY` tells more.",
        "Raisons et remèdes sont dits une fois ; `sovlint explain POLICY` en dit plus.",
    ),
    # Headlines of further policies in a block
    "report.headline-found": ("… {found}", "… {found}"),
    "report.headline-data-found": ("{data} …, {found}", "{data} …, {found}"),
    "report.headline-times": ("{headline} ({times} placements)", "{headline} ({times} placements)"),
    "report.headline-if-created": (
        "{headline}; this holds only if created: {why}",
        "{headline} ; cela ne vaut que si la ressource est créée : {why}",
    ),
    "report.as-above": ("as above", "comme plus haut"),
    # One placement in a line
    "report.placed-line": (
        "{role} · {provider} · {place} · control {control} · technology {technology}",
        "{role} · {provider} · {place} · contrôle {control} · technologie {technology}",
    ),
    "report.unknown-role": ("unknown role", "rôle inconnu"),
    "report.unknown-provider": ("unknown provider", "fournisseur inconnu"),
    "report.unknown-region": ("unknown region", "région inconnue"),
    "report.unknown-country": ("unknown country", "pays inconnu"),
    "report.unknown-place": ("unknown place", "lieu inconnu"),
    "report.unknown-control": ("unknown", "inconnu"),
    "report.unknown-technology": ("unknown", "inconnue"),
    "report.unknown-word": ("unknown", "sans preuve"),
    "report.own-technology": ("own or open source", "propre ou libre"),
    "report.none-word": ("none", "aucune"),
    "report.or": (" or ", " ou "),
    "report.perhaps-others": ("{states} and perhaps others", "{states} et peut-être d'autres"),
    # How a class got there
    "report.how-declared": ("declared", "déclarée"),
    "report.how-intrinsic": ("intrinsic to the service", "propre au service"),
    "report.how-propagated": ("propagated", "propagée"),
    "report.how-inferred": ("inferred from names", "déduite des noms"),
    "report.how-default": ("assumed", "supposée"),
    # What a policy rests on
    "report.rests-on-law": ("law", "loi"),
    "report.rests-on-referential": ("referential", "référentiel"),
    "report.rests-on-doctrine": ("doctrine", "doctrine"),
    "report.rests-on-risk": ("risk", "risque"),
    # Sources
    "report.sources-title": ("Sources", "Sources"),
    "report.source-dated": ("{supports} ({date})", "{supports} ({date})"),
    "report.source-medium": ("{supports} ({date}; medium confidence)", "{supports} ({date} ; confiance moyenne)"),
    "report.source-weak": (
        "{supports} ({date}; a weak source, counted like background knowledge)",
        "{supports} ({date} ; source faible, comptée comme connaissance générale)",
    ),
    "report.source-background": (
        "{supports} (background knowledge, no source read)",
        "{supports} (connaissance générale, aucune source lue)",
    ),
    "report.date-undated": ("undated", "sans date"),
    "report.date-read": ("read {date}", "lu le {date}"),
    "report.date-edition": ("edition of {date}", "édition du {date}"),
    "report.date-reviewed": ("reviewed {date}", "révisé le {date}"),
    "report.date-transcribed": ("transcribed {date}", "transcrit le {date}"),
    "report.date-span": ("{one} to {other}", "{one} à {other}"),
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
    "report.attestations-title": ("Attestations", "Attestations"),
    "report.attestation": (
        "{state}: {place}, {claim}, vouched for by {owner} until {until} ({evidence})",
        "{state} : {place}, {claim}, attesté par {owner} jusqu'au {until} ({evidence})",
    ),
    "report.attestation-approved": (
        "{attestation}, approved by {approver}",
        "{attestation}, approuvé par {approver}",
    ),
    "report.attestation-checked": ("{attestation}, digest right", "{attestation}, empreinte exacte"),
    "report.turned-one": ("{count} finding rests on it", "{count} constat en dépend"),
    "report.turned-many": ("{count} findings rest on it", "{count} constats en dépendent"),
    "report.more-attestations-one": ("and {count} more (see --format json)", "et {count} autre (--format json)"),
    "report.more-attestations-many": ("and {count} more (see --format json)", "et {count} autres (--format json)"),
    "report.state-used": ("in use", "en usage"),
    "report.state-expired": ("expired", "hors délai"),
    "report.state-invalid": ("invalid", "non valable"),
    "report.state-unused": ("unused", "sans usage"),
    "report.more-exceptions-one": ("and {count} more (see --format json)", "et {count} autre (--format json)"),
    "report.more-exceptions-many": ("and {count} more (see --format json)", "et {count} autres (--format json)"),
    "report.affected": (
        "Only what the changed files can affect is told.",
        "Seul est dit ce que les fichiers changés peuvent toucher.",
    ),
    "report.not-proved-title": ("Not proved, by reason", "Non prouvé, par raison"),
    "report.not-proved-one": ("{reason}: {count} case ({facts})", "{reason} : {count} cas ({facts})"),
    "report.not-proved-many": ("{reason}: {count} cases ({facts})", "{reason} : {count} cas ({facts})"),
    "report.fact-detail": ("{fact}: {details}", "{fact} : {details}"),
    "report.fact-details-more": ("{fact}: {details}, ...", "{fact} : {details}, ..."),
    "report.rules-title": ("Rules of this run that aren't shipped", "Règles de cette analyse qui ne sont pas livrées"),
    "report.rule-policy-set": (
        "policy set of one's own: {names} ({place})",
        "jeu de politiques propre : {names} ({place})",
    ),
    "report.rule-policy": (
        "{names}: a policy of one's own takes the place of the shipped one ({place})",
        "{names} : une politique propre prend la place de celle qui est livrée ({place})",
    ),
    "report.rule-overlay": (
        "{place} is laid over the catalogue and replaces {names}",
        "{place} recouvre le catalogue et remplace {names}",
    ),
    "report.rule-overlay-adds": (
        "{place} is laid over the catalogue and adds to it",
        "{place} recouvre le catalogue et le complète",
    ),
    "report.rule-exclude": (
        "never looked at: {names} (`exclude`, {place})",
        "jamais examiné : {names} (`exclude`, {place})",
    ),
    "report.rule-environment": (
        "{names} is set in the environment",
        "{names} est défini dans l'environnement",
    ),
    "report.rule-unused": (
        "not used, since one configuration counts for a run, the nearest above all that is scanned: {names}",
        "non utilisé, car une seule configuration vaut par analyse, la plus proche au-dessus de tout ce qui est "
        "analysé : {names}",
    ),
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
    # Names of facts
    "report.fact-role": ("role", "rôle"),
    "report.fact-provider": ("provider", "fournisseur"),
    "report.fact-service": ("service", "service"),
    "report.fact-region": ("region", "région"),
    "report.fact-country": ("country", "pays"),
    "report.fact-area": ("area", "zone"),
    "report.fact-control": ("control", "contrôle"),
    "report.fact-technology": ("technology", "technologie"),
    "report.fact-exists": ("existence", "existence"),
    "report.fact-data": ("data class", "classe de données"),
    # Roles
    "report.role-at-rest": ("at rest", "au repos"),
    "report.role-compute": ("compute", "calcul"),
    "report.role-replica": ("replica", "réplique"),
    "report.role-backup": ("backup", "sauvegarde"),
    "report.role-logs": ("logs", "journaux"),
    "report.role-keys": ("keys", "clés"),
    "report.role-edge": ("edge", "périphérie"),
    "report.role-registry": ("registry", "registre"),
    "report.role-state": ("state", "état"),
    "report.role-processor": ("processor", "sous-traitant"),
    "report.role-ai": ("AI", "IA"),
    "report.role-config": ("config", "configuration"),
    # Table of facts
    "report.table-role": ("ROLE", "RÔLE"),
    "report.table-provider": ("PROVIDER", "FOURNISSEUR"),
    "report.table-region": ("REGION", "RÉGION"),
    "report.table-country": ("COUNTRY", "PAYS"),
    "report.table-control": ("CONTROL", "CONTRÔLE"),
    "report.table-qualifications": ("QUALIFICATIONS", "QUALIFICATIONS"),
    "report.table-unknown": ("UNKNOWN", "INCONNU"),
    "report.table-unknown-fact": ("{fact} ({reason})", "{fact} ({reason})"),
    "report.table-moved": ("{column}: {text}", "{column} : {text}"),
    "report.table-unmatched": (
        "classified as what is no class here: {words}",
        "classé comme ce qui n'est pas une classe ici : {words}",
    ),
    "report.table-no-class": ("no class", "sans classe"),
    "report.table-class-unknown": ("class unknown: {reason}", "classe inconnue : {reason}"),
    "report.table-exists-unknown": ("if created: {reason}", "si créée : {reason}"),
    "report.table-unplaced": ("not placed", "non placée"),
    "report.table-no-root": ("(no root)", "(sans racine)"),
    "report.table-root-variant": ("{root}, read with {variant}", "{root}, lu avec {variant}"),
    "report.table-library": ("{root} (library)", "{root} (bibliothèque)"),
}
