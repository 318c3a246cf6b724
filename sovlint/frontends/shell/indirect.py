"""Programs that run others: which words of a command line are the program that really runs, and which are a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.frontends.shell.files import SHELLS
from sovlint.frontends.shell.in_containers import CONTAINERS, Inner, in_container
from sovlint.frontends.shell.language.variables import Text
from sovlint.frontends.shell.language.words import joined

_RUNNING: Final = {
    "exec": 0, "env": 0, "sudo": 0, "nohup": 0, "command": 0, "builtin": 0, "tini": 0, "dumb-init": 0, "catatonit": 0,
    "nice": 0, "ionice": 0, "stdbuf": 0, "xargs": 0, "time": 0, "doas": 0, "setsid": 0, "busybox": 0, "chronic": 0,
    "unbuffer": 0, "ifne": 0, "systemd-run": 0, "systemd-inhibit": 0, "with-contenv": 0, "coproc": 0, "proxychains": 0,
    "proxychains4": 0, "torsocks": 0, "chrt": 1, "taskset": 1, "timeout": 1, "gtimeout": 1, "gosu": 1, "su-exec": 1,
    "s6-setuidgid": 1, "setuidgid": 1, "envdir": 1, "flock": 1, "chroot": 1, "npx": 0, "bunx": 0, "xvfb-run": 0,
    "watch": 0, "parallel": 0, "sshpass": 0, "envchain": 1, "cronic": 0, "cpulimit": 0, "strace": 0, "prlimit": 0,
}  # fmt: skip
"""Programs that run the one that their words name, and how many operands stand before that."""
_RUNNING_BY: Final = {
    "aws-vault": ("exec", 1), "chamber": ("exec", 1), "doppler": ("run", 0), "op": ("run", 0), "infisical": ("run", 0),
    "dotenvx": ("run", 0), "bundle": ("exec", 0), "poetry": ("run", 0), "pipenv": ("run", 0), "uv": ("run", 0),
    "vault-env": ("", 0), "conda": ("run", 0), "pdm": ("run", 0), "hatch": ("run", 0), "sops": ("exec-env", 1),
}  # fmt: skip
"""The same, of those that do it by one of their commands."""
_WITH_VALUE: Final = frozenset(
    {"-n", "-u", "-I", "-P", "-L", "-s", "-k", "-a", "-E", "-g", "-j", "-d", "-o"}
)
"""Flags of those that take a value."""

_WITH_VALUE_OF: Final = {
    "sshpass": frozenset({"-p", "-f", "-d", "-P"}),
    "cpulimit": frozenset({"-l", "-p"}),
}
"""Others of one of them."""

_SCRIPT_FOLLOWS: Final = re.compile(r"-[a-zA-Z]*c|--command")
_VARIABLE: Final = re.compile(r"([A-Za-z_]\w*)=")
_EXECUTING: Final = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
_ENDING: Final = frozenset({";", "+", "\\;"})
_LISTED: Final = frozenset({":::", "::::", ":::+"})

_REMOTE: Final = frozenset({"ssh", "autossh"})
_REMOTE_WITH_VALUE: Final = frozenset({
    "-b", "-c", "-D", "-E", "-e", "-F", "-I", "-i", "-J", "-L", "-l", "-m", "-O", "-o", "-p", "-Q", "-R", "-S", "-W",
    "-w",
})  # fmt: skip


def program(words: Sequence[Text]) -> str:
    """The name of what runs, without its folder."""
    return words[0].text.rpartition("/")[2] if words else ""


def stripped(words: list[Text], settings: dict[str, Text]) -> list[Text]:
    """The words from the program that really runs on; variables that ``env`` sets go to ``settings``."""
    while (start := _start(words)) is not None:
        operands, at = start
        with_value = _WITH_VALUE | _WITH_VALUE_OF.get(program(words), frozenset())
        while at < len(words):
            text = words[at].text
            met = _VARIABLE.match(text)
            if text.startswith("-"):
                at += 2 if text in with_value else 1
            elif met is not None:
                settings[met[1]] = words[at].after(met.end())
                at += 1
            elif operands:
                operands, at = operands - 1, at + 1
            else:
                break
        words = words[at:]
    return words


def _start(words: Sequence[Text]) -> tuple[int, int] | None:
    """How many operands stand before what a program runs, and behind which word; ``None``: it runs none."""
    name = program(words)
    if name in _RUNNING:
        return _RUNNING[name], 1
    verb, operands = _RUNNING_BY.get(name, ("", 0))
    if verb and len(words) > 1 and words[1].text == verb:
        return operands, 2
    return None


def script_at(words: Sequence[Text], may_begin: bool) -> int | None:
    """Which word is a script that a shell runs. ``may_begin``: whether the shell may be the image's own program."""
    if not words:
        return None
    is_shell = program(words) in SHELLS
    if not is_shell and not (may_begin and _SCRIPT_FOLLOWS.fullmatch(words[0].text)):
        return None
    for index, word in enumerate(words):
        if _SCRIPT_FOLLOWS.fullmatch(word.text):
            rest = range(index + 1, len(words))
            return next((each for each in rest if not words[each].text.startswith("-")), None)
    return None


def reads_input(words: Sequence[Text]) -> bool:
    """Whether a shell runs what it is fed: no script is named among its words."""
    if program(words) in _REMOTE:
        return True
    if program(words) not in SHELLS:
        return False
    given = [word.text for word in words[1:]]
    return "-s" in given or all(text.startswith("-") for text in given)


def run_by(words: Sequence[Text]) -> Iterator[Inner]:
    """What a program runs by the way: on each file that ``find`` finds, in a container, or on another host."""
    name = program(words)
    if name == "find":
        yield from (Inner(each) for each in _executed(words) if each)
    elif name in CONTAINERS:
        yield from in_container(words)
    elif name in _REMOTE:
        remote = _remote(words)
        if remote:
            yield Inner([Text("sh"), Text("-c"), joined(remote, " ")])


def without_list(words: list[Text]) -> list[Text]:
    """The words before the list that ``parallel`` and ``xargs`` go through."""
    at = next((number for number, word in enumerate(words) if word.text in _LISTED), None)
    return words[:at]


def _executed(words: Sequence[Text]) -> Iterator[list[Text]]:
    found: list[Text] | None = None
    for word in words:
        if word.text in _EXECUTING:
            found = []
        elif found is not None and word.text in _ENDING:
            yield found
            found = None
        elif found is not None:
            found.append(word)
    if found:
        yield found


def _remote(words: Sequence[Text]) -> list[Text]:
    """What runs on the host that ``ssh`` names."""
    at = 1
    while at < len(words) and words[at].text.startswith("-"):
        at += 2 if words[at].text in _REMOTE_WITH_VALUE else 1
    return list(words[at + 1 :])
