"""What variables mean where a task stands: by Ansible's precedence, each worked out when it is asked for.

Source: Ansible's documentation, "Using variables", "Understanding variable precedence", background knowledge. What is
given on the command line (``-e``) wins over all of it and isn't here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sovlint.documents.tree import Node
from sovlint.expressions.jinja.evaluation import MISSING
from sovlint.expressions.jinja.parsing import is_template
from sovlint.expressions.jinja.statements import JinjaSource, native, rendered
from sovlint.expressions.jinja.values import NotThere, Omitted, UnsetHole, unset
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import (
    PlacedText,
    TemplateHole,
    has_holes,
    without_holes,
)
from sovlint.expressions.templates.values import List, Map
from sovlint.frontends.kubernetes.ansible.trees import VAULT, AnsibleFiles
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Known, Reason, Step, Unknown

PlayVariables = Mapping[str, tuple[Any, ...]]
"""By names, what each may be: trees, or values that are worked out; ``None`` where something said further down counts."""
_DEEPEST: Final = 40


class PlayScope:
    """Implements ``expressions.jinja.evaluation.JinjaScope``. ``layers``: what wins comes last; ``folders``: where files
    are looked for, by what they are for."""

    def __init__(
        self,
        layers: Sequence[PlayVariables],
        files: AnsibleFiles,
        folders: Mapping[str, list[str]],
        used: set[str],
    ) -> None:
        self.layers = tuple(layers)
        self.files = files
        self.folders = folders
        self.used = used
        """The files that were looked into."""
        self._run: TemplateRun | None = None
        self._known: dict[str, Any] = {}
        self._working: set[str] = set()

    def value(self, name: str, run: TemplateRun) -> Any:
        """See ``JinjaScope``."""
        if run is not self._run:
            self._run, self._known = run, {}
        if name not in self._known:
            self._known[name] = self._looked_up(name, run)
        return self._known[name]

    def _looked_up(self, name: str, run: TemplateRun) -> Any:
        if name == "omit":
            return Omitted(name)
        if name in self._working or len(self._working) > _DEEPEST:
            return unset(name)
        self._working.add(name)
        try:
            found = [self.evaluated(each, run, name) for each in self._candidates(name)]
        finally:
            self._working.discard(name)
        if name in _FACTS and not found:
            return TemplateHole(Unknown(Reason.COMPUTED_AT_APPLY, name), f"jinja:{name}")
        return one_of(found, name) if found else MISSING

    def _candidates(self, name: str) -> list[Any]:
        found: list[Any] = []
        for layer in reversed(self.layers):
            if name in layer:
                found.extend(each for each in layer[name] if each is not None)
                if None not in layer[name]:
                    break
        return found

    def evaluated(self, value: Any, run: TemplateRun, name: str = "") -> Any:
        """What a tree says, with all that is Jinja in it worked out. Raises ``TemplateError``."""
        if not isinstance(value, Node):
            return value
        run.afford(1)
        if value.tag.endswith("vault") or (
            isinstance(value.value, str) and value.value.startswith(VAULT)
        ):
            return _encrypted(value, name)
        if isinstance(value.value, dict):
            made = Map()
            for key, child in value.value.items():
                inner = self.evaluated(child, run, f"{name}.{key}" if name else key)
                if not isinstance(inner, Omitted):
                    made[without_holes(key)] = inner
                    made.places[without_holes(key)] = child.where
            return made
        if isinstance(value.value, list):
            return List(
                (self.evaluated(child, run, f"{name}[]") for child in value.value),
                (child.where for child in value.value),
            )
        if isinstance(value.value, str):
            return self._text(value, run)
        return value.value

    def _text(self, node: Node, run: TemplateRun) -> Any:
        text = without_holes(str(node.value))
        if node.tag.endswith("unsafe"):
            return PlacedText.written(text, node.where)
        where = node.where
        is_block = "\n" in text.rstrip("\n") and node.end.end_line > where.line
        source = JinjaSource(text, where.path, where.line + is_block, where)
        made = native(source, run, self)
        return PlacedText.written(text, where) if made is text else made

    # --- functions

    def call(
        self, name: str, run: TemplateRun, arguments: list[Any], named: Mapping[str, Any]
    ) -> Any:
        """See ``JinjaScope``."""
        if name not in ("lookup", "query", "q") or len(arguments) < 2:
            return MISSING
        kind, asked = arguments[0], arguments[1]
        if not isinstance(kind, str) or not isinstance(asked, str):
            return MISSING
        if is_template(asked):  # terms of a lookup are worked out once more
            asked = native(JinjaSource(asked, "", 1), run, self)
        if not isinstance(asked, str):
            return MISSING
        found = self._found(kind.rpartition(".")[2], asked, run)
        return found if name == "lookup" or found is MISSING else List((found,))

    def _found(self, kind: str, asked: str, run: TemplateRun) -> Any:
        if kind == "env":
            return TemplateHole(Unknown(Reason.FROM_ENVIRONMENT, str(asked)), f"env:{asked}")
        if has_holes(asked):
            return MISSING
        if kind == "vars":
            found = self.value(asked, run)
            return unset(asked) if found is MISSING else found
        if kind == "template":
            return self._template(asked, run)
        if kind == "file":
            return self._file(asked)
        return MISSING

    def _template(self, asked: str, run: TemplateRun) -> Any:
        found = self.template(asked)
        return (
            MISSING if found is None else rendered(JinjaSource(found[1], found[0]), run, self)
        )

    def _file(self, asked: str) -> Any:
        path = self.files.find(asked, self.folders["files"])
        text = None if path is None else self.files.text(path)
        if path is None or text is None:
            return MISSING
        self.used.add(path)
        return PlacedText.written(without_holes(text), Span(path, 1, 1, 1, 1))

    def template(self, name: str) -> tuple[str, str] | None:
        """See ``JinjaScope``."""
        path = self.files.find(name, self.folders["templates"])
        text = None if path is None else self.files.text(path)
        if path is None or text is None:
            return None
        self.used.add(path)
        return path, without_holes(text)


_FACTS: Final = frozenset(
    ("ansible_facts", "hostvars", "groups", "group_names", "inventory_hostname", "ansible_env", "ansible_host",
     "ansible_date_time")
)  # fmt: skip
"""PlayVariables that are always there, and what they are isn't known before a play runs."""


def _encrypted(node: Node, name: str) -> TemplateHole:
    step = Step(node.where, Note("kubernetes.written"))
    unknown = Unknown(Reason.FROM_ENVIRONMENT, name or "vault", step)
    where = node.where
    return TemplateHole(unknown, f"vault:{where.path}:{where.line}:{where.column}")


def one_of(values: Sequence[Any], name: str) -> Any:
    """One of several values, it isn't known which. Of maps, each key by itself."""
    there = [each for each in values if not isinstance(each, (UnsetHole, NotThere))] or list(
        values[:1]
    )
    if len(there) == 1 or all(_same(there[0], each) for each in there[1:]):
        return there[0]
    if all(isinstance(each, Map) for each in there):
        return _one_of_maps(there, name)
    scalars = [_known(each) for each in there]
    among = tuple(each for each in scalars if each is not None)
    all_known = len(among) == len(there) <= MAX_AMONG
    first = among[0].because if among else None
    unknown = Unknown(Reason.MULTI_VALUED, name, first, among=among if all_known else None)
    return TemplateHole(
        unknown, f"among:{name}:{[getattr(each, 'value', None) for each in among]}"
    )


def _one_of_maps(maps: Sequence[Any], name: str) -> Map:
    made = Map()
    for key in dict.fromkeys(key for each in maps for key in each):
        held = [each for each in maps if key in each]
        made[key] = one_of([each[key] for each in held], f"{name}.{key}")
        if key in held[0].places:
            made.places[key] = held[0].places[key]
    return made


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, TemplateHole) or isinstance(other, TemplateHole):
        return (
            isinstance(one, TemplateHole)
            and isinstance(other, TemplateHole)
            and one.key == other.key
        )
    return type(one) is type(other) and bool(one == other)


def _known(value: Any) -> Known[object] | None:
    if isinstance(value, str):
        if has_holes(value):
            return None
        span = next(
            (origin.value for _, origin in getattr(value, "origins", ()) if origin.value),
            None,
        )
        return Known(
            str(value),
            None if span is None else Step(span, Note("kubernetes.charts.from-values")),
        )
    return Known(value) if isinstance(value, (bool, int, float)) else None
