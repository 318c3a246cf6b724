"""Ignore comments of Terraform files: in comments of HCL, and under ``"//"`` in a block of the JSON syntax."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.frontends.ignore_comments import MARK, Comment, ignores
from sovlint.frontends.terraform.syntax import hcl
from sovlint.model.exception import Ignore
from sovlint.model.source import SourceFile


def hcl_ignores(file: SourceFile) -> list[Ignore]:
    """The ignore comments of a file in HCL."""
    return ignores(_comments(file), file) if MARK in file.data else []


def _comments(file: SourceFile) -> Iterator[Comment]:
    for stretch in hcl.comments(file):
        where = stretch.span()
        before = file.line(where.line)[: where.column - 1]
        text = file.data[stretch.start : stretch.end].decode("utf-8", "replace")
        after = file.line(where.end_line)[where.end_column - 1 :]
        yield Comment(text, where, not before.strip() and not after.strip())
