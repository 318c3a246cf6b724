"""What the front end for configuration files says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "configuration.condition": (
        "it depends on a condition of the template whether it exists",
        "son existence dépend d'une condition du modèle",
    ),
    "configuration.template": (
        "`{path}` is a template: it holds where somebody uses it as it is",
        "`{path}` est un modèle : cela vaut là où on l'utilise tel quel",
    ),
}
