"""Steps of pipelines (CI and CD): where they stand in a file, and what a step proves by the action that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.keys import KeyPath, path_parts


class StepsAt(Struct, frozen=True):
    """Where steps stand in a file, and, in a step, what says what it does.

    ``uses``: its action, which is its only key where it is ``keyed``; ``inputs``: what that is given; ``run``: scripts;
    ``words``: the words of a command line, whose program is at ``program``, or is the action. ``aliases``: where a file
    says for what the first part of an action's name stands. ``job``: how many keys lead to the job, whose steps share
    what one of them sets; ``called``: any job may call them.
    """

    at: KeyPath
    job: int = 0
    uses: KeyPath | None = None
    keyed: bool = False
    inputs: KeyPath = ()
    run: tuple[KeyPath, ...] = ()
    words: KeyPath | None = None
    program: KeyPath | None = None
    aliases: KeyPath | None = None
    called: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> StepsAt:
        """From ``steps`` of an entry of ``catalog/configuration``."""
        one = {key: path_parts(data[key]) for key in ("uses", "words", "program", "aliases") if key in data}
        return cls(
            path_parts(data["at"]),
            data.get("job", 0),
            keyed=data.get("keyed", False),
            called=data.get("called", False),
            inputs=path_parts(data.get("inputs", "")),
            run=tuple(path_parts(each) for each in data.get("run", ())),
            **one,
        )


class StepInput(Struct, frozen=True):
    """Something that a step is given: its value, and where it stands."""

    value: Value
    path: KeyPath
    where: Located


class StepHere(Struct, frozen=True):
    """One step of a file: ``uses`` is its action, without version and in lower case, or empty; so are ``inputs``.

    ``is_open``: whether it may be given variables that its file doesn't show.
    """

    path: KeyPath
    where: Located
    uses: str = ""
    inputs: Mapping[str, StepInput] = field(default_factory=dict)
    scripts: tuple[StepInput, ...] = ()
    words: tuple[StepInput, ...] = ()
    variables: Mapping[str, StepInput] = field(default_factory=dict)
    is_open: bool = False

    def given(self, name: str) -> StepInput | None:
        """An input, or a variable, of that name."""
        return self.inputs.get(name.lower()) or self.variables.get(name)


class Task(Struct, frozen=True):
    """What a step proves by its action (``uses``).

    Names are those of inputs, in any case, and in capitals of variables too. ``address``: what holds an address;
    ``text``: the address is made of it. ``region``: what tells the region. ``needs``: inputs one of which must be
    there; ``unless``: values of inputs with which it isn't so. ``sets``: variables that the steps after it get, and
    from which input. ``scripts``: inputs that are scripts.
    """

    id: str
    uses: tuple[str, ...]
    role: str | None = None
    company: str | None = None
    address: tuple[str, ...] = ()
    text: str = "{}"
    region: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> Task:
        """From an entry of ``catalog/tasks``."""
        return cls(
            name,
            tuple(each.lower() for each in data["uses"]),
            data.get("role"),
            data.get("company"),
            tuple(data.get("address", ())),
            data.get("text", "{}"),
            tuple(data.get("region", ())),
            tuple(data.get("needs", ())),
            {name: tuple(values) for name, values in data.get("unless", {}).items()},
            data.get("sets", {}),
            tuple(data.get("scripts", ())),
        )
