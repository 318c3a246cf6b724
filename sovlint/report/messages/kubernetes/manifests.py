"""What is said of manifests, charts and clusters: key -> (English, French)."""

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
    "kubernetes.unreadable": (
        "not a readable manifest: {problem}",
        "manifeste illisible : {problem}",
    ),
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
    "kubernetes.shows.pipeline": (
        "a pipeline or a script deploys it there",
        "un pipeline ou un script l'y déploie",
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
