"""Where secrets stand in source: beside a name that says so, behind a flag, in a header, as a word of a program.

Every rule reads text of several lines, since a value may stand on the line after its name, and takes time in proportion
to its length: what a pattern looks ahead or back at is bounded. What is found are stretches of the text.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from typing import Final

from sovlint.model.decoding import LatePattern, late
from sovlint.model.redaction import programs, secret_blocks
from sovlint.model.redaction.patterns import NEXT, QUOTE
from sovlint.model.redaction.programs import word_after
from sovlint.model.redaction.secret_names import is_list_of_secrets, is_literal, is_secret
from sovlint.model.redaction.secret_values import (
    OPENING,
    PLAIN,
    SCHEME,
    SecretRange,
    SecretRule,
    assigned_at,
    end_of,
    items_below,
    lines_below,
    list_of_texts,
    literal_in,
    texts_in,
    value_at,
)

_NAMED: Final = late(
    rf"""(?<![\w.-])(?P<name>[\w.-]{{2,200}})(?P<close>(?:{QUOTE})?\]?)
         (?:[ \t]{{0,40}}(?P<sign>=>|:=|=(?![=~])|:(?![:=/]))[ \t]{{0,40}})""",
    re.VERBOSE,
)
_IN_HEADER: Final = late(r"[\w-]+-[\w-]+$|authorization$|cookie$", re.IGNORECASE)
_BLOCK: Final = late(r"[|>][-+\d]{0,2}[ \t]*(?:#[^\r\n]*)?(?=\r?\n)|(?=\r?\n)")
_FLAG: Final = late(
    rf"""(?<![^\s"'`\[({{,=])--?(?P<name>[A-Za-z][\w.-]{{1,100}})(?P<next>{NEXT})(?!-)"""
)
_SET: Final = late(
    rf"""\b(?:set|config|configure|env|[\w-]{{0,30}}header[\w-]{{0,10}})[ \t]{{1,40}}(?:(?:set|add)[ \t]{{1,40}})?
         (?:{QUOTE})?(?=[$"\'\\]|\w{{0,100}}[_:./-])\$?(?P<name>[\w.:/-]{{2,200}})
         (?P<next>(?:{QUOTE})?[ \t]{{1,40}})""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR: Final = late(
    rf"""(?:\b|_)(?:name|key|parameterkey)(?:{QUOTE})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?:{QUOTE})?
         (?P<name>[\w./-]{{2,200}})(?:{QUOTE})? [\s,;-]{{1,200}}(?:{QUOTE})?(?:type[^\r\n]{{1,80}}\r?\n\s{{0,200}})?
         (?:\w{{1,40}}(?:{QUOTE})?[ \t]{{0,40}}[:=][ \t]{{0,40}}"[^"\r\n]{{0,200}}"[\s,]{{1,200}}(?:{QUOTE})?){{0,3}}
         (?:parameter)?value(?:{QUOTE})?[ \t]{{0,40}}[:=][ \t]{{0,40}}""",
    re.VERBOSE | re.IGNORECASE,
)
_RIAP: Final = late(
    rf"""\bvalue(?:{QUOTE})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?P<value>{QUOTE}[^"'`\r\n]{{1,400}}["'`]|[^\s"',]{{1,400}})
         [\s,;-]{{1,200}}(?:{QUOTE})?(?:name|key)(?:{QUOTE})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?:{QUOTE})?
         (?P<name>[\w./-]{{2,200}})""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADER: Final = late(
    rf"""(?<![\w-])(?:-H|--headers?|--add-header|RequestHeader)(?:=|{NEXT})?
         (?P<quote>{QUOTE})?(?P<name>[A-Za-z][\w-]{{0,60}}):[ \t]*(?!//)""",
    re.VERBOSE,
)
_PLAIN_HEADER: Final = late(
    r"accept|content|host$|user-?agent|origin|referer|cache|if-|range|expect|connection|x-requested|depth|date$|tcp$|https?$",
    re.IGNORECASE,
)
_USER: Final = late(
    rf"""(?<![\w-])(?:-[fgikLnsSv]{{0,6}}u|--user|--proxy-user|-U|--(?:src-|dest-)?creds)(?:=|{NEXT}|(?=\w))(?:{QUOTE})?(?P<user>[^\s:"'`,=/%]{{1,100}})[:%,](?!//|\d{{1,6}}(?:\W|$))"""
)
_STATED: Final = late(
    rf"""(?: \b(?:password|passwd|authorization)[ \t]{{1,40}}(?=["'])
           | \bidentified[ \t]{{1,40}}by[ \t]{{1,40}}(?:password[ \t]{{1,40}})?
           | \b(?:requirepass|masterauth)[ \t]{{1,40}}
           | \blogin\s{{1,40}}[^\s]{{1,100}}\s{{1,40}}(?:password|passwd)[ \t]{{1,40}}
           | \bpassword[ \t]{{0,9}}=?[ \t]{{0,9}}\([ \t]{{0,9}}(?=["'])
           | \bpass:(?=[^\s"'])
           | \b--from-literal(?:=|{NEXT})(?:{QUOTE})?[\w./-]{{1,200}}= )""",
    re.IGNORECASE | re.VERBOSE,
)
_LITERAL: Final = late(rf"--from-literal(?:=|{NEXT})(?:{QUOTE})?[\w./-]{{1,200}}=")
_ECHO: Final = late(
    r"""\b(?:echo|printf)[ \t]{1,40}(?:-[neE]+[ \t]{1,40})?(?:["']?%s(?:\\n)?["']?[ \t]{1,40})?
        (?P<value>["']?[^\s|"']{1,4000}["']?)
        [ \t]{0,40}(?:\|[^|;\r\n]{0,200}?(?:base64|stdin|login|passwd|password|secret|gpg|openssl|-S\b)
                    |>{1,2}[ \t]{0,40}[\w./$-]{0,200}?(?:secret|passw|token|key|cred|netrc|pgpass))""",
    re.VERBOSE | re.IGNORECASE,
)
_LINE: Final = late(
    r"""(?:^|[;{])[ \t]*@?(?P<name>[A-Za-z][\w.-]{1,100})[ \t]{1,40}
        (?!(?:on|off);)(?=["']?[^\s=:(){};"'<>|&/-](?:[^\s;]*[^\s;:])?[ \t]*(?:;|\#|\r?$))""",
    re.MULTILINE | re.VERBOSE,
)
"""A line of two words: a name and what it is set to."""
_HEADERS: Final = late(
    rf"""(?:^|[\s"'._-])headers(?:{QUOTE})?[ \t]{{0,9}}[:=][ \t]{{0,9}}(?P<rest>{QUOTE}?[\w-]{{1,100}}=[^\r\n]{{1,4000}})""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""Headers on one line, as OpenTelemetry's variables have them."""
_ONE_OF_HEADERS: Final = late(r"""(?P<name>[\w-]{1,100})=(?P<value>[^\s,"']+)""")
_PGPASS: Final = late(
    r"^[ \t]{0,40}(?=\*|[\w-]{0,63}[A-Za-z.])[\w.*-]{1,253}:(?:\d{1,5}|\*):[^\s:]{1,100}:[^\s:/]{1,100}:(?=[^\s:]{1,200}$)",
    re.MULTILINE,
)
"""A line of libpq's file of passwords: host, port, database, user and password."""
_PERCENT: Final = late(
    r"""(?<![\w.-])(?P<name>[\w.-]{2,100}?)(?:%22|%27)?%3[DA](?:%22|%27|%20){0,9}
        (?=(?P<value>(?:[^\s%&"'<>`]|%(?!26|22|27|2C|3B)){1,4000}))""",
    re.IGNORECASE | re.VERBOSE,
)
"""A name and a value in an address that stands in another."""
_CALL: Final = late(r"\bsensitive\(")
_CARRIED: Final = late(
    r"\b(?:Bearer|Basic)[ \t]+(?=[A-Za-z]{0,200}[\d=._/+-])(?=[\w.~+/=-]{6})"
)
_ENCODED: Final = late(
    r"(?<![\w+/=.-])(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{6,15}={1,2})(?![\w+/=.-])"
)
_ENCODED_LINE: Final = late(
    r"^[ \t]*[\"']?([A-Za-z0-9+/]{60,}={0,2})[\"',]*[ \t]*\r?$", re.MULTILINE
)
_SORTS: Final = [late(sort) for sort in ("[a-z]", "[A-Z]", "[0-9]")]
_PEM: Final = late(
    r"""(-----BEGIN[ ][A-Z0-9 ]{0,40}PRIVATE[ ]KEY(?:[ ]BLOCK)?-----)
        (?P<key>(?:[\sA-Za-z0-9+/=\\"',:;|>().\#_-](?<!-----END)){0,20000})""",
    re.VERBOSE,
)
_PEM_END: Final = late(
    r"\A(?P<key>(?:[ \t]*[A-Za-z0-9+/=]{1,80}[ \t]*\r?\n)+)[ \t]*-----END [A-Z0-9 ]{0,40}PRIVATE KEY"
)


def found(text: str) -> list[SecretRange]:
    """Where the secrets of a text stand, in order; stretches may overlap."""
    low = text.lower()
    there = {word for word in _TRIGGERS if word in low}
    return sorted(
        {
            each
            for words, pattern, rule in _RULES
            if not words or not there.isdisjoint(words)
            for each in _applied(pattern, rule, text)
        }
    )


def _applied(pattern: LatePattern, rule: SecretRule, text: str) -> Iterator[SecretRange]:
    """What a rule finds, but nothing within what it found before: else each of many names would claim all the rest."""
    done = 0
    for met in pattern().finditer(text):
        if met.start() >= done:
            for stretch in rule(text, met):
                done = max(done, stretch[1])
                yield stretch


def blocks(text: str) -> list[SecretRange]:
    """Lines of source that are nothing but long base64: parts of a key, or of what was encoded."""
    return [
        met.span(1)
        for met in _ENCODED_LINE().finditer(text)
        if all(sort().search(met[1]) for sort in _SORTS)
    ]


def _named(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    at, colon, many = met.end(), met["sign"] == ":", is_list_of_secrets(met["name"])
    block = _BLOCK().match(text, at) if colon else None
    if block is not None:
        yield from lines_below(text, met.start(), block.end(), bool(block[0]))
        if many:
            yield from items_below(text, met.start(), block.end())
        return
    if many:
        yield from list_of_texts(text, at)
    tight = met["sign"] == met[0][len(met["name"]) + len(met["close"]) :]
    if not (colon and tight and not met["close"] and _IN_HEADER().match(met["name"]) is None):
        yield from assigned_at(
            text, at, colon, tight
        )  # else an image and its tag, an action and its service


def _setting(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from assigned_at(text, met.end(), False, True)


def _pair(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    at = met.end()
    inner = value_at(text, at, PLAIN)
    if inner is not None and any(literal_in(text, inner)):
        opened = OPENING().match(text, at)
        yield (at, inner[1] + len(opened[1])) if opened is not None else inner


def _quoted(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_literal(met["value"].strip("\\\"'`")):
        yield met.span("value")


def _header(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if _PLAIN_HEADER().match(met["name"]) is not None:
        return
    scheme = SCHEME().match(text, met.end())
    at = met.end() if scheme is None else scheme.end()
    quote = met["quote"]
    yield from literal_in(
        text, value_at(text, at) if quote is None else (at, end_of(text, at, quote))
    )


def _call(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from texts_in(text, met.end(), end_of(text, met.end(), ")"))


def _encoded(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """A text that is written in base64."""
    word = met[0]
    if len(word) % 4 == 0 and _is_text(word[:4_000]):
        yield met.span()


def _is_text(word: str) -> bool:
    try:
        decoded = b64decode(word, validate=True)
    except (Error, ValueError):
        return False
    return all(32 <= byte < 127 or byte in b"\t\r\n" for byte in decoded)


def _headers(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    for header in _ONE_OF_HEADERS().finditer(text, met.start("rest"), met.end("rest")):
        if _PLAIN_HEADER().match(header["name"]) is None and is_literal(header["value"]):
            yield header.span("value")


def _value(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_literal(met["value"]):
        yield met.span("value")


def _key(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield met.span("key")


def _beside_name(rule: SecretRule) -> SecretRule:
    """The rule where the name that was met is that of a secret."""
    return lambda text, met: rule(text, met) if is_secret(met["name"]) else iter(())


_BESIDE: Final = (
    "pass", "pwd", "secret", "token", "key", "cred", "auth", "jwt", "sas", "sig", "cookie", "pw", "otp", "bearer",
    "psk", "hmac", "salt", "pepper", "mdp", "jeton", "cle", "clé", "sess", "team", "community",
)  # fmt: skip
_RULES: Final[tuple[tuple[tuple[str, ...], LatePattern, SecretRule], ...]] = (
    (_BESIDE, _NAMED, _beside_name(_named)),
    (_BESIDE, _FLAG, _beside_name(word_after)),
    (_BESIDE, _SET, _beside_name(_setting)),
    (_BESIDE, _PAIR, _beside_name(_pair)),
    (_BESIDE, _RIAP, _beside_name(_quoted)),
    (("-h", "header"), _HEADER, _header),
    (("u",), _USER, word_after),
    (("pass", "authorization", "identified", "masterauth"), _STATED, word_after),
    (("--from-literal",), _LITERAL, word_after),
    (_BESIDE, _LINE, _beside_name(word_after)),
    (("%3",), _PERCENT, _beside_name(_value)),
    (("headers",), _HEADERS, _headers),
    ((":",), _PGPASS, word_after),
    (("sensitive(",), _CALL, _call),
    (("echo", "printf"), _ECHO, _quoted),
    *programs.RULES,
    *secret_blocks.RULES,
    (("bearer", "basic"), _CARRIED, word_after),
    (("private key",), _PEM, _key),
    (("private key",), _PEM_END, _key),
    ((), _ENCODED, _encoded),
)
"""Rules, each with what one of must be in a text (in small letters) for it to find anything."""
_TRIGGERS: Final = frozenset(word for words, _, _ in _RULES for word in words)
