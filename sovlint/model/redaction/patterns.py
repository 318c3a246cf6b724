"""Parts of the regular expressions by which secrets are found."""

from __future__ import annotations

from typing import Final

QUOTE: Final = r"""(?:\\{0,8}["'`]|&(?:quot|apos|\#34|\#39|\#x2[27]);)"""
"""A quotation mark, perhaps escaped, as programs or XML do."""
NEXT: Final = (
    rf"(?:{QUOTE})?"
    r"(?:[ \t]{0,40}(?:,|\\)?[ \t]{0,40}\r?\n[ \t]{0,200}(?:-[ \t]+)?|[ \t]{0,40},[ \t]{0,40}|[ \t]{1,40})"
)
"""What parts two words of a command line: blanks, a line that goes on, the next item of a list in YAML, JSON or HCL."""
WORD: Final = rf"(?:{QUOTE})?[^\s\"'`,]{{1,400}}(?:{QUOTE})?"
