"""Units: a folder with a ``terragrunt.hcl`` as a root of the module that it names, or of one that isn't here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.expressions.functions import checkout
from sovlint.frontends.terraform.claims import STACK, is_stack, is_unit
from sovlint.frontends.terraform.modules.module import Module
from sovlint.frontends.terraform.modules.roots import Root, reached
from sovlint.frontends.terraform.modules.units import PreparedRoot, Recorder, RootUnit
from sovlint.frontends.terraform.terragrunt import merge
from sovlint.frontends.terraform.terragrunt.arms import arms
from sovlint.frontends.terraform.terragrunt.config import TerragruntConfig
from sovlint.frontends.terraform.terragrunt.context import Context
from sovlint.frontends.terraform.terragrunt.files import Bodies, claimed
from sovlint.frontends.terraform.terragrunt.modules import Target, module_of
from sovlint.frontends.terraform.terragrunt.values import given_to
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.value import Known, Value


class TerragruntUnit(PreparedRoot, kw_only=True):
    """A unit, ready to be read: its root, its module (with what Terragrunt writes into it), and its values."""

    here: bool
    """Whether its module is in this repository."""
    path: str


class Units(Struct, eq=False):
    """All units of a repository. ``asked`` gives an output of a unit, evaluated in its module, and what bears on it;
    ``offered`` the folder of a module that another repository offers, by its source."""

    _reader: Reader
    _modules: Mapping[str, Module]
    _options: ReadOptions
    _asked: Callable[[TerragruntUnit, str], tuple[Value | None, RootUnit]]
    _offered: Callable[[str], str | None]
    bodies: Bodies
    all: Sequence[TerragruntUnit] = ()
    used: set[str] = set()
    """Folders of modules that units use: none of them is a root by itself."""
    _built: dict[str, Sequence[TerragruntUnit]] = {}
    _paths: dict[str, str] = {}
    _absent: dict[str, tuple[merge.Piece, Value]] = {}
    _stack_values: dict[str, Value] = {}
    _stacks: dict[str, str] = {}
    _stacked: set[str] = set()

    def __post_init__(self) -> None:
        named = claimed(self._reader.paths)
        self._paths = {posixpath.dirname(path): path for path in named if is_unit(path)}
        for path in filter(is_stack, named):
            self._stack(path)
        folders = sorted(self._paths.keys() - self._stacked)
        found = [unit for folder in folders for unit in self._units(folder)]
        self.all = [
            unit for unit in found if unit.here or unit.path not in self.bodies.included
        ]

    def unit(self, folder: str) -> TerragruntUnit | None:
        """The unit of a folder, if it is one and it is known of which module."""
        found = self._units(folder)
        return found[0] if len(found) == 1 else None

    def _units(self, folder: str) -> Sequence[TerragruntUnit]:
        """The unit of a folder; one for each module that it may be of."""
        if folder not in self._built:
            self._built[folder] = ()  # as it is seen while it is being made
            path = self._paths.get(folder)
            self._built[folder] = () if path is None else tuple(self._build(folder, path))
        return self._built[folder]

    def _stack(self, path: str) -> None:
        """The units of a stack, where Terragrunt makes them: each is a unit of this repository with values, or one that
        isn't here. A stack within it is read where its own file is; one that isn't here stands for its units."""
        folder = posixpath.dirname(path)
        config = TerragruntConfig(
            Context(
                self.bodies,
                Recorder(self._reader),
                lambda unit, name: None,
                folder,
                environment=self._options.environment,
            ),
            path,
            folder,
        )
        for block in (*config.body.of("unit"), *config.body.of("stack")):
            named, source = config.argument(block, "path"), config.argument(block, "source")
            name = (
                str(named.value) if isinstance(named, Known) else (*block.labels, "unit")[0]
            )
            at = posixpath.normpath(posixpath.join(folder, ".terragrunt-stack", name))
            local = None if source is None else _local(config, source)
            if (
                block.kind == "stack"
                and local is not None
                and posixpath.join(local, STACK) in self._reader.paths
            ):
                continue
            file = None if local is None or block.kind == "stack" else self._paths.get(local)
            self._stacks[at] = path
            if local is not None and file is not None:
                values = config.argument(block, "values")
                self._stacked.add(local)
                self._paths[at] = file
                self._stack_values[at] = Known({}) if values is None else values
            elif source is not None:
                self._paths[at] = path
                self._absent[at] = merge.Piece(config, block), source

    def _build(self, folder: str, path: str) -> Iterator[TerragruntUnit]:
        recorder = Recorder(self._reader)
        joined: set[RootUnit] = set()

        def output(other: str, name: str) -> Value | None:
            unit = self.unit(other)
            if unit is None or not unit.here:
                return None
            value, bears = self._asked(unit, name)
            joined.add(bears)
            return value

        context = Context(
            self.bodies,
            recorder,
            output,
            folder,
            self._stack_values.get(folder),
            environment=self._options.environment,
        )
        config = TerragruntConfig(context, path, folder)
        if folder in self._stacks:
            recorder.mark(self._stacks[folder])
        found = self._absent.get(folder) or merge.source(config)
        if found is None and folder not in self._modules:
            return
        for target in self._targets(config, found):
            yield self._of(target, config, recorder, joined)

    def _of(
        self,
        target: Target,
        config: TerragruntConfig,
        recorder: Recorder,
        joined: set[RootUnit],
    ) -> TerragruntUnit:
        """The unit, of one of the modules that it may be of."""
        folder = config.folder
        module, origin = module_of(config, target, self._modules, self._reader)
        folders = [
            each for each in dict.fromkeys((target.folder, folder)) if each is not None
        ]
        given = given_to(config, folders, self._options, recorder)
        here = target.folder is not None
        self.used.update(each for each in folders if each in self._modules)
        reach = frozenset(
            {folder, *(reached(folders, self._modules, self._reader.real) if here else ())}
        )
        root = Root(
            folder,
            target.variant,
            tuple(given.files),
            config.context.uses_values,
            reached=reach,
        )
        return TerragruntUnit(
            root,
            module,
            given,
            recorder,
            origin,
            joined,
            target.doubt,
            here=here,
            path=self._paths[folder],
        )

    def _targets(
        self, config: TerragruntConfig, found: tuple[merge.Piece, Value] | None
    ) -> Sequence[Target]:
        """The module that a unit is of; each that it may be of, where its source is one of a few."""
        if found is None:
            return (Target(config.folder, None, None),)
        piece, value = found
        return [
            replace(self._target(config, piece, arm.value), variant=arm.told, doubt=arm.doubt)
            for arm in arms(piece, value)
        ] or (self._target(config, piece, value),)

    def _target(self, config: TerragruntConfig, piece: merge.Piece, value: Value) -> Target:
        """Where a module is that a unit is of, if it is here."""
        folder = _local(config, value)
        if folder is not None:
            folder = self._reader.real(_copied(folder, config))
        elif (
            isinstance(value, Known) and isinstance(value.value, str) and not value.sensitive
        ):
            folder = self._offered(value.value)
        return Target(folder if folder in self._modules else None, piece, value)


def _local(config: TerragruntConfig, value: Value) -> str | None:
    """The folder that a source names, where that is one of this repository."""
    if isinstance(value, Known):
        text = value.value if isinstance(value.value, str) else ""
        if not text or "::" in text or "://" in text or text.startswith("git@"):
            return None
        return config.local_path(Known(_plain(text)))
    if value.checkout is None:
        return None
    return checkout.path_of(value.but(checkout=_plain(value.checkout)))


def _copied(folder: str, config: TerragruntConfig) -> str:
    """Where what a stack copies to its unit's folder comes from: the folder of the unit's own file."""
    inside = folder == config.folder or folder.startswith(f"{config.folder}/")
    if not inside or config.own == config.folder:
        return folder
    return posixpath.normpath(
        posixpath.join(config.own, posixpath.relpath(folder, config.folder or "."))
    )


def _plain(source: str) -> str:
    """A source without what follows ``?``; the double slash only says how much of the folders above is copied."""
    return source.partition("?")[0].replace("//", "/")
