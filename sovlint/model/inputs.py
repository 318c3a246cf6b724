"""What a front end is handed: a reader bounded to the git root, and the options that bear on what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct, field

from sovlint.model.classrules import DEFAULT_KEYS
from sovlint.model.offers import Offers
from sovlint.model.resources.installed import InstalledRelease
from sovlint.model.source import Located, SourceFile
from sovlint.model.text import Note
from sovlint.model.watch import NOBODY, Watch

PEEKED: Final = 65_536
"""As many bytes tell what a file that isn't text may have been."""
TOO_LARGE: Final = "discover.too-large"
"""What is said of a file that isn't read for its size."""
HEAD: Final = 1_024
"""As many bytes tell what a file is whose name doesn't."""


class Reader(Protocol):
    """The one way to scanned files. Paths are relative to the git root, with forward slashes."""

    @property
    def paths(self) -> Sequence[str]:
        """Every file below the git root that isn't excluded, sorted; whatever paths were asked for."""
        ...

    def read(self, path: str) -> SourceFile | Note:
        """The file, or why it can't be read (not there, outside the git root, not a file, not UTF-8, too large)."""
        ...

    def listing(self, folder: str) -> Sequence[str]:
        """Those of ``paths`` that lie below a folder (``""``: all)."""
        ...

    def files_in(self, folder: str) -> Sequence[str]:
        """The files that stand directly in a folder, what is never scanned included; empty where there is none."""
        ...

    def absent(self, path: str) -> bool:
        """Whether there is surely no file or folder at a path: not here, nor, ignored by git, in another checkout."""
        ...

    def unlisted(self, folder: str) -> Sequence[str]:
        """What is there below a folder and isn't in ``listing``, folders with a slash at their end and not looked into:
        excluded, ignored by git, another's, behind a link. The folder itself where not all of it was looked at."""
        ...

    def peek(self, path: str, most: int = PEEKED) -> bytes:
        """The beginning of a file, whatever ``read`` says of it; empty where there is none."""
        ...

    def real(self, path: str) -> str:
        """Where a path that may lead through a link to a folder is listed; the path itself where none does."""
        ...

    def elsewhere(self, source: str) -> str | None:
        """Where the folder of another repository is read that a source (``git::https://host/group/name//folder?ref=v3``)
        names, as if it stood in this one; ``None`` where nobody offers it."""
        ...

    def offered_by(self, source: str) -> Sequence[str]:
        """The repositories that offer what a source names."""
        ...

    def mount(self, path: str) -> str:
        """The folder below which the other repository is read that a path is of; empty for this one."""
        ...

    def wanted(self, path: str) -> bool:
        """Whether the user asked for this path: it, or a folder above it, was named on the command line."""
        ...

    def named(self, path: str) -> bool:
        """Whether the user named this very file on the command line."""
        ...


class RootOption(Struct, frozen=True):
    """``terraform.roots``: folders that are roots, and the variants that each is read with.

    ``variants`` are globs relative to the root; each file that one matches is a variant named by its path.
    ``var_files`` are globs relative to the root; the files that they match are read with it, in every variant.
    """

    matches: Callable[[str], bool]
    variants: tuple[str, ...] = ()
    var_files: tuple[str, ...] = ()
    where: Located | None = None


class Cluster(Struct, frozen=True):
    """``clusters``: where the manifests that ``matches`` tells apart land; ``globs``: as they are written.
    ``destinations``: only where they are deployed to a cluster that a deployer calls so."""

    matches: Callable[[str], bool]
    provider: str
    region: str | None
    where: Located | None
    globs: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()


class ReadOptions(Struct, frozen=True):
    """Options that bear on what is read.

    ``variables``: ``--var`` and ``terraform.vars``, as written, later ones winning; ``variable_files``: ``--var-file``,
    relative to the git root. ``environment``: what ``--env`` and ``terragrunt.env`` say. ``inventories``: paths of
    SaaS inventories, besides files named ``saas.yaml``. ``clusters``: those of a path are all that match; different
    ones leave its place open. ``class_keys``: keys of labels that declare a class; ``declared_paths``,
    ``declared_addresses``: what globs give a class to that name it, as ``**`` doesn't. ``exclude_local``: files for
    developers alone are left out. ``watch`` is told of each root. ``begun``: by path, the kind that a file begins like,
    as a front end before has found; ``installed``: charts that what it has read installs. ``offers``: what other
    repositories make; each run has an index of its own, which keeps in mind what it was asked for.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    variable_files: tuple[str, ...] = ()
    roots: tuple[RootOption, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    inventories: tuple[str, ...] = ()
    class_keys: tuple[str, ...] = DEFAULT_KEYS
    declared_paths: tuple[Callable[[str], bool], ...] = ()
    declared_addresses: tuple[Callable[[str], bool], ...] = ()
    exclude_local: bool = False
    watch: Watch = NOBODY
    begun: Mapping[str, str] = field(default_factory=dict)
    installed: tuple[InstalledRelease, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    offers: Offers = field(default_factory=Offers)
    cache: Any = None
    """Where readings are kept (``cache.readings.ReadingCache``), if they are."""
