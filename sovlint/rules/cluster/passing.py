"""What stands in front of services, or copies what they are sent: the class of what is behind goes along."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from sovlint.model.decoding import Role, SomeText, SourceKey, Texts, Yes
from sovlint.rules.destination import Destination, HeldDestination
from sovlint.rules.workload import OfTypes


class Passing(HeldDestination, frozen=True, kw_only=True):
    """Objects that have what services get pass through somebody else's hands, or copied to somewhere else.

    What is behind is told by `behind`; without it, by what the type `refers` to as a call; a Service stands for itself.
    """

    types: Texts
    key: SomeText
    """What names it in reports."""
    text: SomeText = ""
    """Where texts stand (`data.*`) that hold all that as YAML; other paths lead on from the text's root."""
    contains: Texts = ()
    """A text without one of these is of another kind."""
    behind: Texts = ()
    """Paths of the hosts or names of services that it leads to; a namespace may stand beside them."""
    nobody: Texts = ()
    """What stands there where nobody is meant, as globs."""
    hosts: SomeText = ""
    """The path of host names that it serves: where what stands beside them under `behind` isn't here, what routes such a
    host to services here is asked."""
    to: Texts = ()
    """Paths of the addresses, or of the names of services, that it sends to."""
    but: SomeText = ""
    """What of such a text is no part of the address."""
    beside: Mapping[str, SomeText] = field(default_factory=dict)
    """What stands beside such an address."""
    outside: Yes = False
    """Only what isn't a service here counts: what is, is what it leads to."""
    role: Role
    source: SourceKey


class HostRoutes(OfTypes, frozen=True, kw_only=True):
    """Types that route host names to services."""

    path: SomeText
    """Where the host names stand."""


class Agent(Destination, frozen=True, eq=False, kw_only=True):
    """Labels and annotations of pods, or of their namespaces, that have an agent watch them: what it sees goes to what
    it belongs to here, else to the company."""

    keys: Texts
    """The labels and annotations, as globs; in lower case."""
    off: Texts = ("false", "no", "disabled", "none")
    """What they say, in lower case, where nothing is switched on; neither is it where they say nothing."""
    role: Role = "logs"
    to: Texts = ()
    """Types of objects here that it goes to."""
    called: Texts = ()
    """Names that those objects go by; without it, any."""
    named: Yes = False
    """The value may name that object (`name`, `namespace/name`)."""
    here: Yes = False
    """Without such an object it is nothing."""
    source: SourceKey
