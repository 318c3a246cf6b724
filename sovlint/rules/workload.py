"""Where types of a plug-in keep the settings and the command line of what runs, as the catalogue describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from sovlint.rules.keys import Condition, KeyPath, path_parts

Made = TypeVar("Made")


class Lazily(Mapping[str, Made]):
    """Entries by name, each made of its data when it is first asked for: most runs ask for few."""

    __slots__ = ("_data", "_made", "_make")

    def __init__(self, data: Mapping[str, Any], make: Callable[[Mapping[str, Any]], Made]) -> None:
        self._data = data
        self._make = make
        self._made: dict[str, Made] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            self._made[name] = self._make(self._data[name])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class EnvironmentAt(Struct, frozen=True):
    """Where variables stand: ``at`` leads to a map of names and values (which stand at ``value`` in what the map has);
    or, with ``name``, to things that have a name there, and a value at ``value``: without one it is kept elsewhere, as
    a secret. ``kept``: so are all of a map. ``assigned``: a list of texts, ``NAME=value``. ``called``: the one value of
    the variable of this name. ``prefix``: what the name begins with that the program sees. ``when`` and ``unless``:
    what must hold of the thing, and what must not.
    """

    at: KeyPath
    name: KeyPath | None = None
    value: KeyPath | None = None
    kept: bool = False
    assigned: bool = False
    called: str = ""
    prefix: str = ""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EnvironmentAt:
        """From an entry of ``workloads``."""
        return cls(
            path_parts(data["at"]),
            path_parts(data["name"]) if "name" in data else None,
            path_parts(data["value"]) if "value" in data else None,
            data.get("kept", False),
            data.get("assigned", False),
            data.get("called", ""),
            data.get("prefix", ""),
            *(
                tuple(Condition(path_parts(each["at"]), tuple(each.get("in", ()))) for each in data.get(key, ()))
                for key in ("when", "unless")
            ),
        )

    @property
    def paths(self) -> tuple[KeyPath, ...]:
        """All that is read there."""
        inner = (self.name, self.value, *(each.at for each in (*self.when, *self.unless)))
        return (self.at, *((*self.at, *path) for path in inner if path is not None))


class LogsAt(Struct, frozen=True):
    """Where the way of logs is told: an outlet of ``tool`` (see ``catalog/pipelines``) whose type stands at ``type``
    and whose settings at ``settings``."""

    tool: str
    type: KeyPath
    settings: KeyPath

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> LogsAt:
        """From an entry of ``workloads``."""
        return cls(data["tool"], path_parts(data["type"]), path_parts(data["settings"]))


class Workload(Struct, frozen=True):
    """What one type says of what runs. ``each``: where each container stands (empty: the thing itself is one); all
    other paths lead on from there. ``encoded``: arguments whose text is JSON or YAML, and is meant by what it holds.
    """

    each: tuple[KeyPath, ...] = ((),)
    environment: tuple[EnvironmentAt, ...] = ()
    command: tuple[KeyPath, ...] = ()
    image: KeyPath = ()
    logs: tuple[LogsAt, ...] = ()
    encoded: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Workload:
        """From an entry of ``workloads``."""
        return cls(
            tuple(map(path_parts, data.get("each", ("",)))),
            tuple(map(EnvironmentAt.of, data.get("environment", ()))),
            tuple(map(path_parts, data.get("command", ()))),
            path_parts(data.get("image", "")),
            tuple(map(LogsAt.of, data.get("logs", ()))),
            frozenset(data.get("encoded", ())),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments and blocks that all of it stands in."""
        return tuple(dict.fromkeys((*above, *path)[0] for above in self.each for path in self.paths if (*above, *path)))

    @property
    def paths(self) -> tuple[KeyPath, ...]:
        """All paths that lead on from a container."""
        inner = [path for each in self.environment for path in each.paths]
        inner += [*self.command, self.image, *(path for each in self.logs for path in (each.type, each.settings))]
        return tuple(path for path in inner if path)


class Applied(Struct, frozen=True):
    """How a type declares an object of a cluster: ``kind`` where it is one of a kind, written as the plug-in does, with
    ``renamed`` arguments; else the object stands ``at`` an argument, as it is."""

    kind: str = ""
    version: str = ""
    at: str = ""
    renamed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Applied:
        """From an entry of ``objects``."""
        return cls(
            data.get("kind", ""),
            data.get("version", ""),
            data.get("at", ""),
            tuple(data.get("renamed", {}).items()),
        )


class InstalledChart(Struct, frozen=True):
    """How a type installs a chart: the arguments that have its name, its repository and its values (texts), and those
    that set one value each (``name``, ``value``), in the order in which they win."""

    chart: str
    repository: str
    values: str
    sets: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> InstalledChart:
        """From an entry of ``installs``."""
        return cls(data["chart"], data["repository"], data["values"], tuple(data.get("sets", ())))
