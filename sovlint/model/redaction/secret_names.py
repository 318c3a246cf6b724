"""Which names are those of secrets, and which values beside such a name are none: references, switches, blanks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sovlint.model.decoding import late

_SECRET: Final = late(
    r"passw(?:or)?d|passphrase|passcode|motdepasse|secret|token|credential|apikey|accesskey|privatekey|authorization"
    r"|(?:store|key|bind|db)(?:pass|pw)$|sessid|snmpcommunity|clea(?:pi|cces)|clepriv"
)
"""What names a secret wherever it stands in a word: ``mypassword``, ``PGPASSWORD``, ``authtoken``."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SECRET_WORDS: Final = _words(
    "pass pw pwd jwt sas sig signature cookie auth creds cred requirepass masterauth otp totp bearer"
    " psk hmac pepper mdp jeton salt"
)
"""What does so as a whole word alone: ``DB_PASS``, and no ``compass``."""
_ABOUT: Final = _words(
    """name names url urls uri endpoint host hostname path paths file files filename dir directory folder id ids arn
    arns ttl expiry expiration expires expire lifetime timeout duration age length size type types kind region zone
    version versions provider providers rotation rotate days hours minutes seconds period enabled enable disabled
    required
    require count limit quota policy policies algorithm alg ref refs reference references store stores vault issuer
    audience prefix suffix format class source sources bucket role roles group groups user username encoding manager
    engine backend mount namespace label mode method methods scope scopes parameter parameters ring template rule rules
    validation min max lower upper special server port domain location header headers stdin from env strategy
    description status usage permissions chars selector projection review reviews request body provided"""
)
"""What a name ends with that tells something of a secret, or where it is kept: ``TOKEN_URL``, ``secret_name``."""
_NEVER: Final = _words("existing permissions")
"""What makes a name none of a secret wherever it stands."""
_MANY: Final = late(
    r"(?:passw(?:or)?ds|passphrases|tokens|keys|credentials|creds|salts)$", re.IGNORECASE
)
_NO_KEY: Final = _words(
    """public partition sort hash range primary foreign routing kms cache object s3 tag label annotation topology row
    document dedup node map index field column parent composite idempotency state message shard host group event metric
    property remote time log ssm"""
)
"""Before ``key``: the key of a table, a map or an object, or one that is public or kept elsewhere."""
_WORDS: Final = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_NO_SECRET: Final = late(
    r"""(?:true|false|null|none|nil|yes|no|on|off|~|\**|optional|required|string|bool|disabled|enabled)$
      | [|>][-+\d]{0,2}$
      | &\w+$ | \*\w+$
      | \$\{[\w.:\[\]"'/-]+\}$ | \$\w+$ | %\w+%$ | <[\w -]+>$            # a variable alone""",
    re.IGNORECASE | re.VERBOSE,
)
_REFERENCE: Final = late(
    r"""\$\{\{ | \{\{ | \{%\s | <<\s | <%= | !\w | \$\( | %\(\w+\) | @\( | [{\[]   # filled in, or no text
      | arn:[\w-]+: | [a-z][a-z0-9+.-]{1,30}://""",
    re.IGNORECASE | re.VERBOSE,
)
_EXPRESSION: Final = late(
    r"(?:var|local|data|module|each|self|path|count|dependency|include|inputs|values|secrets|env|process|os"
    r"|[a-z][a-z0-9]*_\w+)\.[A-Za-z_]|[A-Za-z_][\w.]*\("
)


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Whether what has this name (of a variable, a flag, a key, a header) is a secret."""
    words = [each.lower() for each in _WORDS().findall(name.replace("é", "e"))]
    if not words or words[0] in ("no", "without"):
        return False
    joined = "".join(words)
    if joined.endswith(("accesskeyid", "accesskey")):
        return True
    if words[-1] in _ABOUT or words[-1] == "secrets" or not _NEVER.isdisjoint(words):
        return False
    if words[0] == "x" and words[-1] == "team":
        return True
    if _SECRET().search(joined) or not _SECRET_WORDS.isdisjoint(words):
        return True
    return _is_key(words, name)


def _is_key(words: list[str], name: str) -> bool:
    for before, word in zip(["", *words], words, strict=False):
        if word in ("key", "keys") or word.endswith(("apikey", "seckey")):
            return before not in _NO_KEY if before else name.isupper()
    return False


def is_list_of_secrets(name: str) -> bool:
    """Whether each item of a list of this name is a secret: under ``passwords`` it is, under ``auth`` it needn't be."""
    return _MANY().search(name) is not None


def is_literal(value: str) -> bool:
    """Whether a value is written out, and not a reference, a switch or nothing."""
    value = value.strip()
    return bool(value) and _NO_SECRET().match(value) is None and not is_reference(value)


def is_reference(value: str) -> bool:
    """Whether a value begins as what is filled in by something, or as the address of something."""
    return _REFERENCE().match(value) is not None


def is_expression(value: str) -> bool:
    """Whether what stands without quotes after a name is an expression, such as ``var.token`` or ``file(...)``."""
    return _EXPRESSION().match(value) is not None
