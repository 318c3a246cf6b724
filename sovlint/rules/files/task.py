"""Steps of pipelines (CI and CD): where they stand in a file, and what a step proves by the action that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from sovlint.model.decoding import EntryKey, SomeText, SourceKey, Texts, Yes
from sovlint.model.source import Located
from sovlint.model.value import Value
from sovlint.rules.destination import AddressText, HeldDestination
from sovlint.rules.keys import HERE, DottedPath, KeyPath


class StepsAt(Struct, frozen=True, kw_only=True):
    """Where steps of pipelines stand, and, in each, what says what it does."""

    at: DottedPath
    job: Annotated[int, Meta(ge=0)] = 0
    """How many keys lead to the job whose steps share what one of them sets."""
    called: bool = False
    """Any job of the file may call them."""
    uses: DottedPath | None = None
    """Where its action stands."""
    is_action: SomeText = ""
    """Its action, where nothing names it."""
    keyed: bool = False
    """Its action is its only key."""
    inputs: DottedPath = HERE
    """Below which key its inputs stand."""
    run: tuple[DottedPath, ...] = ()
    """Where its scripts stand."""
    words: DottedPath | None = None
    """Where the words of a command line stand."""
    program: DottedPath | None = None
    """Where its program does; else it is called like the action."""
    aliases: DottedPath | None = None
    """Where the file says for what the first part of an action's name stands."""
    folder: tuple[DottedPath, ...] = ()
    """Where the folder stands in which its scripts run."""
    copied: DottedPath | None = None
    """Where the files stand that are copied to where it runs: at a path there, what of the repository."""
    condition: DottedPath | None = None
    """Where the condition stands on which it runs."""
    goes_on: Yes = False
    """It is no step of a pipeline, but a service that goes on running."""


class StepInput(Struct, frozen=True):
    """Something that a step is given: its value, and where it stands."""

    value: Value
    path: KeyPath
    where: Located


class StepHere(Struct, frozen=True):
    """One step of a file: ``uses`` is its action, without version and in lower case, or empty; so are ``inputs``.

    ``is_open``: whether it may be given variables that its file doesn't show. ``goes_on``: it is a service.
    """

    path: KeyPath
    where: Located
    uses: str = ""
    inputs: Mapping[str, StepInput] = field(default_factory=dict)
    scripts: tuple[StepInput, ...] = ()
    words: tuple[StepInput, ...] = ()
    variables: Mapping[str, StepInput] = field(default_factory=dict)
    is_open: bool = False
    folder: Value | None = None
    """The folder in which its scripts run, relative to the repository; ``None`` where nothing says it."""
    condition: str = ""
    """The condition on which it runs, as it is written."""
    goes_on: bool = False
    copied: tuple[tuple[str, Value], ...] | None = None
    """Files that are copied to where it runs: a path there, and what of the repository; ``None``: it runs in that."""
    beside: bool = False
    """Whether containers are started beside it, a database of tests among them."""
    but: frozenset[str] = frozenset()
    """Signatures that count for nothing in variables of its file, nor in those that its scripts set."""

    def given(self, name: str) -> StepInput | None:
        """An input, or a variable, of that name."""
        return self.inputs.get(name.lower()) or self.variables.get(name)

    def read(self, name: str) -> tuple[Value, ...]:
        """What conditions read at the name of an input, or of a variable."""
        given = self.given(name)
        return () if given is None else (given.value,)


class AddressOf(AddressText, frozen=True, kw_only=True):
    """Inputs, or variables, that hold an address: the first that says something."""

    inputs: Texts


class BuildInputs(Struct, frozen=True, kw_only=True):
    """Inputs of an action that builds an image: what it is called, of which file, in which folder."""

    image: Texts
    file: Texts = ()
    context: Texts = ()


class Task(HeldDestination, frozen=True, kw_only=True):
    """What a step proves by its action. Names, and paths of conditions, are those of inputs, in any case, and in
    capitals of variables too."""

    id: EntryKey
    uses: Texts
    """Names of actions, without version."""
    address: tuple[AddressOf, ...] = ()
    region: Texts = ()
    """Inputs, or variables, that tell the region."""
    names: Texts = ()
    """Inputs that name what it deploys to."""
    sets: Mapping[str, SomeText] = field(default_factory=dict)
    """Variables that later steps of the job get, and from which input."""
    scripts: Texts = ()
    """Inputs that are scripts."""
    cluster: Yes = False
    """It points commands of Kubernetes that follow at a cluster, which is where they deploy to."""
    applies: Texts = ()
    """Inputs that are paths of manifests or of a chart which it deploys to the cluster that is pointed at."""
    pushes: Texts = ()
    """Inputs that name the images that it puts into a registry, one a line or with commas between them."""
    builds: BuildInputs | None = None
    """It builds an image of a file of the repository."""
    source: SourceKey

    schema: ClassVar = {
        "anyOf": [
            {"required": keys}
            for keys in (
                ["role", "company"],
                ["role", "address"],
                ["sets"],
                ["scripts"],
                ["applies"],
                ["pushes"],
                ["builds"],
            )
        ],
        "x-was": {"needs": "when", "text": "address"},
    }
