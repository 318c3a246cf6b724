"""What commands set for those that come after them on the same machine: profiles, remotes and aliases, by words or by
files that they write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.decoding import late_pattern, pattern
from sovlint.model.partial.holes import HOLE, cut_text
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.commands.command import Branch, CommandLine, CommandRule
from sovlint.rules.commands.words import (
    USUAL,
    FileName,
    ParsedCommand,
    file_name,
    marked,
    picked,
)
from sovlint.rules.destination import Setting

_LINE: Final = late_pattern(
    r"^(?P<indent>[ \t]*)(?:\[(?P<section>[^\]\n]*)\]|(?P<key>[^=\[\n#;]*?)[ \t]*=[ \t]*(?P<value>[^\n]*?)|(?P<open>\x00+))"
    r"[ \t\r]*$",
    re.MULTILINE,
)
"""A section, a key and its value, or a line of which nothing is known."""
_ENDED: Final = "\\n"
"""How the end of a line stands in a text that ``echo -e`` prints."""


class KeptSetting(Struct, frozen=True):
    """A setting that a command has made; ``profile``: for which of those after it (``None``: for all). ``image``: the
    container's in which it was made."""

    setting: Setting
    profile: str | None
    branch: Branch = ()
    image: str = ""
    file: FileName | None = None
    """The file in which it stands, where commands must name that."""


class _Section(Struct):
    """Where in a file the next line that is written stands: the section, and the key above it."""

    name: str = USUAL
    above: str = ""
    indent: int = 0


class SetBefore:
    """What the commands of one machine have set so far."""

    __slots__ = ("_files", "_made", "_sections")

    def __init__(self) -> None:
        self._made: list[KeptSetting] = []
        self._sections: dict[str, _Section] = {}
        self._files: dict[FileName, list[CommandLine]] = {}

    def copy(self) -> SetBefore:
        """The same, which gets nothing more of what is set here."""
        found = SetBefore()
        found._made = list(self._made)
        found._files = {name: list(lines) for name, lines in self._files.items()}
        found._sections = {path: replace(each) for path, each in self._sections.items()}
        return found

    def __bool__(self) -> bool:
        return bool(self._made)

    def add(self, made: Iterable[KeptSetting]) -> None:
        """What one more command sets."""
        self._made += made

    def write(self, line: CommandLine) -> None:
        """A command has written a file, or added to it."""
        if line.writes is not None:
            self._files.setdefault(file_name(line.writes.path), []).append(line)

    def with_file(self, command: ParsedCommand, rule: CommandRule) -> SetBefore:
        """The same, as a command has it that is told to read a file: by ``rule``. Of one that isn't here nobody knows
        what it says."""
        name = command.file
        lines = () if name is None else self._files.get(name, ())
        found = SetBefore()
        found._made = [replace(each, file=None) for each in self._made if each.file == name]
        for line in lines:
            if line.writes is not None:
                found.add(_written(rule, line, line.writes.text, found.section("")))
        if not found and not any(_says_something(line) for line in lines):
            found.add(_anything(rule, command.line, _elsewhere(command)))
        return found

    def section(self, path: str) -> _Section:
        """Where in a file the next line stands."""
        return self._sections.setdefault(path, _Section())

    def at(self, line: CommandLine, profile: str) -> Sequence[Setting]:
        """What a command gets that names a profile. What may be set otherwise for it isn't known."""
        held: dict[str, Setting] = {}
        for made in (each for each in self._made if each.file is None):
            counts = _counts(made, line, profile)
            if counts is not False:
                name = made.setting.name
                before = held.get(name)
                held[name] = made.setting if counts else _doubted(before, made.setting)
        return tuple(held.values())


def _counts(made: KeptSetting, line: CommandLine, profile: str) -> bool | None:
    """Whether a setting counts for a command; ``None``: it may."""
    if made.image and made.image != line.image:
        return False
    reached = comes_before(made.branch, line.branch)
    if made.profile is None or reached is False:
        return reached
    if HOLE in made.profile or HOLE in profile:
        return reached if made.profile == profile != HOLE else None
    return reached if made.profile == profile else False


def comes_before(made: Branch, branch: Branch) -> bool | None:
    """Whether what stands in some arms comes before what stands in others; ``None``: it may."""
    for mine, its in zip(made, branch, strict=False):
        if mine != its:
            return False if mine[0] == its[0] else None
    return True if len(made) <= len(branch) else None


def _doubted(held: Setting | None, other: Setting) -> Setting:
    """A setting that may hold what another one does."""
    before = None if held is None else held.value
    if isinstance(before, Known) and isinstance(other.value, Known):
        if before.value == other.value.value:
            return other
        members = (before, other.value)
        value = _unsure(other, Reason.MULTI_VALUED).but(among=members)
    else:
        value = _unsure(other, Reason.FROM_ENVIRONMENT)
    return Setting(other.name, value, other.where)


def _unsure(setting: Setting, reason: Reason) -> Unknown:
    note = Note(
        "settings.overridden", {"name": setting.name, "line": setting.where.span().line}
    )
    step = Step(setting.where, note)
    return Unknown(reason, setting.name, step, sensitive=setting.value.sensitive, note=note)


# --- by words


def set_by(command: ParsedCommand, of_files: Sequence[CommandRule]) -> Iterator[KeptSetting]:
    """What a command sets for those after it; of a file that it writes nobody knows what stands in it."""
    rule, line = command.rule, command.line
    if rule.writes is not None:
        for path in command.words(rule.writes):
            for written in about(marked(path), command.settings, of_files):
                yield from _anything(written, line)
    if not rule.sets:
        return
    sure = not any(
        marked(word).startswith(HOLE) for need in rule.needs for word in command.words(need)
    )
    for each in rule.sets:
        part = each.value
        word = None if part is None else next(command.written(part), None)
        value = None if part is None or word is None else picked(part, word)
        if value is not None:
            made = Setting(each.name, value, line.where)
            setting = made if sure else _doubted(None, made)
            profile = command.profile if rule.profile else None
            yield KeptSetting(setting, profile, line.branch, line.image, command.file)


# --- by files


def set_in(
    line: CommandLine,
    settings: Sequence[Setting],
    of_files: Sequence[CommandRule],
    kept: SetBefore,
) -> Iterator[KeptSetting]:
    """What a command sets by the file that it writes."""
    if line.writes is None:
        return
    path = marked(line.writes.path)
    rule = next(about(path, settings, of_files), None)
    if rule is not None:
        yield from _written(rule, line, line.writes.text, kept.section(path))


def about(
    path: str, settings: Sequence[Setting], of_files: Sequence[CommandRule]
) -> Iterator[CommandRule]:
    """The rules about a file."""
    for rule in of_files:
        named = (each for each in settings if each.name in rule.named_by)
        if any(fnmatchcase(path, glob) for glob in rule.files) or any(
            marked(each.value) == path for each in named
        ):
            yield rule


def _elsewhere(command: ParsedCommand) -> Unknown:
    """Why nobody knows what stands in a file that a command is told to read."""
    reads = command.rule.reads
    named = None if reads is None else next(command.written(reads.named), None)
    file = "" if named is None else marked(named).replace(HOLE, "*")
    note = Note("settings.in-file", {"program": command.title, "file": file})
    step = Step(command.line.where, note)
    return Unknown(Reason.FROM_ENVIRONMENT, file, step, note=note)


def _says_something(line: CommandLine) -> bool:
    """Whether a file is of the form that its rule is about: else it may be encrypted."""
    text = "" if line.writes is None else marked(line.writes.text).replace(_ENDED, " \n")
    return any(_members(text)) or any(
        met["key"] or met["open"] for met in _LINE.finditer(text)
    )


def _anything(
    rule: CommandRule, line: CommandLine, why: Unknown | None = None
) -> Iterator[KeptSetting]:
    """Each setting of a file of which nothing is known."""
    for each in rule.sets:
        setting = Setting(each.name, Known(None) if why is None else why, line.where)
        setting = setting if why is not None else _doubted(None, setting)
        yield KeptSetting(setting, HOLE if rule.profile else None, line.branch, line.image)


def _written(
    rule: CommandRule, line: CommandLine, value: Value, at: _Section
) -> Iterator[KeptSetting]:
    text = marked(value).replace(_ENDED, " \n")
    for each in rule.sets:
        if each.whole and text.strip():
            start = len(text) - len(text.lstrip())
            made = Setting(each.name, _cut(value, start, len(text.rstrip())), line.where)
            yield KeptSetting(made, None, line.branch, line.image)
    for section, key, held in _members(text):
        yield from _of_member(rule, line, section, key, held)
    for met in _LINE.finditer(text):
        if met["open"]:
            yield from _anything(rule, line)
        elif met["section"] is not None:
            at.name, at.above = met["section"].strip(), ""
        else:
            yield from _of_key(rule, line, value, met, at)


def _of_key(
    rule: CommandRule, line: CommandLine, value: Value, met: re.Match[str], at: _Section
) -> Iterator[KeptSetting]:
    """What one line of a file sets."""
    key, indent = met["key"].strip(" \t\"'"), len(met["indent"])
    if indent <= at.indent:
        at.above = ""
    if not met["value"]:
        at.above, at.indent = key, indent
        return
    whole = f"{at.above}.{key}" if at.above else key
    for each in rule.sets:
        if each.key and pattern(each.key, re.IGNORECASE).search(whole):
            setting = Setting(each.name, _cut(value, *met.span("value")), line.where)
            yield KeptSetting(setting, _profile(rule, at.name), line.branch, line.image)


def _members(text: str) -> Iterator[tuple[str, str, str]]:
    """The texts of a document of JSON: the key of what each stands in, its own key, and what it is."""
    try:
        waiting = [("", json.loads(text, strict=False))] if text[:1] == "{" else []
    except (ValueError, RecursionError):
        return
    while waiting:
        above, held = waiting.pop()
        for key, each in held.items():
            if isinstance(each, dict):
                waiting.append((key, each))
            elif isinstance(each, str):
                yield above, key, each


def _of_member(
    rule: CommandRule, line: CommandLine, section: str, key: str, text: str
) -> Iterator[KeptSetting]:
    for each in rule.sets:
        if each.key and pattern(each.key, re.IGNORECASE).search(key):
            setting = Setting(each.name, Known(text), line.where)
            made = _doubted(None, setting) if HOLE in text else setting
            yield KeptSetting(made, _profile(rule, section), line.branch, line.image)


def _profile(rule: CommandRule, section: str) -> str | None:
    """For which commands a section counts; one that is no profile counts for any that names it, so nobody knows."""
    if not rule.profile:
        return None
    within = rule.profile[0].within
    met = pattern(within).search(section) if within else None
    return section if not within else HOLE if met is None else met[1]


def _cut(value: Value, start: int, end: int) -> Value:
    """A part of a text."""
    if isinstance(value, Known):
        return Known(str(value.value)[start:end], value.because, value.sensitive)
    return cut_text(value, lambda text: text[start:end]).but(among=None)
