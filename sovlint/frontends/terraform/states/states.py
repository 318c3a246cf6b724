"""``terraform_remote_state`` joined to the root that keeps that state, in the same repository or in another one.

Which arguments of a backend tell states apart is data (``model.hints.StateHints``). A state that may be that of a root,
or may not, is unknown: nothing is taken from a root that isn't surely the one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from sovlint.expressions.environment import Env
from sovlint.expressions.kinds import Thing, content, failed, unsupported
from sovlint.expressions.lifting import hop, one_of
from sovlint.expressions.nodes import Block
from sovlint.expressions.texts import text_of
from sovlint.frontends.terraform.modules.cycles import first_told
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.frontends.terraform.modules.providers import provider_of
from sovlint.frontends.terraform.modules.units import RootUnit
from sovlint.frontends.terraform.states.foreign import Foreign
from sovlint.frontends.terraform.states.keys import asked_keys, offered_keys
from sovlint.frontends.terraform.states.offered import OfferedStates
from sovlint.frontends.terraform.states.places import StatePlace, lies, same, text
from sovlint.model.attributes import Attributes
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.reading import Remark
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value, is_null
from sovlint.rules.hints import StateHints, StateReader

READS, OUTPUTS = "terraform_remote_state", "outputs"
DEFAULT = "default"
"""The workspace that there always is."""
BESIDE_CODE = "local"
"""The backend of a root that names none."""
NAMED = 6
"""Roots that are named where a state may be that of many."""

T = TypeVar("T")


class StateKeeper(Protocol):
    """Whoever keeps a state."""

    @property
    def label(self) -> str:
        """What people call it."""
        ...

    @property
    def names(self) -> Iterable[str]:
        """Its outputs."""
        ...

    def read(self, name: str, where: Located) -> Value | None:
        """An output, as it is seen elsewhere; ``None`` where it has none of that name."""
        ...


class Kept(Struct, frozen=True):
    """The state that a root keeps, and the root."""

    label: str
    at: StatePlace | None
    scope: ModuleInstance
    unit: RootUnit
    foreign: Foreign
    declared: str | None
    """The file that says so."""
    circles: Circles
    hint: StateHints | None = None

    @property
    def names(self) -> Iterable[str]:
        """Its outputs."""
        return self.scope.module.outputs

    @property
    def keys(self) -> tuple[str, ...]:
        """What other repositories call the state; nothing where it isn't known to the last."""
        if self.at is None or self.hint is None or self.scope.library:
            return ()
        return offered_keys(self.hint, self.at)

    def read(self, name: str, where: Located) -> Value | None:
        """An output, as it is seen elsewhere; ``None`` where it has none of that name."""
        return self.circles.read(self, name, where)


class Keepers(Struct):
    """Which states are surely one that is asked for, which may be, and whether each that is asked for is surely one.
    ``offered``: those that are kept in other repositories."""

    all_sure: bool
    sure: list[Kept] = []
    offered: list[StateKeeper] = []
    possible: list[Kept] = []


class Circles(Struct):
    """The outputs that are being read from states, outermost first, and what was found of those that come back."""

    trail: list[tuple[str, Located]] = []
    remarks: dict[Remark, None] = {}

    def read(self, kept: Kept, name: str, where: Located) -> Value | None:
        """An output of the root that keeps a state, as it is seen elsewhere; ``None`` where it has no such output."""
        if name not in kept.scope.module.outputs:
            return None
        shown = f"{kept.label}: {name}"
        if self._closed(shown):
            return unsupported(f"{shown} refers to itself")
        self.trail.append((shown, where))
        try:
            return kept.foreign.value(kept.scope.output(name))
        finally:
            self.trail.pop()

    def _closed(self, name: str) -> bool:
        """Whether an output is being read already; that is told, where it first stands."""
        names = [each for each, _ in self.trail]
        if name not in names:
            return False
        circle = self.trail[names.index(name) :]
        where, order = first_told(circle)
        self.remarks[Remark.at(where, Note("terraform.state-cycle", {"names": order}))] = None
        return True


class States(Struct, eq=False):
    """The states that one root may read (implements ``module_instance.StatesOfOthers``)."""

    _folder: str
    _unit: RootUnit
    _kept: Callable[[], Sequence[Kept]]
    _offered: OfferedStates

    def outputs(
        self, scope: ModuleInstance, block: Block, env: Env, detail: str
    ) -> Value | None:
        """The outputs that an attribute of a data block holds (``detail``: what it is called).

        ``None``: it holds none, or nothing is known of where they are read.
        """
        address, _, name = detail.rpartition(".")
        reader = scope.world.hints.state_readers.get(block.labels[0])
        if name not in _holds_outputs(block.labels[0], reader):
            return None
        said = scope.attributes(block, env)
        backend = reader.backend if reader else text(_one(said, "backend"))
        hint = scope.world.hints.states.get(backend or "")
        if hint is None:
            return None
        asked = (
            _named(scope, block, reader, hint, said)
            if reader
            else self._asked(scope, hint, said)
        )
        keepers = self._keepers(asked, hint)
        if not keepers.all_sure:
            step = Step(
                block.head, Note("terraform.reference", {"address": address}), (), address
            )
            return _nobody(detail, step, [*keepers.sure, *keepers.possible])
        self._unit.joined.update(kept.unit for kept in keepers.sure)
        kept = (*keepers.sure, *keepers.offered)
        return Known(Outputs(kept, block, detail, _one(said, "defaults")))

    def _keepers(self, asked: Sequence[StatePlace], hint: StateHints) -> Keepers:
        """The states of this repository that lie where somebody asks for one; else those of others."""
        self._unit.reads_states = True
        keepers = Keepers(all_sure=bool(asked))
        for wanted in asked:
            alike = [
                (kept, kept.at)
                for kept in self._kept()
                if kept.at is not None and kept.at.kind == hint.kind
            ]
            self._unit.asked.update(kept.declared for kept, _ in alike if kept.declared)
            answers = [(kept, same(wanted, at)) for kept, at in alike]
            sure = [kept for kept, is_the_one in answers if is_the_one]
            maybe = [kept for kept, is_the_one in answers if is_the_one is None]
            offered = () if sure else self._offered.at(asked_keys(hint, wanted))
            if sure:
                _add_new(keepers.sure, sure)
            elif offered:
                _add_new(keepers.offered, offered)
            else:
                _add_new(keepers.possible, maybe)
                keepers.all_sure = False
        return keepers

    def _asked(
        self, scope: ModuleInstance, hint: StateHints, said: Attributes
    ) -> list[StatePlace]:
        def read(name: str) -> Value | None:
            return _one(said, ".".join(("config", name)))

        if hint.beside_code and scope.root.library:  # its paths begin where its callers are
            return []
        workspace = _one(said, "workspace")
        name = DEFAULT if workspace is None else text(workspace, DEFAULT)
        if name == DEFAULT:
            return lies(hint, read, self._folder).each()
        at = lies(hint, read, self._folder, name or HOLE)
        return lies(hint, read, self._folder).of_workspace(at)


class Outputs(Thing, eq=False):
    """What a data block reads from the state of a root, or of one of several."""

    _kept: tuple[StateKeeper, ...]
    _block: Block
    _address: str
    _defaults: Value | None

    def attribute(self, name: str) -> Value:
        """An output."""
        values = [self._of(kept, name) for kept in self._kept]
        if len(values) == 1:
            return values[0]
        roots = tuple(f"`{kept.label}`" for kept in self._kept)
        note = Note("terraform.state-of-several", {"roots": roots})
        return one_of(
            values, Unknown(Reason.MULTI_VALUED, f"{self._address}.{name}", note=note)
        )

    def _of(self, kept: StateKeeper, name: str) -> Value:
        value = kept.read(name, self._block.head)
        if value is None or is_null(value):  # a null isn't kept in a state
            value = self._default(kept, name)
        elif isinstance(value, Unknown) and value.among and any(map(is_null, value.among)):
            kept_ones = [member for member in value.among if not is_null(member)]
            value = one_of([*kept_ones, self._default(kept, name)], value.bare())
        note = Note("terraform.state-read", {"root": kept.label, "name": name})
        return hop(value, self._block.head, note)

    def _default(self, kept: StateKeeper, name: str) -> Value:
        """What the data block says of an output that the state lacks."""
        defaults = content(self._defaults)
        if isinstance(defaults, dict) and name in defaults:
            found: Value = defaults[name]
            return found
        note = Note("terraform.state-without", {"root": kept.label, "name": name})
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._address}.{name}", note=note)

    def element(self, key: Value) -> Value:
        """An output by its name."""
        if isinstance(key, Unknown):
            return Unknown(key.reason, key.detail, key.because, sensitive=key.sensitive)
        name = text_of(key.value)
        return (
            failed("an output is called by its name")
            if name is None
            else self.attribute(name)
        )

    def missing(self, key: Value) -> Unknown | None:
        """Why there may be no such output: a state may be older than what is written."""
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._address}")

    def elements(self) -> Value:
        """All outputs of the root, by name."""
        names = {name for kept in self._kept for name in kept.names}
        return Known({name: self.attribute(name) for name in sorted(names)})


def _holds_outputs(kind: str, reader: StateReader | None) -> Sequence[str]:
    """The attributes of a data block that hold outputs of a state."""
    if reader is not None:
        return reader.outputs
    return (OUTPUTS,) if kind == READS else ()


def _named(
    scope: ModuleInstance,
    block: Block,
    reader: StateReader,
    hint: StateHints,
    said: Attributes,
) -> list[StatePlace]:
    """What another plug-in's data source asks for; what it doesn't say its provider block may."""

    def read(name: str) -> Value | None:
        own = reader.arguments.get(name)
        value = None if own is None else _one(said, own)
        return (
            value
            if own is None or value is not None
            else _one(provider_of(scope, block), own)
        )

    return lies(hint, read, "").each()


def kept_by(
    scope: ModuleInstance, unit: RootUnit, label: str, foreign: Foreign, circles: Circles
) -> Kept:
    """The state that a root keeps."""
    block = scope.module.state[0] if scope.module.state else None
    kind = BESIDE_CODE if block is None else block.name
    hint = scope.world.hints.states.get(kind)
    at = None
    if hint is not None and not (block is None and scope.module.lost):
        said = scope.attributes(block, scope.env) if block is not None else None
        at = lies(hint, lambda name: _one(said, name) if said else None, scope.module.folder)
    return Kept(
        label,
        at,
        scope,
        unit,
        foreign,
        block.where.span().path if block is not None else None,
        circles,
        hint,
    )


def _add_new(found: list[T], more: Iterable[T]) -> None:
    """Add what isn't there yet."""
    for each in more:
        if each not in found:
            found.append(each)


def _nobody(detail: str, step: Step, possible: Sequence[Kept]) -> Unknown:
    roots = tuple(dict.fromkeys(f"`{kept.label}`" for kept in possible))
    roots = roots if len(roots) <= NAMED else (*roots[:NAMED], "…")
    note = (
        Note("terraform.state-perhaps", {"roots": roots})
        if roots
        else Note("terraform.state-elsewhere")
    )
    return Unknown(Reason.COMPUTED_AT_APPLY, detail, step, note=note)


def _one(said: Attributes, path: str) -> Value | None:
    found = said.read(path)
    if not found or is_null(found[0].value):
        return None
    return found[0].value if len(found) == 1 else Unknown(Reason.MULTI_VALUED, path)
