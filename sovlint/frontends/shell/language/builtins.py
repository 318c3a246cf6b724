"""Commands of the shell itself that set variables, or run a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sovlint.frontends.shell.language.variables import Text, Variables
from sovlint.frontends.shell.language.words import joined

_NOTHING: Final = ("", "-")


def builtin(words: Sequence[Text], variables: Variables) -> Text | None:
    """Do to the variables what a command of the shell does; the text that it runs in this shell, if there is one."""
    known = _BUILTINS.get(words[0].text)
    return None if known is None else known(words[1:], variables)


def _eval(words: Sequence[Text], _: Variables) -> Text | None:
    return joined(words, " ") if words else None


def _trap(words: Sequence[Text], _: Variables) -> Text | None:
    given = [word for word in words if not word.text.startswith("--")]
    if len(given) < 2 or given[0].text in _NOTHING or given[0].text.startswith("-"):
        return None
    return given[0]


def _read(words: Sequence[Text], variables: Variables) -> None:
    """``read a b``, ``mapfile a``, ``getopts x a``: what is read isn't known."""
    for word in words:
        if word.text.isidentifier():
            variables.forget(word.text)


def _printf(words: Sequence[Text], variables: Variables) -> None:
    if len(words) > 1 and words[0].text == "-v":
        variables.forget(words[1].text)


def _set(words: Sequence[Text], variables: Variables) -> None:
    texts = [word.text for word in words]
    if not {"-a", "allexport"}.isdisjoint(texts):
        variables.exports_all = "+o" not in texts
    elif "+a" in texts:
        variables.exports_all = False
    if "--" in texts:
        variables.parameters = words[texts.index("--") + 1 :]
    elif texts and not texts[0].startswith(("-", "+")):
        variables.parameters = words


def _shift(words: Sequence[Text], variables: Variables) -> None:
    given = variables.parameters
    if given is None:
        return
    count = words[0].text if words else "1"
    variables.parameters = given[int(count) :] if count.isdecimal() else None


_BUILTINS: Final[dict[str, Callable[[Sequence[Text], Variables], Text | None]]] = {
    "eval": _eval,
    "trap": _trap,
    "read": _read,
    "mapfile": _read,
    "readarray": _read,
    "getopts": _read,
    "printf": _printf,
    "set": _set,
    "shift": _shift,
}
