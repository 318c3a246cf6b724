"""What scanned text must lose before anybody sees it: control characters, commands to CI servers, and secrets.

All of them keep what they can: a reader still sees the host of an address and the rest of a line.
"""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "***"
"""What a secret is replaced by."""

_SPACES: Final = "\u00a0\u202f"
"""No-break spaces: harmless, and part of written French."""
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

_SECRET_WORD: Final = (
    r"(?:token|sig|signature|secret|password|passwd|passphrase|pwd|key|apikey|credential|credentials|auth|sas|jwt)"
)
_USER_INFO: Final = re.compile(
    r"""(?P<scheme>[a-z][a-z0-9+.-]{0,30}://)
        (?: [^\s/?#"'<>`]+@                     # as RFC 3986 has it: up to the last @ before the path
          | [^\s/:@"'<>`]*:(?!\d+[/?#])[^\s"'<>`]*@ # a password with a raw / ? or # in it; not a port
        )""",
    re.IGNORECASE | re.VERBOSE,
)
_PARAMETER: Final = re.compile(
    rf"""(?P<name>(?:[?&;]|%26|\#|\bsharedaccess|\baccount)[\w.-]*{_SECRET_WORD})=[^&;\s"'<>`]+""", re.IGNORECASE
)
_ASSIGNMENT: Final = re.compile(
    r"""(?P<name>(?<![\w.-])[\w.-]*(?:password|passwd|passphrase|secret|token|access_?key|secret_?key|private_?key|api_?key
          |connection_?string)["']?)
        (?: (?P<sign>\s*[=:]\s*)(?P<quote>["'])(?:\\.|(?!(?P=quote)).)+(?P=quote)  # quoted
          | (?P<colon>:\s+)(?![|>&*{\["'])[^\s#,}]+ )                                 # plain YAML""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED: Final = re.compile(
    rf"""(?P<name>\bname["']?\s*[:=]\s*["']?[\w.-]*{_SECRET_WORD}[\w-]*["']?\s*,\s*["']?value["']?\s*[:=]\s*)
        (?:"[^"]*" | '[^']*' | [^\s,}}]+)                  # an entry of an environment, on one line
      | (?P<list>^\s*-\s+["']?[\w.-]*{_SECRET_WORD}=)[^"'\s]+  # an entry of one that is written as a list""",
    re.IGNORECASE | re.VERBOSE,
)
_TOKENS: Final = re.compile(
    r"""\b(?: (?:AKIA|ASIA)[0-9A-Z]{16}                      # AWS access key ids
            | gh[pousr]_[0-9A-Za-z]{20,} | github_pat_\w{20,}
            | glpat-[\w-]{20,} | xox[abposr]-[\w-]{10,}
            | SCW[0-9A-Z]{17} | AIza[\w-]{35}
            | eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*               # JSON web tokens
        )""",
    re.VERBOSE,
)
_HOOK: Final = re.compile(
    r"""(?P<host>\b(?: hooks\.(?:slack|zapier)\.com
            | (?:\w{1,30}\.)?discord(?:app)?\.com/api/webhooks
            | [\w-]{1,63}\.webhook\.office\.com | outlook\.office(?:365)?\.com/webhook
            | hook\.(?:[\w-]{1,63}\.)?(?:make|integromat)\.com
            | api\.telegram\.org
        )/)[^\s"'<>`]+""",
    re.IGNORECASE | re.VERBOSE,
)
"""Addresses whose path is the secret: whoever knows it may post there."""
_USER_INFO_IN_LINE: Final = re.compile(
    r"""(?<![\w.+/-]) (?!serviceAccount:|mailto:)[\w.+-]{1,64}:[^\s"'@/:]{1,200}@
            (?=(?:tcp6?)?\( | \[? [\w-]{1,63}\.[\w.-]+)       # host, or Go's tcp(host)
      | (?<=jdbc:oracle:thin:)[^\s"'@/]{1,64}/[^\s"'@]{1,200}@  # Oracle's user/password@host
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE_USER_INFO: Final = re.compile(r"^[^\s/?#@]*:[^\s/?#@]*@")

COMMAND_MARK: Final = re.compile(r"##(?=\w*\[)")
"""How a command begins that CI servers look for anywhere in a line: ``##[`` (GitHub, Azure), ``##vso[`` (Azure)."""
_COMMAND_LINE: Final = re.compile(r"^((?:[^\S\n]|\x1b\[[\d;]*m)*):(?=:[A-Za-z])", re.MULTILINE)
"""How a line begins that GitHub's runner takes for a command: blanks (or our own colours), ``::`` and a name."""


def printable(text: str) -> str:
    """``text`` with every character that isn't shown as itself written as a visible escape.

    That covers control and escape characters, line breaks, bidirectional controls, zero-width characters and lone
    surrogates; whatever ``str.isprintable`` refuses, no-break spaces apart.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _SPACES else _escape(char) for char in text)


def inert(text: str) -> str:
    """Whole output without what a CI server would take for a command (``::error``, ``##[error]``, ``##vso[...]``).

    One character of each is written as an escape, so that a reader still sees what stood there.
    """
    if "::" in text:
        text = _COMMAND_LINE.sub(r"\1\\x3a", text)
    return COMMAND_MARK.sub(r"#\\x23", text) if "##" in text else text


def mask(text: str) -> str:
    """``text`` without the secrets of its addresses: user info, parameters such as ``token`` or ``sig``, and
    the path where that is the secret (a webhook).

    Tokens known by their shape (access key ids, JSON web tokens) go too, wherever they stand. Masking twice changes
    nothing more.
    """
    if "://" in text:
        text = _HOOK.sub(rf"\g<host>{HIDDEN}", _USER_INFO.sub(rf"\g<scheme>{HIDDEN}@", text))
    if "=" in text:
        text = _PARAMETER.sub(rf"\g<name>={HIDDEN}", text)
    return _TOKENS.sub(HIDDEN, text)


def mask_address(text: str) -> str:
    """``mask`` for what is known to be an address, perhaps without a scheme: its user info goes too."""
    return _BARE_USER_INFO.sub(f"{HIDDEN}@", mask(text))


def mask_source(line: str) -> str:
    """A line of source without secrets: ``mask``, user info without a scheme, and literals assigned to a name that says
    what they are."""
    line = _ASSIGNMENT.sub(_hide, _NAMED.sub(_hide_named, line))
    return mask(_USER_INFO_IN_LINE.sub(f"{HIDDEN}@", line) if "@" in line else line)


def shown(text: str) -> str:
    """Scanned text made fit to be seen: masked, then printable."""
    return printable(mask(text))


def _escape(char: str) -> str:
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _hide(found: re.Match[str]) -> str:
    if found["colon"]:
        return f"{found['name']}{found['colon']}{HIDDEN}"
    return f"{found['name']}{found['sign']}{found['quote']}{HIDDEN}{found['quote']}"


def _hide_named(found: re.Match[str]) -> str:
    return f"{found['name'] or found['list']}{HIDDEN}"
