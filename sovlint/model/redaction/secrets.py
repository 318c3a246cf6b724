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

from sovlint.model.redaction.secret_names import is_expression, is_literal, is_reference, is_secret

SecretRange = tuple[int, int]
"""Where a secret begins and ends."""

_Q: Final = r"""\\{0,8}["'`]"""
_NEXT: Final = (
    rf"(?:{_Q})?"
    r"(?:[ \t]{0,40}(?:,|\\)?[ \t]{0,40}\r?\n[ \t]{0,200}(?:-[ \t]+)?|[ \t]{0,40},[ \t]{0,40}|[ \t]{1,40})"
)
"""What parts two words of a command line: blanks, a line that goes on, the next item of a list in YAML, JSON or HCL."""
_WORD: Final = rf"(?:{_Q})?[^\s\"'`,]{{1,400}}(?:{_Q})?"

_BETWEEN: Final = re.compile(_NEXT)
_SOME: Final = 120
"""So much of a value tells whether it is a reference or an expression."""
_LONGEST: Final = 20_000
"""What is in quotes is no longer."""
_FEW: Final = 2_000
"""So far within an expression texts are looked for."""
_OPENING: Final = re.compile(rf"\$?({_Q})")
_BARE: Final = re.compile(
    r"""(?: \$\{[^}\s]{0,200}\} | "[^"\s,]+(?:"(?!\s*[,:\]}])) | '[^'\s,]+(?:'(?!\s*[,:\]}]))  # a"b"c: one word
          | (?![;&,][\w. -]{1,40}=) (?![)}\]]{1,9}(?:[\s"'`;,|&\\]|$)) (?!\\{1,8}["'`]|\\\r?\n|\\n) [^\s"'`] )+""",
    re.VERBOSE,
)
"""A word of a shell, up to the next setting of a connection string or of ``--set a=b,c=d``."""
_PLAIN: Final = re.compile(
    r"""(?: \$\{[^}\r\n]{0,200}\}
          | (?!\s\#) (?!,\s{0,40}\\?["']?[\w.-]{1,60}\\?["']?\s{0,9}[:=]) (?![}\]]\s{0,40}(?:[,}\]\r\n]|$))
          (?!\\{0,8}["'](?:[\s,}\])]|$)) [^\r\n] )+""",
    re.VERBOSE,
)
"""A plain scalar of YAML, or what a header says."""
_UNTIL: Final = {
    quote: re.compile(rf"(?:\\.|[^{quote}\\\r\n])*") for quote in ('"', "'", "`")
}  # fmt: skip
_SCHEME: Final = re.compile(
    r"(?:basic|bearer|token|digest|apikey|api-key|key|negotiate|bot|splunk|genie_?key)[ \t]+", re.IGNORECASE
)
_DEFAULT: Final = re.compile(r"\$\{[\w.-]{1,100}(?::[-=]?|-|=)(?=[^?+}])([^}\r\n]*)")

_NAMED: Final = re.compile(
    rf"""(?<![\w.-])(?P<name>[\w.-]{{2,200}})(?P<close>(?:{_Q})?\]?)
         (?:[ \t]{{0,40}}(?P<sign>=>|:=|=(?![=~])|:(?![:=/]))[ \t]{{0,40}})""",
    re.VERBOSE,
)
_IN_HEADER: Final = re.compile(r"[\w-]+-[\w-]+$|authorization$|cookie$", re.IGNORECASE)
_BLOCK: Final = re.compile(r"[|>][-+\d]{0,2}[ \t]*(?:#[^\r\n]*)?(?=\r?\n)|(?=\r?\n)")
_FLAG: Final = re.compile(rf"""(?<![^\s"'`\[({{,=])--?(?P<name>[A-Za-z][\w.-]{{1,100}})(?P<next>{_NEXT})(?!-)""")
_SET: Final = re.compile(
    rf"""\b(?:set|config|configure|env|[\w-]{{0,30}}header[\w-]{{0,10}})[ \t]{{1,40}}(?:(?:set|add)[ \t]{{1,40}})?
         (?:{_Q})?(?=[$"\'\\]|\w{{0,100}}[_:./-])\$?(?P<name>[\w.:/-]{{2,200}})(?P<next>(?:{_Q})?[ \t]{{1,40}})""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR: Final = re.compile(
    rf"""(?:\b|_)(?:name|key|parameterkey)(?:{_Q})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?:{_Q})?
         (?P<name>[\w./-]{{2,200}})(?:{_Q})? [\s,;-]{{1,200}}(?:{_Q})?(?:type[^\r\n]{{1,80}}\r?\n\s{{0,200}})?
         (?:\w{{1,40}}(?:{_Q})?[ \t]{{0,40}}[:=][ \t]{{0,40}}"[^"\r\n]{{0,200}}"[\s,]{{1,200}}(?:{_Q})?){{0,3}}
         (?:parameter)?value(?:{_Q})?[ \t]{{0,40}}[:=][ \t]{{0,40}}""",
    re.VERBOSE | re.IGNORECASE,
)
_RIAP: Final = re.compile(
    rf"""\bvalue(?:{_Q})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?P<value>{_Q}[^"'`\r\n]{{1,400}}["'`]|[^\s"',]{{1,400}})
         [\s,;-]{{1,200}}(?:{_Q})?(?:name|key)(?:{_Q})?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?:{_Q})?
         (?P<name>[\w./-]{{2,200}})""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADER: Final = re.compile(
    rf"""(?<![\w-])(?:-H|--headers?|--add-header|RequestHeader)(?:=|{_NEXT})?
         (?P<quote>{_Q})?(?P<name>[A-Za-z][\w-]{{0,60}}):[ \t]*(?!//)""",
    re.VERBOSE,
)
_PLAIN_HEADER: Final = re.compile(
    r"accept|content|host$|user-?agent|origin|referer|cache|if-|range|expect|connection|x-requested|depth|date$|tcp$|https?$",
    re.IGNORECASE,
)
_USER: Final = re.compile(
    rf"""(?<![\w-])(?:-u|--user|--proxy-user|-U)(?:=|{_NEXT}|(?=\w))(?:{_Q})?(?P<user>[^\s:"'`,=/%]{{1,100}})[:%,](?!//|\d{{1,6}}(?:\W|$))"""
)
_STATED: Final = re.compile(
    rf"""(?: \b(?:password|passwd|authorization)[ \t]{{1,40}}(?=["'])
           | \bidentified[ \t]{{1,40}}by[ \t]{{1,40}}(?:password[ \t]{{1,40}})?
           | \b(?:requirepass|masterauth)[ \t]{{1,40}}
           | \blogin[ \t]{{1,40}}[^\s]{{1,100}}[ \t]{{1,40}}password[ \t]{{1,40}}
           | \bpass:(?=[^\s"'])
           | \b--from-literal(?:=|{_NEXT})(?:{_Q})?[\w./-]{{1,200}}= )""",
    re.IGNORECASE | re.VERBOSE,
)
_LITERAL: Final = re.compile(rf"--from-literal(?:=|{_NEXT})(?:{_Q})?[\w./-]{{1,200}}=")
_ECHO: Final = re.compile(
    r"""\b(?:echo|printf)[ \t]{1,40}(?:-[neE]+[ \t]{1,40})?(?:["']?%s(?:\\n)?["']?[ \t]{1,40})?
        (?P<value>["']?[^\s|"']{1,4000}["']?)
        [ \t]{0,40}(?:\|[^|;\r\n]{0,200}?(?:base64|stdin|login|passwd|password|secret|gpg|openssl|-S\b)
                    |>{1,2}[ \t]{0,40}[\w./$-]{0,200}?(?:secret|passw|token|key|cred|netrc|pgpass))""",
    re.VERBOSE | re.IGNORECASE,
)
_ALIAS: Final = re.compile(
    rf"\b(?:alias{_NEXT}set|host{_NEXT}add){_NEXT}{_WORD}{_NEXT}{_WORD}(?P<first>{_NEXT})(?!-)", re.IGNORECASE
)
_ASSIGNS: Final = re.compile(r"\b(?:kv put|vault write|secrets? set|config:set)\b(?P<rest>[^;|&\r\n]{0,2000})")
_ASSIGNED: Final = re.compile(r"""[\s"'][\w.-]{1,100}=""")
_CALL: Final = re.compile(r"\bsensitive\(")
_STRING: Final = re.compile(r'"((?:\\.|[^"\\\r\n])*)"')
_CARRIED: Final = re.compile(r"\b(?:Bearer|Basic)[ \t]+(?=[A-Za-z]{0,200}[\d=._/+-])(?=[\w.~+/=-]{6})")
_ENCODED: Final = re.compile(r"(?<![\w+/=.-])(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{6,15}={1,2})(?![\w+/=.-])")
_ENCODED_LINE: Final = re.compile(r"^[ \t]*[\"']?([A-Za-z0-9+/]{60,}={0,2})[\"',]*[ \t]*\r?$", re.MULTILINE)
_SORTS: Final = [re.compile(sort) for sort in ("[a-z]", "[A-Z]", "[0-9]")]
_PEM: Final = re.compile(
    r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(?P<key>.*?)(?=-----END|\Z)", re.DOTALL
)
_PEM_END: Final = re.compile(
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


def _flag(program: str, flag: str, apart: bool) -> re.Pattern[str]:
    after = rf"(?:=|{_NEXT}(?!-))?" if apart else ""
    before = r"[^;|&]{0,600}?[\s\"',\[]" if flag else ""
    return re.compile(rf"(?<![\w-])(?:{program})(?={_Q}|\s|,){before}(?:{flag}){after}(?=[^\s-])", re.DOTALL)


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


def _applied(pattern: re.Pattern[str], rule: SecretRule, text: str) -> Iterator[SecretRange]:
    """What a rule finds, but nothing within what it found before: else each of many names would claim all the rest."""
    done = 0
    for met in pattern.finditer(text):
        if met.start() >= done:
            for stretch in rule(text, met):
                done = max(done, stretch[1])
                yield stretch


def blocks(text: str) -> list[SecretRange]:
    """Lines of source that are nothing but long base64: parts of a key, or of what was encoded."""
    return [met.span(1) for met in _ENCODED_LINE.finditer(text) if all(sort.search(met[1]) for sort in _SORTS)]


def _value(text: str, at: int, bare: re.Pattern[str] = _BARE) -> SecretRange | None:
    """The value that begins at ``at``: what stands in quotes, else as much as ``bare`` takes."""
    opened = _OPENING.match(text, at)
    if opened is None:
        met = None if is_reference(text[at : at + _SOME]) else bare.match(text, at)
        return met.span() if met is not None else None
    quote, start = opened[1], opened.end()
    if len(quote) > 1:
        return start, _end(text, start, quote)
    met = _UNTIL[quote].match(text, start)
    return met.span() if met is not None else None


def _end(text: str, at: int, quote: str) -> int:
    """Where what is quoted ends: at the quote, or with the line."""
    most = min(at + _LONGEST, len(text))
    return min(place if place >= 0 else most for place in (text.find(mark, at, most) for mark in (quote, "\n")))


def _literal(text: str, stretch: SecretRange | None) -> Iterator[SecretRange]:
    """What of a value is written out: all of it, the default of a variable, or nothing."""
    if stretch is None:
        return
    start, end = stretch
    value = text[start:end]
    if (default := _DEFAULT.match(value)) is not None:
        if is_literal(default[1]):
            yield start + default.start(1), start + default.end(1)
    elif is_literal(value):
        yield start, end


def _named(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if not is_secret(met["name"]):
        return
    at, colon = met.end(), met["sign"] == ":"
    block = _BLOCK.match(text, at) if colon else None
    if block is not None:
        yield from _below(text, met.start(), block.end(), bool(block[0]))
        return
    tight = met["sign"] == met[0][len(met["name"]) + len(met["close"]) :]
    if not (colon and tight and not met["close"] and _IN_HEADER.match(met["name"]) is None):
        yield from _assigned(text, at, colon, tight)  # else an image and its tag, an action and its service


def _assigned(text: str, at: int, colon: bool, tight: bool) -> Iterator[SecretRange]:
    scheme = _SCHEME.match(text, at)
    if scheme is not None:
        yield from _literal(text, _value(text, scheme.end(), _PLAIN))
    elif text.startswith("[", at):
        yield from _texts(text, at, _end(text, at, "]"))
    elif (not tight or colon) and is_expression(text[at : at + _SOME]):
        yield from _strings(text, at)
    elif (stretch := _value(text, at, _PLAIN if colon and not tight else _BARE)) is not None:
        inner = _SCHEME.match(text, stretch[0]) if stretch[0] > at else None
        within = inner is not None and inner.end() < stretch[1]
        yield from _literal(text, (inner.end(), stretch[1]) if inner is not None and within else stretch)


def _strings(text: str, at: int) -> Iterator[SecretRange]:
    """The texts of an expression: of both arms of a condition, or within a call, unless that reads a file."""
    end = _end(text, at, "\n")
    if " ? " in text[at:end]:
        yield from _texts(text, at, end)
        return
    opened = text.find("(", at, min(end, at + 100))
    if opened >= 0 and not text[at:opened].endswith(("file", "filebase64", "lookup")):
        yield from _texts(text, opened, end)


def _texts(text: str, at: int, end: int) -> Iterator[SecretRange]:
    for met in _STRING.finditer(text, at, min(end, at + _FEW)):
        if is_literal(met[1]):
            yield met.span(1)


def _below(text: str, start: int, at: int, block: bool) -> Iterator[SecretRange]:
    """The lines of a value that begins below its key: all that stand deeper."""
    begin = text.rfind("\n", 0, start) + 1
    indent = start - begin - len(text[begin:start].lstrip(" -\"'"))
    for number, line in enumerate(_lines(text, at)):
        stood = text[line[0] : line[1]]
        bare = stood.strip()
        if number > 200 or (bare and len(stood) - len(stood.lstrip()) <= indent):
            return
        if not block and (bare.startswith(("-", "#")) or re.match(r"[\"']?[\w./-]+[\"']?\s*[:=(]", bare) is not None):
            return
        if bare and is_literal(bare):
            yield line[0] + len(stood) - len(stood.lstrip()), line[0] + len(stood.rstrip())


def _lines(text: str, at: int) -> Iterator[SecretRange]:
    at = text.find("\n", at)
    while at >= 0:
        end = text.find("\n", at + 1)
        yield at + 1, len(text) if end < 0 else end
        at = end


def _flags(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_secret(met["name"]):
        yield from _word(text, met)


def _word(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    """What follows as a word of a command line, which may be in quotes."""
    yield from _literal(text, _value(text, met.end()))


def _settings(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_secret(met["name"]):
        yield from _assigned(text, met.end(), False, True)


def _pair(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if not is_secret(met["name"]):
        return
    at = met.end()
    inner = _value(text, at, _PLAIN)
    if inner is not None and any(_literal(text, inner)):
        opened = _OPENING.match(text, at)
        yield (at, inner[1] + len(opened[1])) if opened is not None else inner


def _pair_turned(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if is_secret(met["name"]) and is_literal(met["value"].strip("\\\"'`")):
        yield met.span("value")


def _header(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    if _PLAIN_HEADER.match(met["name"]) is not None:
        return
    scheme = _SCHEME.match(text, met.end())
    at = met.end() if scheme is None else scheme.end()
    quote = met["quote"]
    yield from _literal(text, _value(text, at) if quote is None else (at, _end(text, at, quote)))


def _alias(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    first = _value(text, met.end())
    if first is None:
        return
    yield from _literal(text, first)
    between = _BETWEEN.match(text, first[1])
    if between is not None:
        yield from _word(text, between)


def _assignments(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    for inner in _ASSIGNED.finditer(text, met.start("rest"), met.end("rest")):
        yield from _word(text, inner)


def _call(text: str, met: re.Match[str]) -> Iterator[SecretRange]:
    yield from _texts(text, met.end(), _end(text, met.end(), ")"))


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


SecretRule = Callable[[str, re.Match[str]], Iterator[SecretRange]]

_BESIDE: Final = (
    "pass", "pwd", "secret", "token", "key", "cred", "auth", "jwt", "sas", "sig", "cookie", "pw", "otp", "bearer",
)  # fmt: skip
_RULES: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], SecretRule], ...]] = (
    (_BESIDE, _NAMED, _named),
    (_BESIDE, _FLAG, _flags),
    (_BESIDE, _SET, _settings),
    (_BESIDE, _PAIR, _pair),
    (_BESIDE, _RIAP, _pair_turned),
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
