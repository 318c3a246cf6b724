"""Files called like Terraform's that are templates, of which another program (Go, Jinja, ERB) makes such files."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sovlint.expressions.nodes import Block, Body
from sovlint.model.resource import Failure
from sovlint.model.text import Note

KIND: Final = "terraform-template"
"""What such a file is called among what isn't read."""

_GO: Final = rb"""/\* | [.$"(] | (?:if|range|with|end|else|define|block|template|include)\b | [a-z]\w*[ ]+[.$"(]"""
_JINJA: Final = rb"[\w.]+ (?:[ ]*\|[^{}\n]*)? [ ]*-?\}\}"
_ACTION: Final = re.compile(
    rb"[ \t]* (?:[\w-]+ [ \t]*=[ \t]*)? (?: \{\{-?[ \t]*(?:" + _GO + rb"|" + _JINJA + rb") | \{%[-+\s] | <%[-=\s])",
    re.VERBOSE,
)
"""A line that begins with an action of a template, or gives an argument one for a value: no HCL does."""
_HEREDOC: Final = re.compile(rb"<<[-~]?([\w-]+)[ \t]*$")
_SURE: Final = frozenset({"resource", "data", "module"})


class TemplateFailure(Failure, frozen=True):
    """Stands for a whole file that is a template: what can't be rendered is unknown, no failure of the run."""


def whole(path: str) -> TemplateFailure:
    """What is said of a file that is a template."""
    return TemplateFailure(path, None, None, Note("terraform.template"))


def is_template(data: bytes) -> bool:
    """Whether a text that isn't HCL has actions of a template outside of comments, quoted texts and heredocs."""
    end: bytes | None = None  # what ends the heredoc or comment that a line stands in
    for line in data.splitlines():
        if end is not None:
            end = None if line.strip() == end or (end == b"*/" and end in line) else end
        elif _ACTION.match(line):
            return True
        elif heredoc := _HEREDOC.search(line):
            end = heredoc[1]
        elif b"/*" in line and b"*/" not in line.rpartition(b"/*")[2]:
            end = b"*/"
    return False


def kept(body: Body, broken: list[Block]) -> Body:
    """What may be said of a template's body: what is declared once and whole. Which of several stands in what the
    template makes isn't known, nor what a setting is that it may set again."""
    names = Counter((block.kind, block.labels) for block in body.blocks)
    sure = (block for block in body.blocks if block.kind in _SURE and names[block.kind, block.labels] == 1)
    halves = {id(block) for block in broken}
    return Body({}, [block for block in sure if id(block) not in halves])
