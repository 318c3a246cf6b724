"""What depends on more than the chart: clusters, networks, randomness. None of it is known."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, text
from sovlint.expressions.templates.running import Execution, TemplateFunction


def _unknown(name: str) -> TemplateFunction:
    def call(run: Execution, *arguments: Any) -> Any:
        return run.unknown(name, *arguments)

    return call


def _no_host(name: Any) -> str:
    """Helm looks no host up unless it is told to."""
    text(name)
    return ""


def _hello() -> str:
    return "Hello!"


def _htpasswd(run: Execution, user: Any, password: Any, algorithm: Any) -> Any:
    """Only the digest without salt is the same each time."""
    if any(map(is_unknown, (user, password, algorithm))):
        return run.unknown("htpasswd", user, password, algorithm)
    if ":" in text(user):
        return f"invalid username: {user}"
    if algorithm != "sha":
        return run.unknown("htpasswd", user, password, algorithm)
    digest = hashlib.sha1(text(password).encode(), usedforsecurity=False).digest()
    return f"{user}:{{SHA}}{base64.b64encode(digest).decode()}"


PLAIN: Mapping[str, Callable[..., Any]] = {"hello": _hello, "getHostByName": _no_host}
FUNCTIONS: Mapping[str, TemplateFunction] = {"htpasswd": _htpasswd} | {
    name: _unknown(name)
    for name in (
        "lookup",
        "randAlphaNum",
        "randAlpha",
        "randAscii",
        "randNumeric",
        "randBytes",
        "randInt",
        "shuffle",
        "uuidv4",
        "bcrypt",
        "genPrivateKey",
        "derivePassword",
        "buildCustomCert",
        "genCA",
        "genCAWithKey",
        "genSelfSignedCert",
        "genSelfSignedCertWithKey",
        "genSignedCert",
        "genSignedCertWithKey",
        "encryptAES",
        "decryptAES",
    )
}
