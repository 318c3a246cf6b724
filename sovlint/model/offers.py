"""What one repository can tell others: what it makes, by the names that others call it; and what it asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from sovlint.model.text import Bilingual


class OfferKind(StrEnum):
    """What is offered, and what its keys are."""

    CLUSTER = "cluster"
    """A cluster of Kubernetes: the names that deployers call it, and the host of its API server."""
    STATE = "state"
    """The state that a root of Terraform keeps: its backend, and what tells it from others there."""
    STORE = "store"
    """A resource that others name without a reference: its ARN or path, or its type and name."""
    HOST = "host"
    """A host at which it answers, in lower case; ``*.`` stands for one label."""
    IMAGE = "image"
    """A container image that its pipelines push, without tag and digest."""
    MODULE = "module"
    """A module of Terraform: the address of its repository, the folder in it, and the revision."""


class Ask(Struct, frozen=True, order=True):
    """Something that a repository doesn't know, and looked for among what others offer."""

    kind: OfferKind
    key: str


class AnsweredAsk(Ask, frozen=True, order=True):
    """Something that it asked, and who answered more than that they make it."""

    repository: str


class OfferedStep(Struct, frozen=True):
    """One step of the chain that led to what is offered: where it stands in its own repository, and what was seen there.
    ``repository``: where it stands in another one still."""

    path: str
    line: int
    note: Bilingual
    repository: str = ""


class OfferedFact(Struct, frozen=True):
    """A fact of a placement: its value, or the values that it is one of; neither where it isn't known. ``hinted``: only a
    hint shows it there."""

    value: str | None = None
    among: tuple[str, ...] = ()
    hinted: bool = False


class Offer(Struct, frozen=True, omit_defaults=True):
    """Something that a repository makes: where it is, and what led to that.

    ``repository`` and ``commit`` are empty as long as nobody but the repository itself has it. ``facts``: provider,
    service and region, by name, as catalogue ids. ``outputs``: of a state, what is known of each output. ``files``: of a
    module, the text of each file by its path in the module's folder.
    """

    kind: OfferKind
    keys: tuple[str, ...]
    path: str
    line: int
    address: str = ""
    repository: str = ""
    commit: str = ""
    facts: Mapping[str, OfferedFact] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    because: tuple[OfferedStep, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether it says more than who makes a thing: where that is, or what it gives to others."""
        return bool(self.outputs or self.files or {"provider", "region"} & self.facts.keys())


class Offers:
    """What other repositories offer, by kind and key; it keeps in mind what it was asked for."""

    def __init__(self, offers: Iterable[Offer] = ()) -> None:
        self._found: dict[Ask, list[Offer]] = {}
        self.asked: set[Ask] = set()
        """All that was looked for, whether anybody offers it or not."""
        self.used: set[tuple[str, str]] = set()
        """The repositories, each with its commit, of which something was found that tells more than who makes it."""
        for offer in sorted(offers, key=sort_key):
            for key in dict.fromkeys(offer.keys):
                self._found.setdefault(Ask(offer.kind, key), []).append(offer)

    @property
    def answered(self) -> tuple[AnsweredAsk, ...]:
        """What was asked and found."""
        found = {
            AnsweredAsk(ask.kind, ask.key, offer.repository)
            for ask in self.asked
            for offer in self._found.get(ask, ())
            if offer.tells
        }
        return tuple(sorted(found))

    @property
    def given(self) -> bool:
        """Whether anything is offered at all."""
        return bool(self._found)

    def find(self, kind: OfferKind, key: str) -> tuple[Offer, ...]:
        """All that is offered under a key, in an order that doesn't depend on how it was given; of several repositories,
        it isn't known which one is meant."""
        ask = Ask(kind, key)
        self.asked.add(ask)
        found = self._found.get(ask, ())
        self.used.update((each.repository, each.commit) for each in found if each.tells)
        return tuple(found)

    def find_any(self, kind: OfferKind, keys: Iterable[str]) -> tuple[Offer, ...]:
        """What is offered under the first of several keys that anybody offers: those that say more come first. All of
        them are asked for."""
        found = [self.find(kind, key) for key in dict.fromkeys(keys)]
        return next(filter(None, found), ())


def sort_key(offer: Offer) -> tuple[str, str, int, str, tuple[str, ...]]:
    """What offers are sorted by, so that their order doesn't depend on how they came."""
    return offer.repository, offer.path, offer.line, offer.address, offer.keys


def cluster_name(name: str) -> str:
    """The key of a cluster by a name that deployers call it."""
    return name


def cluster_host(host: str) -> str:
    """The key of a cluster by the host of its API server."""
    return f"https://{host.lower().rstrip('.')}"


def cluster_secret(name: str) -> str:
    """The key of a cluster by the secret with its kubeconfig; empty without a name."""
    return f"secret/{name}" if name else ""


_HUB = "docker.io"


def image_key(image: str) -> str:
    """The key of an image: its name with its registry, without tag and digest; empty for one that has no account before
    its name, which anybody may have on their machine."""
    name = (
        image.strip().lower().partition("://")[2] if "://" in image else image.strip().lower()
    )
    name = name.partition("@")[0]
    before, _, last = name.rpartition("/")
    name = "/".join(filter(None, (before, last.partition(":")[0])))
    host, _, rest = name.partition("/")
    if not rest:
        return ""
    is_host = "." in host or ":" in host or host == "localhost"
    if host == "localhost" or not is_host:
        return "" if is_host else f"{_HUB}/{name}"
    return f"{_HUB}/{rest}" if host == f"index.{_HUB}" else name
