"""Known or Unknown: the one way to say that a value is, or isn't, known, and how that came about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar, Union, cast

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.source import Located
from sovlint.model.text import Note

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")

MAX_AMONG = 32
"""Past this many members a set of possible values is plainly unknown."""


class Reason(StrEnum):
    """Why a value is not known. Users' scripts know the ids, so none changes. docs/limits.md has a line on each."""

    UNSET_VARIABLE = "unset-variable"
    FROM_ENVIRONMENT = "from-environment"
    CALLER_NOT_IN_REPO = "caller-not-in-repo"
    COMPUTED_AT_APPLY = "computed-at-apply"
    REMOTE_MODULE = "remote-module"
    UNSUPPORTED_EXPRESSION = "unsupported-expression"
    TEMPLATED = "templated"
    MULTI_VALUED = "multi-valued"
    NOT_IN_CATALOGUE = "not-in-catalogue"
    NO_EVIDENCE = "no-evidence"


NAMED_FACTS = ("provider", "service", "region", "endpoint")
"""Details that are facts of a placement; they have a name in each language."""


class StepKind(Enum):
    """What a step says of the value, for code to decide by. Its note says it to people, and decides nothing."""

    SEEN = "seen"
    """Here it is written, or here stands what shows it."""
    PASSED_ON = "passed on"
    """The value as it is, under another name."""
    DEFAULT = "default"
    """Passed on too, but only where nobody gives another value."""
    READ_FROM = "read from"
    """An attribute of the resource that the step refers to."""
    COMBINED = "combined"
    """Several steps lead to this one value."""
    MADE = "made"
    """No longer the value that it was made from."""
    PROPAGATED = "propagated"
    """A data class that flows in from the resource that the step refers to."""
    SUGGESTED = "suggested"
    """A data class that a name suggests."""
    PUT_IN = "put in"
    """What a template puts into what it makes: the value stands there."""
    VOUCHED = "vouched"
    """An attestation says so."""
    HINTED = "hinted"
    """Something beside the thing itself shows it: that may convict, and never acquits."""
    DOUBTED = "doubted"
    """The thing itself shows that this may not hold for it: so that it never acquits either."""


class Step(Struct, eq=False):
    """One step of a ``because`` chain: where, what was seen there, and the step or steps before it.

    ``refers`` is the address of the resource that the value was read from, if it was one. ``kind`` is what the step
    says of the value. ``text`` are the parts of a text that the plug-in makes of what ``refers`` says (its ARN, say): a
    value that still reads like that is that attribute as it stands.
    """

    where: Located | None
    note: Note
    parents: tuple[Step, ...] = ()
    refers: str | None = None
    kind: StepKind = StepKind.SEEN
    text: tuple[str | None, ...] | None = None


Because = Step | None


def unroll(because: Because, seen: set[Step] | None = None) -> Iterator[Step]:
    """The steps of a chain, from the use back to the origin, each once; none of those that are ``seen``, which gets
    further ones."""
    seen = set() if seen is None else seen
    stack = [because] if because else []
    while stack:
        step = stack.pop()
        if step in seen:
            continue
        seen.add(step)
        yield step
        stack.extend(reversed(step.parents))


def hint_in(because: Because) -> Step | None:
    """The first step of a chain that is a mere hint, or doubts what comes before it."""
    unsure = (StepKind.HINTED, StepKind.DOUBTED)
    return next((step for step in unroll(because) if step.kind in unsure), None)


def is_proved(fact: Fact[Any] | None) -> bool:
    """Whether a fact is known, and no hint has a part in that."""
    return isinstance(fact, Known) and hint_in(fact.because) is None


def hints_first(facts: Iterable[Fact[T]]) -> list[Fact[T]]:
    """Facts of different things, for ``either``: where they agree, the weakest one stands for all."""
    return sorted(facts, key=lambda fact: hint_in(fact.because) is None)


class Known(Struct, Generic[T_co], eq=False):
    """A value that is known, with the chain that led to it. ``sensitive`` ones are never printed."""

    value: T_co
    because: Because = None
    sensitive: bool = False

    def __repr__(self) -> str:
        return "Known(<sensitive>)" if self.sensitive else f"Known({self.value!r})"


class UnknownKind(Enum):
    """Unknowns that code treats apart from others of the same reason."""

    BEYOND_LIMIT = "beyond a limit"
    """It, or what it is made from, is larger than is kept, or costs more than one root is given."""
    CLUSTER_UNDECLARED = "cluster undeclared"
    """Nothing says where the cluster is."""
    CLUSTERS_OVERLAP = "clusters overlap"
    """Several clusters are declared for it."""
    CLUSTER_LATER = "cluster later"
    """What shows where the cluster is gets filled in later."""
    PROJECT_UNDECLARED = "project undeclared"
    """Nothing says where the Compose project runs."""
    PROJECTS_OVERLAP = "projects overlap"
    """Several places are declared for the Compose project."""
    CLUSTER_ONE_OF = "cluster one of"
    """It may be any of several clusters that the repository creates or tells of."""
    CLUSTER_REGION = "cluster region"
    """Whose cluster it is is known, and in which region isn't."""
    CLUSTER_HINTED = "cluster hinted"
    """Only a hint shows where the cluster is."""
    HOST_UNLISTED = "host unlisted"
    """The catalogue doesn't have the host that is named: ``detail`` ends with it."""
    HOST_OF_HOUSE = "host of the house"
    """The same, of a host in a domain that the repository serves or manages itself."""
    OWNERS_UNFOUND = "owners unfound"
    """Nobody found who owns a company, or one that it runs on."""
    CONTRADICTED = "contradicted"
    """What was read isn't the only value here: the first of ``among`` is the one that was read, or ``read``."""
    VALUES_UNTOLD = "values untold"
    """Nobody knows the values of settings whose names say nothing."""
    OBJECT_ELSEWHERE = "object elsewhere"
    """A config map or a secret holds it that isn't here; ``detail`` names it."""
    GRANTED = "granted"
    """A text that a template takes for granted of where it is used, which is another one elsewhere."""
    LEFT_OUT = "left out"
    """Only a default leaves it out: whoever applies may say otherwise."""
    NO_REGION = "no region"
    """The service has no region, so that code can't tell its place."""


UNKNOWN_HOSTS = frozenset({UnknownKind.HOST_UNLISTED, UnknownKind.HOST_OF_HOUSE})
"""Kinds of what isn't known because nobody knows who answers at a host."""


class Unknown(Struct, eq=False):
    """A value that is not known, with the reason and whatever is known of it all the same.

    ``detail`` names the culprit (``var.region``), in no language; where that takes a sentence, ``note`` is that.
    ``among``: a finite set proved to hold the value (each member a ``Known``). ``parts``: literals and holes (``None``)
    of a string, in order. ``entries``: keys known of a map; ``overridable`` says that what isn't known may override
    them. ``each``: what every element of a collection is, whichever and however many there are. ``host_of``: the
    address of the resource that answers at this text, taken as an address (its host is that of the resource, whatever
    stands around it). ``holes``: what stands at the holes of ``parts``, each by itself, where that is known.
    ``encodes``: the value that this text is made of, where it is JSON or YAML. ``checkout``: the path below the git
    root that this text names, where that is what it is: in which folder of a machine the checkout lies isn't known.
    ``kind``: which of the cases it is that code treats apart. ``read``: what was read, where another value that nobody
    knows contradicts it. ``holds``: all that may be in a collection, where it isn't known of each that it is.
    ``may_be``: some of what it may be; it may be something else too. ``said``: what is written for it, and proves nothing.
    """

    reason: Reason
    detail: str = ""
    because: Because = None
    among: tuple[Known[object], ...] | None = None
    parts: tuple[str | None, ...] | None = None
    entries: Mapping[str, Value] | None = None
    overridable: bool = True
    each: Value | None = None
    sensitive: bool = False
    note: Note | None = None
    host_of: str | None = None
    checkout: str | None = None
    kind: UnknownKind | None = None
    holes: tuple[Unknown, ...] = ()
    encodes: Value | None = None
    read: Known[object] | None = None
    holds: tuple[MayHold, ...] | None = None
    may_be: tuple[Value, ...] = ()
    said: str = ""

    def __bool__(self) -> bool:
        raise TypeError("an Unknown is neither true nor false: match on it")

    def __repr__(self) -> str:
        return f"Unknown({self.reason.value}: {self.detail})"

    def but(self, **changes: Any) -> Unknown:
        """The same with other values for the attributes named."""
        return replace(self, **changes)

    def bare(self) -> Unknown:
        """The same without what is known of the value all the same: reason, detail, note, chain, what is written for it,
        and whether it may be shown."""
        return Unknown(
            self.reason,
            self.detail,
            self.because,
            sensitive=self.sensitive,
            note=self.note,
            kind=self.kind,
            said=self.said,
        )

    @property
    def cause(self) -> tuple[Reason, str, Note | None, str]:
        """Why it isn't known: what has the same cause is told once."""
        is_told = self.note is not None and self.said in self.note.params.values()
        return self.reason, self.detail, self.note, "" if is_told else self.said

    def why(self) -> Note:
        """Why it isn't known, as a sentence; the culprit, which may quote a value, is left out where sensitive."""
        if said := self.cause[-1]:
            return Note("model.said", {"why": self.but(said="").why(), "said": said})
        key = f"model.reason.{self.reason.value}"
        if self.sensitive or any(member.sensitive for member in self.among or ()):
            return Note(f"{key}.bare")
        if self.note is not None:
            return self.note
        named = self.detail in NAMED_FACTS
        if (
            named and self.reason is Reason.NO_EVIDENCE
        ):  # what isn't known is named where this is said
            return Note(f"{key}.bare")
        detail = Note(f"model.fact.{self.detail}") if named else self.detail
        return Note(key, {"detail": detail}) if detail else Note(f"{key}.bare")

    @property
    def host(self) -> str | None:
        """The host at which nobody knows who answers, where that is why it isn't known."""
        return self.detail.rpartition(" ")[2] if self.kind in UNKNOWN_HOSTS else None

    def text(self) -> str:
        """``<reason>`` or ``<reason>: <detail>``, as the JSON contracts print it; what is written for it in brackets."""
        detail = f"{self.detail} [{self.said}]" if self.said else self.detail
        return f"{self.reason.value}: {detail}" if detail else self.reason.value


class MayHold(Struct, frozen=True, eq=False):
    """One thing in a collection, under its key (of a list, its place): surely there, or perhaps."""

    key: Value
    value: Value
    sure: bool = True


Value = Union["Known[object]", Unknown]
Fact = Union["Known[T]", Unknown]
"""A derived fact of type T. An unknown one's ``among`` members hold values of T."""


def known_of(value: Value | None) -> Hashable:
    """Everything that is known of a value, to tell it from others by: not the chain that led to it."""
    if value is None or isinstance(value, Known):
        return None if value is None else repr(value.value)
    return (
        value.cause,
        None if value.parts == (None,) else value.parts,
        tuple(repr(each.value) for each in value.among or ()),
        value.host_of,
    )


def is_null(value: Value) -> bool:
    """Whether a value is null for certain."""
    return isinstance(value, Known) and value.value is None


def map_fact(fact: Fact[T], function: Callable[[T], Fact[U]]) -> Fact[U]:
    """Apply ``function`` to what is known of ``fact``: to its value, or to each member of ``among``.

    The result keeps the chain of ``fact`` where it has none of its own.
    """
    if isinstance(fact, Known):
        return caused(function(fact.value), fact.because)
    if not fact.among:
        return fact.bare()
    return caused(
        either([function(cast(T, member.value)) for member in fact.among], fact), fact.because
    )


def caused(fact: Fact[T], because: Because) -> Fact[T]:
    """The same fact, with ``because`` where it has no chain of its own."""
    if fact.because is not None or because is None:
        return fact
    if isinstance(fact, Known):
        return Known(fact.value, because, fact.sensitive)
    return fact.but(because=because)


def either(facts: Iterable[Fact[T]], otherwise: Unknown) -> Fact[T]:
    """One of ``facts``, not known which: known if all agree, else among them; ``otherwise`` gives the reason."""
    members: list[Known[T]] = []
    for fact in facts:
        if isinstance(fact, Known):
            found: Iterable[Known[T]] = (fact,)
        elif fact.among:
            found = cast("tuple[Known[T], ...]", fact.among)
        else:
            bare = fact.bare()
            return bare if bare.because is not None else bare.but(because=otherwise.because)
        members.extend(
            new for new in found if not any(same(new.value, old.value) for old in members)
        )
        if len(members) > MAX_AMONG:
            return otherwise.bare()
    if len(members) == 1:
        return members[0]
    return otherwise.bare().but(
        among=cast("tuple[Known[object], ...]", tuple(members)) or None,
        sensitive=otherwise.sensitive or any(member.sensitive for member in members),
    )


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal, telling ``True`` from ``1`` and looking into nested ``Known`` values."""
    if isinstance(one, Known) and isinstance(other, Known):
        return same(one.value, other.value)
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return one is other
    return one == other
