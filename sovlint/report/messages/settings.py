"""What reading files of settings says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "settings.written": ("written here", "écrit ici"),
    "settings.set-here": ("set here", "fixé ici"),
    "settings.default": (
        "the default of `{name}`, which no file here sets",
        "la valeur par défaut de `{name}`, qu'aucun fichier ne fixe ici",
    ),
    "settings.variable": (
        "`{name}` is set by no file here: it comes from the environment",
        "aucun fichier ne fixe `{name}` ici : elle vient de l'environnement",
    ),
}
