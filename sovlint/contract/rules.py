"""What a run was made of, and what it went by that doesn't ship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from sovlint.contract.shape import Count, Day, Digest, Line, Shape


class Catalogue(Shape, frozen=True):
    """How old the facts are that the run rests on. `version` is the newest day on which a file of the catalogue
    was gone over. The others are the date of the oldest source of each kind of fact; null where the run rests
    on none with a date. The run rests on what was judged; where nothing was, on all that carries a payload.
    Of a month or a year it is the first day.
    """

    version: str
    ownership: Day | None
    """Of who owns and runs the companies met, and where those are seated."""

    qualifications: Day | None
    """Of what is held, or of the list in which nothing is found."""

    places: Day | None
    """Of the countries of the regions met."""

    undated: tuple[Literal["ownership", "qualifications", "places"], ...]
    """The kinds of facts that rest on sources without a date too."""

    read_again: tuple[str, ...]
    """Companies, by their ids, of which a source on who holds them was read over a year ago."""

    ages: Mapping[str, Day]
    """By company, the last day on which what proves who holds it counts, where that is within 90 days."""


class Digests(Shape, frozen=True):
    """Digests of what doesn't ship; null where there is none. That of one file is the file's own. That of
    several is of what `sha256sum` prints of them, sorted by their paths from the git root.
    """

    configuration: Digest | None
    """The file of the configuration."""

    policies: Digest | None
    """Own policies and policy sets; those that ship are told by the version."""

    overlays: Digest | None
    """Files laid over the catalogue."""

    attestations: Digest | None
    """Of the entries as JSON: keys sorted, without blanks."""

    exceptions: Digest | None
    """Files of waivers, and the baseline."""


class Provenance(Shape, frozen=True):
    """What the report was made of."""

    tool: str
    """The version of sovlint."""

    catalogue: Catalogue
    """Its version, the newest day on which any of its files was gone over, and how old the oldest source is that
    the run rests on, of each kind of fact; null where it rests on none with a date. The run rests on what was
    judged; where nothing was, on all that carries a payload. Of a month or a year it is the first day.
    """

    commit: Annotated[str, Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")] | None
    """The commit of the git root that was scanned; null where there is no git."""

    clean: bool | None
    """Whether nothing that git tracks was changed since that commit, and all that was read is tracked: what is
    ignored and read all the same isn't in the commit. null where git can't tell.
    """

    repository: str | None
    """Where it was cloned from, without user and secrets; null where that can't be told."""

    digests: Digests
    """Of what doesn't ship; null where there is none. That of one file is the file's own. That of several is of
    what `sha256sum` prints of them, sorted by their paths from the git root.
    """


class RuleDetail(Shape, frozen=True):
    """One thing that a rule makes otherwise."""

    name: str
    before: str
    after: str


class Rule(Shape, frozen=True):
    """Something that the run goes by and that doesn't ship."""

    kind: Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*$")]
    """What was made otherwise: `policy-set`, `overlay`, `exclude` and so on. Kinds may be added."""

    names: tuple[str, ...]
    """What the rule is about: the set, the policy, the entries that are replaced (section/id), the globs, the
    files left out, the option.
    """

    path: str | None
    line: Line | None
    of_change: bool
    """Whether the rule is the change's own, where another revision judges what it brings: it bears only on what
    stood before.
    """

    details: tuple[RuleDetail, ...]
    """What the rule makes otherwise, each with what it was before and what it is; empty where there was or is
    nothing.
    """

    more: Count
    """What it makes otherwise besides, and that isn't told: edits of a file that don't stand beside what starts
    sovlint.
    """

    message: str
