"""How data classes got where they are, and the flows that carry them: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # data classes
    "resolve.class-declared": (
        "data class declared here by `{key}`",
        "classe de données déclarée ici par `{key}`",
    ),
    "resolve.class-declared-somehow": (
        "each value that this may have declares the same class",
        "chaque valeur possible ici déclare la même classe",
    ),
    "resolve.key-strange": ("the key stands here", "la clé est ici"),
    "resolve.class-configured": (
        "data class declared in the configuration here",
        "classe de données déclarée dans la configuration ici",
    ),
    "resolve.class-intrinsic": (
        "`{type}` holds this kind of data by its nature",
        "`{type}` contient ce type de données par nature",
    ),
    "resolve.class-of-image": (
        "the image `{image}` is software for this kind of data",
        "l'image `{image}` est un logiciel destiné à ce type de données",
    ),
    "resolve.class-inferred": (
        "the name `{name}` suggests it (`{term}`); nobody declared it",
        "le nom `{name}` le suggère (`{term}`) ; personne ne l'a déclaré",
    ),
    "resolve.class-assumed": ("assumed by `--assume {name}`", "supposé par `--assume {name}`"),
    "resolve.class-propagated": (
        "data of `{address}` comes here ({kind})",
        "les données de `{address}` arrivent ici ({kind})",
    ),
    "resolve.flow-here": ("declared here: {kind}", "déclaré ici : {kind}"),
    "resolve.flow-replication": ("replication", "réplication"),
    "resolve.flow-backup": ("backup", "sauvegarde"),
    "resolve.flow-restore": ("restore", "restauration"),
    "resolve.flow-export": ("export", "export"),
    "resolve.flow-events": ("events", "événements"),
    "resolve.flow-logs": ("logs", "journaux"),
    "resolve.flow-mount": ("mount", "montage"),
    "resolve.flow-config": ("configuration", "configuration"),
    "resolve.flow-call": ("call", "appel"),
    "resolve.flow-database": ("database", "base de données"),
    "resolve.flow-sub-processing": ("sub-processing", "sous-traitance ultérieure"),
    "resolve.hosted-here": ("this file says where it runs", "ce fichier dit où cela tourne"),
    "resolve.sent-here": (
        "data is sent there by `{key}`",
        "des données y sont envoyées par `{key}`",
    ),
}
