"""What the SaaS front end says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "saas.written": ("written here", "écrit ici"),
    "saas.vendor-declared": ("vendor named here", "fournisseur nommé ici"),
    "saas.region-declared": ("region named here", "région nommée ici"),
    "saas.no-region": (
        "the inventory names no region for this service",
        "l'inventaire ne donne pas la région de ce service",
    ),
    "saas.unreadable": ("not a readable inventory: {problem}", "inventaire illisible : {problem}"),
    "saas.invalid": ("wrong in this inventory: {problem}", "erreur dans cet inventaire : {problem}"),
    "saas.empty": ("this inventory is empty", "cet inventaire est vide"),
    "saas.duplicate-key": (
        "the key `{name}` stands twice here; only the last one counts",
        "la clé `{name}` figure deux fois ici ; seule la dernière compte",
    ),
    "saas.duplicate-id": (
        "the service `{id}` stands twice in this inventory: give each its own id",
        "le service `{id}` figure deux fois dans cet inventaire : donnez à chacun son propre id",
    ),
}
