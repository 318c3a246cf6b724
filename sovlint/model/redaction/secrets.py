"""Where secrets stand in source: beside a name that says so, behind a flag, in a header, as a word of a program.

Every rule reads text of several lines, since a value may stand on the line after its name, and takes time in proportion
to its length: what a pattern looks ahead or back at is bounded. What is found are stretches of the text.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterator
from typing import Final

from sovlint.model.redaction.patterns import NEXT, QUOTE, WORD, LatePattern, late
from sovlint.model.redaction.secret_names import is_literal, is_secret
from sovlint.model.redaction.secret_values import (
    OPENING,
    PLAIN,
    SCHEME,
    SecretRange,
    assigned_at,
    end_of,
    lines_below,
    literal_in,
    texts_in,
    value_at,
)

_BETWEEN: Final = late(NEXT)
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
    rf"""(?<![\w-])(?:-u|--user|--proxy-user|-U)(?:=|{NEXT}|(?=\w))(?:{QUOTE})?(?P<user>[^\s:"'`,=/%]{{1,100}})[:%,](?!//|\d{{1,6}}(?:\W|$))"""
)
_STATED: Final = late(
    rf"""(?: \b(?:password|passwd|authorization)[ \t]{{1,40}}(?=["'])
           | \bidentified[ \t]{{1,40}}by[ \t]{{1,40}}(?:password[ \t]{{1,40}})?
           | \b(?:requirepass|masterauth)[ \t]{{1,40}}
           | \blogin[ \t]{{1,40}}[^\s]{{1,100}}[ \t]{{1,40}}password[ \t]{{1,40}}
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
_ALIAS: Final = late(
    rf"\b(?:alias{NEXT}set|host{NEXT}add){NEXT}{WORD}{NEXT}{WORD}(?P<first>{NEXT})(?!-)",
    re.IGNORECASE,
)
_ASSIGNS: Final = late(
    r"\b(?:kv put|vault write|secrets? set|config:set)\b(?P<rest>[^;|&\r\n]{0,2000})"
)
_ASSIGNED: Final = late(r"""[\s"'][\w.-]{1,100}=""")
_CALL: Final = late(r"\bsensitive\(")
_CARRIED: Final = late(r"\b(?:Bearer|Basic)[ \t]+(?=[A-Za-z]{0,200}[\d=._/+-])(?=[\w.~+/=-]{6})")
_ENCODED: Final = late(
    r"(?<![\w+/=.-])(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{6,15}={1,2})(?![\w+/=.-])"
)
_ENCODED_LINE: Final = late(
    r"^[ \t]*[\"']?([A-Za-z0-9+/]{60,}={0,2})[\"',]*[ \t]*\r?$", re.MULTILINE
)
_SORTS: Final = [late(sort) for sort in ("[a-z]", "[A-Z]", "[0-9]")]
_PEM: Final = late(
    r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(?P<key>.*?)(?=-----END|\Z)", re.DOTALL
)
_PEM_END: Final = late(
    r"\A(?P<key>(?:[ \t]*[A-Za-z0-9+/=]{1,80}[ \t]*\r?\n)+)[ \t]*-----END [A-Z0-9 ]{0,40}PRIVATE KEY"
)

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
}
"""Programs, how each is called in a pattern, its flag for a secret, and whether that may stand as a word of its own."""


def _flag(program: str, flag: str, apart: bool) -> LatePattern:
    after = rf"(?:=|{NEXT}(?!-))?" if apart else ""
    before = r"[^;|&]{0,600}?[\s\"',\[]" if flag else ""
    return late(
        rf"(?<![\w-])(?:{program})(?={QUOTE}|\s|,){before}(?:{flag}){after}(?=[^\s-])", re.DOTALL
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
    at, colon = met.end(), met["sign"] == ":"
    block = _BLOCK().match(text, at) if colon else None
    if block is not None:
        yield from lines_below(text, met.start(), block.end(), bool(block[0]))
        return
    tight = met["sign"] == met[0][len(met["name"]) + len(met["close"]) :]
    if not (colon and tight and not met["close"] and _IN_HEADER().match(met["name"]) is None):
        yield from assigned_at(
            text, at, colon, tight
        )  # else an image and its tag, an action and its service


def _word(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """What follows as a word of a command line, which may be in quotes."""
    yield from literal_in(text, value_at(text, met.end()))


def _setting(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from assigned_at(text, met.end(), False, True)


def _pair(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    at = met.end()
    inner = value_at(text, at, PLAIN)
    if inner is not None and any(literal_in(text, inner)):
        opened = OPENING().match(text, at)
        yield (at, inner[1] + len(opened[1])) if opened is not None else inner


def _pair_turned(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
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


def _alias(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    first = value_at(text, met.end())
    if first is None:
        return
    yield from literal_in(text, first)
    between = _BETWEEN().match(text, first[1])
    if between is not None:
        yield from _word(text, between)


def _assignments(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    for inner in _ASSIGNED().finditer(text, met.start("rest"), met.end("rest")):
        yield from _word(text, inner)


def _call(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from texts_in(text, met.end(), end_of(text, met.end(), ")"))


def _echo(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_literal(met["value"].strip("\"'")):
        yield met.span("value")


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


def _key(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield met.span("key")


def _beside_name(rule: SecretRule) -> SecretRule:
    """The rule where the name that was met is that of a secret."""
    return lambda text, met: rule(text, met) if is_secret(met["name"]) else iter(())


SecretRule = Callable[[str, re.Match[str]], Iterator[SecretRange]]

_BESIDE: Final = (
    "pass", "pwd", "secret", "token", "key", "cred", "auth", "jwt", "sas", "sig", "cookie", "pw", "otp", "bearer",
)  # fmt: skip
_RULES: Final[tuple[tuple[tuple[str, ...], LatePattern, SecretRule], ...]] = (
    (_BESIDE, _NAMED, _beside_name(_named)),
    (_BESIDE, _FLAG, _beside_name(_word)),
    (_BESIDE, _SET, _beside_name(_setting)),
    (_BESIDE, _PAIR, _beside_name(_pair)),
    (_BESIDE, _RIAP, _beside_name(_pair_turned)),
    (("-h", "header"), _HEADER, _header),
    (("-u", "--user", "--proxy-user"), _USER, _word),
    (("pass", "authorization", "identified", "masterauth"), _STATED, _word),
    (("--from-literal",), _LITERAL, _word),
    (("alias", "host"), _ALIAS, _alias),
    (("put", "write", "set"), _ASSIGNS, _assignments),
    (("sensitive(",), _CALL, _call),
    (("echo", "printf"), _ECHO, _echo),
    *(((word,), _flag(*rest), _word) for word, rest in _PROGRAMS.items()),
    (("bearer", "basic"), _CARRIED, _word),
    (("private key",), _PEM, _key),
    (("private key",), _PEM_END, _key),
    ((), _ENCODED, _encoded),
)
"""Rules, each with what one of must be in a text (in small letters) for it to find anything."""
_TRIGGERS: Final = frozenset(word for words, _, _ in _RULES for word in words)
