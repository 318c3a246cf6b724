"""What a shell makes of a text: the commands in it, with quotes taken away and variables filled in. Nothing is run.

After POSIX, "Shell Command Language". What only a run would tell (``$(...)``) is a hole. All arms of a condition are
read, loops over lists once for each element, functions where they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from sovlint.frontends.shell.files import ContainerFiles
from sovlint.frontends.shell.language.assignments import Assignments
from sovlint.frontends.shell.language.branches import (
    arms,
    in_order,
    is_broken,
    is_test,
    items_of,
    loop_parts,
    whole_statements,
    without_comments,
)
from sovlint.frontends.shell.language.builtins import builtin
from sovlint.frontends.shell.language.command import Command
from sovlint.frontends.shell.language.own_folder import folder_entered, printed_folder
from sovlint.frontends.shell.language.plain_lines import simple_commands
from sovlint.frontends.shell.language.redirections import (
    Fed,
    Redirections,
    composed,
    dialled,
    printed,
    variables_named,
)
from sovlint.frontends.shell.language.syntax import ShellSyntax
from sovlint.frontends.shell.language.variables import (
    ScriptPlace,
    ShellFunction,
    Text,
    Variables,
    hole,
    nowhere,
    of_glob,
    text_of,
)
from sovlint.frontends.shell.language.words import ShellWords
from sovlint.frontends.shell.language.written import file_of, written_by
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_NESTING: Final = 60
"""So deep statements, and scripts, may stand in each other."""


class Script:
    """One text, read once. ``emit`` gets its commands in the order in which a shell would come to them."""

    def __init__(
        self,
        source: Text,
        variables: Variables,
        place: ScriptPlace,
        files: ContainerFiles,
        emit: Callable[[Command], None],
        depth: int = 0,
    ) -> None:
        self._syntax = ShellSyntax(source, files.trees)
        self._source = source
        self._variables = variables
        self._place = place
        self._files = files
        self._emit = emit
        self._depth = depth
        self._nesting = depth
        self._words = ShellWords(self._syntax, variables, self._substituted)
        self._redirections = Redirections(self._syntax, self._words)
        self.assignments = Assignments(self._syntax, self._words, variables, place)
        self._fed = Fed()
        self._last: Command | None = None
        self._to_file: Text | None = None
        self._folder: Text | None = None

    def read(self) -> None:
        """All of it. Functions that nothing here calls come last: something else may call them."""
        root = self._syntax.root
        if root is None or root.type == "ERROR":
            self._plain(self._syntax.text, 0)
        else:
            self._run(root)
        functions = self._variables.functions.values() if self._depth == 0 else ()
        for function in list(functions):
            if not function.is_called:
                self._called(function, None)

    # --- statements

    def _run(self, node: Node) -> None:
        if self._nesting >= MAX_NESTING or not self._variables.may_go_on():
            return
        self._nesting += 1
        statement = _STATEMENTS.get(node.type)
        if node.has_error and is_broken(node):
            self._plain(self._syntax.of(node), node.start_point[0])
        elif statement is not None:
            statement(self, node)
        else:
            self._all(node.named_children)
        self._nesting -= 1

    def _all(self, nodes: Sequence[Node]) -> None:
        for first, last in whole_statements(nodes):
            if first is last:
                self._run(first)
            else:
                text = self._syntax.between(first.start_byte, last.end_byte).text
                self._plain(text, first.start_point[0])

    def _apart(self, node: Node) -> None:
        """Commands in a shell of their own: what they set is theirs alone."""
        with self._variables.apart():
            self._layer(node.named_children)

    def _substituted(self, node: Node) -> Text | None:
        """The commands in ``$(...)``, ``<(...)``: what they print goes elsewhere. A document that the last of them puts
        together is one, whatever stands in it; a folder of the repository is told."""
        fed, last, folder = self._fed, self._last, self._folder
        self._fed, self._last, self._folder = Fed(), None, None
        if node.type != "arithmetic_expansion":
            self._apart(node)
        text = composed(self._last) or printed_folder(self._last, self._folder)
        self._fed, self._last, self._folder = fed, last, folder
        return text

    def _branches(self, branches: Iterable[Sequence[Node]]) -> bool:
        """Statements of which some may run. Whether one of them sets a variable to something else."""
        arms_read = self._variables.each_arm(branches)
        return self._variables.merge([self._layer(nodes) for nodes in arms_read])

    def _layer(self, nodes: Sequence[Node]) -> dict[str, Text]:
        self._variables.enter()
        self._all(nodes)
        return self._variables.leave()

    def _condition(self, node: Node) -> None:
        first, *rest = arms(node)
        self._all(first)
        self._branches(rest)

    def _cases(self, node: Node) -> None:
        self._branches(items_of(node))

    def _list(self, node: Node) -> None:
        """``a && b || c``: what follows ``||``, or a test, may not run."""
        tested = False
        for sign, each in in_order(node):
            if sign == "||" or (sign == "&&" and tested):
                self._branches([[each]])
            else:
                self._run(each)
            tested = is_test(each, self._syntax)

    def _loop(self, node: Node) -> None:
        """A loop: what its end sets may be there at its beginning."""
        nodes = node.named_children
        if self._variables.merge([self._layer(nodes)]):
            self._variables.merge([self._layer(nodes)])

    def _each(self, node: Node) -> None:
        """A loop over a list, once for each of its elements."""
        name, elements, body = loop_parts(node, self._syntax)
        texts = self._words.all_fields(elements) if elements else [hole(nowhere(f"${name}"))]
        for text in {each.text: each for each in texts}.values():
            self._variables.enter()
            self._variables.assign(name, of_glob(text))
            self._all(body)
            self._variables.merge([self._variables.leave()])

    def _function(self, node: Node) -> None:
        name, *body = node.named_children
        script = ShellFunction(lambda: self._all(body))
        self._variables.functions[self._syntax.of(name)] = script

    def _stages(self, nodes: Sequence[Node]) -> None:
        """Each is fed what the one before it prints."""
        fed = self._fed
        for number, each in enumerate(nodes):
            if number:
                self._fed = Fed(printed(self._last))
            self._last = None
            self._run(each)
        self._fed = fed

    def _redirected(self, node: Node) -> None:
        """A statement with redirections, and with what follows a here-document on its line."""
        found = self._redirections.of(node, self._fed)
        fed, self._fed = self._fed, found.fed
        outer, self._to_file = self._to_file, found.to_file or self._to_file
        self._last = None
        self._all(found.body)
        self._to_file = outer
        if not found.body and found.fed.more:
            self._invoke([], {}, node)
        self._fed = fed
        if found.piped:
            self._fed = Fed(printed(self._last))
            self._stages(found.piped)
            self._fed = fed
        self._all(found.then)
        for words in dialled(found, self._last):
            self._emitted(words, {}, node.start_point[0], hole(nowhere(">")))

    def _plain(self, text: str, first: int) -> None:
        for number, words in simple_commands(text, self._variables, self._source):
            self._called_by(words, {}, first + number)

    # --- commands

    def _command(self, node: Node) -> None:
        settings: dict[str, Text] = {}
        words: list[Text] = []
        fed = self._fed
        for child in node.named_children:
            if child.type == "variable_assignment":
                name, value = self.assignments.read(child)
                settings[name] = value
            elif child.type.endswith("_redirect"):
                self._fed = self._redirections.more(child, self._fed)
            elif child.type not in ("comment", "ERROR"):
                words += self._words.fields(child)
        self._invoke(words, settings, node)
        self._fed = fed

    def _invoke(self, words: list[Text], settings: dict[str, Text], node: Node) -> None:
        words = [*words, *self._fed.more]
        if words:
            self._called_by(words, settings, node.start_point[0])
        else:
            for name, value in settings.items():
                self.assignments.set(name, value, node.start_point[0])

    def _called_by(self, words: list[Text], settings: dict[str, Text], line: int) -> None:
        """One command: a function, a command of the shell, or a program."""
        function = self._variables.functions.get(words[0].text)
        if function is not None:
            function.is_called = True
            self._called(function, words[1:])
            return
        self._read_in(words, line)
        script = builtin(words, self._variables)
        if script is not None:
            self._inner(script, self._place_at(line))
        self._emitted(words, settings, line, self._fed.text)

    def _called(self, function: ShellFunction, words: Sequence[Text] | None) -> None:
        if self._nesting >= MAX_NESTING // 2 or not self._variables.may_go_on():
            return
        held, self._variables.parameters = self._variables.parameters, words
        function.is_called = True
        nesting, self._nesting = self._nesting, self._nesting + 5
        function.run()
        self._nesting = nesting
        self._variables.parameters = held

    def _emitted(
        self, words: list[Text], settings: dict[str, Text], line: int, fed: Text | None
    ) -> None:
        self._last = Command(words, settings, self._place_at(line), fed, depth=self._nesting)
        self._last.branch, self._last.shell = self._variables.branch, self._variables.shell
        self._last.fed_by = self._fed.file
        self._folder = folder_entered(words) or self._folder
        self._variables.folder = self._files.entered(words, self._variables.folder)
        self._last.read = tuple(
            settings.get(name) or self._variables.get(name) for name in variables_named(words)
        )
        self._last.file = file_of(self._last, self._to_file)
        self._variables.written += written_by(self._last)
        self._emit(self._last)

    def _place_at(self, line: int) -> ScriptPlace:
        return ScriptPlace(*self._place.at(line))

    def _inner(self, text: Text, place: ScriptPlace) -> None:
        """Commands of another text, in this shell."""
        if self._nesting < MAX_NESTING and self._variables.may_go_on():
            depth = self._nesting + 1
            Script(text, self._variables, place, self._files, self._emit, depth).read()

    def _read_in(self, words: list[Text], line: int) -> None:
        """The commands of a script that a command reads into this one."""
        held = self._files.read_by(words, self._variables.folder)
        if held is None and self._files.misses(words):
            why = " ".join(word.text.replace(HOLE, "$") for word in words[:2])
            self._variables.lose(why, self._place, line)
        elif held is not None and self._variables.may_call():
            place = ScriptPlace(held.where, held.script.because, held.lines)
            outer, self._variables.source = self._variables.source, held.own
            self._inner(text_of(held.script), place)
            self._variables.source = outer


_STATEMENTS: Final[dict[str, Callable[[Script, Node], object]]] = {
    "command": Script._command,
    "declaration_command": lambda script, node: script.assignments.declared(node),
    "unset_command": lambda script, node: script.assignments.unset(node),
    "variable_assignment": lambda script, node: script.assignments.one(node),
    "subshell": Script._apart,
    "command_substitution": Script._substituted,
    "process_substitution": Script._substituted,
    "function_definition": Script._function,
    "if_statement": Script._condition,
    "case_statement": Script._cases,
    "for_statement": Script._each,
    "while_statement": Script._loop,
    "c_style_for_statement": Script._loop,
    "list": Script._list,
    "pipeline": lambda script, node: script._stages(without_comments(node)),
    "redirected_statement": Script._redirected,
    "ERROR": lambda script, node: script._plain(script._syntax.of(node), node.start_point[0]),
}
