"""Forms of addresses: what tells one from other texts, and one to fetch from one to call."""

from __future__ import annotations

import re
from typing import Final

from sovlint.model.decoding import late

HOST: Final = late(
    r"\s*(?:[a-z][a-z0-9+.-]*://(?:[^/?#@\s]*@)?|//)?"
    r"(?:(?:[\w\x00*-]+\.)+(?:[a-z\x00][\w\x00-]+)\.?|(?:\d{1,3}\.){3}\d{1,3}(?!/\d+\s*$)|\[[0-9a-f:.]{2,45}\])"
    r"(?::[\d\x00]+)?(?:[/?#,]\S*)?\s*",
    re.IGNORECASE,
)
"""An address with a scheme, a host that has a dot, or the number of one; nothing before or behind it."""
OPEN_HOST: Final = late(
    r"\s*(?:https?://(?:[^/?#@\s]*@)?|//)?(?=[\w.-]*\x00)[\w.\x00-]+(?::[\d\x00]+)?(?:[/?#,]\S*)?\s*",
    re.IGNORECASE,
)
"""The same where a part of the host isn't known, so that nobody can tell whether it has a dot."""
CUT: Final = late(
    r"\s*(?:(?![^:/]*@[^:/]*$)[\w+.-]*\x00(?:\S*|[^;]*;.*)"
    r"|(?!(?:arn|urn|file|unix|data|mailto|tel)\b)[a-z][a-z0-9+.-]+:/\x00\S*"
    r"|(?:server|data source|host|addr(?:ess)?|endpoint|account\w+)\s*=.*\x00.*)\s*",
    re.IGNORECASE | re.DOTALL,
)
"""A text that is an address, or a connection string, if what isn't known in it makes it one: ``\0://db.acme.fr``."""
OPEN_SCHEME: Final = late(r"[\w+.-]*\x00[\w+.-]*://")
WEB: Final = late(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
KEY_IN_IT: Final = late(
    r"//[^/?#@\s]+:[^/?#@\s]*@|[?&](?:code|t|sig|signature|key|api_?key|access_?token|token|secret)=[^&\s]",
    re.IGNORECASE,
)
"""User and password, or a key among the parameters."""
WITHIN: Final = late(
    r"(?<![\w+.-])[a-z][a-z0-9+.-]*://[^\s\"'<>|\\^`{},;()\[\]]+", re.IGNORECASE
)
"""Addresses inside a text."""
AUTHORITY: Final = late(
    r"\s*(?:[a-z][a-z0-9+.:-]*//)?(?:[^/?#\s]*@)?([^/?#;\s]+)", re.IGNORECASE
)
"""The host of an address, and its port."""
FILE: Final = late(
    r"//[^/?#\s]+/\S*\.(?:zip|t?gz|tar|bz2|xz|7z|deb|rpm|jar|whl|exe|dmg|apk|iso|csv|tsv|json|jsonl|ndjson|xml|xsd|ya?ml"
    r"|sql|mmdb|parquet|txt|md|html?|pdf|dat|xlsx?|docx?|png|jpe?g|svg|gif|ico|webp|css|js|mjs|woff2?|ttf|sh|asc|sig|pem|crt|git)"
    r"(?:[?#]\S*)?$",
    re.IGNORECASE,
)
"""A file that is fetched or shown."""
FETCHED: Final = late(r"\s*(?:git(?:\+\w+)?|oci|docker|helm)://", re.IGNORECASE)
"""The address of code, a chart or an image."""
