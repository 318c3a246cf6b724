"""What is said of the configuration beyond errors: rules that apply to nothing."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "config.unused-path": (
        "the glob `{glob}` under `data.paths` matches no file: it gives its classes to nothing",
        "le motif `{glob}` sous `data.paths` ne correspond à aucun fichier : il n'attribue ses classes à rien",
    ),
    "config.unused-address": (
        "the glob `{glob}` under `data.addresses` matches no address: it gives its classes to nothing",
        "le motif `{glob}` sous `data.addresses` ne correspond à aucune adresse : il n'attribue ses classes à rien",
    ),
    "config.unused-cluster": (
        "the glob `{glob}` of this cluster matches no file: nothing is placed by it",
        "le motif `{glob}` de ce cluster ne correspond à aucun fichier : il ne situe rien",
    ),
    "config.unused-attestation": (
        "the glob `{glob}` of this attestation matches nothing: it vouches for nothing there",
        "le motif `{glob}` de cette attestation ne correspond à rien : elle n'y atteste rien",
    ),
    "config.unused-exclude": (
        "the glob `{glob}` under `exclude` matches nothing: it leaves nothing out",
        "le motif `{glob}` sous `exclude` ne correspond à rien : il n'écarte rien",
    ),
    "config.unused-root": (
        "the root `{glob}` matches no folder",
        "la racine `{glob}` ne correspond à aucun dossier",
    ),
}
