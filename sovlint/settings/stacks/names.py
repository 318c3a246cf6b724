"""What names mean in a template: parameters by their defaults, entries of mappings, conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from sovlint.documents.tree import Node, get, is_list, is_map, text
from sovlint.expressions.environment import Env, Memory
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.files import Files
from sovlint.expressions.kinds import NULL, failed
from sovlint.expressions.lifting import hidden
from sovlint.expressions.limits import Work
from sovlint.expressions.nodes import Index, TraversalStep
from sovlint.expressions.texts import text_of
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.keys import KeyPath
from sovlint.settings.names import address_of, join_keys
from sovlint.settings.stacks.calls import ATTRIBUTE, CONDITION, IMPORT, MAPPINGS, truth

_NOTHING: Final = "NoValue"
"""The name by which something is left out."""

_WRITTEN: Final = "settings.written"


Exports = Mapping[str, Value]
"""What templates of the repository export, by the text of the name behind what each stack fills in."""


def exported_as(name: Value) -> str:
    """The text of a name, without what is only known of a stack that is deployed: ``${AWS::StackName}-QueueUrl``."""
    if isinstance(name, Known):
        return text_of(name.value) or ""
    parts = name.parts or ()
    rest = [part for number, part in enumerate(parts) if part or any(parts[:number])]
    return "" if None in rest else "".join(part or "" for part in rest)


class Stack(Struct, eq=False):
    """The names of the templates of one file (implements ``expressions.environment.Scope``).

    ``answers``: attributes that are an address at which a thing of the template answers itself; ``known``: what names
    are that nobody declares; ``exports``: what other templates export.
    """

    _templates: tuple[tuple[KeyPath, Node], ...]
    """Each with the keys that lead to it."""
    answers: frozenset[str] = frozenset()
    known: Mapping[str, str] = {}
    exports: Exports = {}
    files: Files = field(default_factory=Files)
    work: Work = field(default_factory=Work)
    _memory: Memory = field(default_factory=Memory)

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        """The value that a name stands for, and how many steps it takes."""
        if root == MAPPINGS:
            return self._memory.once((root,), self._mappings), 0
        if root == IMPORT:
            return self._imported(steps, env), len(steps)
        called = tuple(each for each in steps if isinstance(each, str))
        return self._memory.once((root, *called), lambda: self._found(root, called)), len(
            steps
        )

    def _imported(self, steps: Sequence[TraversalStep], env: Env) -> Value:
        """What another template of the repository exports under a name, if one alone does."""
        (step,) = steps
        name = evaluate(step.key, env) if isinstance(step, Index) else NULL
        written = exported_as(name)
        found = [self.exports[written]] if written in self.exports else []
        if not found and isinstance(
            name, Known
        ):  # the name of the stack is known here, and not there
            found = [value for end, value in self.exports.items() if written.endswith(end)]
        return found[0] if len(found) == 1 else Unknown(Reason.REMOTE_MODULE, IMPORT)

    def _found(self, root: str, called: Sequence[str]) -> Value:
        if root == ATTRIBUTE:
            return self._attribute(called[0], called[1])
        return self._condition(called[0]) if root == CONDITION else self._referred(called[0])

    def _referred(self, name: str) -> Value:
        parameter = self._declared("Parameters", name)
        if parameter is not None:
            return _of_parameter(name, parameter[1])
        if name in self.known:
            return Known(self.known[name])
        if "::" in name:
            is_none = name.endswith(f"::{_NOTHING}")
            return NULL if is_none else Unknown(Reason.FROM_ENVIRONMENT, name)
        step = self._read_from(name)
        reason = Reason.TEMPLATED if step is None else Reason.COMPUTED_AT_APPLY
        # What a thing is called by: whoever is given that as an address reaches the thing.
        return Unknown(reason, name, step, host_of=step.refers if step else None)

    def _attribute(self, name: str, attribute: str) -> Value:
        step = self._read_from(name)
        address = step.refers if step and attribute in self.answers else None
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{name}.{attribute}", step, host_of=address)

    def _read_from(self, name: str) -> Step | None:
        """That a value is one of a thing of the template; ``None`` where it has none of that name."""
        found = self._declared("Resources", name)
        if found is None:
            return None
        path, node = found
        address = address_of(node.where.path, join_keys(path))
        return Step(node.where, Note(_WRITTEN), refers=address, kind=StepKind.READ_FROM)

    def _condition(self, name: str) -> Value:
        found = self._declared("Conditions", name)
        if found is None:
            return failed(f"no condition {name}")
        return evaluate(truth(found[1]), Env(self))

    def _declared(self, section: str, name: str) -> tuple[KeyPath, Node] | None:
        """What a template declares in a section under a name, and the keys that lead to it."""
        for above, template in self._templates:
            node = get(template, section, name)
            if node is not None:
                return (*above, section, name), node
        return None

    def _mappings(self) -> Value:
        nodes = (get(template, MAPPINGS) for _, template in self._templates)
        node = next((each for each in nodes if each is not None), None)
        return failed("no mappings") if node is None else _written(node)


def _written(node: Node) -> Value:
    """What stands there as it is."""
    inner = node.value
    if is_map(node):
        return Known({key: _written(item) for key, item in inner.items()})
    if is_list(node):
        return Known(tuple(map(_written, inner)))
    return Known(inner if inner is None else text_of(inner), Step(node.where, Note(_WRITTEN)))


def _of_parameter(name: str, parameter: Node) -> Value:
    """The default of a parameter; without one, it is one of those that are allowed, if that is said."""
    kind, given = text(get(parameter, "Type")), get(parameter, "Default")
    value = _open(name, parameter) if given is None else _default(name, kind, given)
    if text(get(parameter, "NoEcho")).lower() == "true":
        return hidden(value)
    return value


def _default(name: str, kind: str, given: Node) -> Value:
    written = text(given)
    step = Step(given.where, Note("settings.default", {"name": name}), kind=StepKind.DEFAULT)
    if "::SSM::Parameter::Value" in kind:  # the default is only the name of where it is kept
        return Unknown(Reason.FROM_ENVIRONMENT, written, step)
    if kind.startswith(("List<", "CommaDelimitedList")):
        return Known(tuple(Known(each.strip(), step) for each in written.split(",")), step)
    return Known(written, step)


def _open(name: str, parameter: Node) -> Value:
    allowed = get(parameter, "AllowedValues")
    where = Step(parameter.where, Note(_WRITTEN))
    members = allowed.value if is_list(allowed) else []
    among = tuple(Known(text(each), Step(each.where, Note(_WRITTEN))) for each in members)
    if len(among) == 1:
        return among[0]
    return Unknown(Reason.UNSET_VARIABLE, name, where, among=among or None)
