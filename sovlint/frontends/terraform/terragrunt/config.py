"""One Terragrunt file in the context in which it is read: what names mean in it. Everything is evaluated on demand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sovlint.expressions.environment import Env, Memory
from sovlint.expressions.evaluate import evaluate, passed_on
from sovlint.expressions.files import Files
from sovlint.expressions.functions import checkout
from sovlint.expressions.kinds import known_text, unsupported
from sovlint.expressions.lifting import hop
from sovlint.expressions.nodes import Attribute, Block, Body, TraversalStep
from sovlint.frontends.terraform.syntax.hcl import parse_template
from sovlint.frontends.terraform.terragrunt import merge
from sovlint.frontends.terraform.terragrunt.context import Context
from sovlint.frontends.terraform.terragrunt.functions import functions_of
from sovlint.frontends.terraform.terragrunt.merge import label_of
from sovlint.frontends.terraform.terragrunt.values_elsewhere import (
    ConfigThing,
    DependencyThing,
)
from sovlint.model.source import Located, Stretch
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, StepKind, Unknown, Value

_DEEPER, _HIGHER = b"{[(", b"}])"
MAX_READS = 12
"""Files that read files that read files, deeper than this, aren't followed: those that read each other never end."""


class TerragruntConfig:
    """A file as it is read for a unit (implements ``context.ConfigFile``).

    ``folder`` is where its functions are: of a file that is included, the folder of the ``child`` that includes it.
    """

    def __init__(
        self,
        context: Context,
        path: str,
        folder: str,
        child: TerragruntConfig | None = None,
        depth: int = 0,
    ) -> None:
        self.context = context
        self.own = posixpath.dirname(path)
        """The folder of the file itself."""
        self.folder = folder
        self.child = child
        self.depth = depth
        self.work = context.work
        self.env = Env(self)
        self.once = Memory().once
        self._includes: dict[str, TerragruntConfig | None] | None = None
        context.recorder.mark(path)
        self.files = Files(context.recorder, self.own, parse_template, functions_of(self))
        self.body: Body = context.bodies.of(path) or Body()
        self.locals: dict[str, Attribute] = {}
        for block in self.body.of("locals"):
            self.locals.update(block.body.attributes)

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        """What a name and its first steps stand for (``environment.Scope``)."""
        first = steps[0] if steps and isinstance(steps[0], str) else None
        if first and root in _NAMED:
            return _NAMED[root](self, first), 1
        if root == "include":
            return self._include(first)
        if root == "values":
            return self._values(), 0
        return None

    def local(self, name: str) -> Value:
        """``local.name``."""
        attribute = self.locals.get(name)
        if attribute is None:
            return unsupported(f"no local {name}")
        note = Note("terraform.local", {"name": name})
        return self.once(("local", name), lambda: passed_on(attribute, self.env, note))

    def all_locals(self) -> Value:
        """All locals, as a map."""
        return Known({name: self.local(name) for name in self.locals})

    def argument(self, block: Block, name: str) -> Value | None:
        """An argument of one of the file's blocks."""
        expression = block.expression(name)
        return None if expression is None else evaluate(expression, self.env)

    def own_inputs(self) -> Value | None:
        """The file's own ``inputs``, each with its place."""
        attribute = self.body.attributes.get("inputs")
        if attribute is None:
            return None
        return self.once(
            ("inputs",),
            lambda: with_places(
                evaluate(attribute.expression, self.env), attribute, "terraform.input"
            ),
        )

    def all_inputs(self) -> Value:
        """The inputs of this file and those that it includes."""
        return self.once(("all", "inputs"), lambda: merge.inputs(self))

    def includes(self) -> Mapping[str, TerragruntConfig | None]:
        """The files that this one includes, by label; ``None`` for one that can't be told or isn't here."""
        if self._includes is None:
            self._includes = {}
            for block in self.body.of("include") if self.child is None else ():
                self._includes[label_of(block)] = self._included(block)
        return self._includes

    def _included(self, block: Block) -> TerragruntConfig | None:
        written = self.argument(block, "path")
        path = None if written is None else self.local_path(written)
        if path is None or self.context.bodies.of(path) is None:
            return None
        self.context.bodies.included.add(path)
        return TerragruntConfig(self.context, path, self.folder, self, self.depth + 1)

    def local_path(self, value: Value) -> str | None:
        """The path from the git root that a value names: absolute below the checkout, or relative to the folder."""
        found = checkout.path_of(value)
        if found is not None:
            return found
        text = known_text(value)
        return (
            None
            if text is None or text.startswith("/")
            else checkout.below_root(self.folder, text)
        )

    def read_other(self, path: str) -> TerragruntConfig | None:
        """Another file, read by itself."""
        if self.depth >= MAX_READS or self.context.bodies.of(path) is None:
            return None
        return TerragruntConfig(
            self.context, path, posixpath.dirname(path), None, self.depth + 1
        )

    def _include(self, label: str | None) -> tuple[Value, int] | None:
        found = self.includes()
        if "" in found and label not in found:
            return _shown(found[""]), 0
        return (_shown(found.get(label)), 1) if label else None

    def dependency(self, name: str) -> Value:
        """``dependency.name``, of this file or of one that it includes."""
        for config in filter(
            None, (self, *reversed(list(self.includes().values())), self.child)
        ):
            block = config.block("dependency", name)
            if block is not None:
                path = config.argument(block, "config_path")
                return Known(
                    DependencyThing(
                        config, block, None if path is None else config.local_path(path)
                    )
                )
        return unsupported(f"no dependency {name}")

    def block(self, kind: str, name: str) -> Block | None:
        """The block of a kind with a label."""
        return next((block for block in self.body.of(kind) if block.labels == (name,)), None)

    def _feature(self, name: str) -> Value:
        block = self.block("feature", name)
        attribute = block.attribute("default") if block else None
        if attribute is None:
            return unsupported(f"no feature {name}")
        note = Note("terraform.feature-default", {"name": name})
        return Known({"value": passed_on(attribute, self.env, note, StepKind.DEFAULT)})

    def _values(self) -> Value:
        if self.context.values is not None:
            return self.context.values
        self.context.uses_values = True
        return Unknown(Reason.CALLER_NOT_IN_REPO, "values")

    def layers(self) -> Iterator[tuple[TerragruntConfig, str]]:
        """This file and those that it includes, what counts most first, each with how it is merged with these."""
        yield self, "shallow"
        for block in reversed(self.body.of("include") if self.child is None else []):
            config = self.includes()[label_of(block)]
            strategy = self.argument(block, "merge_strategy")
            word = (
                strategy.value
                if isinstance(strategy, Known)
                else "shallow"
                if strategy is None
                else "unknown"
            )
            if config is not None and word != "no_merge":
                yield config, str(word)


def _shown(config: TerragruntConfig | None) -> Value:
    return (
        unsupported("an include that can't be read")
        if config is None
        else Known(ConfigThing(config))
    )


# --- where an entry of a map stands: its own line where that can be told, else the whole argument


def with_places(value: Value, attribute: Attribute, key: str) -> Value:
    """A map with the step ``key`` (a message about ``name``) at each entry that is known."""
    if isinstance(value, Unknown):
        return (
            value.but(entries=_each(value.entries, attribute, key))
            if value.entries
            else value
        )
    if not isinstance(value.value, dict):
        return value
    return Known(_each(value.value, attribute, key), value.because, value.sensitive)


def _each(entries: Mapping[str, Value], attribute: Attribute, key: str) -> dict[str, Value]:
    return {
        name: hop(value, place(attribute.where, name), Note(key, {"name": name}))
        for name, value in entries.items()
    }


def place(where: Located, name: str) -> Located:
    """The line of an entry in an argument written in HCL; of several of that name, the outermost."""
    if not isinstance(where, Stretch):
        return where
    text = where.file.data[where.start : where.end]
    pattern = rb'^[ \t]*"?' + re.escape(name.encode()) + rb'"?[ \t]*[=:][^\n]*'
    best: tuple[int, int, int] | None = None
    for match in re.finditer(pattern, text, re.MULTILINE):
        before = text[: match.start()]
        depth = sum(map(before.count, _DEEPER)) - sum(map(before.count, _HIGHER))
        if best is None or depth < best[0]:
            indent = len(match.group()) - len(match.group().lstrip())
            best = (depth, where.start + match.start() + indent, where.start + match.end())
    return where if best is None else Stretch(where.file, best[1], best[2])


_NAMED: Mapping[str, Callable[[TerragruntConfig, str], Value]] = {
    "dependency": TerragruntConfig.dependency, "feature": TerragruntConfig._feature, "local": TerragruntConfig.local,
}  # fmt: skip
"""What names one thing of a file, by what they begin with."""
