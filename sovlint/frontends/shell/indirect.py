"""Programs that run others: which words of a command line are the program that really runs, and which are a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.shell.files import SHELLS
from sovlint.frontends.shell.in_containers import CONTAINERS, Inner, in_container
from sovlint.frontends.shell.language.variables import Text, hole, nowhere, of_glob
from sovlint.frontends.shell.language.words import joined
from sovlint.rules.commands.command import CommandRule
from sovlint.rules.commands.commands import Commands

_SCRIPT_FOLLOWS: Final = re.compile(r"-[a-zA-Z]*c|--command")
_VARIABLE: Final = re.compile(r"([A-Za-z_]\w*)=")
_EXECUTING: Final = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
_ENDING: Final = frozenset({";", "+", "\\;"})
_NAMING: Final = frozenset({"-name", "-iname", "-path", "-ipath", "-wholename"})
_EACH: Final = "{}"
"""What stands for the file in a command that is run for each of many."""
_FOR_EACH: Final = frozenset({"xargs", "parallel"})
_LISTED: Final = frozenset({":::", "::::", ":::+"})

_REMOTE: Final = frozenset({"ssh", "autossh"})
_REMOTE_WITH_VALUE: Final = frozenset({
    "-b", "-c", "-D", "-E", "-e", "-F", "-I", "-i", "-J", "-L", "-l", "-m", "-O", "-o", "-p", "-Q", "-R", "-S", "-W",
    "-w",
})  # fmt: skip


def program(words: Sequence[Text]) -> str:
    """The name of what runs, without its folder."""
    return words[0].text.rpartition("/")[2] if words else ""


def stripped(words: list[Text], settings: dict[str, Text], commands: Commands) -> list[Text]:
    """The words from the program that really runs on, by rules of ``commands``; variables that ``env`` sets go to
    ``settings``."""
    if program(words) in _FOR_EACH:
        words = with_file(words, hole(nowhere(_EACH)))
    while (start := _start(words, commands)) is not None:
        rule, operands, at = start
        while at < len(words):
            text = words[at].text
            met = _VARIABLE.match(text)
            if text.startswith("-"):
                at += 2 if text in rule.takes else 1
            elif met is not None:
                settings[met[1]] = words[at].after(met.end())
                at += 1
            elif operands:
                operands, at = operands - 1, at + 1
            else:
                break
        words = words[at:]
    return words


def _start(words: Sequence[Text], commands: Commands) -> tuple[CommandRule, int, int] | None:
    """By which rule a program runs another, how many operands stand before that, and behind which word; ``None``: it
    runs none."""
    for rule in commands.running(program(words)):
        runs = rule.runs
        behind = "" if runs is None else runs.behind
        if runs is not None and (
            not behind or [each.text for each in words[1:2]] == [behind]
        ):
            return rule, runs.operands, 2 if behind else 1
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
        file = _found(words)
        yield from (Inner(with_file(each, file)) for each in _executed(words) if each)
    elif name in CONTAINERS:
        yield from in_container(words)
    elif name in _REMOTE:
        remote = _remote(words)
        if remote:
            yield Inner([Text("sh"), Text("-c"), joined(remote, " ")])


def with_file(words: Sequence[Text], file: Text) -> list[Text]:
    """The words of a command that runs for each file of many, with one of which only so much is known."""
    return [
        replace(file, text=each.text.replace(_EACH, file.text))
        if _EACH in each.text
        else each
        for each in words
    ]


def _found(words: Sequence[Text]) -> Text:
    """One of the files that ``find`` finds, as far as its words say how it is called."""
    names = [name for flag, name in pairwise(words) if flag.text in _NAMING]
    one = names[0] if len(names) == 1 else hole(nowhere("find"))
    return of_glob(replace(one, quoted=False))


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
