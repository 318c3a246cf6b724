"""What a drafted configuration says in its comments: key -> (English, French)."""

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
        "The keys of tags and labels that declare a data class. These are read unless yours stand here.",
        "Les clés d'étiquettes qui déclarent une classe de données. Celles-ci sont lues, sauf si les vôtres sont ici.",
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
    "edit.exceptions": (
        "What can't be mended yet needs a reason and an end: an ignore comment beside it, or under `waivers` what "
        "somebody approves. A baseline lets what stands here today pass, and nothing new: `sovlint scan "
        "--write-baseline` makes it.",
        "Ce qui ne peut encore être corrigé demande une raison et un terme : un commentaire d'exception à côté, ou, "
        "sous `waivers`, ce que quelqu'un approuve. Un état de référence laisse passer l'existant, et rien de "
        "nouveau : `sovlint scan --write-baseline` le crée.",
    ),
    "edit.more": ("... and {count} more", "... et {count} de plus"),
}
