"""Which files are there for developers, by the words of their paths, and how others put one on a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from sovlint.model.decoding import SomeText, SomeTexts, SourceKey, Texts, late_pattern
from sovlint.model.file_globs import START, Glob, globbed

_STEM: Final = late_pattern(r"(?:docker-)?compose(?=[-_.])")
"""What the name of every such file begins with."""
_ENDING: Final = late_pattern(r"\.ya?ml\Z")
_WORD: Final = late_pattern(r"[^\W_]+")
_OPEN: Final = late_pattern(r"([\w./-]*compose[\w.-]*)(?:\$|\{|%|<|\")")
"""The name of a file of which only the beginning is written, and a script fills in the rest; or the end of a text."""
_PIPELINES: Final = (".yml", ".yaml")
"""Nobody runs these on a server by their names."""
_HOLES: Final = ("$", "{", "%", "<")
_RUNS: Final = ("compose", "stack deploy", "stack_deploy")
"""Without one of these texts, a script runs no such file."""
_SET: Final = late_pattern(r"\s*(?:export\s+|-?\s*name:\s*)?([A-Za-z_]\w*)\s*[:?+]{0,2}[=:]")
"""What sets a variable: of a shell, of make, of a pipeline."""
_NEAR: Final = 12
"""So many lines above and below are about the same thing."""
_DEVICE: Final = late_pattern(r"/dev/\w+")
_NAMED: Final = r"(?<![\w.-]){}(?![\w-]|\.\w)"


class Developers(Struct, frozen=True, kw_only=True):
    """What tells files for developers."""

    words: SomeTexts
    """Words that say it where all others of the same part stand `beside`."""
    files: Texts = ()
    """Words that do so in the name of a file alone."""
    sure: Texts = ()
    """Words that say it whatever stands beside them."""
    beside: Texts = ()
    """Words that may stand beside."""
    against: Texts = ()
    """Words that say otherwise, wherever they stand in a path."""
    deployers: Annotated[
        Texts, Meta(description="Globs of files that may put others on a server.")
    ]
    servers: SomeTexts
    """Words by which they do."""
    runs_on: Texts = ()
    """What stands before the machine that a pipeline runs on."""
    hosted: Texts = ()
    """How machines begin that are the CI server's, and so nobody's server."""
    near: Texts = ()
    """Words by which they do about where they name a file, or in their own paths."""
    always: Texts = ()
    """Globs of those that do by naming one."""
    tools: Mapping[str, SomeText] = field(default_factory=dict)
    """By the name of a file, the program that runs what stands in it."""
    source: SourceKey
    positive: Texts
    """Paths of files that are for developers."""
    negative: Texts
    """Paths of files that aren't."""


class DevelopersFiles:
    """Tells files for developers by their paths, and by what scripts and pipelines say of them."""

    def __init__(self, rules: Sequence[Developers]) -> None:
        self._rules = rules

    def says(self, path: str) -> bool:
        """Whether the name of a file, or of a folder around it, says that it is for developers."""
        return any(_says(rule, path) for rule in self._rules)

    def may_deploy(self, path: str) -> bool:
        """Whether a file is one in which people write how software gets onto a server."""
        return self._globs.match(path)

    def speaks_of_servers(self, text: str) -> bool:
        """Whether such a file says anything of a server."""
        return self._servers.met(text)

    def deploys(self, script: str, text: str, path: str, usual: bool) -> bool | None:
        """Whether a script puts the file at ``path`` on a server; ``None`` where it only names it. ``usual``: every
        such file may have the name of this one, so that a command needn't say it."""
        if not any(each in text for each in _RUNS):
            return False
        lines = text.split("\n")
        naming = _naming(script, lines, path, usual)
        if not naming:
            return False
        if self._servers.met(text) or self._near.met(script) or self._always.match(script):
            return True
        around = 0 if script.endswith(".json") else _NEAR
        near = any(self._near.met(_around(lines, at, around)) for at in naming)
        return near or None

    def calls(self, text: str, script: str) -> bool:
        """Whether a text that speaks of servers runs a script: by its name, or by the program that reads it about where
        it speaks of one."""
        name = basename(script)
        tools = {rule.tools[name] for rule in self._rules if name in rule.tools}
        if not tools:  # a name without an ending may be any word
            shown = name if "." in name else "/".join(script.split("/")[-2:])
            return not script.endswith(_PIPELINES) and _is_named(shown, text)
        lines = text.split("\n")
        program = _Words(tools, r"\w", r"\w")
        return any(
            self._servers.met(line) and program.met(_around(lines, at, _NEAR))
            for at, line in enumerate(lines)
        )

    @cached_property
    def _globs(self) -> _Globs:
        return _Globs(glob for rule in self._rules for glob in rule.deployers)

    @cached_property
    def _always(self) -> _Globs:
        return _Globs(glob for rule in self._rules for glob in rule.always)

    @cached_property
    def _servers(self) -> _Words:
        machines = [
            (
                each.lower(),
                re.compile(rf"{re.escape(each)}(?! *(?:{_either(rule.hosted)}))", re.I),
            )
            for rule in self._rules
            for each in rule.runs_on
        ]
        words = (word for rule in self._rules for word in rule.servers)
        return _Words(words, r"[\w.]", r"\w", machines)

    @cached_property
    def _near(self) -> _Words:
        words = (word for rule in self._rules for word in rule.near)
        return _Words(words, r"[^\W_]", r"[^\W_]")


class _Words:
    """Words to look for in long texts, in any case: with no such sign before or after one that begins or ends with a
    letter. ``more``: a part of a text, and the pattern that counts where that is there."""

    def __init__(
        self,
        words: Iterable[str],
        before: str,
        after: str,
        more: Iterable[tuple[str, re.Pattern[str]]] = (),
    ) -> None:
        self._signs = before, after
        self._words = sorted({word.lower() for word in words})
        self._more = tuple(more)

    def met(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        lowered = text.lower()
        return any(
            word in lowered and self._stands(word, lowered) for word in self._words
        ) or any(part in lowered and pattern.search(lowered) for part, pattern in self._more)

    def _stands(self, word: str, text: str) -> bool:
        before, after = self._signs
        first = f"(?<!{before})" if word[0].isalnum() else ""
        last = f"(?!{after})" if word[-1].isalnum() else ""
        return re.search(f"{first}{re.escape(word)}{last}", text) is not None


def _either(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, texts)) or "(?!)"


NO_DEVELOPERS: Final = DevelopersFiles(())


class _Globs:
    """Globs of files, told apart by their whole names and by how these end first: many files are asked about."""

    def __init__(self, globs: Iterable[str]) -> None:
        self._named: dict[str, list[Glob]] = {}
        self._ending: dict[str, list[Glob]] = {}
        self._begun: dict[str, list[Glob]] = {}
        self._folders: list[Glob] = []
        for glob in (globbed("", each) for each in globs):
            first, star, rest = glob.name.partition("*")
            if not star:
                self._named.setdefault(first, []).append(glob)
            elif not first and rest.rpartition(".")[0] == "" and "." in rest:
                self._ending.setdefault(rest[1:], []).append(glob)
            elif len(first) >= START:
                self._begun.setdefault(first[:START], []).append(glob)
            else:
                self._folders.append(glob)

    def match(self, path: str) -> bool:
        """Whether a path is of one of them."""
        folder, _, name = path.rpartition("/")
        likely = (
            *self._named.get(name, ()), *self._ending.get(name.rpartition(".")[2], ()),
            *self._begun.get(name[:START], ()), *self._folders
        )  # fmt: skip
        return any(
            glob.folder in folder
            and glob.matches(name)
            and re.search(glob.whole, f"/{folder}/")
            for glob in likely
        )


def _around(lines: Sequence[str], at: int, more: int) -> str:
    return "\n".join(lines[max(0, at - more) : at + more + 1])


def _naming(script: str, lines: Sequence[str], path: str, usual: bool) -> list[int]:
    """The lines of a script that name a file: by its name, by a name that a variable ends, or by a variable that holds
    it. Where its own name is that of every such file, those that name the folder that it stands in; all of them where
    the script stands in that folder too, or below it."""
    name = basename(path)
    if not usual:
        begun = _ENDING.sub("", name)
        first = [
            at
            for at, line in enumerate(lines)
            if _is_named(name, line) or any(begun.startswith(each) for each in _begun(line))
        ]
    elif f"{dirname(script)}/".startswith(f"{dirname(path)}/"):
        return list(range(len(lines)))
    else:
        folder = _own_folder(dirname(path))
        first = [
            at for at, line in enumerate(lines) if _is_named(folder, _DEVICE.sub("", line))
        ]
    return _with_variables(first, lines)


def _own_folder(folder: str) -> str:
    """The last folder of a path; with the one above it, where it is called as every command of Compose is."""
    above, _, last = folder.rpartition("/")
    return f"{above.rpartition('/')[2]}/{last}" if above and _STEM.match(f"{last}.") else last


def _with_variables(first: Sequence[int], lines: Sequence[str]) -> list[int]:
    """``first``, and the lines with a variable that is set in one of these, as often as that leads on."""
    found, waiting = set(first), list(first)
    known: set[str] = set()
    while waiting:
        met = _SET.match(lines[waiting.pop()])
        if met is None or met[1] in known:
            continue
        known.add(met[1])
        more = {at for at, line in enumerate(lines) if met[1] in line} - found
        found |= more
        waiting += more
    return sorted(found)


def _begun(text: str) -> Iterator[str]:
    """Names of files of which a script has only the beginning."""
    for met in _OPEN.finditer(text) if _RUNS[0] in text else ():
        if text[met.end() - 1] in _HOLES:
            yield basename(met[1])


def _is_named(name: str, text: str) -> bool:
    return (
        bool(name)
        and name in text
        and re.search(_NAMED.format(re.escape(name)), text) is not None
    )


def _says(rule: Developers, path: str) -> bool:
    *folders, name = path.lower().split("/")
    parts = _STEM.sub("", _ENDING.sub("", name), 1).split(".")
    if any(
        word in rule.against for part in (*folders, *parts) for word in _WORD.findall(part)
    ):
        return False
    own = (*rule.words, *rule.files)
    return any(_part_says(rule, part, own) for part in parts) or any(
        _part_says(rule, folder, rule.words) for folder in folders
    )


def _part_says(rule: Developers, part: str, own: Iterable[SomeText]) -> bool:
    words = set(_WORD.findall(part))
    if words.intersection(rule.sure):
        return True
    return bool(words.intersection(own)) and words <= {*own, *rule.beside}
