"""Files in JSON, with comments or without -> trees."""

from __future__ import annotations

import re
from typing import Final

from sovlint.documents import load
from sovlint.documents.tree import Node, from_document
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

_PASSED_OVER: Final = late_pattern(
    r'"(?:\\.|[^"\\])*(?:"|\\?\Z)|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])|\t', re.DOTALL
)  # what is left open reaches to the end, so that nothing is looked at twice


def trees(file: SourceFile) -> list[Node]:
    """What a file says; comments and commas before a closing bracket are passed over, as its readers do. Raises
    ``DocumentError``."""
    text = _PASSED_OVER.sub(_blank, file.data.decode("utf-8", "replace"))
    return [from_document(each) for each in load(text, file.path)]


def _blank(met: re.Match[str]) -> str:
    """As many blanks as a comment has characters, so that all else stays where it stands; a string as it is."""
    return met[0] if met[0].startswith('"') else re.sub(r"[^\n]", " ", met[0])
