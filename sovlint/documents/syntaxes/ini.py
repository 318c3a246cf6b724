"""Files in INI -> trees: sections with ``key = value``."""

from __future__ import annotations

from typing import Final

from sovlint.documents.syntaxes.lines import placed_lines
from sovlint.documents.tree import Node, Pairs
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

_SECTION: Final = late_pattern(r"\s*\[([^\]]+)\]\s*(?:[#;].*)?$")
_SIGN: Final = late_pattern(r"[=:]")
_COMMENT: Final = late_pattern(r"\s[#;]")


def trees(file: SourceFile) -> list[Node]:
    """What a file says; lines without a sign, and comments, say nothing."""
    whole = section = Pairs()
    for where, line in placed_lines(file):
        if line.lstrip()[:1] in ("#", ";", ""):
            continue
        if head := _SECTION.match(line):
            section = Pairs()
            whole.add((head[1].strip(),), Node(section, where))
        elif met := _SIGN.search(line):
            key = line[: met.start()].strip()
            text = _COMMENT.split(line[met.end() :], maxsplit=1)[0].strip().strip("\"'")
            if key:
                section.add((key,), Node(text, where))
    return [whole.tree(file.path)]
