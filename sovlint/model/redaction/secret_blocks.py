"""Blocks of source whose every value is a secret: a Secret of Kubernetes, a variable that is sensitive, a text of XML.

What says so stands on another line than the secret. Each pattern looks no further than a bounded stretch of the text.
A stretch without length says that a rule has looked so far, and needn't again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.model.decoding import LatePattern, late
from sovlint.model.redaction.patterns import QUOTE
from sovlint.model.redaction.secret_names import is_literal, is_secret
from sovlint.model.redaction.secret_values import (
    PLAIN,
    SecretRange,
    SecretRule,
    assigned_at,
    literal_in,
    map_below,
    value_at,
)

_FAR: Final = 8_000
"""A block is no longer, in characters, or its end isn't looked for."""

_SECRET_MAP: Final = late(rf"(?P<key>stringData){QUOTE}?[ \t]{{0,9}}:")
_TEXT_BELOW: Final = late(r"[ \t]{0,9}[|>]")
_SECRET_OBJECT: Final = late(
    r"""^(?P<indent>[ \t]{0,40}(?:-[ ])?)["']?kind["']?:[ \t]*["']?Secret["']?,?[ \t]*\r?$
      | "kind":[ ]?"Secret"
      | \{[^{}\r\n]{0,200}\bkind:[ ]?Secret\b""",
    re.MULTILINE | re.VERBOSE,
)
_OBJECT_END: Final = late(r"^(?:---|\s{0,40}- (?:apiVersion|kind):)", re.MULTILINE)
_DATA: Final = late(r"""(?:^|[{,\s])(?P<key>["']?data["']?)[ \t]{0,9}:""", re.MULTILINE)
_LITERALS: Final = late(r"^[ \t]{0,40}-?[ ]?(?:literals|envs):", re.MULTILINE)
_GENERATOR: Final = late(r"\bsecretGenerator:")

_HCL_BLOCK: Final = late(
    r"""^(?P<indent>[ \t]{0,40})(?:variable[ \t]+"(?P<variable>[\w-]{1,200})"
          | (?:resource|ephemeral|data)[ \t]+"(?P<type>[\w-]{1,200})"[^{\r\n]{0,300}
          | output[ \t]+"[\w-]{1,200}")[ \t]*\{""",
    re.MULTILINE | re.VERBOSE,
)
_SET_SENSITIVE: Final = late(
    r"^(?P<indent>[ \t]{0,40})set_sensitive(?:_wo)?[ \t]*=?[ \t]*\[?\{", re.MULTILINE
)
_SAYS_SO: Final = late(r"\b(?:sensitive|masked|secure)[ \t]*=[ \t]*true\b|\bSecureString\b")
_HOLDS: Final = late(
    r"""^[ \t]*(?:(?:string|plaintext|default|secret|payload|\w{1,40}_)?_?
        (?:value|default|data|plaintext|payload|content|text)(?:_json|_base64|_wo)?)[ \t]*=[ \t]*""",
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_WRITTEN: Final = late(r"""["\[<]|[a-z]\w{0,60}\(|[^\r\n]{1,200} \? """)
"""How a value of HCL begins that may hold a text."""
_LOOP: Final = late(r"[\[{]\s{0,80}for\b")
_OF_SECRETS: Final = late(r"(?:^|_)(?:secret|password|credential|token|api_?key)(?:_|s_|$)")
_KEPT_ELSEWHERE: Final = late(r"(?:policy|rotation|iam|member|binding|access|replica)\w*$")
_SECURE: Final = late(r"""\bSecureString\b|["']type["']:[ ]?["']password["'],""")
_VALUE: Final = late(rf"\bvalue{QUOTE}?[ \t]{{0,40}}[:=][ \t]{{0,40}}", re.IGNORECASE)

_ELEMENT: Final = late(
    r"<(?P<name>[\w.:-]{2,100})(?:\s[^<>]{0,300})?>(?P<value>[^<]{1,4000})(?=</)"
)
_ENTRY: Final = late(
    r"""<[^<>]{1,200}\b(?:name|key)=["'](?P<name>[\w.:/-]{2,200})["'][^<>]{0,200}>(?:\s{0,80}<value>)?
        (?P<value>[^<>]{1,4000})(?=</)""",
    re.VERBOSE | re.IGNORECASE,
)


def _map(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if _TEXT_BELOW().match(text, met.end()) is None:
        yield from map_below(text, met.start("key"), met.end())


def _object(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """What lies under ``data`` of an object of the kind ``Secret``, before or after the kind."""
    start, end = _around(text, met.start())
    for data in _DATA().finditer(text, start, end):
        yield from map_below(text, data.start("key"), data.end())
    yield end, end


def _around(text: str, at: int) -> SecretRange:
    """From where to where the object of YAML or JSON may go that has something at ``at``."""
    first, last = max(0, at - _FAR), min(len(text), at + _FAR)
    ends = [each.start() for each in _OBJECT_END().finditer(text, first, last)]
    before = [each for each in ends if each <= at]
    after = [each for each in ends if each > at]
    return (before[-1] if before else first), (after[0] if after else last)


def _generator(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """The literals of a generator of secrets, up to the next key at its own depth."""
    end = re.compile(r"^[A-Za-z]", re.MULTILINE).search(text, met.end(), met.end() + _FAR)
    last = end.start() if end is not None else min(len(text), met.end() + _FAR)
    for key in _LITERALS().finditer(text, met.end(), last):
        for item in re.compile(r"""[ \t]*-[ \t]+["']?[\w.-]{1,200}=""").finditer(
            text, key.end(), last
        ):
            yield from literal_in(text, value_at(text, item.end(), PLAIN))
    yield last, last


def _hcl_block(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    last = _block_end(text, met)
    if _holds_secrets(met) or _SAYS_SO().search(text, met.end(), last) is not None:
        yield from _fields(text, met.end(), last)
    yield last, last


def _set_sensitive(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from _fields(text, met.end(), _block_end(text, met))


def _block_end(text: str, met: re.Match[str]) -> int:
    """Where a block of HCL ends that stands as deep as its first line does."""
    end = text.find(f"\n{met['indent']}}}", met.end(), met.end() + _FAR)
    return end if end >= 0 else min(len(text), met.end() + _FAR)


def _fields(text: str, at: int, end: int) -> Iterator[SecretRange]:
    for field in _HOLDS().finditer(text, at, end):
        if _LOOP().match(text, field.end()) is not None:
            continue
        if text.startswith("{", field.end()):
            yield from map_below(text, field.start(), field.end())
        elif _WRITTEN().match(text, field.end()) is not None:
            yield from assigned_at(text, field.end(), False, False)


def _holds_secrets(met: re.Match[str]) -> bool:
    """Whether a block's own name says that it holds secrets."""
    if met["variable"]:
        return is_secret(met["variable"])
    if met["type"]:
        return (
            _OF_SECRETS().search(met["type"]) is not None
            and _KEPT_ELSEWHERE().search(met["type"]) is None
        )
    return False


def _secure(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """The value beside the type of a secret, in the same block or map."""
    first, last = max(0, met.start() - 300), met.end() + 300
    start = max(
        text.rfind("{", first, met.start()), text.rfind("\n\n", first, met.start()), first
    )
    ends = [
        end
        for end in (text.find(mark, met.end(), last) for mark in ("}", "\n\n"))
        if end >= 0
    ]
    for value in _VALUE().finditer(text, start, min(ends, default=last)):
        yield from assigned_at(text, value.end(), value[0].rstrip().endswith(":"), False)


def _element(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_secret(met["name"]) and is_literal(met["value"]):
        yield met.span("value")


RULES: Final[tuple[tuple[tuple[str, ...], LatePattern, SecretRule], ...]] = (
    (("stringdata",), _SECRET_MAP, _map),
    (("secret",), _SECRET_OBJECT, _object),
    (("secretgenerator",), _GENERATOR, _generator),
    (("variable", "resource", "ephemeral", "output"), _HCL_BLOCK, _hcl_block),
    (("set_sensitive",), _SET_SENSITIVE, _set_sensitive),
    (("securestring", "password"), _SECURE, _secure),
    (("</",), _ELEMENT, _element),
    (("</",), _ENTRY, _element),
)
