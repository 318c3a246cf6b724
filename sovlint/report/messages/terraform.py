"""What the Terraform front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "terraform.combined": ("combined from several values", "composé de plusieurs valeurs"),
    "terraform.local": ("`local.{name}` is set here", "`local.{name}` est défini ici"),
    "terraform.module-input": (
        "passed to the module as `{name}` here",
        "transmis au module comme `{name}` ici",
    ),
    "terraform.output": (
        "comes out of the module as `{name}` here",
        "sort du module comme `{name}` ici",
    ),
    "terraform.function": ("made by `{name}(...)`", "produit par `{name}(...)`"),
    "terraform.reference": ("read from `{address}`", "lu depuis `{address}`"),
    "terraform.variable-default": (
        "`var.{name}` has no other value than this default",
        "`var.{name}` n'a pas d'autre valeur que ce défaut",
    ),
    "terraform.variable-file": (
        "`var.{name}` gets its value here",
        "`var.{name}` reçoit sa valeur ici",
    ),
    "terraform.variable-pipeline": (
        "`var.{name}` gets its value here, where it is run",
        "`var.{name}` reçoit sa valeur ici, là où c'est exécuté",
    ),
    "terraform.variable-contradicted": (
        "`var.{name}` has another value at {where}",
        "`var.{name}` a une autre valeur en {where}",
    ),
    "terraform.input": (
        "Terragrunt gives the input `{name}` here",
        "Terragrunt donne ici l'entrée `{name}`",
    ),
    "terraform.variable-environment": (
        "`var.{name}` gets its value from Terragrunt's inputs",
        "`var.{name}` reçoit sa valeur des entrées de Terragrunt",
    ),
    "terraform.get-env": (
        "this default holds unless the environment sets `{name}`",
        "cette valeur par défaut vaut sauf si l'environnement définit `{name}`",
    ),
    "terraform.feature-default": (
        "the feature `{name}` has no other value than this default",
        "la fonctionnalité `{name}` n'a pas d'autre valeur que ce défaut",
    ),
    "terraform.dependency": (
        "the output `{output}` of the unit `{name}` is asked for here",
        "la sortie `{output}` de l'unité `{name}` est demandée ici",
    ),
    "terraform.variable-option": (
        "`var.{name}` gets its value from the command line or the configuration",
        "`var.{name}` reçoit sa valeur de la ligne de commande ou de la configuration",
    ),
    "terraform.variable-unset": (
        "`var.{name}` has no value here",
        "`var.{name}` n'a pas de valeur ici",
    ),
    "terraform.variants-unmatched": (
        "`{glob}` matches no values file from its root",
        "`{glob}` ne correspond à aucun fichier de valeurs depuis sa racine",
    ),
    "terraform.template": (
        "a template (`{{{{ }}}}`, `{{% %}}`, `<% %>`) that another program makes a file of",
        "un modèle (`{{{{ }}}}`, `{{% %}}`, `<% %>`) dont un autre programme fait un fichier",
    ),
    "terraform.templates": (
        "templates (`{{{{ }}}}`, `{{% %}}`, `<% %>`; {count} in this folder) that another program makes Terraform "
        "files of: only resources that stand in them once and whole are read. Scan what is made of them",
        "modèles (`{{{{ }}}}`, `{{% %}}`, `<% %>` ; {count} dans ce dossier) dont un autre programme fait des fichiers "
        "Terraform : seules y sont lues les ressources qui y figurent une fois et en entier. Analysez ce qui en est "
        "fait",
    ),
    "terraform.values-absent": (
        "there is no values file `{glob}` to read: such paths are relative to the root, and what is excluded isn't "
        "read",
        "il n'y a pas de fichier de valeurs `{glob}` à lire : ces chemins sont relatifs à la racine, et ce qui est "
        "exclu n'est pas lu",
    ),
    "terraform.values-outside": (
        "the values file `{glob}` lies outside the repository, where nothing is read: such paths are relative to the "
        "root. Keep it inside",
        "le fichier de valeurs `{glob}` est hors du dépôt, où rien n'est lu : ces chemins sont relatifs à la racine. "
        "Gardez-le à l'intérieur",
    ),
    "terraform.declared-twice": (
        "`{name}` is declared twice, which Terraform refuses; the last one is read",
        "`{name}` est déclaré deux fois, ce que Terraform refuse ; le dernier est lu",
    ),
    "terraform.variable-undeclared": (
        "a value was given for `var.{name}`, which nothing here declares",
        "une valeur a été donnée pour `var.{name}`, que rien ici ne déclare",
    ),
    "terraform.module-path-absent": (
        "no module at the path `{source}`",
        "aucun module au chemin `{source}`",
    ),
    "terraform.remote-module": (
        "the module `{source}` isn't in this repository",
        "le module `{source}` n'est pas dans ce dépôt",
    ),
    "terraform.instances-refused": (
        "`{address}` stands for all instances of this block, which aren't told apart: {why}. What their keys and "
        "values decide isn't known. Make the collection smaller, give its values in a values file, or split the root",
        "`{address}` représente toutes les instances de ce bloc, qui ne sont pas distinguées : {why}. Ce que décident "
        "leurs clés et leurs valeurs n'est pas connu. Réduisez la collection, donnez ses valeurs dans un fichier de "
        "valeurs, ou scindez la racine",
    ),
    "terraform.beyond-instances": (
        "it has {number} instances or more, and at most {limit} of a block are read",
        "il a {number} instances ou plus, et {limit} au plus sont lues par bloc",
    ),
    "terraform.beyond-resources": (
        "it has {number} instances with {each} resource(s) each, and `count` and `for_each` may make {limit} in all",
        "il a {number} instances, avec {each} ressource(s) dans chacune, et `count` et `for_each` peuvent en faire "
        "{limit} en tout",
    ),
    "terraform.beyond-elements": (
        "a collection has {number} elements or more, and at most {limit} are read",
        "une collection a {number} éléments ou plus, et {limit} au plus sont lus",
    ),
    "terraform.beyond-text": (
        "a text has more than {limit} characters, and isn't read",
        "un texte a plus de {limit} caractères, et n'est pas lu",
    ),
    "terraform.beyond-parts": (
        "a value has more than {limit} parts, or is nested deeper than {levels} levels, and isn't kept",
        "une valeur a plus de {limit} éléments, ou plus de {levels} niveaux, et n'est pas retenue",
    ),
    "terraform.beyond-work": (
        "what comes before costs more than one root is given",
        "ce qui précède coûte plus que ce qui est accordé à une racine",
    ),
    "terraform.syntax-error": (
        "this isn't valid HCL near `{near}`; the rest of the file was read",
        "ce n'est pas du HCL valide près de `{near}` ; le reste du fichier a été lu",
    ),
    "terraform.syntax-missing": (
        "this isn't valid HCL: `{what}` is missing; the rest of the file was read",
        "ce n'est pas du HCL valide : il manque `{what}` ; le reste du fichier a été lu",
    ),
    "terraform.block-unknown": (
        "`{kind}` is no block that Terraform or OpenTofu knows{meant}: nothing in it was read",
        "`{kind}` n'est pas un bloc connu de Terraform ni d'OpenTofu{meant} : rien de son contenu n'a été lu",
    ),
    "terraform.block-meant": (" (did you mean `{kind}`?)", " (vouliez-vous dire `{kind}` ?)"),
    "terraform.block-labels": (
        "a `{kind}` block has {wanted} label(s), and this one has {found}: it wasn't read",
        "un bloc `{kind}` a {wanted} étiquette(s), et celui-ci en a {found} : il n'a pas été lu",
    ),
    "terraform.stray-argument": (
        "the argument `{name}` stands outside of any block, where Terraform refuses it",
        "l'argument `{name}` est hors de tout bloc, ce que Terraform refuse",
    ),
    "terraform.value-cycle": (
        "this leads back to itself: {names}. Terraform refuses that, and what is made of it isn't known: give one of "
        "these a value that doesn't come from the others",
        "ceci revient à soi-même : {names}. Terraform le refuse, et ce qui en découle n'est pas connu : donnez à l'un "
        "d'eux une valeur qui ne vienne pas des autres",
    ),
    "terraform.module-cycle": (
        "a module that calls itself never ends: {names}. Terraform refuses that, and it is followed once: remove one "
        "of these calls",
        "un module qui s'appelle lui-même ne finit jamais : {names}. Terraform le refuse, et il n'est suivi qu'une "
        "fois : supprimez l'un de ces appels",
    ),
    "terraform.state-read": (
        "read from the state of the root `{root}`, as its output `{name}`",
        "lu dans l'état de la racine `{root}`, comme sa sortie `{name}`",
    ),
    "terraform.state-elsewhere": (
        "no root of this repository surely keeps this state",
        "aucune racine de ce dépôt ne conserve sûrement cet état",
    ),
    "terraform.state-perhaps": (
        "this may be the state of {roots}: not all that tells states apart is written (a backend may be completed with "
        "`-backend-config`)",
        "ce peut être l'état de {roots} : tout ce qui distingue les états n'est pas écrit (un backend peut être "
        "complété par `-backend-config`)",
    ),
    "terraform.state-of-several": (
        "this is the state of {roots}, whose values differ",
        "c'est l'état de {roots}, dont les valeurs diffèrent",
    ),
    "terraform.state-without": (
        "the root `{root}` has no output `{name}`, and `defaults` gives none",
        "la racine `{root}` n'a pas de sortie `{name}`, et `defaults` n'en donne pas",
    ),
    "terraform.state-cycle": (
        "roots read each other's state in a circle: {names}. What comes out depends on what was applied before, and "
        "isn't known: give one of these outputs a value that doesn't come from a state",
        "des racines lisent leurs états en cercle : {names}. Le résultat dépend de ce qui fut appliqué avant, et n'est "
        "pas connu : donnez à l'une de ces sorties une valeur qui ne vienne pas d'un état",
    ),
    "terraform.too-many-calls": (
        "`module.{name}` isn't followed: calls are nested too deep, or the root has too many of them. What it declares "
        "isn't known: scan a part of it as a root of its own, under `terraform.roots` in sovlint.yaml",
        "`module.{name}` n'est pas suivi : les appels sont trop imbriqués, ou la racine en a trop. Ce qu'il déclare "
        "n'est pas connu : analysez-en une partie comme racine, sous `terraform.roots` dans sovlint.yaml",
    ),
    "terraform.module-stale": (
        "what was fetched for `module.{name}` isn't what its call asks for now, and isn't read: run `terraform init`",
        "ce qui a été téléchargé pour `module.{name}` n'est plus ce que demande son appel, et n'est pas lu : lancez "
        "`terraform init`",
    ),
    "terraform.not-an-index": (
        "this isn't an index of modules: those that were fetched are not read. Run `terraform init` again",
        "ce n'est pas un index de modules : ceux qui ont été téléchargés ne sont pas lus. Relancez `terraform init`",
    ),
    "terraform.not-json": (
        "this values file isn't valid JSON; its values are missing",
        "ce fichier de valeurs n'est pas du JSON valide ; ses valeurs manquent",
    ),
    "terraform.not-json-syntax": (
        "this isn't Terraform's JSON syntax: nothing of the file was read",
        "ce n'est pas la syntaxe JSON de Terraform : rien du fichier n'a été lu",
    ),
    "terraform.values-elsewhere": (
        "the root `{root}` gets values in places that weren't used: {files}. Where they contradict what was read, "
        "neither counts as proved. Name files of values with `--var-file`, or as `variants` under `terraform.roots` in "
        "sovlint.yaml; `sovlint init` drafts those that pipelines show",
        "la racine `{root}` reçoit des valeurs en des endroits qui n'ont pas été utilisés : {files}. Là où elles "
        "contredisent ce qui a été lu, rien n'est prouvé. Nommez les fichiers de valeurs avec "
        "`--var-file`, ou comme `variants` sous `terraform.roots` dans sovlint.yaml ; `sovlint init` propose ceux que "
        "les pipelines montrent",
    ),
    "terraform.values-elsewhere-more": (
        "the root `{root}` gets values in places that weren't used: {files}, and {count} more. Where they contradict "
        "what was read, neither counts as proved. Name files of values with `--var-file`, or as `variants` under "
        "`terraform.roots` in sovlint.yaml; `sovlint init` drafts those that pipelines show",
        "la racine `{root}` reçoit des valeurs en des endroits qui n'ont pas été utilisés : {files}, et {count} autres. "
        "Là où elles contredisent ce qui a été lu, rien n'est prouvé. Nommez les fichiers de valeurs "
        "avec `--var-file`, ou comme `variants` sous `terraform.roots` dans sovlint.yaml ; `sovlint init` propose ceux "
        "que les pipelines montrent",
    ),
    "terraform.values-not-listed": (
        "values files beside the root `{root}` were not used: {files}. Where they contradict what was read, neither "
        "counts as proved. Name them with `--var-file`, or as `variants` under `terraform.roots` in sovlint.yaml",
        "des fichiers de valeurs à côté de la racine `{root}` n'ont pas été utilisés : {files}. Là où ils contredisent "
        "ce qui a été lu, rien n'est prouvé. Nommez-les avec `--var-file`, ou comme `variants` sous `terraform.roots` "
        "dans sovlint.yaml",
    ),
    "terraform.listed": ("listed in `{path}`", "figure dans `{path}`"),
    "terraform.plan-beside": (
        "this plan or state was read as the variant `{variant}` of the root `{root}`, beside its source; name the file "
        "alone to have it read in place of the source",
        "ce plan ou cet état a été lu comme la variante `{variant}` de la racine `{root}`, à côté de sa source ; "
        "nommez ce seul fichier pour qu'il soit lu à la place de la source",
    ),
    "terraform.plan-expression": (
        "the plan only says that this is made of {references}, not how; scanned beside its source it is known",
        "le plan dit seulement que ceci est fait de {references}, pas comment ; à côté de sa source, on le sait",
    ),
    "terraform.plan-not-json": (
        "this plan or state isn't valid JSON ({problem}): nothing of it was read",
        "ce plan ou cet état n'est pas du JSON valide ({problem}) : rien n'en a été lu",
    ),
    "terraform.plan-shape": (
        "this isn't what `terraform show -json` prints: nothing of it was read",
        "ce n'est pas ce qu'affiche `terraform show -json` : rien n'en a été lu",
    ),
    "terraform.plan-version": (
        "this plan or state has the format {version}, which isn't known: nothing of it was read",
        "ce plan ou cet état a le format {version}, qui n'est pas connu : rien n'en a été lu",
    ),
    "terraform.state-version": (
        "this state file has the version {version}, and only version 4 is read: `terraform show -json` prints one that "
        "is",
        "ce fichier d'état a la version {version}, et seule la version 4 est lue : `terraform show -json` en affiche "
        "un qui l'est",
    ),
    "terraform.state-encrypted": (
        "this state is encrypted: nothing of it was read. `tofu show -json` prints what it holds",
        "cet état est chiffré : rien n'en a été lu. `tofu show -json` affiche ce qu'il contient",
    ),
    "terraform.plan-utf-16": (
        "this plan or state is UTF-16, as PowerShell writes by `>`: nothing of it was read. Write it as UTF-8 "
        "(`| Out-File -Encoding utf8 {path}`)",
        "ce plan ou cet état est en UTF-16, comme PowerShell l'écrit par `>` : rien n'en a été lu. Écrivez-le en UTF-8 "
        "(`| Out-File -Encoding utf8 {path}`)",
    ),
    "terraform.plan-binary": (
        "this looks like a saved plan, which only Terraform reads: scan what `terraform show -json {path}` prints",
        "ceci ressemble à un plan enregistré, que seul Terraform lit : analysez ce qu'affiche "
        "`terraform show -json {path}`",
    ),
    "terraform.plan-errored": (
        "planning failed, so this plan lists only what was planned before: the rest wasn't read",
        "la planification a échoué, ce plan ne liste donc que ce qui était prévu avant : le reste n'a pas été lu",
    ),
    "terraform.plan-partial": (
        "this plan isn't complete (resources were targeted or deferred): what it leaves out wasn't read",
        "ce plan n'est pas complet (des ressources étaient ciblées ou différées) : ce qu'il omet n'a pas été lu",
    ),
}
