"""What scanned text must lose before anybody sees it: control characters, commands to CI servers, and secrets.

All of them keep what they can: a reader still sees the host of an address and the rest of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from sovlint.model.decoding import late
from sovlint.model.redaction.forms import without_tokens
from sovlint.model.redaction.secret_values import SecretRange
from sovlint.model.redaction.secrets import blocks, found

HIDDEN: Final = "***"
"""What a secret is replaced by."""

_SPACES: Final = "\u00a0\u202f"
"""No-break spaces: harmless, and part of written French."""
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

_SECRET_WORD: Final = (
    r"(?:token|sig|signature|secret|password|passwd|passphrase|pwd|key|apikey"
    r"|credential|credentials|auth|sas|jwt)"
)
_BRIEF: Final = r"(?:(?:[?&]|%3F|%26)(?:code|t|k|pass|pw|hmac))"
"""Parameters that hold a secret under a name that says little."""
_USER_INFO: Final = late(
    r"""(?P<scheme>[a-z][a-z0-9+.-]{0,30}://)
        (?: [^\s/?#"'<>`]+@                     # as RFC 3986 has it: up to the last @ before the path
          | [^\s/:@"'<>`]*:(?!\d+[/?#])[^\s"'<>`]{0,1000}@ # a password with a raw / ? or # in it; not a port
        )""",
    re.IGNORECASE | re.VERBOSE,
)
_PARAMETER: Final = late(
    rf"""(?P<name>(?:[?&;]|%3F|%26|\#|\bsharedaccess|\baccount)[\w.-]*{_SECRET_WORD}|{_BRIEF})=[^&;\s"'<>`]+""",
    re.IGNORECASE,
)
_USER_INFO_IN_LINE: Final = late(
    r"""(?<![\w.+/-]) (?!serviceAccount:|mailto:|group:|domain:)(?:[\w.+-]{1,64}:|:(?!\$[({]))[^\s"'@/:]{1,200}@
            (?=(?:tcp6?)?\( | \[? [\w-]{1,63}\.[\w.-]+)       # host, or Go's tcp(host)
      | (?<=jdbc:oracle:thin:)[^\s"'@/]{1,64}/[^\s"'@]{1,200}@  # Oracle's user/password@host
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE_USER_INFO: Final = late(r"^[^\s/?#@]*:[^\s/?#@]*@")

COMMAND_MARK: Final = re.compile(r"##(?=\w*\[)")
"""How a command begins that CI servers look for anywhere in a line: ``##[`` (GitHub, Azure), ``##vso[`` (Azure)."""
_COMMAND_LINE: Final = late(r"^((?:[^\S\n]|\x1b\[[\d;]*m)*):(?=:[A-Za-z])", re.MULTILINE)
"""How a line begins that GitHub's runner takes for a command: blanks (or our own colours), ``::`` and a name."""


def printable(text: str) -> str:
    """``text`` with every character that isn't shown as itself written as a visible escape.

    That covers control and escape characters, line breaks, bidirectional controls, zero-width characters and lone
    surrogates; whatever ``str.isprintable`` refuses, no-break spaces apart.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in _SPACES else _escape(char) for char in text
    )


def inert(text: str) -> str:
    """Whole output without what a CI server would take for a command (``::error``, ``##[error]``, ``##vso[...]``).

    One character of each is written as an escape, so that a reader still sees what stood there.
    """
    if "::" in text:
        text = _COMMAND_LINE().sub(r"\1\\x3a", text)
    return COMMAND_MARK.sub(r"#\\x23", text) if "##" in text else text


def mask(text: str) -> str:
    """``text`` without its secrets: user info and parameters (``token``, ``sig``) of addresses, or their path where
    that is the secret (a webhook); tokens known by their shape; what stands beside a name, a flag or in a header that
    says what it is (``secrets.py``). Masking twice changes nothing more, and lines stay lines.
    """
    return _remembered(text) if len(text) <= _SHORT_TEXT else _masked(text)


def _masked(text: str) -> str:
    return _hidden(_of_addresses(text), found)


_SHORT_TEXT: Final = 300
_remembered: Final = lru_cache(maxsize=8192)(_masked)
"""Reports say the same paths, addresses and hosts over and over."""


def _of_addresses(text: str) -> str:
    if "://" in text and "@" in text:
        text = _USER_INFO().sub(rf"\g<scheme>{HIDDEN}@", text)
    if "=" in text:
        text = _PARAMETER().sub(rf"\g<name>={HIDDEN}", text)
    return without_tokens(text, HIDDEN)


def _hidden(text: str, rule: Callable[[str], list[SecretRange]]) -> str:
    """``text`` with the stretches that a rule finds replaced, line by line."""
    pieces, done = [], 0
    for start, end in rule(text):
        if end > max(done, start):
            pieces += [text[done:start], _LINE().sub(HIDDEN, text[max(done, start) : end])]
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


_LINE: Final = late(r"[^\s](?:[^\r\n]*[^\s])?")
"""What a line holds, without the blanks around."""


def mask_address(text: str) -> str:
    """``mask`` for what is known to be an address, perhaps without a scheme: its user info goes too."""
    return _BARE_USER_INFO().sub(f"{HIDDEN}@", mask(text))


def mask_source(text: str) -> str:
    """Lines of source without secrets: ``mask``, user info without a scheme, and lines of long base64. As many lines
    come out as go in."""
    return _hidden(
        mask(_USER_INFO_IN_LINE().sub(f"{HIDDEN}@", text) if "@" in text else text), blocks
    )


class MaskedLines:
    """The lines of a file without secrets, each as the lines around it show it: a name may stand above its secret.

    They are masked a stretch of lines at a time, when one of them is first asked for. ``line`` gives the line of a
    number, from 1; an empty text past both ends."""

    def __init__(self, line: Callable[[int], str]) -> None:
        self._line = line
        self._stretches: dict[int, list[str]] = {}

    def __getitem__(self, number: int) -> str:
        """The line of a number, from 1."""
        stretch = (number - 1) // STRETCH
        if stretch not in self._stretches:
            self._stretches[stretch] = self._masked(stretch * STRETCH + 1)
        return self._stretches[stretch][(number - 1) % STRETCH]

    def _masked(self, start: int) -> list[str]:
        first, end = max(1, start - ABOVE), start + STRETCH
        lines = [self._near(each, start <= each < end) for each in range(first, end + BELOW)]
        hidden = mask_source("\n".join(lines)).split("\n")
        return hidden[start - first : end - first]

    def _near(self, number: int, own: bool) -> str:
        """A line without line breaks inside; of a long one that is only beside, as much as may bear on another line."""
        line = self._line(number).replace("\n", " ")
        return line if own or len(line) <= LONG else line[-LONG:]


STRETCH: Final = 100
"""So many lines are masked at once."""
ABOVE: Final = 200
"""So many lines above are looked at: a block that holds secrets begins no further away."""
BELOW: Final = 20
"""So many lines below are looked at."""
LONG: Final = 2_000
"""Of a longer line only its end can bear on the next one."""


def safe_text(text: str) -> str:
    """Scanned text made safe to be seen: secrets masked, then what a terminal would obey escaped."""
    return printable(mask(text))


def _escape(char: str) -> str:
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
