"""What a resource sends and is linked to: addresses by its own configuration, and other declared things."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum
from typing import Final

from msgspec import Struct

from sovlint.model.source import Located
from sovlint.model.value import Known, Unknown, UnknownKind, Value, known_of


class Link(Struct, frozen=True):
    """Another declared thing that data goes to or comes from: how, what it is called, and where that is written.

    ``kind`` is one of those of a flow (``model.placement.Flow``). ``address`` is the other's, within the same root.
    ``back``: data comes from there to here too, so that each carries what the other does. ``name``: what it is called by
    its name, where no address is known; then ``address`` is the argument that has it (``table_name``).
    """

    kind: str
    address: str
    where: Located
    back: bool = False
    name: Value | None = None


class Started(Struct, frozen=True):
    """A file of the repository that something is built of or started by: its path, and where that is said. ``given``: the
    variables that whoever starts it is given, whatever the file sets."""

    path: str
    where: Located
    given: frozenset[str] = frozenset()


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
    off: Unknown | None = None
    """Why it may not be sent: a switch is off where it is written, and nothing proves that this switches it off for good.
    ``detail`` is the switch."""
    given_to: Value | None = None
    """What names the declared thing that sends, where a command gives it the setting."""

    @property
    def may_be_shown(self) -> bool:
        """Whether nothing but the host can show that something is sent: another setting may say it of the same address."""
        return self.by in (SentBy.HOST, SentBy.CALLBACK, *SHOWN_BY)

    @property
    def is_asked(self) -> bool:
        """Whether that is only asked of a class that is declared, all of a resource as one question."""
        return self.off is not None and self.off.kind is UnknownKind.VALUES_UNTOLD

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
            self.off is None,
        )

    @property
    def _culprit(self) -> str:
        """What keeps an address from being known that only its name shows: another variable may lead to another one. A
        rule knows what its settings lead to: several of them, unset, are one store."""
        if self.by is not SentBy.ADDRESS or isinstance(self.value, Known):
            return ""
        return self.value.detail
