"""Files called like Terraform's that are templates, of which another program (Go, Jinja, ERB) makes such files."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sovlint.expressions.nodes import Block, Body
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.reading import Failure
from sovlint.model.source import Stretch
from sovlint.model.text import Note

KIND: Final = "terraform-template"
"""What such a file is called among what isn't read."""

_GO: Final = rb"""/\* | [.$"(] | (?:if|range|with|end|else|define|block|template|include)\b | [a-z]\w*[ ]+[.$"(]"""
_JINJA: Final = rb"[\w.]+ (?:[ ]*\|[^{}\n]*)? [ ]*-?\}\}"
_ACTION: Final = late_pattern(
    rb"[ \t]* (?:[\w-]+ [ \t]*=[ \t]*)? (?: \{\{-?[ \t]*(?:"
    + _GO
    + rb"|"
    + _JINJA
    + rb") | \{%[-+\s] | <%[-=\s])",
    re.VERBOSE,
)
"""A line that begins with an action of a template, or gives an argument one for a value: no HCL does."""
_HEREDOC: Final = late_pattern(rb"<<[-~]?([\w-]+)[ \t]*$")
_SURE: Final = frozenset({"resource", "data", "module"})


_PLAIN: Final = late_pattern(r"[\w-]+")
_NUMBERS: Final = ("count", "for_each")
_OPENS: Final = late_pattern(
    rb"\{\{-?\s*(?:if|range|with|define|block)\b|\{%[-+]?\s*(?:if|for|macro|block|filter|call)\b"
    rb"|<%-?\s*(?:if|unless|for|while|case)\b|\bdo\b[ \t]*(?:\|[^|\n]*\|)?[ \t]*-?%>"
)
_CLOSES: Final = late_pattern(rb"\{\{-?\s*end\b|\{%[-+]?\s*end\w*|<%-?\s*end\b")
"""Where a condition or a loop of a template begins, and where one ends."""


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


def kept(body: Body, broken: list[Block], data: bytes) -> Body:
    """What may be said of a template's body: what is declared once. Which of several stands in what the template makes
    isn't known, nor what a setting is that it may set again. What stands in a condition may not be there, and of a
    resource that has actions in it, what it says isn't all that there is."""
    names = Counter((block.kind, block.labels) for block in body.blocks)
    sure = (
        block
        for block in body.blocks
        if block.kind in _SURE and names[block.kind, block.labels] == 1
    )
    halves = set(broken)
    found: list[Block] = []
    for block in sure:
        if block not in halves or (
            block.kind == "resource" and all(map(_PLAIN.fullmatch, block.labels))
        ):
            found.append(_as_told(block, block in halves, _is_within(block, data)))
    return Body({}, found)


def _as_told(block: Block, torn: bool, perhaps: bool) -> Block:
    inner = block.body
    if torn:
        told = {name: each for name, each in inner.attributes.items() if name not in _NUMBERS}
        inner = Body(told, inner.blocks)
    return Block(block.kind, block.labels, inner, block.where, block.head, torn, perhaps)


def _is_within(block: Block, data: bytes) -> bool:
    """Whether a block stands between the beginning of a condition or loop and its end."""
    where = block.where
    above = data[: where.start] if isinstance(where, Stretch) else b""
    return len(_OPENS.findall(above)) > len(_CLOSES.findall(above))
