"""A module instance as those see it of whom it is made: what they may ask of it, and what all instances share.

``scope.ModuleScope`` is one. It is made of calls, providers and things, so that these can't know the class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

from sovlint.expressions.environment import Env, Scope
from sovlint.expressions.limits import Reserves
from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.modules.installed import Installed
from sovlint.frontends.terraform.modules.instances import Instance
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.model.attributes import Attributes
from sovlint.model.classrules import DEFAULT_KEYS
from sovlint.model.inputs import Reader
from sovlint.model.source import Located
from sovlint.model.value import Unknown, Value
from sovlint.rules.hints import Hints


class StatesOfOthers(Protocol):
    """The states of other roots that a root may read (``states.States``)."""

    def outputs(
        self, scope: ModuleInstance, block: Block, env: Env, detail: str
    ) -> Value | None:
        """The outputs that an attribute of a data block holds (``detail``: what it is called), if it holds any."""
        ...


class RootContext(Struct, frozen=True):
    """What all instances of one reading share."""

    modules: Mapping[str, Module]
    reader: Reader
    hints: Hints
    installed: Installed | None = None
    """What ``terraform init`` has fetched for this root."""
    states: StatesOfOthers | None = None
    """The states of other roots that this one may read."""
    reserves: Reserves = field(default_factory=Reserves)
    """What all roots of the reading may cost together."""
    doubt: Unknown | None = None
    """Why it isn't known that this root is there."""
    class_keys: tuple[str, ...] = DEFAULT_KEYS
    """Keys of labels that declare a class."""
    is_settled: bool = False
    """Whether somebody says with which values the root is read: its defaults are then what is applied."""
    weights: dict[int, int] = {}
    """How many resources a module and those that it calls declare, by the module's ``id``."""


class Caller(Struct):
    """How a child instance came about: the instance that calls it, the call, and which of its instances this is."""

    scope: ModuleInstance
    block: Block
    instance: Instance

    @property
    def address(self) -> str:
        """That of the instance that is called."""
        return f"{self.scope.address}.module.{self.block.name}{self.instance.suffix}".lstrip(
            "."
        )


class ModuleInstance(Scope, Protocol):
    """One instance of a module."""

    world: RootContext
    module: Module
    address: str
    """Empty for a root."""
    library: bool
    """Whether nobody here calls the root above."""
    caller: Caller | None
    """``None`` for a root."""
    depth: int
    """How many calls lead here."""
    env: Env
    """What names mean in it."""
    providers: Mapping[str, ProviderConfig]
    """The provider configurations that its call passes."""
    configured: dict[str, ProviderConfig]
    """Those that were asked for so far (``providers.configured``)."""

    @property
    def root(self) -> ModuleInstance:
        """The root instance above."""
        ...

    def once(self, key: tuple[str, ...], compute: Callable[[], Value]) -> Value:
        """The value of a name, found once."""
        ...

    def output(self, name: str) -> Value:
        """An output, as the caller sees it."""
        ...

    def instances(self, block: Block) -> Sequence[Instance]:
        """The instances of a block."""
        ...

    def instance(self, block: Block, key: str) -> Instance | None:
        """The instance of a block under ``key``, where that key is known."""
        ...

    def children(self, block: Block) -> Sequence[tuple[Instance, ModuleInstance]]:
        """The child instances of a call block."""
        ...

    def child(self, block: Block, key: str) -> ModuleInstance | None:
        """The child instance of a call block under ``key``."""
        ...

    def attributes(self, block: Block, env: Env) -> Attributes:
        """A block's attributes, read in ``env``."""
        ...

    def chain(self) -> tuple[Located, ...]:
        """The calls that lead here, outermost first."""
        ...

    def path_of_calls(self) -> tuple[str, ...]:
        """The names of these calls."""
        ...

    def within(self, module: Module) -> bool:
        """Whether this instance is one of ``module``, or lies within one."""
        ...

    def doubt(self) -> Unknown | None:
        """Why it isn't known that this instance exists, if it isn't."""
        ...
