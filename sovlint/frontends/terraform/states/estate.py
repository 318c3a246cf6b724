"""The roots of a repository as one: each is opened when it is needed, at most once, and may read another's state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field

from sovlint.cache.asking import AskingReader
from sovlint.expressions.limits import Reserves
from sovlint.frontends.terraform.modules.asked_modules import AskedModules
from sovlint.frontends.terraform.modules.given.elsewhere import Elsewhere
from sovlint.frontends.terraform.modules.installed import Installed
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.modules.module_instance import RootContext
from sovlint.frontends.terraform.modules.resource_values import ResourceThing
from sovlint.frontends.terraform.modules.roots import Root
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.modules.units import (
    PreparedRoot,
    RecordedPaths,
    Recorder,
    RootUnit,
)
from sovlint.frontends.terraform.modules.variables import GivenValues, gather
from sovlint.frontends.terraform.states.foreign import Foreign
from sovlint.frontends.terraform.states.offered import OfferedStates
from sovlint.frontends.terraform.states.states import (
    OUTPUTS,
    READS,
    Circles,
    Kept,
    States,
    kept_by,
)
from sovlint.frontends.terraform.states.written import written
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.kept import InWords, KeptState, KeptThing, ThingAt
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource, elsewhere
from sovlint.model.value import Value
from sovlint.rules.hints import Hints


class Opened(Struct, frozen=True):
    """A root with its values: what its names mean, and what was read for it."""

    root: Root
    given: GivenValues
    installed: Installed
    scope: ModuleScope
    unit: RootUnit
    foreign: Foreign
    """What makes its values those of another root."""
    asking: AskingReader | None = None
    """What remembers all that it hangs on, where it is to be kept."""


class Estate(Struct, eq=False):
    """All roots that are read in one run."""

    _modules: Mapping[str, Module]
    _options: ReadOptions
    reader: Reader
    _hints: Hints
    _twins: Callable[[list[str]], list[str]]
    _shared: Shared
    _elsewhere: Elsewhere
    roots: Sequence[Root] = ()
    _prepared: dict[tuple[str, str | None], PreparedRoot] = {}
    _opened: dict[tuple[str, str | None], Opened] = {}
    _kept: list[Kept] | None = None
    _circles: Circles = field(default_factory=Circles)
    _reserves: Reserves = field(default_factory=Reserves)
    _of_others: OfferedStates | None = None
    _known: dict[tuple[str, str | None], RecordedPaths] = {}
    """What was asked for by roots that were read before."""

    @property
    def _offered(self) -> OfferedStates:
        if self._of_others is None:
            self._of_others = OfferedStates(self._options.offers)
        return self._of_others

    def take(self, roots: Sequence[Root]) -> None:
        """Settle which roots there are. Before that no state is anybody's."""
        self.roots = roots
        self._elsewhere.take(root for root in roots if _key(root) not in self._prepared)

    def asked(self, unit: PreparedRoot, name: str) -> tuple[Value | None, RootUnit]:
        """An output of a unit of Terragrunt, as other roots see it (``None``: it has none of that name), and what bears
        on it. Units are read as they were prepared, from then on."""
        self._prepared[_key(unit.root)] = unit
        opened = self.open(unit.root)
        if name not in opened.scope.module.outputs:
            return None, opened.unit
        return opened.foreign.value(opened.scope.output(name)), opened.unit

    def prepare(self, units: Sequence[PreparedRoot]) -> None:
        """Have units read as they were prepared: each has a module and values of its own."""
        self._prepared.update({_key(unit.root): unit for unit in units})

    def spend(self, work: int, expanded: int) -> bool:
        """Take what a root took that was read before, if more than that is left for all."""
        left = self._reserves
        if work >= left.work[0] or expanded >= left.expanded[0]:
            return False
        left.work[0] -= work
        left.expanded[0] -= expanded
        return True

    def know(self, root: Root, paths: RecordedPaths) -> None:
        """Keep in mind what was asked for by a root that was read before, should it be opened for another one."""
        self._known[_key(root)] = paths

    def open(self, root: Root) -> Opened:
        """A root, opened once."""
        key = _key(root)
        if key not in self._opened:
            prepared = self._prepared.get(key)
            given = (
                gather(root.values, self._options.variables, self.reader)
                if prepared is None
                else prepared.given
            )
            given.absent = root.absent
            others = self._elsewhere.of(root)
            given.elsewhere = None if others is None else others.of
            self._opened[key] = self.with_values(root, given)
        return self._opened[key]

    def with_values(self, root: Root, given: GivenValues) -> Opened:
        """A root opened anew, with these values."""
        prepared = self._prepared.get(_key(root))
        modules, asking = self._modules, None
        if prepared is None:
            cache = self._options.cache
            if cache is not None:
                asking = AskingReader(self.reader, cache.answers(self.reader))
                modules = AskedModules(modules, asking)
            prepared = PreparedRoot(
                root, modules[root.folder], given, Recorder(asking or self.reader)
            )
        recorder = prepared.recorder
        known = self._known.get(_key(root))
        if known is not None:
            recorder.read_paths.update(known.read_paths)
            recorder.listed.update(known.listed)
        installed = Installed(
            root.folder, recorder, self._hints.registries, self._twins, self._shared
        )
        others = self._elsewhere.of(root)
        unit = RootUnit(root, (*given.files, *(others.paths if others else ())), recorder)
        unit.joined = prepared.joined
        states = States(root.folder, unit, self._all_kept, self._offered)
        world = RootContext(
            modules,
            recorder,
            self._hints,
            installed,
            states,
            self._reserves,
            prepared.doubt,
            self._options.class_keys,
            self._elsewhere.is_settled(root),
        )
        scope = ModuleScope(
            world, prepared.module, given=given, library=root.library, origin=prepared.origin
        )
        foreign = Foreign(lambda address: elsewhere(root.folder, root.variant, address))
        return Opened(root, given, installed, scope, unit, foreign, asking)

    def kept_states(self) -> Iterator[KeptState]:
        """The states of roots that others can ask for."""
        for root, kept in zip(self.roots, self._all_kept(), strict=True):
            block = kept.scope.module.state[0] if kept.scope.module.state else None
            keys = kept.keys if block is not None else ()
            if block is not None and keys:
                yield KeptState(keys, kept.label, block.head, partial(_as_data, root, kept))

    def of_others(self) -> Sequence[Resource]:
        """The resources of other repositories that outputs name which are read here. All data blocks are asked."""
        readers = self._hints.state_readers
        outputs = {
            READS: (OUTPUTS,),
            **{kind: each.outputs for kind, each in readers.items()},
        }
        for root in self.roots:
            if _key(root) not in self._known:  # one that reads a state isn't kept
                _ask(self.open(root).scope, outputs)
        return self._offered.named

    def circles(self) -> Sequence[Remark]:
        """Outputs that roots read from each other's states in a circle; all roots in one read a state."""
        kinds = {READS, *self._hints.state_readers}
        reading = {
            folder
            for folder, module in self._modules.items()
            if any(kind in kinds for kind, _ in module.data)
        }
        for kept in self._all_kept() if reading else ():
            if reading & kept.unit.folders:
                for name, block in kept.scope.module.outputs.items():
                    self._circles.read(kept, name, block.head)
        return tuple(self._circles.remarks)

    def _all_kept(self) -> Sequence[Kept]:
        """The state that each root keeps."""
        if self._kept is None and not self.roots:
            return ()
        if self._kept is None:
            self._kept = [self._of(root) for root in self.roots]
        return self._kept

    def _of(self, root: Root) -> Kept:
        opened = self.open(root)
        label = f"{root.folder or '.'}{f' [{root.variant}]' if root.variant else ''}"
        return kept_by(opened.scope, opened.unit, label, opened.foreign, self._circles)


def _as_data(root: Root, kept: Kept, words: InWords, thing_at: ThingAt) -> Mapping[str, Any]:
    """The outputs of a root, as data."""

    def named(address: str) -> KeptThing | None:
        return thing_at(root.folder, root.variant or "", address)

    return {
        name: written(name, kept.scope.output(name), words, named)
        for name in sorted(kept.scope.module.outputs)
    }


def _ask(scope: ModuleScope, outputs: Mapping[str, Sequence[str]]) -> None:
    """Look for the states that a module reads, and those that it calls. ``outputs``: by type of data block, the
    attributes that hold them."""
    for (kind, _), block in scope.module.data.items():
        for instance in scope.instances(block) if kind in outputs else ():
            for name in outputs[kind]:
                ResourceThing(scope, block, instance).attribute(name)
    for child in scope.all_children():
        _ask(child, outputs)


def _key(root: Root) -> tuple[str, str | None]:
    return root.folder, root.variant
