"""What was read of a repository, and what wasn't."""

from __future__ import annotations

from sovlint.contract.shape import Count, Line, Shape, Some


class Failure(Shape, frozen=True):
    """A file that should have been read and wasn't, wholly or in part."""

    path: str
    line: Line | None
    column: Line | None
    message: str


class Remark(Shape, frozen=True):
    """What else is worth saying of a file, or of the run."""

    path: str | None
    line: Line | None
    message: str


class UnreadKind(Shape, frozen=True):
    """A kind of files that was recognised and that nobody reads."""

    kind: str
    """An id of the catalogue: bicep, helmfile, ..."""

    files: Some
    paths: tuple[str, ...]


class Coverage(Shape, frozen=True):
    """resources = placed + config + unplaced."""

    files: Count
    failed: Count
    skipped: Count
    resources: Count
    placed: Count
    config: Count
    unplaced: Count
    classified: Count
    assumed: Count
    """How many of the classified ones carry an assumed class and no other."""

    class_unknown: Count
    unread_alone: tuple[str, ...]
    """Kinds of `unread` that declare infrastructure, where nothing that is read was placed or judged: `scan`
    exits with 3.
    """

    ignored: Count
    """Files that would be read and that .gitignore names, where git can't tell whether it tracks them."""

    left_out: Count
    """Compose files that are there for developers and were left out (`exclude_local`)."""

    shown: Count
    """Addresses that are only shown or fetched, as the names of their settings say; `facts` lists them."""

    doubtful: Count
    """Addresses that are judged only where a data class is declared, at resources of which one is only assumed
    or inferred; `facts` lists them.
    """

    unread: tuple[UnreadKind, ...]
    """Kinds of files that were recognised and that nobody reads, by kind; of application code only how many
    there are.
    """


class UnjudgedAddress(Shape, frozen=True):
    """An address outside that isn't judged."""

    path: str
    line: Line
    address: str
    """The host alone; `*` for what isn't known of it, empty where nothing is."""

    name: str
    """What the setting is called."""
