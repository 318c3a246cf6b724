"""What a run goes by that doesn't ship: whoever reads a report learns what was made otherwise than everybody has it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct


class RuleKind(StrEnum):
    """What was made otherwise."""

    POLICY_SET = "policy-set"
    """A policy set of one's own. Its name."""
    POLICY = "policy"
    """A policy of one's own that takes the id of a shipped one. That id, and each key that says something else."""
    POLICY_ADDED = "policy-added"
    """A policy of one's own beside the shipped ones. Its id."""
    POLICY_CHANGED = "policy-changed"
    """What a set of one's own changes of the policies that it names. Their ids, and each key that says something else."""
    POLICY_LEFT_OUT = "policy-left-out"
    """Policies of the default set that the set leaves out. Their ids."""
    OVERLAY = "overlay"
    """A folder laid over the catalogue. The entries that it replaces, as ``section/id``, and each key of theirs that
    says something else."""
    OVERLAY_ADDED = "overlay-added"
    """A folder laid over the catalogue. The entries that it adds, as ``section/id``."""
    CATALOGUE = "catalogue"
    """A catalogue as one file that takes the place of what ships. Its version, the digest of the file, and who signed."""
    EXCLUDE = "exclude"
    """What is never looked at. Globs."""
    EXCLUDED = "excluded"
    """Files and folders that this leaves out, of names that would be read, with how many these are: ``path (12)``."""
    PASSED_OVER = "passed-over"
    """Folders that are always passed over, with how many files of names that would be read: ``folder/ (12)``."""
    TRACKED = "ignored-though-tracked"
    """Files that were read because git tracks them, though ``.gitignore`` names them. Paths."""
    IGNORED = "ignored"
    """Files that would be read and that ``.gitignore`` leaves out, where nobody can tell whether git tracks them. Paths."""
    DECLARED_ELSEWHERE = "declared-elsewhere"
    """Resources with a declared class outside of what was asked for, or that a change can't affect: ``path (2)``."""
    DECLARED_LEFT_OUT = "declared-left-out"
    """Files that declare a class and that ``exclude`` or ``.gitignore`` leaves out. Paths."""
    EXCLUDE_LOCAL = "exclude-local"
    """Files for developers alone are left out. Their paths."""
    CLUSTERS = "clusters"
    """Where the configuration says that clusters and services run. Globs, and the place that each is said to be."""
    OFFERS = "offers"
    """That places rest on what other repositories say that they make. These repositories, each with its commit."""
    HOSTS = "hosts"
    """Who the configuration says runs hosts of one's own. Globs, and the place that each is said to be."""
    ORGANISATION = "organisation"
    """What the configuration states of whose repository this is: what kind of body, which law binds it, and the source."""
    SREN_DATA = "sren-data"
    """Data that the configuration says is of particular sensitivity (SREN, article 31). Globs."""
    CLASS_KEYS = "class-keys"
    """Keys of one's own that declare a data class. The keys."""
    CLASS_WORDS = "class-words"
    """Words of one's own for data classes. The words, and what each means."""
    CLASS_ANONYMOUS = "class-anonymous"
    """Globs of files or addresses that are said to hold nothing personal. The globs."""
    CLASS_LOWERED = "class-lowered"
    """A label that says less than one further out. The classes that it takes away, and whose."""
    CLASS_NOT_ASSUMED = "class-not-assumed"
    """What isn't assumed of resources, since something else is declared. The class, and the resources."""
    CLASS_NOT_GUESSED = "class-not-guessed"
    """What names suggest of resources and is declared not to be. The classes, and the resources."""
    ENVIRONMENT = "environment"
    """A variable that bears on a verdict or the exit code. As it is set: ``NAME=value``."""
    VARIABLES = "variables"
    """Values of variables that the configuration gives (``terraform.vars``). Their names, and each committed value that
    they win over."""
    VARIABLES_GIVEN = "variables-given"
    """The same from the command line (``--var``)."""
    TERRAGRUNT_ENV = "terragrunt-env"
    """Variables of Terragrunt's environment that the configuration gives (``terragrunt.env``). Their names."""
    TERRAGRUNT_ENV_GIVEN = "terragrunt-env-given"
    """The same from the command line (``--env``)."""
    VALUES_FILES = "values-files"
    """Files of values that the configuration names (``var_files``), or the command line. Paths, and each committed
    value that they win over."""
    VARIANTS = "variants"
    """Files of values by which the configuration has a root judged (``variants``), and by no others. Globs."""
    OPTION = "option"
    """An option of the command line by which less is asked. As it is given: ``--name value``."""
    SETTING = "setting"
    """A key of the configuration by which less is asked. As it is written: ``key: value``."""
    ASSUMED = "assumed"
    """What carries no class is taken for one that no policy binds. That class."""
    IGNORES = "ignores"
    """Ignore comments. Their files, and how many of which state."""
    WAIVERS = "waivers"
    """Waivers. Their files, and how many of which state."""
    BASELINE = "baseline"
    """Entries of the baseline. Its file, and how many of which state."""
    ATTESTATIONS = "attestations"
    """What somebody vouches for. Their files, and how many of which state."""
    UNUSED = "unused-configuration"
    """Configurations that stand among what was scanned, and that the run doesn't go by. Paths."""
    NOT_WANTED = "configuration-not-wanted"
    """The same, where no configuration was to count. Paths."""
    RULE_CHANGE = "rule-change"
    """A file that the change edits and that governs the run. Its path; what was and is in it."""
    IGNORE_CHANGE = "ignore-change"
    """Ignore comments that the change adds, edits or takes away. The file; each with its reason and end."""
    RULES_FROM = "rules-from"
    """By whose rules what the change brings is judged. A revision; what counts by the change's own, and by these."""
    RULES_ABSENT = "rules-absent"
    """A revision that has no configuration, so that the change's own counts. The revision."""
    RULES_BROKEN = "rules-broken"
    """A revision whose configuration can't be read, so that what ships and the change's own count, the stricter. The
    revision; what is wrong there, and what counts by the change's own, and by both."""
    SHIPPED_MORE = "shipped-more"
    """That more would count by the rules that ship than by the first configuration. How many; each with its place."""
    FEWER_CLASSES = "fewer-classes"
    """That fewer resources carry a declared class than at the revision compared with. Both counts; those that do no more,
    each with its classes."""
    LABELS_FELL = "labels-fell"
    """That the share of labelled resources may only rise, and is smaller than at the revision compared with. Both shares;
    those that carry no label and are new or lost it, and labelled ones that are gone, each by its place."""
    LABELS_NO_BASE = "labels-without-base"
    """That the share of labelled resources may only rise, and there is nothing to compare with. The revision, if any."""
    SUBMODULES = "submodules-not-compared"
    """Folders of other repositories that aren't there at the revision compared with. Paths."""
    POINTERS = "pointers-not-compared"
    """Files of which git keeps only a pointer (Git LFS) at the revision compared with. Paths."""
    ABSENT_THERE = "absent-there"
    """Files of which a partial clone has no content at the revision compared with. Paths."""
    LEFT_THERE = "left-there"
    """What can't stand in a folder, or leads out of it, at the revision compared with. Paths."""


BY_DEFAULT: Final = frozenset(
    {
        RuleKind.PASSED_OVER,
        RuleKind.TRACKED,
        RuleKind.DECLARED_ELSEWHERE,
        RuleKind.DECLARED_LEFT_OUT,
    }
)
"""What every run does, and what one wasn't asked for: it bears on what was covered, and makes nothing otherwise than
everybody has it."""


class Signed(StrEnum):
    """What is said of the signature of a catalogue as one file, where no key that is trusted made it."""

    NOBODY = "unsigned"
    UNCHECKED = "unchecked"


class RuleDetail(Struct, frozen=True):
    """One thing that a rule says otherwise: what it was before, and what it is. What there is nothing of is empty."""

    name: str
    before: str = ""
    after: str = ""


class OwnRule(Struct, frozen=True):
    """One of them: what it is about, where it stands (relative to the git root), if it stands in a file, and what it
    makes otherwise.

    Its sentence is the message ``report.rule-<kind>``, or ``report.rule-<kind>-none`` where it names nothing.
    """

    kind: RuleKind
    names: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    details: tuple[RuleDetail, ...] = ()
    of_change: bool = False
    """Whether it is the change's own, where others judge what that brings: it bears only on what stood before."""
    more: int = 0
    """What it makes otherwise besides, and that isn't told."""


def labels_without_base(*revision: str) -> OwnRule:
    """That the share of labelled resources was to be compared, and with what that couldn't be, if a revision was named."""
    return OwnRule(RuleKind.LABELS_NO_BASE, revision)
