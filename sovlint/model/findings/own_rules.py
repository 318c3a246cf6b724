"""What a run goes by that doesn't ship: whoever reads a report learns what was made otherwise than everybody has it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class RuleKind(StrEnum):
    """What was made otherwise."""

    POLICY_SET = "policy-set"
    """A policy set of one's own. Its name."""
    POLICY = "policy"
    """A policy of one's own that takes the id of a shipped one. That id."""
    OVERLAY = "overlay"
    """A folder laid over the catalogue. The entries that it replaces, as ``section/id``."""
    EXCLUDE = "exclude"
    """What is never looked at. Globs."""
    EXCLUDED = "excluded"
    """Files and folders that this leaves out, of names that would be read, with how many these are: ``path (12)``."""
    PASSED_OVER = "passed-over"
    """Folders that are always passed over, with how many files of names that would be read: ``folder/ (12)``."""
    TRACKED = "ignored-though-tracked"
    """Files that were read because git tracks them, though ``.gitignore`` names them. Paths."""
    EXCLUDE_LOCAL = "exclude-local"
    """Files for developers alone are left out. Their paths."""
    ENVIRONMENT = "environment"
    """A variable that says when a run fails. As it is set: ``NAME=value``."""
    UNUSED = "unused-configuration"
    """Configurations that stand among what was scanned, and that the run doesn't go by. Paths."""


class OwnRule(Struct, frozen=True):
    """One of them: what it is about, and where it stands (relative to the git root), if it stands in a file."""

    kind: RuleKind
    names: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
