"""What ends a run, or is found wrong by ``sovlint check``: English -> French, with the same holes."""

from __future__ import annotations

from typing import Final

_ASKED: Final = {
    "There is no command `{name}`.": "La commande `{name}` n'existe pas.",
    "There are: {names}.": "Commandes : {names}.",
    "Did you mean `{name}`?": "Vouliez-vous dire `{name}` ?",
    "Did you mean '{name}'?": "Vouliez-vous dire '{name}' ?",
    "(Did you mean one of: {names}?)": "(Vouliez-vous dire : {names} ?)",
    "(Possible options: {names})": "(Options possibles : {names})",
    "Known: {names}.": "Noms connus : {names}.",
    "Give one of them.": "Donnez l'une des deux.",
    "an empty path names nothing; `.` is the folder where you are.": (
        "un chemin vide ne désigne rien ; `.` est le dossier où vous êtes."
    ),
    "{given} is not a day (YYYY-MM-DD).": "{given} n'est pas une date (AAAA-MM-JJ).",
    "it must be NAME=VALUE.": "il faut NOM=VALEUR.",
    "Give an address and at least one class, or --inferred.": (
        "Donnez une adresse et au moins une classe, ou bien --inferred."
    ),
    "Name at least one data class.": "Nommez au moins une classe de données.",
    "Two reports can't both go to {place}: give each but one a file of its own with -o.": (
        "Deux rapports ne peuvent aller ensemble dans {place} : sauf pour l'un d'eux, donnez à chacun son fichier par -o."
    ),
    "Two reports can't both go to standard output: give each but one a file of its own with -o.": (
        "Deux rapports ne peuvent aller ensemble sur la sortie standard : sauf pour l'un d'eux, donnez à chacun son "
        "fichier par -o."
    ),
    "One report can't go to two files: give -f once for each -o.": (
        "Un rapport ne peut aller dans deux fichiers : donnez un -f pour chaque -o."
    ),
    "A provider and a filter don't go together: filters choose from the list.": (
        "Un fournisseur et un filtre ne vont pas ensemble : les filtres choisissent dans la liste."
    ),
    "--prune-baseline needs the whole repository judged: it can't go with --affected.": (
        "--prune-baseline demande que tout le dépôt soit jugé : elle ne va pas avec --affected."
    ),
    "--write-baseline needs the name of a file.": "--write-baseline demande un nom de fichier.",
    "A report and the baseline can't both go to `{path}`.": (
        "Un rapport et l'état de référence ne peuvent aller ensemble dans `{path}`."
    ),
    "--write-baseline records all findings: it can't go with {name}.": (
        "--write-baseline relève tous les constats : elle ne va pas avec {name}."
    ),
    "An empty word names nothing: give a host, a region, a plug-in or a resource type.": (
        "Un mot vide ne désigne rien : donnez un hôte, une région, un plug-in ou un type de ressource."
    ),
    "`--config` and `--no-config` contradict each other.": "`--config` et `--no-config` se contredisent.",
    "`{path}` doesn't exist.": "`{path}` n'existe pas.",
    "There is no file of values `{path}`.": "Le fichier de valeurs `{path}` n'existe pas.",
    "--var-file is relative to where you are.": "--var-file part du dossier où vous êtes.",
    "`{path}` lies outside {root}, and nothing there is read.": (
        "`{path}` est hors de {root}, et rien n'y est lu."
    ),
    "Copy it inside.": "Copiez-le dedans.",
    "`sovlint report` needs Jinja2, which isn't installed.": (
        "`sovlint report` a besoin de Jinja2, qui n'est pas installé."
    ),
    "pip install 'sovlint[report]'": "Installez-le : pip install 'sovlint[report]'",
    "internal error: {problem}": "erreur interne : {problem}",
    "This is a fault in sovlint. Please report it, with what SOVLINT_DEBUG=1 prints.": (
        "C'est un défaut de sovlint. Merci de le signaler, avec ce qu'affiche SOVLINT_DEBUG=1."
    ),
}  # fmt: skip

_NAMES: Final = {
    "There is no policy `{name}`.": "La politique `{name}` n'existe pas.",
    "`sovlint explain` lists them all.": "`sovlint explain` les donne toutes.",
    "There is no policy set `{name}`.": "Le jeu de politiques `{name}` n'existe pas.",
    "Known sets: {names}; or give the path of a YAML file.": (
        "Jeux connus : {names} ; ou donnez le chemin d'un fichier YAML."
    ),
    "There is no data class `{name}`.": "La classe de données `{name}` n'existe pas.",
    "there is no data class `{name}`.": "la classe de données `{name}` n'existe pas.",
    "There is no data class `{name}` to assume.": "La classe de données `{name}`, à supposer, n'existe pas.",
    "There is no qualification `{name}`.": "La qualification `{name}` n'existe pas.",
    "there is no qualification `{name}`.": "la qualification `{name}` n'existe pas.",
    "The catalogue has no provider `{name}`.": "Le catalogue n'a pas de fournisseur `{name}`.",
    "the catalogue has no provider `{name}`.": "le catalogue n'a pas de fournisseur `{name}`.",
    "`sovlint provider` lists them all.": "`sovlint provider` les donne tous.",
    "{provider} has no region `{name}` in the catalogue.": "{provider} n'a pas de région `{name}` au catalogue.",
    "The catalogue has no state or area `{name}`.": "Le catalogue n'a ni État ni zone `{name}`.",
    "the catalogue has no state `{name}`.": "le catalogue n'a pas d'État `{name}`.",
    "`{name}` is no country: name the state where it is.": "`{name}` n'est pas un pays : nommez l'État du lieu.",
    "the {kind} `{name}` isn't in the catalogue.": "le catalogue n'a pas de {kind} `{name}`.",
    "data class": "classe de données",
    "state": "code d'État",
    "area": "zone",
    "qualification": "qualification",
    "there is no policy `{name}` to waive.": "la politique `{name}`, à laquelle déroger, n'existe pas.",
    "there is no policy `{name}`.": "la politique `{name}` n'existe pas.",
    "the policy `{name}` stands twice in the set.": "la politique `{name}` est deux fois dans le jeu.",
}  # fmt: skip

_FILES: Final = {
    "No such file or directory": "aucun fichier ou dossier de ce nom",
    "Permission denied": "accès refusé",
    "Operation not permitted": "opération non permise",
    "No space left on device": "il n'y a plus de place sur le disque",
    "Disk quota exceeded": "le quota du disque est dépassé",
    "Read-only file system": "le système de fichiers est en lecture seule",
    "Is a directory": "c'est un dossier",
    "Not a directory": "un fichier est là où il faudrait un dossier",
    "File name too long": "le nom est trop long",
    "Too many levels of symbolic links": "les liens symboliques tournent en rond",
    "Too many open files": "trop de fichiers sont ouverts",
    "Input/output error": "erreur d'entrée-sortie",
    "The system refused: {reason}.": "Le système a refusé : {reason}.",
    "Standard output can't be written: {reason}.": "Impossible d'écrire sur la sortie standard : {reason}.",
    "{path} can't be written: {reason}.": "Impossible d'écrire {path} : {reason}.",
    "{path} can't be made: {reason}.": "Impossible de créer {path} : {reason}.",
    "{path} can't be read: {reason}.": "Impossible de lire {path} : {reason}.",
    "The baseline {path} can't be written: {reason}.": (
        "Impossible d'écrire l'état de référence {path} : {reason}."
    ),
    "The baseline `{path}` can't be read: {reason}.": (
        "Impossible de lire l'état de référence `{path}` : {reason}."
    ),
    "All other reports are written.": "Tous les autres rapports sont écrits.",
    "Make the folder `{path}` first, or name a file in one that is there.": (
        "Créez d'abord le dossier `{path}`, ou nommez un fichier dans un dossier qui existe."
    ),
    "Name a file in a folder that you may write to.": "Nommez un fichier dans un dossier où vous pouvez écrire.",
    "Name a file, not a folder.": "Nommez un fichier, et non un dossier.",
    "Make room on the disk, or name a file on another one; what is there now isn't whole.": (
        "Libérez de la place, ou nommez un fichier sur un autre disque ; ce qui y est maintenant n'est pas entier."
    ),
    "{file} has changed meanwhile: it isn't written.": "{file} a changé entre-temps : il n'est pas écrit.",
    "Run the command again.": "Relancez la commande.",
    "There is a configuration already: {path}.": "Il y a déjà une configuration : {path}.",
    "`sovlint check` checks it.": "`sovlint check` la vérifie.",
    "{path} is there already, and is left as it is.": "{path} existe déjà, et reste tel quel.",
    "Look at what it is.": "Regardez ce que c'est.",
    "There is no configuration `{path}`.": "La configuration `{path}` n'existe pas.",
    "Give the path of a sovlint.yaml.": "Donnez le chemin d'un sovlint.yaml.",
}  # fmt: skip

_CONFIGURATION: Final = {
    "There are {count} problems in all; this is the first.": "Il y a {count} problèmes en tout ; voici le premier.",
    "{path} is no file, or a link that leads nowhere: it can't be read.": (
        "{path} n'est pas un fichier, ou c'est un lien qui ne mène nulle part : impossible de le lire."
    ),
    "{path} is not read: the configuration is named {name}.": (
        "{path} n'est pas lu : la configuration s'appelle {name}."
    ),
    "Rename it to {name}.": "Renommez-le en {name}.",
    "{path} has no table [tool.sovlint].": "{path} n'a pas de table [tool.sovlint].",
    "{path} is not UTF-8 text.": "{path} n'est pas un texte UTF-8.",
    "the key `{key}` stands here a second time.": "la clé `{key}` est ici une deuxième fois.",
    "the key `{key}` stands twice.": "la clé `{key}` est là deux fois.",
    "the file must be one document, and here a second one begins.": (
        "le fichier doit être un seul document, et un deuxième commence ici."
    ),
    "`{key}` can't be {value}: it compares versions.": (
        "`{key}` ne peut valoir {value} : cette clé compare des versions."
    ),
    "Write it as in {example}.": "Écrivez-la comme dans {example}.",
    "this configuration wants sovlint {wanted}, and this is sovlint {version}.": (
        "cette configuration demande sovlint {wanted}, et voici sovlint {version}."
    ),
    "Install a version that it wants, or change `{key}` where the file fits this one too.": (
        "Installez une version qu'elle demande, ou changez `{key}` si le fichier convient aussi à celle-ci."
    ),
    "unknown key `{key}` in `{name}`.": "clé inconnue `{key}` dans `{name}`.",
    "unknown key `{key}`.": "clé inconnue `{key}`.",
    "`{name}` lacks the key `{key}`.": "il manque à `{name}` la clé `{key}`.",
    "`the document` lacks the key `{key}`.": "il manque au document la clé `{key}`.",
    "`{name}` can't be {value}: one of {names}.": "`{name}` ne peut valoir {value} : l'une de {names}.",
    "`{name}` must be of type {kind}, not {value}.": "`{name}` doit être {kind}, et non {value}.",
    "array": "une liste",
    "object": "un ensemble de clés",
    "string": "un texte",
    "boolean": "true ou false",
    "integer": "un nombre entier",
    "number": "un nombre",
    "a mapping": "un ensemble de clés",
    "a list": "une liste",
    "empty": "vide",
    "`{name}`: {problem}. Expected: {expected}": "`{name}` : {problem}. Attendu : {expected}",
    "`{name}`: {problem}.": "`{name}` : {problem}.",
    "{given} does not match {pattern}": "{given} n'a pas la forme voulue",
    "{given} should be non-empty": "il ne doit pas être vide",
    "{given} is too short": "{given} est trop court",
    "{given} is too long": "{given} est trop long",
    "{given} has non-unique elements": "{given} a deux fois le même élément",
    "{given} is less than the minimum of {least}": "{given} est inférieur à {least}, le minimum",
    "{given} is greater than the maximum of {most}": "{given} est supérieur à {most}, le maximum",
    "`{name}` lies outside the repository.": "`{name}` est hors du dépôt.",
    "`{key}` is not a day (YYYY-MM-DD): {given}.": "`{key}` n'est pas une date (AAAA-MM-JJ) : {given}.",
    "`{glob}` is not a glob.": "`{glob}` n'est pas un motif de chemins.",
    "`{glob}` leads out of the folder that globs are relative to.": (
        "`{glob}` sort du dossier d'où partent les motifs."
    ),
    "`expires` comes before `issued`.": "`expires` vient avant `issued`.",
    "`{name}` doesn't exist (paths are relative to the configuration file).": (
        "`{name}` n'existe pas (les chemins partent du fichier de configuration)."
    ),
    "a waiver says what it covers: `addresses`, `paths`, or both.": (
        "une dérogation dit ce qu'elle couvre : `addresses`, `paths`, ou les deux."
    ),
    "{path} holds no waivers.": "{path} ne contient pas de dérogation.",
    "It has them under `{key}`.": "Elles y sont sous `{key}`.",
    "this attestation: {why}.": "cette attestation : {why}.",
}  # fmt: skip

_POLICIES: Final = {
    "`sovlint explain` lists the policies that exist; each is a file that shows every key.": (
        "`sovlint explain` donne les politiques qui existent ; chacune est un fichier qui montre toutes les clés."
    ),
    "Keep one of the two.": "Gardez l'une des deux.",
    "`{name}` is defined already, at {place}.": "`{name}` est déjà définie, à {place}.",
    "`{name}` is the id of a policy that ships, at {place}: `replaces: true` is missing.": (
        "`{name}` est l'id d'une politique livrée, à {place} : il manque `replaces: true`."
    ),
    "`{name}` is the id of a policy set that ships, at {place}: `replaces: true` is missing.": (
        "`{name}` est l'id d'un jeu de politiques livré, à {place} : il manque `replaces: true`."
    ),
    "`replaces: true`, but no policy `{name}` ships.": (
        "`replaces: true`, mais aucune politique `{name}` n'est livrée."
    ),
    "`replaces: true`, but no policy set `{name}` ships.": (
        "`replaces: true`, mais aucun jeu de politiques `{name}` n'est livré."
    ),
    "Write `replaces: true` beside its `id` to judge by it in place of the shipped one (every report says so), "
    "or give it an id of its own.": (
        "Écrivez `replaces: true` à côté de son `id` pour juger d'après elle et non d'après celle qui est livrée (chaque "
        "rapport le dit), ou donnez-lui un id à elle."
    ),
    "policy set `{name}`: {problem}": "jeu de politiques `{name}` : {problem}",
    "{path}: can't be read: {reason}.": "{path} : impossible de le lire : {reason}.",
    "{path}: holds no policy.": "{path} : ne contient pas de politique.",
    "{path}: no such policy file or folder.": "{path} : aucun fichier ou dossier de politiques de ce nom.",
    "{path}: holds no policy (a file ending in .yaml).": (
        "{path} : ne contient pas de politique (un fichier qui finit par .yaml)."
    ),
    "{name}: must hold one policy set (a mapping with the key `policies`).": (
        "{name} : doit contenir un jeu de politiques (un ensemble de clés, dont `policies`)."
    ),
    "`{name}` is a housekeeping policy: it can't have `{key}`.": (
        "`{name}` est une politique de veille : elle ne peut avoir `{key}`."
    ),
    "`unproven` can't be above `severity`, which is {severity} here.": (
        "`unproven` ne peut être plus grave que `severity`, qui vaut ici {severity}."
    ),
    "The shipped policies aren't there: the installation is incomplete.": (
        "Les politiques fournies manquent : l'installation est incomplète."
    ),
    "Install sovlint again.": "Réinstallez sovlint.",
    "The catalogue's index is missing: {path}.": "L'index du catalogue manque : {path}.",
    "The catalogue can't be read: {problem}": "Impossible de lire le catalogue : {problem}",
    "The catalogue's {part} don't fit: {problem}.": "{part}, au catalogue, n'ont pas la forme voulue : {problem}.",
    "The catalogue overlay `{path}` is no folder.": "L'extension du catalogue `{path}` n'est pas un dossier.",
    "Name a folder with catalogue files.": "Nommez un dossier de fichiers de catalogue.",
    "CONTRIBUTING.md shows the format of catalogue files; every key is in sovlint/catalog/schema.json.": (
        "CONTRIBUTING.md montre la forme des fichiers de catalogue ; toutes les clés sont dans "
        "sovlint/catalog/schema.json."
    ),
    "`{key}` stands twice.": "`{key}` est là deux fois.",
    "no source `{key}` under `sources`.": "pas de source `{key}` sous `sources`.",
    "`{name}` is also in {place}.": "`{name}` est aussi dans {place}.",
}  # fmt: skip

_BASELINES: Final = {
    "There is no baseline `{path}`.": "L'état de référence `{path}` n'existe pas.",
    "`--write-baseline {path}` writes one.": "`--write-baseline {path}` en écrit un.",
    "`sovlint scan --write-baseline FILE` writes a new one; a merge may have left conflict marks here.": (
        "`sovlint scan --write-baseline FICHIER` en écrit un nouveau ; une fusion a pu laisser ici des marques de conflit."
    ),
    "not a baseline: {problem}.": "ce n'est pas un état de référence : {problem}.",
    "not a baseline: {problem}": "ce n'est pas un état de référence : {problem}",
    "`{name}` is another version's": "`{name}` vient d'une autre version",
    'it lacks `"schema": "{name}"`': 'il y manque `"schema": "{name}"`',
    "it isn't JSON.": "ce n'est pas du JSON.",
    "`{path}` is something else than a baseline: it isn't overwritten.": (
        "`{path}` n'est pas un état de référence : il n'est pas écrasé."
    ),
    "Name another file.": "Nommez un autre fichier.",
    "There is no baseline to prune.": "Il n'y a pas d'état de référence à élaguer.",
    "Name it with --baseline, or `baseline:` in sovlint.yaml.": (
        "Nommez-le par --baseline, ou par `baseline:` dans sovlint.yaml."
    ),
    "The baseline isn't pruned: outside of a git repository paths depend on what is scanned.": (
        "L'état de référence n'est pas élagué : hors d'un dépôt git, les chemins dépendent de ce qui est analysé."
    ),
    "Take the entries out by hand, or write it anew.": "Ôtez les entrées à la main, ou écrivez-le à nouveau.",
    "The baseline isn't written: not everything could be read, and what wasn't may have findings.": (
        "L'état de référence n'est pas écrit : tout n'a pas pu être lu, et il peut y avoir des constats dans le reste."
    ),
    "The baseline isn't pruned: not everything could be read, and what wasn't may still match.": (
        "L'état de référence n'est pas élagué : tout n'a pas pu être lu, et le reste peut encore y correspondre."
    ),
    "First: {path}. Mend or exclude it.": "Le premier : {path}. Corrigez-le, ou excluez-le.",
    "At {revision}: {problem}": "À la révision {revision} : {problem}",
    "Not all files of `{name}` are in this clone.": "Ce clone n'a pas tous les fichiers de `{name}`.",
    "A partial clone has only some: clone it whole, or fetch that revision without a filter.": (
        "Un clone partiel n'en a que certains : clonez-le en entier, ou récupérez cette révision sans filtre."
    ),
    "`{name}` has more than {count} files: it isn't compared with.": (
        "`{name}` a plus de {count} fichiers : rien ne lui est comparé."
    ),
    "`{name}` takes more than {size} GiB: it isn't compared with.": (
        "`{name}` prend plus de {size} Gio : rien ne lui est comparé."
    ),
    "`{root}` is no git repository, so there is no revision `{name}` to compare with.": (
        "`{root}` n'est pas un dépôt git : il n'y a donc pas de révision `{name}` avec quoi comparer."
    ),
    "There is no revision `{name}` here.": "Il n'y a pas ici de révision `{name}`.",
    "There is no revision `{name}` here ({said}).": "Il n'y a pas ici de révision `{name}` ({said}).",
    "This clone is shallow: fetch more of its history first.": (
        "Ce clone est superficiel : récupérez d'abord davantage de son historique."
    ),
    "Is it fetched, and spelt right?": "Est-elle récupérée, et bien écrite ?",
    "git can't be run: {reason}.": "Impossible de lancer git : {reason}.",
    "Comparing with a revision needs git.": "Comparer avec une révision demande git.",
}  # fmt: skip

_DOCUMENTS: Final = {
    "nested too deeply": "imbriqué trop profondément",
    "nested deeper than {most} levels": "imbriqué sur plus de {most} niveaux",
    "not UTF-8 text": "pas un texte UTF-8",
    "not valid YAML": "pas du YAML valide",
    "longer than {most} characters": "plus de {most} caractères",
    "more than {most} documents": "plus de {most} documents",
    "more than {most} nodes once aliases are expanded": "plus de {most} nœuds une fois les alias développés",
    "a tag that names an object of Python ({tag})": "une étiquette qui nomme un objet de Python ({tag})",
    "a key must be a plain value": "une clé doit être une valeur simple",
    "a merge key (<<) needs a mapping": "une clé de fusion (<<) demande un ensemble de clés",
    "a key has too many dots": "une clé a trop de points",
    "what stands here isn't known": "ce qui est ici n'est pas connu",
    "mapping values are not allowed here": "un deux-points (`clé: valeur`) n'est pas permis ici",
    "could not find expected ':'": "il manque un `:`",
    "could not determine a constructor for the tag {tag}": "l'étiquette {tag} n'est pas connue",
    "found undefined alias {name}": "l'alias {name} n'est pas défini",
    "found duplicate anchor {name}": "l'ancre {name} est définie deux fois",
    "found unexpected end of stream": "le fichier finit trop tôt",
    "found unexpected document separator": "un séparateur de documents n'a pas sa place ici",
    "found character {found} that cannot start any token": "le caractère {found} ne peut commencer une valeur",
    "found unknown escape character {found}": "l'échappement {found} n'est pas connu",
    "expected <block end>, but found {found}": "mauvais retrait : {found} n'est pas attendu ici",
    "expected ',' or ']', but got {found}": "il faut `,` ou `]`, et non {found}",
    "expected ',' or '}}', but got {found}": "il faut `,` ou `}}`, et non {found}",
    "expected the node content, but found {found}": "il faut une valeur, et non {found}",
    "did not find expected ',' or ']'": "il manque un `,` ou un `]`",
    "did not find expected ',' or '}}'": "il manque un `,` ou un `}}`",
    "did not find expected key": "il manque une clé (le retrait est-il juste ?)",
    "did not find expected '-' indicator": "il manque un `-` (le retrait est-il juste ?)",
    "did not find expected node content": "il manque une valeur",
    "found character that cannot start any token": "ce caractère ne peut commencer une valeur",
    "block sequence entries are not allowed in this context": "un `-` n'est pas permis ici",
    "Expected '=' after a key in a key/value pair": "il faut un `=` après la clé",
    "Invalid value": "valeur non valide",
    "Invalid statement": "ligne non valide",
    "Unclosed array": "liste non fermée",
    "Cannot overwrite a value": "une valeur ne peut être remplacée",
}  # fmt: skip

ERRORS: Final = {
    **_ASKED, **_NAMES, **_FILES, **_CONFIGURATION, **_POLICIES, **_BASELINES, **_DOCUMENTS,
}  # fmt: skip
