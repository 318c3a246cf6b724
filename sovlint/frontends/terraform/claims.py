"""Which files are Terraform's, Terragrunt's, plans or states, by their names alone."""

from __future__ import annotations

import codecs
from posixpath import basename

from sovlint.model.decoding import late_pattern

ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")
"""How names end of files that Terraform or OpenTofu read as part of their folder."""
VALUES = (".tfvars", ".tfvars.json")
"""How the names of files of values end."""
UNIT = ("terragrunt.hcl", "terragrunt.hcl.json")
"""What a Terragrunt unit's own file may be called; the first that is there is read."""
STACK = "terragrunt.stack.hcl"
"""What a file is called that lists the units of a stack."""

_PLANS = late_pattern(
    r"(?:.*[._-])?(?:tf|terraform|tofu)?(?:plan|state|tfplan|tfstate)(?:[._-].*)?\.json|.*\.tfstate"
)
"""What plans and states are called; another file must be named on the command line to be taken for one."""


def is_unit(path: str) -> bool:
    """Whether a file is the own file of a unit."""
    return path.endswith(UNIT) and basename(path) in UNIT


def is_stack(path: str) -> bool:
    """Whether a file lists the units of a stack."""
    return path.endswith(STACK) and basename(path) == STACK


def is_plan(path: str) -> bool:
    """Whether a file is called as plans and states are."""
    return (
        path.endswith((".json", ".tfstate")) and _PLANS.fullmatch(basename(path)) is not None
    )


def is_state(path: str) -> bool:
    """Whether a file is called as nothing but states are."""
    return path.endswith(".tfstate")


def may_hold_plan(head: bytes) -> bool:
    """Whether a file that begins so may hold a plan or a state, whatever it is called: an object of JSON, perhaps in
    UTF-16, or an archive."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith((b"{", b"PK", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def may_be(path: str) -> bool:
    """Whether a file is one of these; all others (values, modules' templates) are only read because of one."""
    return path.endswith(ENDINGS) or is_unit(path) or is_stack(path) or is_plan(path)
