"""What the Compose front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "compose.profile": (
        "it runs only where the profile `{name}` is on",
        "il ne tourne que si le profil `{name}` est actif",
    ),
    "compose.unreadable": (
        "not a readable Compose file: {problem}",
        "fichier Compose illisible : {problem}",
    ),
    "compose.templated": (
        "a template, not a Compose file that can be read: skipped",
        "un gabarit, pas un fichier Compose lisible : ignoré",
    ),
    "compose.duplicate-key": (
        "the key `{name}` stands twice here, which Compose refuses; the last one is read",
        "la clé `{name}` figure deux fois ici, ce que Compose refuse ; la dernière est lue",
    ),
    "compose.not-a-map": ("`{name}` must be a mapping", "`{name}` doit être une table"),
    "compose.cannot-merge": (
        "`{name}` and what it overrides are of different kinds (a mapping, a list, a value)",
        "`{name}` et ce qu'il remplace sont de natures différentes (table, liste, valeur)",
    ),
    "compose.too-large": (
        "too large to be put together: this project isn't read",
        "trop grand pour être assemblé : ce projet n'est pas lu",
    ),
    "compose.include-cycle": (
        "these files include each other: {chain}",
        "ces fichiers s'incluent l'un l'autre : {chain}",
    ),
    "compose.extends-cycle": (
        "these services extend each other: {chain}",
        "ces services s'étendent l'un l'autre : {chain}",
    ),
    "compose.extends-missing": (
        "there is no service `{name}` to extend",
        "il n'y a pas de service `{name}` à étendre",
    ),
    "compose.missing": (
        "`{path}`, which is named here, isn't there",
        "`{path}`, nommé ici, n'existe pas",
    ),
    "compose.elsewhere": (
        "`{path}` isn't in the repository: what it holds isn't known",
        "`{path}` n'est pas dans le dépôt : son contenu est inconnu",
    ),
    "compose.env-files-absent": (
        "{count} file(s) of variables aren't in the repository, `{path}` first: what they set isn't known",
        "{count} fichier(s) de variables absent(s) du dépôt, dont `{path}` : ce qu'ils fixent est inconnu",
    ),
    "compose.place-declared": ("declared here to run there", "déclaré ici comme lieu d'exécution"),
    "compose.place-undeclared": (
        "nothing says where this Compose project runs (`clusters:` in sovlint.yaml)",
        "rien ne dit où tourne ce projet Compose (`clusters:` dans sovlint.yaml)",
    ),
    "compose.places-overlap": (
        "several entries of `clusters:` match this Compose file, with different places",
        "plusieurs entrées de `clusters:` correspondent à ce fichier Compose, avec des lieux différents",
    ),
    "compose.no-place": (
        "nothing says where {count} service(s) of Compose run, those of this file first: "
        "declare it under `clusters:` in sovlint.yaml",
        "rien ne dit où tournent {count} service(s) Compose, à commencer par ceux de ce fichier : "
        "déclarez-le sous `clusters:` dans sovlint.yaml",
    ),
}
