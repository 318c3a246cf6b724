"""Values of a file without secrets, by the keys under which they stand: what is taken out of its file lost what told
that it is one. More is hidden than in a line of source: after a secret the rest of its line, since a word more may
belong to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.model.decoding import late, late_pattern
from sovlint.model.redaction.redact import HIDDEN, mask, mask_source
from sovlint.model.redaction.secret_names import is_list_of_secrets, is_secret

_NAME: Final = late_pattern(r"[\w.-]+")
_NAMING: Final = frozenset(("name", "key", "id", "parameterkey", "variable"))
"""Keys of an entry whose value says what another one holds."""
_HELD: Final = late(r"(?:parameter|default)?_?(?:value|default|content|data)", re.IGNORECASE)
_FILLED_IN: Final = late(r"\$\{\{ {0,9}[\w.]+ {0,9}\}\}")
"""What is filled in by a CI server, and is all of the value."""
_USER_INFO: Final = late(r"://(?:[^\r\n/?#]*|[^\s/@]*:[^\r\n]*)@")
"""User info of an address, even with blanks in it."""
_TOLD: Final = late(
    r"\b(?:passw(?:or)?d|passphrase|passcode|pass|pin|mot de passe|secret|token|cl[eé]|key)"
    r"[ \t]+(?:is|was|est|=|:)[ \t]+(?=\S)",
    re.IGNORECASE,
)
"""What says in a sentence that a secret follows."""
_LONG: Final = late(
    r"(?<![\w+/])(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[A-Za-z0-9+/]{32,200}"
)
"""Letters of both sizes and digits without an end: a key, whatever its name."""
_ASSIGNED: Final = late(r"(?<==)[^\r\n=]{8,4000}$", re.MULTILINE)
"""What a line sets something to: the line of another file, it may be."""
_REST: Final = late_pattern(rf"{re.escape(HIDDEN)}(?!@)[^\r\n]*")


def without_secrets(value: Any, *keys: str) -> Any:
    """A value of a document without its secrets, given the keys above it, outermost first."""
    return _hidden(value, keys[-1] if keys else "", any(map(_names_secret, keys)))


def in_words(text: str) -> str:
    """A text that stands under no key, without its secrets and what follows one in its line."""
    text = _USER_INFO().sub(f"://{HIDDEN}@", text)
    text = _TOLD().sub(rf"\g<0>{HIDDEN}", mask_source(text))
    text = _ASSIGNED().sub(lambda met: mask(met[0]), text)
    return _REST.sub(HIDDEN, _LONG().sub(HIDDEN, text))


def as_text(value: Any) -> str:
    """A value in one line: a text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _hidden(value: Any, key: str, secret: bool) -> Any:
    if isinstance(value, Mapping):
        return dict(_entries(value, secret))
    if isinstance(value, list | tuple):
        return list(_items(value, key, secret))
    if value is None or isinstance(value, bool):
        return value
    if secret:
        return value if _FILLED_IN().fullmatch(str(value)) else HIDDEN
    if isinstance(value, str):
        return in_words(_beside(key, value))
    return value


def _entries(value: Mapping[Any, Any], secret: bool) -> Iterator[tuple[str, Any]]:
    named = any(
        str(key).lower() in _NAMING and isinstance(each, str) and _names_secret(each)
        for key, each in value.items()
    )
    for key, each in value.items():
        name = str(key)
        held = named and _HELD().fullmatch(name) is not None
        yield in_words(name), _hidden(each, name, secret or held or _names_secret(name))


def _items(value: list[Any] | tuple[Any, ...], key: str, secret: bool) -> Iterator[Any]:
    """Each of a list; after a flag that names a secret, the secret."""
    flagged = False
    for each in value:
        yield _hidden(each, key, secret or flagged)
        flagged = isinstance(each, str) and each.startswith("-") and _names_secret(each)


def _names_secret(name: str) -> bool:
    """Whether all that stands under a key is secret: a glob or an address is no such name."""
    if _NAME.fullmatch(name) is None:
        return False
    return is_secret(name) or is_list_of_secrets(name) or name.lower().endswith("secrets")


def _beside(key: str, text: str) -> str:
    """A text without secrets, as it stands beside a key."""
    told = mask(f"{key}={text}")
    return told.removeprefix(f"{key}=") if key and told.startswith(f"{key}=") else text
