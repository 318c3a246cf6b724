"""What discovery says: why a file isn't read, and what was left aside."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "discover.gone": (
        "changed files that aren't there count as deleted: {count}, {path} first",
        "les fichiers changés qui n'existent pas comptent comme supprimés : {count}, d'abord {path}",
    ),
    "discover.absent": ("there is no such file", "ce fichier n'existe pas"),
    "discover.outside": (
        "it lies outside the repository, and nothing there is read",
        "il se trouve hors du dépôt, et rien n'y est lu",
    ),
    "discover.git-internal": (
        "it belongs to git itself, and isn't read",
        "il appartient à git même, et n'est pas lu",
    ),
    "discover.not-a-file": (
        "it is not a regular file (a folder, a pipe or a device), and isn't opened",
        "ce n'est pas un fichier ordinaire (un dossier, un tube ou un périphérique), et il n'est pas ouvert",
    ),
    "discover.too-large": ("it is larger than {limit} MiB", "il dépasse {limit} Mio"),
    "discover.binary": ("it is binary, not text", "il est binaire : ce n'est pas du texte"),
    "discover.not-utf-8": (
        "it is not UTF-8 text (line {line})",
        "ce n'est pas du texte en UTF-8 (ligne {line})",
    ),
    "discover.unreadable": ("it can't be read: {problem}", "il ne peut pas être lu : {problem}"),
    "discover.folder-unreadable": (
        "the folder `{path}` can't be listed ({problem}): nothing in it was read",
        "le dossier `{path}` ne peut pas être listé ({problem}) : rien n'y a été lu",
    ),
    "discover.ignore-file-unreadable": (
        "`{path}` can't be read ({problem}): it ignores nothing",
        "`{path}` ne peut pas être lu ({problem}) : il n'écarte rien",
    ),
    "discover.never-scanned": (
        "`{path}` is part of a folder that is never scanned",
        "`{path}` fait partie d'un dossier qui n'est jamais analysé",
    ),
    "discover.excluded": (
        "`{path}` was asked for, but the configuration excludes it",
        "`{path}` a été demandé, mais la configuration l'exclut",
    ),
    "discover.link-outside": (
        "the link `{path}` leads out of the repository: what it points at was not read",
        "le lien `{path}` mène hors du dépôt : sa cible n'a pas été lue",
    ),
    "discover.link-broken": (
        "the link `{path}` points at nothing",
        "le lien `{path}` ne pointe sur rien",
    ),
    "discover.link-unlisted": (
        "the link `{path}` points at `{target}`, a folder that is left aside: nothing in it was read",
        "le lien `{path}` pointe sur `{target}`, un dossier laissé de côté : rien n'y a été lu",
    ),
}
