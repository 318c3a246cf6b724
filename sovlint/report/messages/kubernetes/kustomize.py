"""What Kustomize is said to do, and what is wrong with it: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "kubernetes.kustomize.unreadable": (
        "not readable as YAML: {problem}",
        "illisible comme YAML : {problem}",
    ),
    "kubernetes.kustomize.too-many": (
        "leads to more than {count} kustomizations: not built",
        "mène à plus de {count} kustomizations : non construite",
    ),
    "kubernetes.kustomize.too-large": (
        "too large to be built: what follows is left out",
        "trop grande pour être construite : la suite est omise",
    ),
    "kubernetes.kustomize.no-kustomization": (
        "`{path}` has no kustomization",
        "`{path}` n'a pas de kustomization",
    ),
    "kubernetes.kustomize.file-unreadable": (
        "the kustomization of `{path}` can't be read",
        "la kustomization de `{path}` est illisible",
    ),
    "kubernetes.kustomize.cycle": (
        "these kustomizations use each other: {chain}",
        "ces kustomizations s'utilisent l'une l'autre : {chain}",
    ),
    "kubernetes.kustomize.component": (
        "`{path}` is no component (`kind: Component`)",
        "`{path}` n'est pas un composant (`kind: Component`)",
    ),
    "kubernetes.kustomize.no-component": (
        "`{path}` is a component: it belongs under `components`",
        "`{path}` est un composant : sa place est sous `components`",
    ),
    "kubernetes.kustomize.twice": (
        "{kind} `{name}` is there twice",
        "{kind} `{name}` figure deux fois",
    ),
    "kubernetes.kustomize.missing": (
        "`{path}`, which this kustomization names, isn't there",
        "`{path}`, que nomme cette kustomization, n'existe pas",
    ),
    "kubernetes.kustomize.remote": (
        "`{path}` lies elsewhere and isn't fetched: what it holds isn't known",
        "`{path}` se trouve ailleurs et n'est pas récupéré : son contenu est inconnu",
    ),
    "kubernetes.kustomize.outside": (
        "`{path}` lies outside of the repository and isn't read",
        "`{path}` se trouve hors du dépôt et n'est pas lu",
    ),
    "kubernetes.kustomize.absent": (
        "`{path}` isn't in the repository: what it holds isn't known",
        "`{path}` n'est pas dans le dépôt : son contenu est inconnu",
    ),
    "kubernetes.kustomize.helm": (
        "the Helm chart `{name}` isn't rendered: what it makes isn't known",
        "le chart Helm `{name}` n'est pas évalué : ce qu'il produit est inconnu",
    ),
    "kubernetes.kustomize.program": (
        "`{path}` needs a program to run: what it does isn't known",
        "`{path}` demande d'exécuter un programme : ce qu'il fait est inconnu",
    ),
    "kubernetes.kustomize.nameless": (
        "a generator without a name",
        "un générateur sans nom",
    ),
    "kubernetes.kustomize.literal": (
        "`{text}` is no key with a value (`key=value`)",
        "`{text}` n'est pas une clé avec une valeur (`clé=valeur`)",
    ),
    "kubernetes.kustomize.repeated": (
        "the key `{name}` is there twice",
        "la clé `{name}` figure deux fois",
    ),
    "kubernetes.kustomize.content-unknown": (
        "`{path}` can't be read: the content of `{name}`, and the end of its name, aren't known",
        "`{path}` ne peut pas être lu : le contenu de `{name}` et la fin de son nom sont inconnus",
    ),
    "kubernetes.kustomize.patch-type": (
        "the patch and what it changes are of different kinds (a mapping, a list, a value)",
        "le patch et ce qu'il modifie sont de natures différentes (table, liste, valeur)",
    ),
    "kubernetes.kustomize.directive": (
        "`$patch: {text}` means nothing: delete, replace or merge",
        "`$patch: {text}` ne veut rien dire : delete, replace ou merge",
    ),
    "kubernetes.kustomize.operation": (
        "`{text}` is no operation of a JSON patch with a path",
        "`{text}` n'est pas une opération de patch JSON avec un chemin",
    ),
    "kubernetes.kustomize.patch-test": (
        "the test of `/{path}` fails",
        "le test de `/{path}` échoue",
    ),
    "kubernetes.kustomize.patch-path": (
        "there is no `/{path}` in what the patch changes",
        "il n'y a pas de `/{path}` dans ce que le patch modifie",
    ),
    "kubernetes.kustomize.pattern": (
        "the pattern `{text}` isn't valid, or too costly to try",
        "le motif `{text}` n'est pas valide, ou trop coûteux à essayer",
    ),
    "kubernetes.kustomize.selector": (
        "`{text}` is no label selector",
        "`{text}` n'est pas un sélecteur d'étiquettes",
    ),
    "kubernetes.kustomize.same-name": (
        "in this namespace two objects are called `{name}`",
        "dans cet espace de noms, deux objets s'appellent `{name}`",
    ),
    "kubernetes.kustomize.not-a-map": (
        "a mapping is needed here",
        "il faut une table ici",
    ),
    "kubernetes.kustomize.not-a-list": (
        "`{name}` must be a list",
        "`{name}` doit être une liste",
    ),
    "kubernetes.kustomize.no-workload": (
        "no workload is called `{name}`",
        "aucune charge de travail ne s'appelle `{name}`",
    ),
    "kubernetes.kustomize.no-selector": (
        "this patch doesn't say what it changes (`target`)",
        "ce patch ne dit pas ce qu'il modifie (`target`)",
    ),
    "kubernetes.kustomize.several-patches": (
        "several patches can't have one `target`",
        "plusieurs patchs ne peuvent avoir un seul `target`",
    ),
    "kubernetes.kustomize.no-target": (
        "`{name}`, which is named here, isn't among the objects",
        "`{name}`, nommé ici, n'est pas parmi les objets",
    ),
    "kubernetes.kustomize.target-unknown": (
        "`{name}`, which is named here, may be among what isn't read",
        "`{name}`, nommé ici, est peut-être dans ce qui n'est pas lu",
    ),
    "kubernetes.kustomize.several-targets": (
        "several objects are called `{name}`",
        "plusieurs objets s'appellent `{name}`",
    ),
    "kubernetes.kustomize.ambiguous": (
        "`{name}` may mean several objects",
        "`{name}` peut désigner plusieurs objets",
    ),
    "kubernetes.kustomize.unknown-key": (
        "`{name}` is no key of a kustomization: passed over",
        "`{name}` n'est pas une clé de kustomization : ignorée",
    ),
    "kubernetes.kustomize.not-one-document": (
        "a kustomization is one mapping in one document",
        "une kustomization est une seule table dans un seul document",
    ),
    "kubernetes.kustomize.no-object": (
        "this is no object (`apiVersion`, `kind`, `metadata.name`)",
        "ceci n'est pas un objet (`apiVersion`, `kind`, `metadata.name`)",
    ),
    "kubernetes.kustomize.replacement": (
        "a replacement needs a source and targets",
        "un remplacement demande une source et des cibles",
    ),
    "kubernetes.kustomize.no-field": (
        "`{name}` has no field `{path}`",
        "`{name}` n'a pas de champ `{path}`",
    ),
    "kubernetes.kustomize.in-text": (
        "`{path}` leads into a text of `{name}`, which isn't written anew here: it counts as unknown",
        "`{path}` mène dans un texte de `{name}`, qui n'est pas réécrit ici : il compte comme inconnu",
    ),
    "kubernetes.kustomize.delimiter": (
        "what `{text}` is to divide isn't a text with that many parts",
        "ce que `{text}` doit diviser n'est pas un texte comptant autant de parties",
    ),
    "kubernetes.kustomize.empty": (
        "neither a file nor a text is given",
        "ni fichier ni texte n'est donné",
    ),
}
