"""The help of every command, and what click says: English -> French."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "NAME=VALUE": "NOM=VALEUR",
    "HOST_OR_REGION": "HÔTE_OU_RÉGION",
    "FILE": "FICHIER",
    "FOLDER": "DOSSIER",
    "PATH": "CHEMIN",
    "SET": "JEU",
    "CLASS": "CLASSE",
    "PERCENT": "POURCENTAGE",
    "REVISION": "RÉVISION",
    "STATE": "ÉTAT",
    "NAME": "NOM",
    "DAYS": "JOURS",
    "POLICY": "POLITIQUE",
    "ADDRESS": "ADRESSE",
    "COMMAND": "COMMANDE",
    "ARGS": "ARGUMENTS",
    "INTEGER": "ENTIER",
    "TEXT": "TEXTE",
}
"""What stands for a value that people give."""

HEADINGS: Final = {
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
}
LABELS: Final = {"env var": "variable", "default": "par défaut"}
DEFAULTS: Final = {
    "today": "aujourd'hui",
    "the nearest sovlint.yaml": "le sovlint.yaml le plus proche",
    "that of the locale": "celle du système",
    "a few screens of them": "ce qui tient sur quelques écrans",
}

_CLICK: Final = {
    "Invalid value: {problem}": "Valeur non valide : {problem}",
    "Invalid value for {name}: {problem}": "Valeur non valide pour {name} : {problem}",
    "Invalid value for {name} (env var: {variable}): {problem}": (
        "Valeur non valide pour {name} (variable : {variable}) : {problem}"
    ),
    "Missing argument {name}.": "Il manque l'argument {name}.",
    "Missing argument {name}. Choose from: {names}": "Il manque l'argument {name}. Au choix : {names}",
    "Missing argument {name}. Choose from:": "Il manque l'argument {name}. Au choix :",
    "Missing option {name}.": "Il manque l'option {name}.",
    "Missing option {name} (env var: {variable}).": "Il manque l'option {name} (variable : {variable}).",
    "Missing parameter: {name}": "Il manque le paramètre : {name}",
    "Missing command.": "Il manque une commande.",
    "No such option {name}.": "L'option {name} n'existe pas.",
    "No such command {name}.": "La commande {name} n'existe pas.",
    "{given} is not one of {names}.": "{given} n'est pas l'une des valeurs possibles : {names}.",
    "{given} is not in the range {range}.": "{given} n'est pas compris dans {range}.",
    "{given} is not a valid integer.": "{given} n'est pas un nombre entier.",
    "{given} is not a valid integer range.": "{given} n'est pas un nombre entier.",
    "{given} is not a valid boolean.": "{given} n'est ni vrai ni faux.",
    "{given} is not a valid boolean. Recognized values: {names}": (
        "{given} n'est ni vrai ni faux. Valeurs comprises : {names}"
    ),
    "Option {name} does not take a value.": "L'option {name} ne prend pas de valeur.",
    "Option {name} requires an argument.": "L'option {name} demande une valeur.",
    "Option {name} requires {count} arguments.": "L'option {name} demande {count} valeurs.",
    "Argument {name} takes {count} values.": "L'argument {name} prend {count} valeurs.",
    "Got unexpected extra argument ({names})": "Argument en trop : {names}",
    "Got unexpected extra arguments ({names})": "Arguments en trop : {names}",
    "Try '{command}' for help.": "Pour l'aide : '{command}'.",
}

_COMMANDS: Final = {
    "Find out which health data of a repository lands where, who runs it, and which state can compel them.": (
        "Savoir où vont les données de santé d'un dépôt, qui les exploite, et quel État peut contraindre ceux-là."
    ),
    "Judge what a repository declares.": "Juger ce qu'un dépôt déclare.",
    "Show what lands with whom, in reach of which states.": "Montrer ce qui va chez qui, à la portée de quels États.",
    "Write a page to look at, for those who have no terminal.": "Écrire une page à consulter, pour qui n'a pas de terminal.",
    "Show where things are, judged by nobody.": "Montrer où sont les choses, sans rien juger.",
    "Say what a policy asks, why, and how to comply.": "Dire ce qu'une politique exige, pourquoi, et comment s'y conformer.",
    "Say who runs a provider, who can compel it, and what it holds.": (
        "Dire qui exploite un fournisseur, qui peut le contraindre, et ses qualifications."
    ),
    "Say which provider and place a host or a region may mean.": (
        "Dire quel fournisseur et quel lieu un hôte ou une région peut désigner."
    ),
    "Draft a sovlint.yaml for this repository.": "Ébaucher un sovlint.yaml pour ce dépôt.",
    "Write a data class into the source.": "Écrire une classe de données dans le code.",
    "Check your configuration, policies and overlays.": "Vérifier vos configuration, politiques et extensions.",
    "Check the catalogue, and what you lay over it.": "Vérifier le catalogue, et vos extensions.",
    "Print the JSON Schema of a file, for your editor.": "Écrire le JSON Schema d'un fichier, pour votre éditeur.",
    "Print what makes your shell complete sovlint's words.": (
        "Écrire ce par quoi votre shell complète les mots de sovlint."
    ),
    "Check the catalogue, and say how much it knows and how old that is.": (
        "Vérifier le catalogue, et dire ce qu'il sait et de quand cela date."
    ),
}  # fmt: skip

_TEXTS: Final = {
    "Judge what a repository declares: which data lands where, who runs it, and which state can compel them.": (
        "Juger ce qu'un dépôt déclare : où vont quelles données, qui les exploite, et quel État peut contraindre "
        "ceux-là."
    ),
    "PATHs are files or folders (default: here). The whole git repository around them is read, since modules and "
    "values may lie anywhere in it; what was not asked for is not reported.": (
        "Les CHEMINs sont des fichiers ou des dossiers (par défaut : ici). Tout le dépôt git autour d'eux est lu, "
        "puisque modules et valeurs peuvent y être n'importe où ; ce qui n'a pas été demandé n'est pas rapporté."
    ),
    "Exit code: 0 clean, 1 findings, 2 something could not be read, written or was asked wrongly, 3 nothing to scan.": (
        "Code de sortie : 0 rien à signaler, 1 des constats, 2 quelque chose n'a pu être lu, écrit, ou a été mal "
        "demandé, 3 rien à analyser."
    ),
    "Show what lands with which company, which states can compel it, and in which country: worst first.": (
        "Montrer quelles données vont chez quelle société, quels États peuvent contraindre celle-ci, et dans quel pays "
        "elles sont : le pire d'abord."
    ),
    "It is judged as `sovlint scan` judges, and fails nothing.": (
        "Le jugement est celui de `sovlint scan`, et ne met rien en échec."
    ),
    "Write a page to look at: where data lands, every finding, each company in use, and what must be decided.": (
        "Écrire une page à consulter : où vont les données, chaque constat, chaque société à laquelle il est fait appel, "
        "et ce qui est à décider."
    ),
    "The page is one file that asks nothing of any server, in English and French. It has views for an engineer, a data "
    "protection officer, an auditor and the board.": (
        "La page est un seul fichier, en anglais et en français, qui ne demande rien à aucun serveur. Elle a des vues "
        "pour l'ingénieur, le délégué à la protection des données, l'auditeur et la direction."
    ),
    "Exit code: 0 where the page is written, whatever it says; 2 where something could not be read, written or was "
    "asked wrongly, 3 where there is nothing to scan.": (
        "Code de sortie : 0 si la page est écrite, quoi qu'elle dise ; 2 si quelque chose n'a pu être lu, écrit, ou a "
        "été mal demandé, 3 s'il n'y a rien à analyser."
    ),
    "Show every resource that a repository declares: its data, role, provider, region, and who can compel whom.": (
        "Montrer chaque ressource qu'un dépôt déclare : ses données, son rôle, son fournisseur, sa région, et qui peut "
        "contraindre qui."
    ),
    "Nothing is judged. What isn't known says why.": "Rien n'est jugé. Ce qui n'est pas connu dit pourquoi.",
    "Exit code: 0, or 2 where something could not be read or was asked wrongly, 3 where there is nothing to scan.": (
        "Code de sortie : 0, ou 2 si quelque chose n'a pu être lu ou a été mal demandé, 3 s'il n'y a rien à analyser."
    ),
    "Say what POLICY asks, why, what it rests on, and how to comply; without POLICY, list them all.": (
        "Dire ce que POLITIQUE exige, pourquoi, sur quoi elle repose, et comment s'y conformer ; sans POLITIQUE, les "
        "donner toutes."
    ),
    "Say who runs the provider called ID (an id, a name or an alias), who can compel it, and what it holds; without "
    "ID, list all providers, or those that fit.": (
        "Dire qui exploite le fournisseur appelé ID (un identifiant, un nom ou un autre nom), qui peut le contraindre, "
        "et ses qualifications ; sans ID, donner tous les fournisseurs, ou ceux qui conviennent."
    ),
    "Exit code: 0, or 2 where there is no such provider, state or qualification.": (
        "Code de sortie : 0, ou 2 si ce fournisseur, cet État ou cette qualification n'existe pas."
    ),
    "Say what a host (or an address), a region (a code, zone or name), a plug-in (hashicorp/aws) or a resource type "
    "(aws_s3_bucket) may mean, at every provider.": (
        "Dire ce que peut désigner, chez tous les fournisseurs, un hôte (ou une adresse), une région (code, zone ou "
        "nom), un plug-in (hashicorp/aws) ou un type de ressource (aws_s3_bucket)."
    ),
    "Exit code: 0, or 1 where it means nothing in the catalogue.": (
        "Code de sortie : 0, ou 1 si le catalogue n'en sait rien."
    ),
    "Write a sovlint.yaml at the root of the git repository around PATH (default: here), else in PATH itself.": (
        "Écrire un sovlint.yaml à la racine du dépôt git autour de CHEMIN (par défaut : ici), sinon dans CHEMIN même."
    ),
    "It proposes what the repository leaves open: who runs its clusters, which folders hold health data, what to "
    "attest. All of that is commented out, so the file changes no verdict as it is written. A configuration that is "
    "there already is left alone. Where code uses SaaS and there is no inventory, a first one is written too: "
    "saas.yaml.": (
        "Il propose ce que le dépôt laisse ouvert : qui exploite ses clusters, quels dossiers portent des données de "
        "santé, quoi attester. Tout y est en commentaire : tel qu'il est écrit, le fichier ne change aucun verdict. Une "
        "configuration qui existe n'est pas touchée. Si le code utilise des services en ligne sans qu'il y ait "
        "d'inventaire, un premier est écrit aussi : saas.yaml."
    ),
    "Exit code: 0, or 2 where there is a configuration or the file can't be written, 3 where there is nothing to "
    "scan.": (
        "Code de sortie : 0, ou 2 s'il y a une configuration ou si le fichier ne peut être écrit, 3 s'il n'y a rien à "
        "analyser."
    ),
    "Declare that the resource ADDRESS carries the data CLASS (several add up): as a tag or label in Terraform, a "
    "label in a manifest, `data` in an inventory.": (
        "Déclarer que la ressource ADRESSE porte la CLASSE de données (plusieurs s'ajoutent) : par un tag ou un label "
        "de Terraform, un label de manifeste, `data` dans un inventaire."
    ),
    "What would change is shown, and --write writes it. Nothing is written where that can't be done safely: comments "
    "and layout stay, two readers look at the edited file, and a scan of it must find the class declared.": (
        "Ce qui changerait est montré, et --write l'écrit. Rien n'est écrit qui ne puisse l'être sûrement : commentaires "
        "et mise en forme restent, deux lecteurs relisent le fichier modifié, et son analyse doit y trouver la classe "
        "déclarée."
    ),
    "Exit code: 0, or 2 where it isn't done, 3 where there is nothing to scan.": (
        "Code de sortie : 0, ou 2 si ce n'est pas fait, 3 s'il n'y a rien à analyser."
    ),
    "Check what your house writes itself, and scan nothing: the configuration, policies and sets, attestations, "
    "waivers, the baseline, catalogue overlays.": (
        "Vérifier ce que votre maison écrit elle-même, sans rien analyser : configuration, politiques et jeux, "
        "attestations, dérogations, état de référence, extensions du catalogue."
    ),
    "Every problem of every file is told, with its line and column.": (
        "Chaque problème de chaque fichier est dit, avec sa ligne et sa colonne."
    ),
    "Exit code: 0 where all is right, 2 where it isn't, 3 where there is nothing of your own to check.": (
        "Code de sortie : 0 si tout va bien, 2 sinon, 3 s'il n'y a rien de votre main à vérifier."
    ),
    "What sovlint knows of the world.": "Ce que sovlint sait du monde.",
    "Check the files of the catalogue and of overlays on it: form, references, duplicates and collisions. An "
    "installed sovlint has only what was compiled from those files, which were checked then.": (
        "Vérifier les fichiers du catalogue et de ses extensions : forme, renvois, doublons et collisions. Un sovlint "
        "installé n'a que ce qui a été compilé de ces fichiers, vérifiés alors."
    ),
    "Exit code: 0 where all is right, 2 where it isn't.": "Code de sortie : 0 si tout va bien, 2 sinon.",
    "Print the JSON Schema called NAME; without NAME, list them all.": (
        "Écrire le JSON Schema appelé NOM ; sans NOM, les donner tous."
    ),
    "An editor that reads YAML schemas completes and checks the file whose first line names one:": (
        "Un éditeur qui lit les schémas de YAML complète et vérifie le fichier dont la première ligne en nomme un :"
    ),
    "Print the script that makes SHELL complete commands, options and names. Where to put it:": (
        "Écrire le script par lequel SHELL complète commandes, options et noms. Où le mettre :"
    ),
    "Make the folder first where it isn't there, and start a new shell. bash must be 4.4 or newer, with the package "
    "bash-completion; without it, source the file in ~/.bashrc.": (
        "Créez d'abord le dossier s'il n'existe pas, et ouvrez un nouveau shell. Il faut bash 4.4 ou plus récent, avec "
        "le paquet bash-completion ; sans lui, chargez le fichier dans ~/.bashrc."
    ),
}

_OPTIONS: Final = {
    "Show the version and the catalogue's date, and exit.": "Montrer la version et la date du catalogue, puis quitter.",
    "Show this message and exit.": "Montrer ce message, puis quitter.",
    "How to write it.": "Sous quelle forme l'écrire.",
    "How to write the facts.": "Sous quelle forme écrire les faits.",
    "How to write the map.": "Sous quelle forme écrire la carte.",
    "How to write a report; several may be given, each with its -o.": (
        "Sous quelle forme écrire un rapport ; on peut en donner plusieurs, chacune avec son -o."
    ),
    "Write the report of the -f before to this file, not to stdout.": (
        "Écrire le rapport du -f qui précède dans ce fichier, et non sur la sortie standard."
    ),
    "Write to this file, not to stdout.": "Écrire dans ce fichier, et non sur la sortie standard.",
    "Write the page to this file; `-` is stdout.": (
        "Écrire la page dans ce fichier ; `-` est la sortie standard."
    ),
    "PATHs are changed files: report all that they can affect.": (
        "Les CHEMINs sont des fichiers modifiés : rapporter tout ce qu'ils peuvent toucher."
    ),
    "The policies to judge by: a set that ships, or a YAML file.": (
        "Les politiques selon lesquelles juger : un jeu fourni, ou un fichier YAML."
    ),
    "A file or folder of your own policies.": "Un fichier ou un dossier de vos propres politiques.",
    "Whether claims data need an HDS host, in the EEA.": (
        "Si les données de remboursement demandent un hébergeur HDS, dans l'EEE."
    ),
    "The least severity that fails the run.": "La moindre gravité qui met l'analyse en échec.",
    "The most severe that a finding may be where the data class was inferred from names.": (
        "La plus haute gravité d'un constat dont la classe de données est déduite de noms."
    ),
    "Fail the run where fewer resources than this carry a data class.": (
        "Échouer si moins de ressources que cela portent une classe de données."
    ),
    "Exit with 0 where there are findings; failures still exit with 2.": (
        "Sortir avec 0 malgré des constats ; un échec sort toujours avec 2."
    ),
    "List what is compliant too.": "Donner aussi ce qui est conforme.",
    "How many findings a text tells in full.": "Combien de constats un texte expose en entier.",
    "Tell all of it, as text or as a table.": "Tout exposer, en texte ou en tableau.",
    "List in a text the sources that its numbers refer to.": (
        "Donner, dans un texte, les sources auxquelles renvoient ses numéros."
    ),
    "Show in the table what carries no payload too.": (
        "Montrer aussi, dans le tableau, ce qui ne porte pas de données."
    ),
    "Findings that were there before: they don't count.": "Les constats qui y étaient déjà : ils ne comptent pas.",
    "Record all findings that count now in this file.": "Relever dans ce fichier tous les constats qui comptent.",
    "Take out of the baseline what nothing matches any more.": (
        "Ôter de l'état de référence ce à quoi plus rien ne correspond."
    ),
    "Judge what is new by the rules of this revision, not by those that come with it.": (
        "Juger ce qui est nouveau selon les règles de cette révision, non selon celles qui viennent avec."
    ),
    "Count only what is new since this revision of the repository.": (
        "Ne compter que ce qui est nouveau depuis cette révision du dépôt."
    ),
    "Take no notice of ignore comments.": "Ne tenir aucun compte des commentaires d'exception.",
    "Judge as on this day.": "Juger comme à ce jour.",
    "The data class of what carries none.": "La classe de données de ce qui n'en porte pas.",
    "The configuration.": "La configuration.",
    "Use no configuration.": "N'utiliser aucune configuration.",
    "A folder to lay over the catalogue.": "Un dossier qui étend le catalogue.",
    "The value of a Terraform variable.": "La valeur d'une variable de Terraform.",
    "A file of values of Terraform variables.": "Un fichier de valeurs de variables de Terraform.",
    "Accept that files could not be read.": "Accepter que des fichiers n'aient pu être lus.",
    "Leave out Compose files that are there for developers alone.": (
        "Laisser de côté les fichiers Compose destinés aux seuls développeurs."
    ),
    "The language of the output.": "La langue de la sortie.",
    "Whether to use colours.": "S'il faut des couleurs.",
    "Say nothing on stderr but errors.": "Ne dire sur la sortie d'erreur que les erreurs.",
    "List those that this state controls; of an area: it alone.": (
        "Donner ceux que cet État contrôle ; pour une zone : elle seule."
    ),
    "List those that run on technology of this state or area.": (
        "Donner ceux qui reposent sur une technologie de cet État ou de cette zone."
    ),
    "List those that have a region there.": "Donner ceux qui y ont une région.",
    "List those that hold this qualification on the day.": "Donner ceux qui ont cette qualification au jour dit.",
    "Print the configuration, and write nothing.": "Montrer la configuration, sans rien écrire.",
    "The root of the resource, where several have the address.": (
        "La racine de la ressource, si plusieurs ont cette adresse."
    ),
    "Its variant, where the class isn't for all of them.": "Sa variante, si la classe ne vaut pas pour toutes.",
    "The file or folder where it is declared.": "Le fichier ou le dossier où elle est déclarée.",
    "Allow an edit that reaches other resources too.": "Permettre une modification qui touche d'autres ressources.",
    "Write it. Without this, only what would change is shown.": (
        "L'écrire. Sans cela, ce qui changerait est seulement montré."
    ),
    "Go through all that only names suggest.": "Parcourir tout ce que seuls des noms suggèrent.",
    "List the sources that are older than this.": "Donner les sources plus anciennes que cela.",
}  # fmt: skip

USAGE: Final = {**_CLICK, **_COMMANDS, **_TEXTS, **_OPTIONS}
