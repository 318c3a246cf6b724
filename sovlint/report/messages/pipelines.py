"""What reading configurations of pipelines says: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "pipelines.written": ("configured here", "configuré ici"),
}
