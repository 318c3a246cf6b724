"""What reading files of settings says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "settings.written": ("written here", "écrit ici"),
    "settings.set-here": ("set here", "fixé ici"),
    "settings.default": (
        "the default of `{name}`, which no file here sets",
        "la valeur par défaut de `{name}`, qu'aucun fichier ne fixe ici",
    ),
    "settings.filled": ("a variable fills it in", "une variable le remplit"),
    "settings.kept": (
        "its value is kept elsewhere, as a secret",
        "sa valeur est gardée ailleurs, comme secret",
    ),
    "settings.computed": ("only a run tells its value", "seule une exécution dit sa valeur"),
    "settings.overridden": (
        "`{name}` may be set otherwise on line {line}",
        "`{name}` peut être fixé autrement à la ligne {line}",
    ),
    "settings.variable": (
        "`{name}` is set by no file here: it comes from the environment",
        "aucun fichier ne fixe `{name}` ici : elle vient de l'environnement",
    ),
}
