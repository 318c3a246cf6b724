"""What is said of the configuration beyond errors: rules that apply to nothing."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "config.unused-path": (
        "the glob `{glob}` under `data.paths` matches no file: it gives its classes to nothing",
        "le motif `{glob}` sous `data.paths` ne correspond à aucun fichier : il n'attribue ses classes à rien",
    ),
    "config.unused-cluster": (
        "the globs of this cluster match no file ({glob}): nothing is placed by it",
        "les motifs de ce cluster ne correspondent à aucun fichier ({glob}) : il ne situe rien",
    ),
    "config.unused-root": (
        "the root `{glob}` matches no folder",
        "la racine `{glob}` ne correspond à aucun dossier",
    ),
}
