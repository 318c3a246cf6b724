"""What the Kubernetes front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "kubernetes.written": ("written here", "écrit ici"),
    "kubernetes.value-of": ("`{key}` of the {kind} `{name}`", "`{key}` ({kind} `{name}`)"),
    "kubernetes.in-secret": ("held by this secret", "contenu dans ce secret"),
    "kubernetes.value-elsewhere": (
        "the {kind} `{name}` that has the value isn't in this repository",
        "l'objet {kind} `{name}` qui porte la valeur n'est pas dans ce dépôt",
    ),
    "kubernetes.value-encrypted": (
        "the secret `{name}` is encrypted, or isn't text",
        "le secret `{name}` est chiffré, ou n'est pas du texte",
    ),
    "kubernetes.value-in-store": (
        "the secret `{name}` gets it from a secret store, which isn't read",
        "le secret `{name}` le reçoit d'un gestionnaire de secrets, qui n'est pas lu",
    ),
    "kubernetes.labelled": ("data class declared here", "classe de données déclarée ici"),
    "kubernetes.cluster-declared": ("cluster declared here", "cluster déclaré ici"),
    "kubernetes.unreadable": ("not a readable manifest: {problem}", "manifeste illisible : {problem}"),
    "kubernetes.templated": (
        "a template, not a manifest that can be read: what follows this line was skipped",
        "un gabarit, pas un manifeste lisible : ce qui suit cette ligne a été ignoré",
    ),
    "kubernetes.helm-templates": (
        "templates of this Helm chart are not rendered: {count} skipped",
        "les gabarits de ce chart Helm ne sont pas évalués : {count} ignoré(s)",
    ),
    "kubernetes.charts.unreadable": (
        "not readable as a chart's YAML: {problem}",
        "illisible comme YAML d'un chart : {problem}",
    ),
    "kubernetes.charts.templated": (
        "a template, not a chart's file that can be read: skipped",
        "un gabarit, pas un fichier de chart lisible : ignoré",
    ),
    "kubernetes.charts.too-large": (
        "values with those of the charts that this depends on have more than {limit} parts: what follows is left out",
        "avec celles des charts dont il dépend, ces valeurs ont plus de {limit} éléments : la suite est omise",
    ),
    "kubernetes.charts.values-elsewhere": (
        "values of Helm releases come from secrets or config maps that aren't here to read: {count}",
        "des valeurs de releases Helm viennent de secrets ou de config maps qui ne sont pas lisibles ici : {count}",
    ),
    "kubernetes.charts.inline-unreadable": (
        "these values can't be read as YAML: where they lead isn't known",
        "ces valeurs sont illisibles comme YAML : on ignore où elles mènent",
    ),
    "kubernetes.charts.encrypted": (
        "it is encrypted in the repository",
        "c'est chiffré dans le dépôt",
    ),
    "kubernetes.charts.by-default": (
        "the values don't say whether: templates of the chart, which aren't rendered, decide",
        "les valeurs ne le disent pas : les gabarits du chart, qui ne sont pas évalués, en décident",
    ),
    "kubernetes.charts.switched-off": (
        "it is under `enabled: false`, but only templates, which aren't rendered, say what that is for",
        "c'est sous `enabled: false`, mais seuls les gabarits, qui ne sont pas évalués, disent à quoi cela sert",
    ),
    "kubernetes.unapplied": (
        "{count} object(s) of Flux or Argo CD, `{name}` first, change what they deploy (`{field}`): that isn't applied "
        "here, so what it changes isn't judged; put it into a kustomization of the repository",
        "{count} objet(s) de Flux ou d'Argo CD, `{name}` d'abord, modifient ce qu'ils déploient (`{field}`) : ce n'est "
        "pas appliqué ici, et ce que cela change n'est donc pas jugé ; placez-le dans une kustomization du "
        "dépôt, qui est construite",
    ),
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
    "kubernetes.duplicate-key": (
        "the key `{name}` stands twice here; the last one counts",
        "la clé `{name}` figure deux fois ici ; la dernière compte",
    ),
    "kubernetes.nameless": (
        "an object without `metadata.name` was not read",
        "un objet sans `metadata.name` n'a pas été lu",
    ),
    "kubernetes.shows.provisioner": (
        "provisioner `{name}`: whose volumes the cluster has",
        "provisionneur `{name}` : à qui sont les volumes du cluster",
    ),
    "kubernetes.shows.storage-class": (
        "storage class `{name}`, which one provider's clusters come with",
        "classe de stockage `{name}`, livrée avec les clusters d'un seul fournisseur",
    ),
    "kubernetes.shows.node-label": (
        "nodes must have the label `{name}`",
        "les nœuds doivent porter l'étiquette `{name}`",
    ),
    "kubernetes.shows.annotation": (
        "annotation `{name}`, which one provider's clusters act on",
        "annotation `{name}`, que les clusters d'un fournisseur prennent en compte",
    ),
    "kubernetes.shows.ingress-class": (
        "ingress class `{name}`, which one provider's clusters act on",
        "classe d'ingress `{name}`, que les clusters d'un fournisseur prennent en compte",
    ),
    "kubernetes.shows.later": (
        "what would show whose cluster this is gets filled in later (`{text}`)",
        "ce qui montrerait à qui est ce cluster est complété plus tard (`{text}`)",
    ),
    "kubernetes.shows.created": (
        "this leads to the cluster that `{address}` makes",
        "ceci mène au cluster que crée `{address}`",
    ),
    "kubernetes.deploys-elsewhere": (
        "it is deployed to another cluster than its own, and nothing in the repository shows where that one runs",
        "cela se déploie sur un autre cluster que le sien, et rien dans le dépôt ne montre où tourne celui-là",
    ),
    "kubernetes.shows.destination": (
        "the API server that Argo CD deploys to",
        "le serveur d'API vers lequel Argo CD déploie",
    ),
    "kubernetes.shows.kubeconfig": (
        "the API server in a kubeconfig",
        "le serveur d'API d'un kubeconfig",
    ),
    "kubernetes.cluster-undeclared": (
        "nothing in the repository shows where its cluster runs, and none is declared for it (`clusters:` in "
        "sovlint.yaml, with `paths`, `provider` and `region`)",
        "rien dans le dépôt ne montre où tourne son cluster, et aucun n'est déclaré pour lui (`clusters:` dans "
        "sovlint.yaml, avec `paths`, `provider` et `region`)",
    ),
    "kubernetes.clusters-overlap": (
        "several entries of `clusters:` match this manifest, with different places",
        "plusieurs entrées de `clusters:` correspondent à ce manifeste, avec des lieux différents",
    ),
    "kubernetes.several-clusters": (
        "several entries of `clusters:` in sovlint.yaml match {count} object(s), with different places, those in this "
        "file first: let one of them match",
        "plusieurs entrées de `clusters:` de sovlint.yaml correspondent à {count} objet(s), avec des lieux différents, "
        "à commencer par ceux de ce fichier : qu'une seule y corresponde",
    ),
    "kubernetes.later-clusters": (
        "which cluster {count} object(s) land on gets filled in later, those in this file first: declare that under "
        "`clusters:` in sovlint.yaml",
        "sur quel cluster aboutissent {count} objet(s) n'est complété que plus tard, à commencer par ceux-ci : "
        "déclarez-le sous `clusters:` dans sovlint.yaml",
    ),
    "kubernetes.no-cluster": (
        "nothing says where the cluster of {count} object(s) runs, those in this file first: "
        "declare it under `clusters:` in sovlint.yaml",
        "rien ne dit où tourne le cluster de {count} objet(s), à commencer par ceux de ce fichier : "
        "déclarez-le sous `clusters:` dans sovlint.yaml",
    ),
}
