"""What was written: resources, and how they reach a provider."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Final

from msgspec import Struct, field

from sovlint.model.attributes import Attributes, Found, NoAttributes
from sovlint.model.landing import Evidence, Landing
from sovlint.model.resources.sent import Link, Sent, Started
from sovlint.model.source import Located, Span
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind, Value, is_proved


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
    each: tuple[Named, ...] = ()
    """What is said of each cluster, where it is deployed to several that aren't in one place."""
    called: str = ""
    """What whoever deploys it calls its cluster: that one alone is meant."""
    doubt: Evidence | None = None
    """What shows that it runs on a developer's own machine, whatever is declared or made around it."""
    service: Value | None = None
    """The id of its service, where another repository has placed it: all three are ids of the catalogue then."""

    @property
    def asked(self) -> tuple[Landing, ...]:
        """The clusters of which it isn't proved whose they are."""
        if not self.each:
            return self.landings
        open_ = (one for one in self.each if not is_proved(one.provider))
        return tuple(landing for one in open_ for landing in one.landings)


class Labels(Struct, frozen=True, eq=False):
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


class Lead(Struct, frozen=True):
    """A place that leads to a resource, and what stands there: the call of a module, what installs a chart."""

    where: Located
    note: Note

    def span(self) -> Span:
        """Where it stands."""
        return self.where.span()


_NUMBERS: Final = count()


class Term(Struct, frozen=True):
    """The first and the last day on which something is in use, both inclusive; ``None`` where that is open."""

    start: date | None = None
    end: date | None = None


class LabelPlace(Struct, frozen=True):
    """Where a label of something goes that its own lines don't show: below the mapping, or beside the text, whose key
    stands ``where``, at a path of keys."""

    where: Span
    path: tuple[str, ...]


class OfEntry(Struct, frozen=True):
    """An entry of the catalogue that says what a module makes whose code isn't here: its address, the versions that it is
    about, and the key of its source. ``whole``: the module makes nothing else that data lands on. ``arguments``: those
    that what it makes is given. ``call``: the address of the call that makes it."""

    module: str
    versions: str
    source: str
    whole: bool
    arguments: frozenset[str]
    call: str = ""


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
    chain: tuple[Lead, ...] = ()
    """What leads here, outermost first: calls of modules, or what installs the chart that it is of."""
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
    starts: tuple[Started, ...] = ()
    """The files of the repository that it is built of or started by."""
    built_into: tuple[Value, ...] = ()
    """The images that what it stands in is built into, as written."""
    sends: tuple[Sent, ...] = ()
    """Where it sends data by its own configuration."""
    term: Term | None = None
    """When it is in use, where that is said."""
    lacks: tuple[str, ...] = ()
    """The charts in it that aren't here to read, so that nobody knows what they send where."""
    unsaid: Unknown | None = None
    """Why it may be given settings that aren't known, so that nobody knows what it sends where by them."""
    entry: OfEntry | None = None
    """What says that it is made, where the code of its module isn't here to read; of a module that isn't there, what says
    what else it makes."""
    held_in: frozenset[str] = frozenset()
    """The files whose data it may send: those that run, call or include what it is written in, and its own."""
    headless: bool = False
    """Whether its first line says nothing of what it is, as that of a Kubernetes object (``apiVersion``): what there is to
    say of it is said at the line that decides it."""
    drawn_from: frozenset[str] = frozenset()
    """Files besides that in which it begins that are part of it as a whole: the values of a chart."""
    local: bool = False
    """Whether it is there for developers alone: its file says so by its name, nothing of the repository puts it on a
    server, and it declares no class. Where it runs isn't asked."""
    patch: bool = False
    """Whether it is what patches say of an object that isn't here: where they say nothing of its place, it has none."""
    secrets: tuple[str, ...] = ()
    """Texts of its arguments that are secrets by their names, of which other places hold the parts."""
    labelled_at: LabelPlace | None = None
    """Where its label goes, if that isn't in what it is written as."""
    copies: tuple[str, ...] = ()
    """Paths of its arguments that name what is copied or sent, or where to, by their names."""
    number: int = field(default_factory=_NUMBERS.__next__)
    """Handed out on reading, and kept by ``replace``: what is worked out about a resource is kept under it. Two
    manifests may give objects of one ``identity``, and each has a number of its own."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """(root, variant, address): what tells one resource from another where each has its own name."""
        return (self.root or "", self.variant or "", self.address)

    @property
    def span(self) -> Span:
        """Where it is declared; of what the code of another repository makes, the call of that which stands here."""
        own = self.where.span()
        if not own.repository:
            return own
        here = (lead.span() for lead in reversed(self.chain))
        return next((span for span in here if not span.repository), own)

    @property
    def is_left_out(self) -> bool:
        """Whether only a default, which whoever applies it may override, leaves it out."""
        return isinstance(self.exists, Unknown) and self.exists.kind is UnknownKind.LEFT_OUT

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

        A module that isn't there stands for all in it: what is said of ``module.a.*`` is said of it too. What is said of
        ``module.a`` is said of what the catalogue says that it makes.
        """
        if self.unreadable is not None:
            return (self.address, f"{self.address}.")
        call = self.entry.call if self.entry else ""
        return (self.address, call) if call else (self.address,)


TRUE: Known[bool] = Known(True)
SETTING: Final = "setting"
"""The type of what a file of settings sends data to: a destination, and nothing that is declared there."""


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
