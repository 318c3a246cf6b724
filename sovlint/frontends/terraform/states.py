"""``terraform_remote_state`` joined to the root that keeps that state, where it is in the same repository.

Which arguments of a backend tell states apart is data (``model.hints.StateHints``). A state that may be that of a root,
or may not, is unknown: nothing is taken from a root that isn't surely the one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from sovlint.frontends.terraform.environment import Env
from sovlint.frontends.terraform.foreign import Foreign
from sovlint.frontends.terraform.kinds import Thing, failed
from sovlint.frontends.terraform.lifting import hop, one_of
from sovlint.frontends.terraform.nodes import Block
from sovlint.frontends.terraform.texts import text_of
from sovlint.model.hints import StateHints
from sovlint.model.resource import Attributes, Remark
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import MAX_AMONG, Known, Reason, Step, Unknown, Value

if TYPE_CHECKING:
    from sovlint.frontends.terraform.scope import ModuleScope
    from sovlint.frontends.terraform.units import RootUnit

READS = "terraform_remote_state"
DEFAULT = "default"
"""The workspace that there always is."""
BESIDE_CODE = "local"
"""The backend of a root that names none."""
CURRENT = "path.cwd"
NAMED = 6
"""Roots that are named where a state may be that of many."""
_HOLE, _WORKSPACE = "\0", "\1"
_PIECE = re.compile(r"\{([\w.]+)\}")


@dataclass(frozen=True, slots=True)
class At:
    """Where a state lies: the backend that reads it, and what tells it from others; ``None`` is what isn't known.

    ``paths``: one of these; ``_HOLE`` stands for what isn't known. ``workspaces``: those of other workspaces, with
    ``_WORKSPACE`` in place of the name.
    """

    kind: str
    at: tuple[str | None, ...]
    apart: tuple[str | None, ...]
    paths: tuple[str, ...]
    workspaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The state that a root keeps, and the root."""

    label: str
    at: At | None
    scope: ModuleScope
    unit: RootUnit
    foreign: Foreign
    declared: str | None
    """The file that says so."""


@dataclass(slots=True)
class Circles:
    """The outputs that are being read from states, outermost first, and what was found of those that come back."""

    trail: list[tuple[str, Located]] = field(default_factory=list)
    remarks: dict[Remark, None] = field(default_factory=dict)

    def closed(self, name: str) -> bool:
        """Whether an output is being read already; that is told, where it first stands."""
        names = [each for each, _ in self.trail]
        if name not in names:
            return False
        circle = self.trail[names.index(name) :]
        spans = [where.span() for _, where in circle]
        first = spans.index(min(spans))
        order = [each for each, _ in (*circle[first:], *circle[: first + 1])]
        note = Note("terraform.state-cycle", {"names": " → ".join(order)})
        self.remarks[Remark(note, spans[first].path, spans[first].line)] = None
        return True


class States:
    """The states that one root may read."""

    def __init__(self, folder: str, unit: RootUnit, kept: Callable[[], Sequence[Kept]], circles: Circles) -> None:
        self._folder = folder
        self._unit = unit
        self._kept = kept
        self.circles = circles

    def outputs(self, scope: ModuleScope, block: Block, env: Env, address: str) -> Value | None:
        """The outputs that a data block reads; ``None`` where nothing is known of where it reads them."""
        said = scope.attributes(block, env)
        backend = _text(_one(said, "backend"))
        hint = scope.world.hints.states.get(backend or "")
        if hint is None:
            return None
        asked = self._asked(scope, hint, said)
        found: list[Kept] = []
        possible: list[Kept] = []
        lost = not asked
        for each in asked:
            alike = [(kept, kept.at) for kept in self._kept() if kept.at is not None and kept.at.kind == hint.kind]
            answers = [(kept, _same(each, at)) for kept, at in alike]
            self._unit.asked.update(kept.declared for kept, _ in alike if kept.declared)
            sure = [kept for kept, same in answers if same]
            found.extend(kept for kept in sure if kept not in found)
            if not sure:
                possible.extend(kept for kept, same in answers if same is None and kept not in possible)
                lost = True
        step = Step(block.head, Note("terraform.reference", {"address": address}), (), address)
        if lost:
            return _nobody(address, step, [*found, *possible])
        self._unit.joined.update(kept.unit for kept in found)
        return Known(Outputs(self, tuple(found), block, address, _one(said, "defaults")))

    def _asked(self, scope: ModuleScope, hint: StateHints, said: Attributes) -> list[At]:
        def read(name: str) -> Value | None:
            return _one(said, ".".join(("config", name)))

        if hint.beside_code and scope.root.library:  # its paths begin where its callers are
            return []
        workspace = _one(said, "workspace")
        name = DEFAULT if workspace is None else _text(workspace, DEFAULT)
        if name == DEFAULT:
            at = _at(hint, read, self._folder)
            return [At(at.kind, at.at, at.apart, (path,)) for path in at.paths]
        at = _at(hint, read, self._folder, name or _HOLE)
        return [At(at.kind, at.at, at.apart, (path,)) for path in at.workspaces]

    def read(self, kept: Kept, name: str, where: Located) -> Value | None:
        """An output of the root that keeps a state, as it is seen elsewhere; ``None`` where it has no such output."""
        if name not in kept.scope.module.outputs:
            return None
        shown = f"{kept.label}: {name}"
        if self.circles.closed(shown):
            return Unknown(Reason.UNSUPPORTED_EXPRESSION, f"{shown} refers to itself")
        self.circles.trail.append((shown, where))
        try:
            return kept.foreign.value(kept.scope.output(name))
        finally:
            self.circles.trail.pop()


class Outputs(Thing):
    """What a data block reads from the state of a root, or of one of several."""

    __slots__ = ("_address", "_block", "_defaults", "_kept", "_states")

    def __init__(
        self, states: States, kept: tuple[Kept, ...], block: Block, address: str, defaults: Value | None
    ) -> None:
        self._states = states
        self._kept = kept
        self._block = block
        self._address = address
        self._defaults = defaults

    def attribute(self, name: str) -> Value:
        """An output."""
        values = [self._of(kept, name) for kept in self._kept]
        if len(values) == 1:
            return values[0]
        roots = tuple(kept.label for kept in self._kept)
        note = Note("terraform.state-of-several", {"roots": roots})
        return one_of(values, Unknown(Reason.MULTI_VALUED, f"{self._address}.outputs.{name}", note=note))

    def _of(self, kept: Kept, name: str) -> Value:
        value = self._states.read(kept, name, self._block.head)
        if value is None or (isinstance(value, Known) and value.value is None):  # a null isn't kept in a state
            value = self._default(kept, name)
        note = Note("terraform.state-read", {"root": kept.label, "name": name})
        return hop(value, self._block.head, note)

    def _default(self, kept: Kept, name: str) -> Value:
        """What the data block says of an output that the state lacks."""
        defaults = self._defaults.value if isinstance(self._defaults, Known) else None
        if isinstance(defaults, dict) and name in defaults:
            found: Value = defaults[name]
            return found
        note = Note("terraform.state-without", {"root": kept.label, "name": name})
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._address}.outputs.{name}", note=note)

    def element(self, key: Value) -> Value:
        """An output by its name."""
        if isinstance(key, Unknown):
            return Unknown(key.reason, key.detail, key.because, sensitive=key.sensitive)
        name = text_of(key.value)
        return failed("an output is called by its name") if name is None else self.attribute(name)

    def missing(self, key: Value) -> Unknown | None:
        """Why there may be no such output: a state may be older than what is written."""
        return Unknown(Reason.COMPUTED_AT_APPLY, f"{self._address}.outputs")

    def elements(self) -> Value:
        """All outputs of the root, by name."""
        names = {name for kept in self._kept for name in kept.scope.module.outputs}
        return Known({name: self.attribute(name) for name in sorted(names)})


def kept_by(scope: ModuleScope, unit: RootUnit, label: str, foreign: Foreign) -> Kept:
    """The state that a root keeps."""
    block = scope.module.state[0] if scope.module.state else None
    kind = BESIDE_CODE if block is None else block.labels[0] if block.labels else block.kind
    hint = scope.world.hints.states.get(kind)
    at = None
    if hint is not None and not (block is None and scope.module.lost):
        said = scope.attributes(block, scope.env) if block is not None else None
        at = _at(hint, lambda name: _one(said, name) if said else None, scope.module.folder)
    return Kept(label, at, scope, unit, foreign, block.where.span().path if block is not None else None)


def _nobody(address: str, step: Step, possible: Sequence[Kept]) -> Unknown:
    roots = tuple(dict.fromkeys(kept.label for kept in possible))
    roots = roots if len(roots) <= NAMED else (*roots[:NAMED], "…")
    note = Note("terraform.state-perhaps", {"roots": roots}) if roots else Note("terraform.state-elsewhere")
    return Unknown(Reason.COMPUTED_AT_APPLY, f"{address}.outputs", step, note=note)


def _one(said: Attributes, path: str) -> Value | None:
    found = said.read(path)
    if not found or (isinstance(found[0].value, Known) and found[0].value.value is None):
        return None
    return found[0].value if len(found) == 1 else Unknown(Reason.MULTI_VALUED, path)


def _text(value: Value | None, default: str | None = None) -> str | None:
    """A text that is known; ``default`` where there is none."""
    if value is None:
        return default
    return text_of(value.value) if isinstance(value, Known) else None


def _at(hint: StateHints, read: Callable[[str], Value | None], folder: str, workspace: str = _WORKSPACE) -> At:
    def told(names: tuple[str, ...]) -> tuple[str | None, ...]:
        return tuple(_text(read(name), hint.defaults.get(name)) for name in names)

    def paths(template: str) -> tuple[str, ...]:
        filled = _filled(template, read, hint.defaults, workspace)
        return tuple(filter(None, (_tidy(path, template, folder if hint.beside_code else None) for path in filled)))

    at = told(hint.at)
    return At(hint.kind, at, told(hint.apart), paths(hint.path), paths(hint.workspaces) if hint.workspaces else ())


def _filled(
    template: str, read: Callable[[str], Value | None], defaults: Mapping[str, str], workspace: str
) -> Iterator[str]:
    """What a template may be; nothing where an argument isn't written."""
    pieces: list[tuple[str, ...]] = []
    for position, written in enumerate(_PIECE.split(template)):
        if position % 2 == 0:
            pieces.append((written,))
        elif written == "workspace":
            pieces.append((workspace,))
        else:
            value = read(written)
            default = defaults.get(written)
            pieces.append(_texts(value) if value is not None else () if default is None else (default,))
    for found in product(*pieces):
        yield "".join(found)


def _texts(value: Value) -> tuple[str, ...]:
    members = (value,) if isinstance(value, Known) else value.among or ()
    texts = [text for member in members if (text := text_of(member.value)) is not None]
    if members and len(texts) == len(members) <= MAX_AMONG:
        return tuple(texts)
    parts = value.parts if isinstance(value, Unknown) and value.parts else (None,)
    if isinstance(value, Unknown) and value.detail == CURRENT and parts[0] is None and parts.count(None) == 1:
        parts = (".", *parts[1:])  # relative paths begin there too
    return ("".join(_HOLE if part is None else part for part in parts),)


def _tidy(path: str, template: str, folder: str | None) -> str:
    """A path as the backend makes it of its parts; empty where it can't be told."""
    if folder is not None:
        if path.startswith("/") or _HOLE in path:
            return ""
        joined = posixpath.normpath(posixpath.join(folder or ".", path))
        return "" if joined.startswith("..") else joined
    return "/".join(filter(None, path.split("/"))) if "/" in template else path


def _same(asked: At, kept: At) -> bool | None:
    """Whether a state that is asked for is one that a root keeps; ``None``: it may be."""
    if asked.kind != kept.kind or any(a and b and a != b for a, b in zip(asked.apart, kept.apart, strict=True)):
        return False
    sure = True
    for one, other in zip(asked.at, kept.at, strict=True):
        if one is None or other is None:
            sure = False
        elif one != other:
            return False
    if not kept.paths and not kept.workspaces:
        return None  # it is told when Terraform is initialised
    answers = [_same_path(path, other) for path in asked.paths for other in (*kept.paths, *kept.workspaces)]
    lone = len(kept.paths) <= 1 and len(kept.workspaces) <= 1
    if sure and lone and any(answers):
        return True
    return None if any(answer is not False for answer in answers) else False


def _same_path(asked: str, kept: str) -> bool | None:
    """Whether a path is one that a root keeps (in any workspace)."""
    if _HOLE not in kept:
        if asked.replace(_HOLE, _WORKSPACE) == kept:  # what isn't known is but the name of the workspace
            return True
        if _HOLE not in asked:
            return re.fullmatch(re.escape(kept).replace(_WORKSPACE, "[^/]+"), asked) is not None
    one, other = (re.split(f"[{_HOLE}{_WORKSPACE}]", each) for each in (asked, kept))
    begins = one[0].startswith(other[0]) or other[0].startswith(one[0])
    ends = one[-1].endswith(other[-1]) or other[-1].endswith(one[-1])
    return None if begins and ends else False
