"""What other files and other units are as values: ``read_terragrunt_config(...)``, ``include.x``, ``dependency.x``."""

from __future__ import annotations

from sovlint.expressions.kinds import Thing, known_text, unsupported
from sovlint.expressions.lifting import hop
from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.terragrunt.context import ConfigFile
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value


class _Plain(Thing, eq=False):
    """A thing that has attributes and no instances."""

    def element(self, key: Value) -> Value:
        """``x["name"]`` is ``x.name``."""
        name = known_text(key)
        return unsupported("a key") if name is None else self.attribute(name)

    def missing(self, key: Value) -> Unknown | None:
        """Nothing is known of what isn't asked for by name."""
        return key if isinstance(key, Unknown) else None

    def elements(self) -> Value:
        """Not told apart."""
        return unsupported("all of a configuration")


class ConfigThing(_Plain, eq=False):
    """Another file: its locals and its inputs."""

    config: ConfigFile

    def attribute(self, name: str) -> Value:
        """``locals``, ``inputs`` or ``dependency``; nothing else of it is read."""
        if name == "locals":
            return self.config.all_locals()
        if name == "inputs":
            return self.config.all_inputs()
        if name == "dependency":
            names = [
                block.labels[0] for block in self.config.body.of("dependency") if block.labels
            ]
            return Known({each: self.config.dependency(each) for each in names})
        return unsupported(f"{name} of another file")


class DependencyThing(_Plain, eq=False):
    """Another unit: its outputs, as far as they are known without running it, and never what stands in for them."""

    config: ConfigFile
    block: Block
    folder: str | None

    def attribute(self, name: str) -> Value:
        """``outputs``."""
        if name != "outputs":
            return unsupported(f"dependency.{self.block.labels[0]}.{name}")
        return Known(OutputsThing(self))


class OutputsThing(_Plain, eq=False):
    """``dependency.x.outputs``."""

    dependency: DependencyThing

    def attribute(self, name: str) -> Value:
        """An output of that unit."""
        block, folder = self.dependency.block, self.dependency.folder
        label = f"dependency.{block.labels[0]}.outputs"
        context = self.dependency.config.context
        value = None if folder is None else context.output(folder, name)
        if value is None:
            value = Unknown(Reason.COMPUTED_AT_APPLY, f"{label}.{name}")
        return hop(
            value,
            block.head,
            Note("terraform.dependency", {"name": block.labels[0], "output": name}),
        )

    def elements(self) -> Value:
        """All outputs aren't listed: which there are is told once applied."""
        return Unknown(
            Reason.COMPUTED_AT_APPLY, f"dependency.{self.dependency.block.labels[0]}.outputs"
        )
