"""What a shell makes of a text: the commands in it, with quotes taken away and variables filled in. Nothing is run.

After POSIX, "Shell Command Language". What only a run would tell (``$(...)``, ``$1``, ``${x%%y}``) is a hole; both
arms of a condition are read, and what commands print is read for the commands that print it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from msgspec import Struct

from sovlint.frontends.shell.files import ContainerFiles
from sovlint.frontends.shell.variables import (
    ScriptPlace,
    Text,
    Variables,
    hole,
    nowhere,
    text_of,
)
from sovlint.model.partial.holes import HOLE

MAX_TEXT: Final = 50_000
MAX_COMMANDS: Final = 2_000
MAX_DEPTH: Final = 20
"""Longer scripts, and those nested deeper, aren't read to their end."""

_PLAIN: Final = re.compile(r"[^\s;|&()<>'\"\\$`]+")
_IN_QUOTES: Final = re.compile(r"[^\"\\$`]+")
_REDIRECTION: Final = re.compile(r"\d*(?:<<<|<<-?|>>|<>|[<>]&|>\||[<>])|&>>?")
_VARIABLE: Final = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")
_WITH_DEFAULT: Final = re.compile(r"\$\{([A-Za-z_]\w*):?[-=]([^{}$`'\"\\]*)\}")
_PARAMETER: Final = re.compile(r"\$(?:[0-9@*#?$!-])")
_ASSIGNED: Final = re.compile(r"([A-Za-z_]\w*)(\+?)=")
_OPERATORS: Final = ("&&", "||", ";;", "|&", ";", "|", "&", "(", ")")
_OPENING: Final = frozenset({"if", "while", "until"})
_CLOSING: Final = frozenset({"fi", "done", "esac"})
_PASSED: Final = frozenset(
    {"then", "do", "else", "elif", "!", "{", "}", "time", *_OPENING, *_CLOSING}
)
_LISTS: Final = frozenset({"for", "select", "case"})
_EXPORTING: Final = frozenset({"export", "declare", "typeset", "readonly", "local"})
_TESTING: Final = frozenset({"[", "[[", "test"})


class Command(Struct):
    """One command: its words, the program first, the variables that are set for it alone, and its place."""

    words: list[Text]
    settings: dict[str, Text]
    place: ScriptPlace


class Script:
    """One text, read once from its beginning to its end. ``commands`` are in the order in which they stand."""

    def __init__(
        self,
        source: Text,
        variables: Variables,
        place: ScriptPlace,
        files: ContainerFiles,
        depth: int = 0,
    ) -> None:
        self._text = source.text[:MAX_TEXT]
        self._source = source
        self._variables = variables
        self._place = place
        self._ends = [met.start() for met in re.finditer("\n", self._text)]
        self._line = 0
        self._at = self._start = 0
        self._files = files
        self._depth = depth
        self._nesting = 0
        self._delimiters: list[str] = []
        self._last = ""
        self.commands: list[Command] = []

    def read(self) -> list[Command]:
        """All commands."""
        while self._at < len(
            self._text
        ):  # a bracket that nothing opened ends a list, not the script
            self._list()
        return self.commands

    def _list(self) -> None:
        """Commands up to the bracket that closes them, or to the end."""
        words: list[Text] = []
        before, cases, start = "", 0, 0
        while len(self.commands) < MAX_COMMANDS:
            token = self._next()
            if isinstance(token, Text):
                start = start if words else self._start
                words.append(token)
                continue
            if words:
                self._line = bisect_left(self._ends, start)
                first = "" if words[0].quoted else words[0].text
                cases += (first == "case") - (first == "esac")
                self._simple(words, before)
            if token is None or (token == ")" and cases <= 0):
                return
            words, before = [], token
        self._at = len(self._text)

    # --- words

    def _next(self) -> Text | str | None:
        """The next word or operator; ``None`` at the end."""
        text = self._text
        while True:
            self._blanks()
            if self._at >= len(text):
                return None
            if text[self._at] == "\n":
                self._at += 1
                self._here_documents()
                return ";"
            met = _REDIRECTION.match(text, self._at)
            if met is not None:
                self._redirected(met)
                continue
            for operator in _OPERATORS:
                if text.startswith(operator, self._at):
                    self._at += len(operator)
                    return operator
            start = self._at
            word = self._word()
            self._start = start  # commands inside have moved it
            return word

    def _blanks(self) -> None:
        text = self._text
        while self._at < len(text):
            if text[self._at] in " \t\r\f\v":
                self._at += 1
            elif text.startswith(("\\\n", "\\\r\n"), self._at):
                self._at = text.index("\n", self._at) + 1
            elif text[self._at] == "#":
                self._at = self._find("\n", self._at)
            else:
                return

    def _find(self, sign: str, start: int) -> int:
        """Where a sign stands next; the end of the text where it doesn't."""
        found = self._text.find(sign, start)
        return len(self._text) if found < 0 else found

    def _redirected(self, met: re.Match[str]) -> None:
        """Passes over a redirection and what it names; a here-document follows with the next line."""
        self._at = met.end()
        if self._text.startswith("(", self._at):  # `<(...)`: commands of their own
            return
        self._blanks()
        if self._at < len(self._text) and self._text[self._at] not in "\n;|&()":
            named = self._word()
            if met[0].lstrip("0123456789") in ("<<", "<<-"):
                self._delimiters.append(named.text)

    def _here_documents(self) -> None:
        for delimiter in self._delimiters:
            while self._at < len(self._text):
                end = self._find("\n", self._at)
                line = self._text[self._at : end]
                self._at = end + 1
                if line.strip() == delimiter:
                    break
        self._delimiters = []

    def _word(self) -> Text:
        word = Text(
            quoted=self._text[self._at] in "'\"\\",
            doubt=self._source.doubt,
            sensitive=self._source.sensitive,
        )
        text, start = self._text, self._at
        while self._at < len(text) and (
            text[self._at] not in " \t\r\f\v\n;|&()<>" or self._at == start
        ):
            met = _PLAIN.match(text, self._at)
            if met is not None:
                word.text += met[0]
                self._at = met.end()
            elif text[self._at] == "'":
                end = self._find("'", self._at + 1)
                word.text += text[self._at + 1 : end]
                self._at = end + 1
            elif text[self._at] == '"':
                self._at += 1
                self._quoted(word)
            elif text[self._at] == "\\":
                word.text += text[self._at + 1 : self._at + 2].replace("\n", "")
                self._at += 2
            else:
                self._expanded(word)
        return word

    def _quoted(self, word: Text) -> None:
        text = self._text
        while self._at < len(text) and text[self._at] != '"':
            met = _IN_QUOTES.match(text, self._at)
            if met is not None:
                word.text += met[0]
                self._at = met.end()
            elif text[self._at] == "\\":
                escaped = text[self._at + 1 : self._at + 2]
                word.text += (
                    ""
                    if escaped == "\n"
                    else escaped
                    if escaped in '$`"\\'
                    else f"\\{escaped}"
                )
                self._at += 2
            else:
                self._expanded(word)
        self._at += 1

    def _expanded(self, word: Text) -> None:
        """What stands for ``$...`` or what is in backquotes."""
        text, at = self._text, self._at
        if text[at] == "`":
            end = self._find("`", at + 1)
            self._printed(text[at + 1 : end])
            self._at = end + 1
            word.add(hole(nowhere("`...`")))
        elif text.startswith("$((", at):
            self._at = self._find("))", at) + 2
            word.add(hole(nowhere("$((...))")))
        elif text.startswith("$(", at):
            self._at += 2
            self._nested()
            word.add(hole(nowhere("$(...)")))
        elif (met := _VARIABLE.match(text, at)) is not None:
            self._at = met.end()
            word.add(self._variables.get(met[1] or met[2]))
        elif (met := _WITH_DEFAULT.match(text, at)) is not None:
            self._at = met.end()
            word.add(self._variables.get_or(met[1], met[2]))
        elif text.startswith("${", at) or _PARAMETER.match(text, at):
            self._at = self._find("}", at) + 1 if text[at + 1] == "{" else at + 2
            word.add(hole(nowhere(text[at : self._at][:40])))
        else:
            word.text += text[at]
            self._at += 1

    def _nested(self) -> None:
        """The commands in ``$(...)``; what they set is theirs alone, so that it is taken for a condition."""
        if self._depth >= MAX_DEPTH:
            self._at = len(self._text)
            return
        self._depth += 1
        nesting, self._nesting = self._nesting, self._nesting + 1
        self._list()
        self._nesting = nesting
        self._depth -= 1

    def _printed(self, text: str) -> None:
        if self._depth < MAX_DEPTH:
            part = Text(text, self._source.doubt, self._source.sensitive)
            place = ScriptPlace(*self._place.at(bisect_left(self._ends, self._at)))
            inner = Script(part, self._variables, place, self._files, self._depth + 1)
            inner._nesting = self._nesting + 1
            self.commands += inner.read()

    # --- commands

    def _simple(self, words: list[Text], before: str) -> None:
        """One command: keywords before it are passed over, assignments kept."""
        words = self._after_keywords(words)
        if not words:
            return
        sure = (
            self._nesting == 0
            and before != "||"
            and not (before == "&&" and self._last in _TESTING)
        )
        settings: dict[str, Text] = {}
        while words and not words[0].quoted and (met := _ASSIGNED.match(words[0].text)):
            settings[met[1]] = self._assigned(met, words[0])
            words = words[1:]
        if not words:
            for name, value in settings.items():
                self._set(name, value, sure, self._variables.is_exported(name))
            return
        self._last = words[0].text
        self._read_in(words)
        if words[0].text in _EXPORTING:
            self._exported(words[1:], sure)
        else:
            self.commands.append(
                Command(words, settings, ScriptPlace(*self._place.at(self._line)))
            )

    def _after_keywords(self, words: list[Text]) -> list[Text]:
        """The words of a command without the keywords before it; none where all of it is about a loop or a case."""
        while words and not words[0].quoted and words[0].text in _PASSED:
            self._nesting += (words[0].text in _OPENING) - (words[0].text in _CLOSING)
            words = words[1:]
        self._nesting = max(self._nesting, 0)
        if not words or words[0].quoted or words[0].text not in _LISTS:
            return words
        self._nesting += 1
        if words[0].text != "case" and len(words) > 1:
            self._variables.assign(words[1].text, hole(nowhere(f"${words[1].text}")), True)
        return []

    def _read_in(self, words: list[Text]) -> None:
        """The commands of a script that a command reads into this one."""
        held = self._files.read_by(words)
        if held is None and self._files.misses(words):
            self._variables.lose(
                " ".join(word.text.replace(HOLE, "$") for word in words[:2]),
                self._place,
                self._line,
            )
        elif held is not None and self._variables.may_call():
            place = ScriptPlace(held.where, held.script.because, held.lines)
            self.commands += Script(
                text_of(held.script), self._variables, place, self._files, self._depth + 1
            ).read()

    def _set(self, name: str, value: Text, sure: bool, exported: bool) -> None:
        self._variables.assign(name, value, sure)
        if exported:
            self._variables.export(name, value if sure else None, self._place, self._line)

    def _assigned(self, met: re.Match[str], word: Text) -> Text:
        value = word.after(met.end())
        return hole(nowhere(f"${met[1]}"), value.sensitive) if met[2] else value

    def _exported(self, words: list[Text], sure: bool) -> None:
        for word in words:
            met = _ASSIGNED.match(word.text)
            if met is not None:
                self._set(met[1], self._assigned(met, word), sure, True)
            elif word.text.isidentifier():
                self._variables.export(word.text, None, self._place, self._line)
            elif word.text.startswith(HOLE):
                self._variables.lose("export $", self._place, self._line)
