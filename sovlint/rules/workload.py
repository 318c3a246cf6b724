"""Where types of a plug-in keep the settings and the command line of what runs, as the catalogue describes them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from sovlint.model.decoding import PipelineId, SomeText, Texts
from sovlint.rules.keys import HERE, Condition, DottedPath, KeyPath, path_parts


class EnvironmentAt(Struct, frozen=True, kw_only=True):
    """Where variables stand: a map of names and values, or, with `name`, things that have a name there."""

    at: DottedPath
    """A map of names and values, or things with a `name` and a `value`."""
    name: DottedPath | None = None
    value: DottedPath | None = None
    """Without it, or where nothing stands there, the value is kept elsewhere, as a secret."""
    kept: bool = False
    """All of a map is kept elsewhere: what it holds only says where."""
    assigned: bool = False
    """A list of texts, NAME=value."""
    called: SomeText = ""
    """The variable whose value stands there."""
    own: bool = False
    """A text that goes by the thing's own name, or that holds a map of names and values as JSON or YAML."""
    written: bool = False
    """Only what is written there counts: a store of parameters is given much that others know."""
    but: frozenset[SomeText] = frozenset()
    """Names under which something else stands."""
    prefix: SomeText = ""
    """What the name begins with that the program sees."""
    when: tuple[Condition, ...] = ()
    """What must hold of the thing."""
    unless: tuple[Condition, ...] = ()
    """What must not."""

    @property
    def paths(self) -> tuple[KeyPath, ...]:
        """All that is read there."""
        asked = (path for each in (*self.when, *self.unless) for path in each.paths)
        inner = (self.name, self.value, *map(path_parts, asked))
        return (self.at, *((*self.at, *path) for path in inner if path is not None))


class LogsAt(Struct, frozen=True):
    """An outlet for logs: of which tool under `pipelines`, where its type stands, and where its settings do."""

    tool: PipelineId
    type: DottedPath
    settings: DottedPath


class Rendered(Struct, frozen=True, kw_only=True):
    """What an attribute gives once it is filled in: what a `function` makes of arguments, or the texts of blocks
    (`each`), one after the other."""

    function: SomeText = ""
    of: Texts = ()
    each: SomeText = ""


class FileAt(Struct, frozen=True, kw_only=True):
    """A file that is written, or that somebody is given: where its text stands, and where its name does."""

    at: DottedPath = HERE
    """Each file; without it the container has one."""
    text: DottedPath
    name: DottedPath | None = None
    called: SomeText = ""
    """Its name, where none stands there."""

    @property
    def paths(self) -> tuple[KeyPath, ...]:
        """All that is read there."""
        return tuple((*self.at, *each) for each in (self.text, self.name) if each is not None)


class OfTypes(Struct, frozen=True, kw_only=True):
    """What holds for resources of some types."""

    types: Texts


class Workload(OfTypes, frozen=True, kw_only=True):
    """What types say of what runs: it is read as the settings and the command lines of a pod are."""

    each: tuple[DottedPath, ...] = (HERE,)
    """Where each container stands; without it the resource is one. Other paths lead on from there. A list stands for
    each thing in it."""
    environment: tuple[EnvironmentAt, ...] = ()
    command: tuple[DottedPath, ...] = ()
    """The words of the command line, in order; a text is split as a shell would."""
    scripts: tuple[DottedPath, ...] = ()
    """Texts that a shell runs, or that set a machine up (cloud-init)."""
    files: tuple[FileAt, ...] = ()
    image: DottedPath = HERE
    logs: tuple[LogsAt, ...] = ()
    """Outlets for logs."""
    encoded: frozenset[SomeText] = frozenset()
    """Arguments whose text is JSON or YAML: meant is what it holds."""

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments and blocks that all of it stands in."""
        return tuple(
            dict.fromkeys(
                (*above, *path)[0]
                for above in self.each
                for path in self.paths
                if (*above, *path)
            )
        )

    @property
    def paths(self) -> tuple[KeyPath, ...]:
        """All paths that lead on from a container."""
        inner = [path for each in self.environment for path in each.paths]
        inner += [path for each in self.files for path in each.paths]
        inner += [
            *self.command,
            *self.scripts,
            self.image,
            *(path for each in self.logs for path in (each.type, each.settings)),
        ]
        return tuple(path for path in inner if path)


class Workloads(Struct, frozen=True):
    """All that plug-ins say of what runs by one type."""

    rules: tuple[Workload, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments and blocks that all of it stands in."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.names))

    @property
    def encoded(self) -> frozenset[str]:
        """Arguments whose text is JSON or YAML."""
        return frozenset(name for rule in self.rules for name in rule.encoded)


class HandedOn(Struct, frozen=True, kw_only=True):
    """What arguments of a module that isn't here to read are for, by the last words of their names."""

    settings: Texts = ()
    """A map of names and values, things with a `name` and a `value`, or texts, NAME=value."""
    kept: Texts = ()
    """The same where each value only says where it is kept."""
    images: Texts = ()
    """The image of what is given the settings that stand beside it."""
    encoded: Texts = ()
    """Whole names of those whose text is JSON."""
    aside: Texts = ()
    """What says nothing of where data goes: tags, permissions, what the module itself answers at."""


class KeptAt(OfTypes, frozen=True, kw_only=True):
    """Where types that keep a secret say what it is."""

    value: Texts
    """Arguments with the value; the first that is given counts."""
    of: SomeText = ""
    """The argument that refers to the secret whose value it is, where that is a thing of its own."""
    named: SomeText = ""
    """The argument with the name under which it is kept, by which others refer to it too."""


class Applied(OfTypes, frozen=True, kw_only=True):
    """How types declare an object of a cluster: of a `kind`, written as the plug-in does, or as it is at an argument
    (`at`)."""

    kind: SomeText = ""
    version: SomeText = ""
    """Its `apiVersion`."""
    at: SomeText = ""
    renamed: Mapping[str, SomeText] = field(default_factory=dict)
    """Arguments that the object has under another name."""


class InstalledChart(OfTypes, frozen=True, kw_only=True):
    """How types install a Helm chart: the arguments with its name, its repository and its values (texts)."""

    chart: DottedPath
    repository: DottedPath
    values: DottedPath
    sets: Texts = ()
    """Those that set one value each (`name`, `value`), in the order in which they win."""
    changed_by: Texts = ()
    """Those that name a program which may change all that the chart makes."""
