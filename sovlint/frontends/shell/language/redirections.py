"""What a command is fed: here-documents, here-strings, pipes and files; and hosts that the shell itself dials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.frontends.shell.language.command import Command
from sovlint.frontends.shell.language.syntax import ShellSyntax
from sovlint.frontends.shell.language.variables import Text, hole, nowhere
from sovlint.frontends.shell.language.words import ShellWords, joined
from sovlint.model.decoding import late_pattern

if TYPE_CHECKING:
    from tree_sitter import Node

_DIALLED: Final = late_pattern(r"/dev/(?:tcp|udp)/([^/\s]+)/([^/\s]+)\Z")
_PRINTING: Final = frozenset({"echo", "printf"})
_LINES: Final = late_pattern(r"(?:%s\\n)+")
"""What ``printf`` is told to print each of its words in a line of its own."""
_WRITING: Final = frozenset({">", ">>", ">|", "&>", "&>>"})
_PASSING: Final = frozenset({"cat", "tee"})
_COMPOSING: Final = {
    "jq": (
        ("-n", "--null-input", "-nr", "-rn", "-nc", "-cn"),
        ("--rawfile", "--slurpfile", "--argfile", "-f", "--from-file"),
    )
}
"""Programs that make a document of their words alone, with flags that say so, and others that put files in (the manual of
jq, "Invoking jq")."""
_READS: Final = "input"
"""In a program for jq: what reads its input all the same (its manual, "input", "inputs")."""
_NAMED: Final = re.compile(r"(?:\$ENV|\benv)\.(\w+)")
"""In a program for jq: a variable of the environment (its manual, "$ENV, env")."""
_SUBSTITUTED: Final = frozenset({"$(...)", "`...`"})
"""How a hole is called that a command fills."""
_TABS: Final = late_pattern(r"^\t+", re.MULTILINE)


class Fed(Struct):
    """What a command gets besides its words: ``text`` at its input (``None``: nothing), of which ``file``, and ``more``
    words that stand behind a redirection."""

    text: Text | None = None
    more: tuple[Text, ...] = ()
    file: Text | None = None


class Redirected(Struct):
    """A statement and what its redirections make of it: ``piped`` gets what it prints, ``then`` runs behind it,
    ``dialled`` are hosts that the shell connects it with, ``to_file``: the file that what it prints is written to."""

    body: list[Node] = field(default_factory=list)
    fed: Fed = field(default_factory=Fed)
    piped: list[Node] = field(default_factory=list)
    then: list[Node] = field(default_factory=list)
    dialled: list[tuple[Text, Text]] = field(default_factory=list)
    to_file: Text | None = None


class Redirections:
    """Reads the redirections of one text."""

    def __init__(self, syntax: ShellSyntax, words: ShellWords) -> None:
        self._syntax = syntax
        self._words = words

    def of(self, node: Node, fed: Fed) -> Redirected:
        """The parts of a statement with redirections."""
        found = Redirected(fed=Fed(fed.text))
        for child in node.named_children:
            if child.type.endswith("_redirect"):
                self._add(child, found)
            elif child.type != "ERROR":
                found.body.append(child)
        return found

    def more(self, node: Node, fed: Fed) -> Fed:
        """What one more redirection, among the words of a command, feeds it."""
        found = Redirected(fed=fed)
        self._add(node, found)
        return found.fed

    def _add(self, node: Node, found: Redirected) -> None:
        if node.type == "heredoc_redirect":
            self._document(node, found)
        elif node.type == "herestring_redirect":
            texts = [self._words.whole(each) for each in node.named_children]
            found.fed = replace(found.fed, text=joined(texts, " "))
        else:
            self._file(node, found)

    def _document(self, node: Node, found: Redirected) -> None:
        strips = any(child.type == "<<-" for child in node.children)
        for child in node.named_children:
            if child.type == "heredoc_body":
                body = joined(
                    self._words.inside(child, child.start_byte, child.end_byte), " "
                )
                text = _TABS.sub("", body.text) if strips else body.text
                found.fed = replace(found.fed, text=replace(body, text=text))
            elif child.type == "pipeline":
                found.piped += child.named_children
            elif child.type.endswith("_redirect"):
                self._add(child, found)
            elif child.type in _STATEMENTS:
                found.then.append(child)
            elif child.type not in _MARKS:
                found.fed = replace(
                    found.fed, more=(*found.fed.more, *self._words.fields(child))
                )

    def _file(self, node: Node, found: Redirected) -> None:
        named = [child for child in node.named_children if child.type != "file_descriptor"]
        if not named:
            return
        words = self._words.fields(named[0])
        more = [text for each in named[1:] for text in self._words.fields(each)]
        feeds = any(child.type in ("<", "<&") for child in node.children)
        writes = any(child.type in _WRITING for child in node.children)
        if writes and words and not words[0].text.startswith("/dev/"):
            found.to_file = words[0]
        met = _DIALLED.search(words[0].text) if words else None
        if met is not None:
            word = words[0]
            found.dialled.append((replace(word, text=met[1]), replace(word, text=met[2])))
        is_fed = feeds and met is None and bool(words) and words[0].text != "/dev/null"
        text = hole(nowhere("<")) if is_fed else found.fed.text
        file = words[0] if is_fed else found.fed.file
        found.fed = Fed(text, (*found.fed.more, *more), file)


_MARKS: Final = frozenset({"heredoc_start", "heredoc_end", "comment", "ERROR"})
_STATEMENTS: Final = frozenset({
    "command", "list", "redirected_statement", "compound_statement", "subshell", "if_statement", "for_statement",
    "while_statement", "case_statement", "variable_assignment", "declaration_command", "negated_command",
})  # fmt: skip


def printed(command: Command | None) -> Text:
    """What a command prints, where its own words say it."""
    if command is not None and command.words:
        program = command.words[0].text.rpartition("/")[2]
        words = [each for each in command.words[1:] if not each.text.startswith("-")]
        if program in _PRINTING:
            a_line_each = bool(words) and _LINES.fullmatch(words[0].text) is not None
            return joined(words[1:], "\n") if a_line_each else joined(words, " ")
        if program in _PASSING and command.input is not None:
            return command.input
        if all(_composing(command)):  # by their names, files say what they are
            return joined(words, " ")
    return composed(command) or hole(nowhere("|"))


def composed(command: Command | None) -> Text | None:
    """The document that a command makes of its words alone; ``None`` for any other, and where it puts in files, what
    another command prints, or what it is fed."""
    flags, files = _composing(command)
    if command is None or not flags or files or _is_brought(command):
        return None
    text = Text("{")
    text.add(hole(nowhere("|")))
    text.add(Text("}"))
    return text


def _is_brought(command: Command) -> bool:
    """Whether what another command prints comes in, by its input or among its words."""
    reads = command.input is not None and any(_READS in each.text for each in command.words)
    texts = (*command.words, *command.read)
    details = (each.detail for text in texts for each in text.holes)
    return reads or any(detail in _SUBSTITUTED for detail in details)


def variables_named(words: Sequence[Text]) -> Iterator[str]:
    """The variables of the environment that words of a program name that makes a document of them."""
    if words and words[0].text.rpartition("/")[2] in _COMPOSING:
        for word in words[1:]:
            yield from _NAMED.findall(word.text)


def _composing(command: Command | None) -> tuple[bool, bool]:
    """Whether a command makes a document of its words, and whether it puts files in."""
    words = [] if command is None else [each.text for each in command.words]
    program = words[0].rpartition("/")[2] if words else ""
    flags, files = _COMPOSING.get(program, ((), ()))
    return not {*flags}.isdisjoint(words), not {*files}.isdisjoint(words)


def dialled(found: Redirected, command: Command | None) -> list[list[Text]]:
    """The words of a program that does what the shell does with ``/dev/tcp/host/port``; none where the command sends
    nothing: ``echo > /dev/tcp/host/80`` only tries whether somebody answers."""
    if command is None:
        return []
    words = [each for each in command.words[1:] if not each.text.startswith("-")]
    is_fed = command.input is not None or command.words[0].text == "exec"
    return [[Text("nc"), *host] for host in found.dialled if words or is_fed]
