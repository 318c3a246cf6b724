"""What was written: resources, how they reach a provider, and what couldn't be read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from enum import Enum
from itertools import count
from typing import Final, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.attributes import Attributes, Found, NoAttributes
from sovlint.model.exception import Ignore
from sovlint.model.landing import ClusterReach, Evidence, Landing
from sovlint.model.source import Located, Span
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, Value, known_of


class Binding(Struct, frozen=True):
    """How a resource reaches the company that runs it: the plug-in and the settings given to it.

    ``plugin`` is an id that the catalogue may know (``hashicorp/aws``); ``where`` is where the settings are written
    (``None`` where nobody wrote any).
    """

    plugin: str
    settings: Attributes = field(default_factory=NoAttributes)
    where: Located | None = None


class Stated(Struct, frozen=True):
    """What somebody who names a company says of it besides, in their own words; nobody looked it up.

    ``country``: the code of the state where data sits. ``seats``: codes of the states where it, and whoever owns it,
    has its seat. ``hosts``: companies whose cloud it runs on (ids, names or aliases).
    """

    country: Value | None = None
    seats: tuple[Value, ...] = ()
    hosts: tuple[Value, ...] = ()


class Named(Struct, frozen=True):
    """A provider and region that somebody names outright: a declared cluster, a vendor in an inventory.

    ``provider`` and ``region`` hold what was written (an id, a name or an alias; a code or a display name).
    ``landings`` are the clusters that a resource may be on, with what shows where they are (``resolve.clusters``
    decides by it where nobody declares that), and ``own`` is what the resource itself shows, of volumes too.
    """

    provider: Value
    region: Value
    where: Located | None = None
    answers: tuple[Found, ...] = ()
    """Addresses at which it answers, where they are written: whose they are tells of the company and the region too."""
    stated: Stated | None = None
    """What else is said of the company, if anything."""
    landings: tuple[Landing, ...] = ()
    own: tuple[Evidence, ...] = ()
    deployed: tuple[Evidence, ...] = ()
    """Where pipelines deploy it to: that only speaks against what is declared."""


class Labels(Struct, frozen=True):
    """Tags, labels or annotations that reach a resource: a map, from one declarer.

    Within one ``declarer`` the nearer wins: labels are given nearest first.
    """

    declarer: str
    entries: Value
    where: Located
    keys: tuple[str, ...] | None = None
    """Keys that declare a class here; ``None``: those of the configuration."""
    spare: bool = False
    """Whether it counts only where what a nearer one of the declarer says means nothing."""
    foreign: bool = False
    """Whether it speaks another tongue than ours: what means nothing here is told, and isn't taken for a mistake."""


class Link(Struct, frozen=True):
    """Another declared thing that data goes to or comes from: how, what it is called, and where that is written.

    ``kind`` is one of those of a flow (``model.placement.Flow``). ``address`` is the other's, within the same root.
    ``back``: data comes from there to here too, so that each carries what the other does.
    """

    kind: str
    address: str
    where: Located
    back: bool = False


class SentBy(Enum):
    """What shows that something is sent to an address.

    ``RULE``: a rule of the catalogue, by a name, a program or an outlet. ``VALUE``: what the value can only be, such as
    the address of a database. ``CLIENT``: a key or a password with the address. ``ADDRESS``: the name of a setting,
    which is that of an address. ``URL``: nothing but an address of the web, under a name that says nothing; at a host
    of which nobody knows what answers there it counts only of a class that is declared. ``HOST``: nothing, so that it
    counts only at a host that takes data. ``STEP``: a step of a pipeline tells somebody something: it counts only of a
    class that is declared. ``SHOWN``: the name says that it is only shown, fetched or served; it counts only at such a
    host. ``OWN``: the same, and the name is that of the software's own site. ``CALLBACK``: somebody is told to call
    there: the software itself, where the host is of the house. ``UNTOLD``: nothing, of a value that nobody knows; of a
    class that is declared, all of a resource are one question.
    """

    RULE = "rule"
    VALUE = "value"
    CLIENT = "client"
    ADDRESS = "address"
    URL = "url"
    HOST = "host"
    STEP = "step"
    SHOWN = "shown"
    OWN = "own"
    CALLBACK = "callback"
    UNTOLD = "untold"


SHOWN_BY: Final = frozenset({SentBy.SHOWN, SentBy.OWN})
"""What shows that an address is no destination, at a host that doesn't say otherwise."""


class Sent(Struct, frozen=True):
    """An address outside to which something sends data by its own configuration: an env entry, an exporter, a DSN.

    ``value`` is the address as text (URL, host, DSN), perhaps unknown or with holes; null where ``provider`` says it
    all. ``role`` is that of the placement there. ``key`` is what names it (``env SENTRY_DSN``, ``exporter datadog``),
    empty where that is no sending on but the place where the thing itself runs. ``provider`` is the catalogue's id of
    the company, where a setting proves it without an address; ``region`` what a setting beside it says. ``written``:
    where it is really written, if that is a secret and ``where`` the place that reports show instead. ``default``:
    nobody wrote the address; it is the one that counts where none is written. ``usual``: that something is sent is
    sure, at which endpoint isn't known; the company that has it where no other endpoint is given. ``kind``: that of the
    service, where several companies speak its protocol and ``provider`` is only the one that it comes from: ``region``
    tells whose. ``names``: what is named there, as a table or a group of logs is, or gives the key to it, and
    ``company`` whose such a thing is: where this repository declares it, it is judged itself. ``link`` is the kind of
    the flow to it then, ``back`` whether data comes back.
    """

    value: Value
    where: Located
    role: str
    key: str
    provider: str | None = None
    region: Value | None = None
    written: Located | None = None
    default: bool = False
    kind: str | None = None
    names: Value | None = None
    company: str | None = None
    link: str = ""
    back: bool = False
    usual: str | None = None
    by: SentBy = SentBy.RULE

    @property
    def may_be_shown(self) -> bool:
        """Whether nothing but the host can show that something is sent: another setting may say it of the same address."""
        return self.by in (SentBy.HOST, SentBy.CALLBACK, *SHOWN_BY)

    @property
    def told(self) -> tuple[Hashable, ...]:
        """What it says of where data goes, whatever it is called: what is the same of two is told once."""
        return (
            self.role,
            self.provider,
            self.kind,
            self.usual,
            known_of(self.value),
            known_of(self.region),
            known_of(self.names) if self.by is SentBy.VALUE else None,
            self._culprit,
            self.key if self.by is SentBy.UNTOLD else None,
        )

    @property
    def _culprit(self) -> str:
        """What keeps an address from being known that only its name shows: another variable may lead to another one. A
        rule knows what its settings lead to: several of them, unset, are one store."""
        if self.by is not SentBy.ADDRESS or isinstance(self.value, Known):
            return ""
        return self.value.detail


_NUMBERS: Final = count()


class Term(Struct, frozen=True):
    """The first and the last day on which something is in use, both inclusive; ``None`` where that is open."""

    start: date | None = None
    end: date | None = None


class Resource(Struct, frozen=True):
    """Something a repository declares: a managed resource, a workload, a service of an inventory.

    ``exists`` is ``Known(True)`` or unknown; what surely doesn't exist is no resource. ``names`` are what a person
    called it (for inferring a class). ``type`` is looked up in the catalogue under the plug-in of ``binding``.
    """

    address: str
    type: str
    front_end: str
    root: str | None
    variant: str | None
    library: bool
    exists: Fact[bool]
    where: Located
    attributes: Attributes
    binding: Binding | None = None
    named: Named | None = None
    labels: tuple[Labels, ...] = ()
    names: tuple[str, ...] = ()
    chain: tuple[Located, ...] = ()
    """The module calls that lead here, outermost first."""
    role: str | None = None
    """The role, where the front end is certain of it (state of a backend, a processor of an inventory)."""
    listed: Located | None = None
    """Where a plan or state lists it, if one does: ``where`` is its source, if that is beside it."""
    unreadable: Unknown | None = None
    """Why nothing can be read of it (a module that isn't there)."""
    images: tuple[Value, ...] = ()
    """The container images that it runs, as written."""
    links: tuple[Link, ...] = ()
    """Other declared things that its data goes to or comes from."""
    sends: tuple[Sent, ...] = ()
    """Where it sends data by its own configuration."""
    term: Term | None = None
    """When it is in use, where that is said."""
    lacks: tuple[str, ...] = ()
    """The charts in it that aren't here to read, so that nobody knows what they send where."""
    unsaid: Unknown | None = None
    """Why it may be given settings that aren't known, so that nobody knows what it sends where by them."""
    local: bool = False
    """Whether it is there for developers alone: its file says so by its name, nothing of the repository puts it on a
    server, and it declares no class. Where it runs isn't asked."""
    number: int = field(default_factory=_NUMBERS.__next__)
    """Handed out on reading, and kept by ``replace``: what is worked out about a resource is kept under it. Two
    manifests may give objects of one ``identity``, and each has a number of its own."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """(root, variant, address): what tells one resource from another where each has its own name."""
        return (self.root or "", self.variant or "", self.address)

    @property
    def span(self) -> Span:
        """Where it is declared."""
        return self.where.span()

    @property
    def is_elsewhere(self) -> bool:
        """Whether it stands for a module that isn't there to read."""
        return self.unreadable is not None and self.unreadable.reason is Reason.REMOTE_MODULE

    @property
    def is_missing(self) -> bool:
        """Whether it stands for a module that should be in this repository, and isn't."""
        return (
            self.is_elsewhere
            and self.unreadable is not None
            and self.unreadable.note is not None
        )

    @property
    def named_by(self) -> tuple[str, ...]:
        """What a glob on addresses may match for what it says to be said of this resource.

        A module that isn't there stands for all in it: what is said of ``module.a.*`` is said of it too.
        """
        return (
            (self.address,) if self.unreadable is None else (self.address, f"{self.address}.")
        )


class Unit(Protocol):
    """What is read as one, such as a root module with its values: whatever changes in it may change all of it."""

    @property
    def root(self) -> str | None:
        """The root of its resources."""
        ...

    @property
    def variant(self) -> str | None:
        """The variant of its resources."""
        ...

    def bears(self, path: str) -> bool:
        """Whether a change to this file (perhaps one that is gone) may change what is said of its resources."""
        ...


class Failure(Struct, frozen=True):
    """A claimed file that couldn't be read, wholly or in part; it never hides the others."""

    path: str
    line: int | None
    column: int | None
    note: Note

    @classmethod
    def at(cls, where: Located, note: Note) -> Failure:
        """What is wrong at a place."""
        span = where.span()
        return cls(span.path, span.line, span.column, note)


class Remark(Struct, frozen=True):
    """Worth saying, but neither a finding nor a failure: values files not listed, links not followed, ..."""

    note: Note
    path: str | None = None
    line: int | None = None

    @classmethod
    def at(cls, where: Located, note: Note) -> Remark:
        """What is worth saying of a place."""
        span = where.span()
        return cls(note, span.path, span.line)


class UnlistedValues(Remark, frozen=True):
    """Values of a root that stand where they weren't used: the root's folder, the files, and which of them pipelines
    hand over, as globs relative to the root, each with the place that shows it."""

    root: str = "."
    files: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


class BeatenValue(Struct, frozen=True):
    """A committed value of a root's variable that another one wins over, which the run was given: both as texts."""

    root: str
    name: str
    before: str
    after: str


class Reading(Struct, frozen=True, kw_only=True):
    """What one front end read: resources, what it couldn't read, remarks, the files it claimed and skipped, the ignore
    comments in them, which files bear on which resources, and which are never quoted."""

    resources: tuple[Resource, ...] = ()
    failures: tuple[Failure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    units: tuple[Unit, ...] = ()
    unquoted: tuple[str, ...] = ()
    """Files of which no line is ever shown: they hold what was never meant to be read."""
    reaches: tuple[ClusterReach, ...] = ()
    """How other tools of the repository reach clusters."""
    looked_up: tuple[Resource, ...] = ()
    """What is there already and the repository only looks up: others are placed by it, itself it isn't reported."""
    unread: tuple[tuple[str, str], ...] = ()
    """Files that are recognised and that nobody can read, each with its kind: ``(kind, path)``."""
    recognised: tuple[tuple[str, str], ...] = ()
    """Files that begin like those of a kind, each with it: ``(kind, path)``. Another front end may read them."""
    passed_over: tuple[str, ...] = ()
    """Files that would be read if they didn't lie in a folder of other people's files, of tests or of examples."""
    beaten: tuple[BeatenValue, ...] = ()
    left_out: tuple[str, ...] = ()
    """Files for developers alone, where these are to be left out (``exclude_local``)."""
    overridden: tuple[tuple[str, int], ...] = ()
    """Lines, by path, that something else wins over wherever they are used: nothing is sent by them."""


def joined_readings(readings: Iterable[Reading]) -> Reading:
    """What several front ends read, or one in several ways, as one: each field holds what it holds in all of them."""
    listed = list(readings)
    fields = {
        name: [each for reading in listed for each in getattr(reading, name)]
        for name in Reading.__struct_fields__
    }
    return Reading(**{name: tuple(found) for name, found in fields.items()})


def without_overridden(reading: Reading) -> Reading:
    """A reading without what is nothing but settings in lines that something else wins over."""
    lines = frozenset(reading.overridden)
    if not lines:
        return reading

    def counts(resource: Resource) -> bool:
        told = [each.where.span() for each in resource.sends]
        return not told or any((each.path, each.line) not in lines for each in told)

    return replace(reading, resources=tuple(filter(counts, reading.resources)))


TRUE: Known[bool] = Known(True)


def written(name: str, kind: str, where: Located) -> Resource:
    """Something that the configuration says, as something that a finding can be about."""
    return Resource(
        address=f"config:{where.span().path}#{name}",
        type=kind,
        front_end="config",
        root=None,
        variant=None,
        library=False,
        exists=TRUE,
        where=where,
        attributes=NoAttributes(),
    )


def elsewhere(root: str | None, variant: str | None, address: str) -> str:
    """What a resource is called as seen from another root: its address alone names another one there.

    It begins with a slash, as no address does.
    """
    return f"/{root or ''}{f'[{variant}]' if variant else ''}:{address}"
