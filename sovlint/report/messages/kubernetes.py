"""What the Kubernetes front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "kubernetes.written": ("written here", "écrit ici"),
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
    "kubernetes.kustomization": (
        "this Kustomization is not built: the manifests that it lists are read as they stand",
        "cette Kustomization n'est pas construite : les manifestes qu'elle cite sont lus tels quels",
    ),
    "kubernetes.duplicate-key": (
        "the key `{name}` stands twice here; the last one counts",
        "la clé `{name}` figure deux fois ici ; la dernière compte",
    ),
    "kubernetes.nameless": (
        "an object without `metadata.name` was not read",
        "un objet sans `metadata.name` n'a pas été lu",
    ),
    "kubernetes.cluster-undeclared": (
        "no cluster is declared for it (`clusters:` in sovlint.yaml)",
        "aucun cluster n'est déclaré pour lui (`clusters:` dans sovlint.yaml)",
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
    "kubernetes.no-cluster": (
        "nothing says where the cluster of {count} object(s) runs, those in this file first: "
        "declare it under `clusters:` in sovlint.yaml",
        "rien ne dit où tourne le cluster de {count} objet(s), à commencer par ceux de ce fichier : "
        "déclarez-le sous `clusters:` dans sovlint.yaml",
    ),
}
