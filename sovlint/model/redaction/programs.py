"""Programs that take a secret as a word of their command line, or as what a subcommand sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.model.decoding import LatePattern, late
from sovlint.model.redaction.patterns import NEXT, QUOTE, WORD
from sovlint.model.redaction.secret_values import (
    SecretRange,
    SecretRule,
    literal_in,
    value_at,
)

_BETWEEN: Final = late(NEXT)
_ALIAS: Final = late(
    rf"\b(?:alias{NEXT}set|host{NEXT}add){NEXT}{WORD}{NEXT}{WORD}(?P<first>{NEXT})(?!-)",
    re.IGNORECASE,
)
_ASSIGNS: Final = late(
    r"\b(?:kv put|vault write|(?:secrets?|variables|vars|env)[ :]set|config:set)\b(?P<rest>[^;|&\r\n]{0,2000})"
)
_ASSIGNED: Final = late(r"""[\s"'][\w.-]{1,100}=""")
_NAMED_SECRET: Final = late(
    rf"\b(?:config{NEXT}set{NEXT}--secret|env:set|secret{NEXT}put){NEXT}[\w.:/-]{{1,100}}{NEXT}(?![-<|>])"
)
"""Subcommands that take the name of a secret, then the secret."""

_PROGRAMS: Final = {
    "mysql": (r"mysql\w*", "-p", False),
    "mariadb": (r"mariadb[\w-]*", "-p", False),
    "sshpass": ("sshpass", "-p", True),
    "login": ("login", "-p", True),
    "mongo": (r"mongo\w*", "-p", True),
    "redis-cli": ("redis-cli", "-a", True),
    "ldap": (r"ldap\w+", "-w", True),
    "sqlcmd": ("sqlcmd", "-P", True),
    "bcp": ("bcp", "-P", True),
    "mosquitto": (r"mosquitto_\w+", "-P", True),
    "http": (r"https?|xh", "-(?:a|-auth)", True),
    "zip": (r"zip|unzip", "-P", True),
    "7z": (r"7z\w?", "-p", False),
    "openssl": ("openssl", "-(?:k|K|hmac)", True),
    "restic": ("restic", "-P", True),
    "secret set": ("secret set", "(?:-b|--body)", True),
    "put-parameter": ("put-parameter", "--value", True),
    "vault login": ("vault login", "", True),
    "auth": (r"(?:snyk|ngrok|flyctl|doppler)[ \t]{1,9}(?:config[ \t]{1,9})?auth", "", True),
    "auth init": ("auth init", "-t", True),
    "curl": ("curl", "-b", True),
    "influx": ("influx", "-t", True),
    "codecov": ("codecov", "-t", True),
    "doctl": ("doctl", "-t", True),
    "doppler": ("doppler", "-t", True),
    "cqlsh": ("cqlsh", "-p", True),
    "nuget push": (r"nuget[ \t]{1,9}push", "-k", True),
    "ssh-keygen": ("ssh-keygen", "-N", True),
    "htpasswd": (r"htpasswd[ \t]{1,9}-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}(?:[ \t]{1,9}[^\s-]{1,200}){2}", "", True),
    "age": (r"age-plugin-\w{1,20}", "-i", True),
}  # fmt: skip
"""Programs, how each is called in a pattern, its flag for a secret, and whether that may stand as a word of its own."""


def _flag(program: str, flag: str, apart: bool) -> LatePattern:
    after = rf"(?:=|{NEXT}(?!-))?" if apart else ""
    before = r"[^;|&]{0,600}?[\s\"',\[]" if flag else ""
    return late(
        rf"(?<![\w-])(?:{program})(?={QUOTE}|\s|,){before}(?:{flag}){after}(?=[^\s-])",
        re.DOTALL,
    )


def word_after(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """What follows as a word of a command line, which may be in quotes."""
    yield from literal_in(text, value_at(text, met.end()))


def _alias(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    first = value_at(text, met.end())
    if first is None:
        return
    yield from literal_in(text, first)
    between = _BETWEEN().match(text, first[1])
    if between is not None:
        yield from word_after(text, between)


def _assignments(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    for inner in _ASSIGNED().finditer(text, met.start("rest"), met.end("rest")):
        yield from word_after(text, inner)


RULES: Final[tuple[tuple[tuple[str, ...], LatePattern, SecretRule], ...]] = (
    (("alias", "host"), _ALIAS, _alias),
    (("put", "write", "set"), _ASSIGNS, _assignments),
    (("--secret", "env:set", "secret"), _NAMED_SECRET, word_after),
    *(((word,), _flag(*rest), word_after) for word, rest in _PROGRAMS.items()),
)
