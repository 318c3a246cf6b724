"""What a drafted configuration says in its comments, and what is said of edits: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "edit.editor": (
        "(For your editor; `{command}` makes that file.)",
        "(Pour votre éditeur ; `{command}` crée ce fichier.)",
    ),
    "edit.how-to-read": (
        "Drafted by `sovlint init` from what stands in this repository, for you to finish. What is certain is in "
        "force. A key behind # without a space is a proposal: take the # away to put it in force. ??? is what only "
        "you know. `sovlint check` checks this file, `sovlint scan` judges by it.",
        "Ébauche tirée par `sovlint init` de ce qui se trouve dans ce dépôt ; à vous de la finir. Ce qui est certain "
        "est en vigueur. Une clé derrière un # sans espace est une proposition : ôtez le # pour la mettre en "
        "vigueur. ??? marque ce que vous seul savez. `sovlint check` vérifie ce fichier, `sovlint scan` juge d'après "
        "lui.",
    ),
    "edit.found": (
        "Found: {resources} resources. Terraform roots: {roots}",
        "Trouvé : {resources} ressources. Racines Terraform : {roots}",
    ),
    "edit.found-no-roots": (
        "Found: {resources} resources, and no Terraform root.",
        "Trouvé : {resources} ressources, et aucune racine Terraform.",
    ),
    "edit.policy-set": (
        "What is judged by; `sovlint explain` lists the policies and their sets.",
        "Ce d'après quoi on juge ; `sovlint explain` donne la liste des politiques et de leurs jeux.",
    ),
    "edit.required-version": (
        "Other versions of sovlint then refuse this file, with a message that says so.",
        "Les autres versions de sovlint refusent alors ce fichier, en le disant.",
    ),
    "edit.tags": (
        "The keys of tags and labels that declare a data class. Yours are read beside these.",
        "Les clés d'étiquettes qui déclarent une classe de données. Les vôtres sont lues en plus de celles-ci.",
    ),
    "edit.values": (
        "These words in your tags mean nothing to sovlint yet. Which data class is each? ({classes})",
        "Ces mots de vos étiquettes ne disent encore rien à sovlint. À quelle classe de données correspond chacun ? "
        "({classes})",
    ),
    "edit.paths": (
        "Nobody declares a class here; only names suggest one, which warns. Say yes here, or tag what it isn't.",
        "Personne ne déclare de classe ici ; seuls des noms en suggèrent une, ce qui avertit. Confirmez ici, ou "
        "étiquetez ce qui n'en est pas.",
    ),
    "edit.question": (
        "Does {glob} hold {class}? These names suggest it: {names}",
        "Trouve-t-on dans {glob} : {class} ? Ces noms le suggèrent : {names}",
    ),
    "edit.clusters": (
        "Nothing says where these manifests land. Which company runs each cluster, and in which of its regions?",
        "Rien ne dit où aboutissent ces manifestes. Quelle société exploite chaque cluster, et dans laquelle de ses "
        "régions ?",
    ),
    "edit.libraries": (
        "Nothing here calls these folders, and they configure no provider, backend or values: they are read as "
        "libraries, and what their variables hold isn't asked. Is one of them applied as it stands?",
        "Rien n'appelle ces dossiers, et ils ne configurent ni fournisseur, ni backend, ni valeurs : ils sont lus "
        "comme des bibliothèques, sans demander ce que contiennent leurs variables. L'un d'eux est-il appliqué tel "
        "quel ?",
    ),
    "edit.variants": (
        "Values files that stand beside a root and that nothing names. Is it applied once with each?",
        "Des fichiers de valeurs à côté d'une racine, que rien ne nomme. Est-elle appliquée une fois avec chacun ?",
    ),
    "edit.attestations": (
        "What no code shows, and your contract does. Without one for health data, these stay unproven: {providers}",
        "Ce que montre votre contrat, et aucun code. Faute d'attestation, ceci reste non prouvé pour des données de "
        "santé : {providers}",
    ),
    "edit.exclude": (
        "Samples and tests are read as if they were applied. Leave them out?",
        "Les exemples et les tests sont lus comme s'ils étaient appliqués. Les écarter ?",
    ),
    "edit.inventory": (
        "Services that no code declares (support desk, newsletter, assistants) go into saas.yaml: "
        "`sovlint schema inventory` has its keys.",
        "Les services qu'aucun code ne déclare (assistance, lettre d'information, assistants) vont dans saas.yaml : "
        "`sovlint schema inventory` en donne les clés.",
    ),
    "edit.inventory-how": (
        "The services that this repository's code sends data to or sets up: whose they are, and in which region. A key "
        "behind # without a space is for you to fill in (??? is what only you know); take the # away to put it in "
        "force. Add what no code shows: the support desk, the newsletter, assistants, partners. docs/saas.md has an "
        "example.",
        "Les services à qui le code de ce dépôt envoie des données, ou qu'il configure : à qui ils sont, et dans "
        "quelle région. Une clé derrière un # sans espace est à compléter (??? marque ce que vous seul savez) ; ôtez "
        "le # pour la mettre en vigueur. Ajoutez ce qu'aucun code ne montre : assistance, lettre d'information, "
        "assistants, partenaires. docs/saas.md en donne un exemple.",
    ),
    "edit.inventory-kind": ("{name} ({kind})", "{name} ({kind})"),
    "edit.inventory-found": (
        "{name}, found at {places}",
        "{name}, trouvé à {places}",
    ),
    "edit.exceptions": (
        "What can't be mended yet needs a reason and an end: an ignore comment beside it, or under `waivers` what "
        "somebody approves. A baseline lets what stands here today pass, and nothing new: `sovlint scan "
        "--write-baseline` makes it.",
        "Ce qui ne peut encore être corrigé demande une raison et un terme : un commentaire d'exception à côté, ou, "
        "sous `waivers`, ce que quelqu'un approuve. Un état de référence laisse passer l'existant, et rien de "
        "nouveau : `sovlint scan --write-baseline` le crée.",
    ),
    "edit.nothing": ("Nothing to scan here.", "Rien à analyser ici."),
    "edit.no-such-address": (
        "Nothing here is called `{address}`.",
        "Rien ici ne s'appelle `{address}`.",
    ),
    "edit.did-you-mean": ("Did you mean `{address}`?", "Vouliez-vous dire `{address}` ?"),
    "edit.see-facts": (
        "`sovlint facts` lists all addresses.",
        "`sovlint facts` donne toutes les adresses.",
    ),
    "edit.several-places": (
        "`{address}` is declared at several places: {places}.",
        "`{address}` est déclarée à plusieurs endroits : {places}.",
    ),
    "edit.name-one": (
        "Name one of them with --path or --root.",
        "Désignez-en un avec --path ou --root.",
    ),
    "edit.declared-already": (
        "{address} declares that already: nothing to write.",
        "{address} le déclare déjà : rien à écrire.",
    ),
    "edit.written": ("{path} is written.", "{path} est écrit."),
    "edit.not-written": (
        "Nothing is written. --write writes it.",
        "Rien n'est écrit. --write l'écrit.",
    ),
    "edit.instances": (
        "Made from the same block, these get the class too: {addresses}",
        "Issues du même bloc, celles-ci reçoivent aussi la classe : {addresses}",
    ),
    "edit.dropped": (
        "No longer declared there: {classes}",
        "N'y est plus déclaré : {classes}",
    ),
    "edit.others": (
        "These get the class too: {addresses}",
        "Celles-ci reçoivent aussi la classe : {addresses}",
    ),
    "edit.shared": (
        "The class would reach more than {address}: {others}.",
        "La classe atteindrait plus que {address} : {others}.",
    ),
    "edit.shared-hint": (
        "--shared allows it, if they all carry such data. Else write it under `data.addresses` in sovlint.yaml.",
        "--shared le permet, si toutes portent de telles données. Sinon, écrivez-le sous `data.addresses` dans "
        "sovlint.yaml.",
    ),
    "edit.refused": (
        "{address} ({place}, {type}) isn't labelled: {why}",
        "{address} ({place}, {type}) n'est pas étiquetée : {why}",
    ),
    "edit.instead": (
        "In sovlint.yaml it can be declared without touching the source: {lines}",
        "Dans sovlint.yaml, cela se déclare sans toucher au source : {lines}",
    ),
    "edit.guess": (
        "{address} ({place}): {classes}? Only names suggest it: {names}",
        "{address} ({place}) : {classes} ? Seuls des noms le suggèrent : {names}",
    ),
    "edit.ask": (
        "[y]es, [o]ther class, [a]nonymous, [s]kip, [q]uit",
        "[o]ui, autre [c]lasse, [a]nonyme, [p]asser, [q]uitter",
    ),
    "edit.which-class": (
        "Which classes? ({classes}; none: skip)",
        "Quelles classes ? ({classes} ; aucune : passer)",
    ),
    "edit.write-all-one": (
        "Write what was agreed to (one file)? [y]es, any other key: no",
        "Écrire ce qui a été convenu (un fichier) ? [o]ui, toute autre touche : non",
    ),
    "edit.write-all-many": (
        "Write what was agreed to ({count} files)? [y]es, any other key: no",
        "Écrire ce qui a été convenu ({count} fichiers) ? [o]ui, toute autre touche : non",
    ),
    "edit.command": ("If so: {command}", "Si oui : {command}"),
    "edit.no-guesses": (
        "Nothing here is only inferred.",
        "Rien ici n'est seulement inféré.",
    ),
    "edit.too-large": (
        "the file is larger than {limit} kB, and isn't edited.",
        "le fichier dépasse {limit} ko et n'est pas modifié.",
    ),
    "edit.not-understood": (
        "the file has something there that can't be edited safely.",
        "le fichier contient à cet endroit quelque chose qui ne se modifie pas sans risque.",
    ),
    "edit.second-reader": (
        "the second reader (python-hcl2, ruamel.yaml) can't read the file, so that the edit couldn't be checked.",
        "le second lecteur (python-hcl2, ruamel.yaml) ne peut lire le fichier : la modification ne "
        "serait pas vérifiée.",
    ),
    "edit.changes-more": (
        "the edit would change more than the label.",
        "la modification changerait plus que l'étiquette.",
    ),
    "edit.not-declared": (
        "a scan of the edited file wouldn't find the class declared: something nearer or later overrides it, or what "
        "it would be put together with isn't known.",
        "une analyse du fichier modifié ne trouverait pas la classe déclarée : quelque chose de plus proche ou de plus "
        "tardif l'emporte, ou ce à quoi elle serait jointe n'est pas connu.",
    ),
    "edit.takes-no-tags": (
        "nothing says that this type takes tags.",
        "rien ne dit que ce type accepte des étiquettes.",
    ),
    "edit.takes-no-class": (
        "no class is written into files of this kind.",
        "aucune classe ne s'écrit dans les fichiers de ce genre.",
    ),
    "edit.no-holder": (
        "its tags belong into a block `{block}`, and there isn't exactly one.",
        "ses étiquettes vont dans un bloc `{block}`, et il n'y en a pas exactement un.",
    ),
    "edit.two-tags": (
        "several tags declare a class there: {keys}. Take all but one out.",
        "plusieurs étiquettes y déclarent une classe : {keys}. Ôtez-les, sauf une.",
    ),
    "edit.tag-not-literal": (
        "the tag `{key}` is there, and its value is an expression.",
        "l'étiquette `{key}` y est, et sa valeur est une expression.",
    ),
    "edit.not-a-map": (
        "its tags are written in a form that isn't known.",
        "ses étiquettes sont écrites sous une forme inconnue.",
    ),
    "edit.list-not-literal": (
        "its tags are a list that isn't written out there.",
        "ses étiquettes sont une liste qui n'y est pas écrite en toutes lettres.",
    ),
    "edit.json-syntax": (
        "it is written in JSON, which isn't edited.",
        "c'est écrit en JSON, qui n'est pas modifié.",
    ),
    "edit.downloaded": (
        "it is downloaded code: the next download would undo the edit.",
        "c'est du code téléchargé : le prochain téléchargement annulerait la modification.",
    ),
    "edit.outside": (
        "{path} leads out of the repository.",
        "{path} mène hors du dépôt.",
    ),
    "edit.shared-node": (
        "`{key}` has an anchor there: what it holds stands elsewhere too.",
        "`{key}` y porte une ancre : son contenu figure aussi ailleurs.",
    ),
    "edit.comment-inside": (
        "there are comments within what would be replaced.",
        "des commentaires se trouvent dans ce qui serait remplacé.",
    ),
    "edit.more": ("... and {count} more", "... et {count} de plus"),
}
