"""The options of commands that write a register: its format, where it goes, and what becomes of its blanks."""

from __future__ import annotations

from sovlint.commands.parts import options
from sovlint.registers.writing.formats import FOLDERS, FORMATS

register_options = options.all_of(
    options.form(
        "SOVLINT_REGISTER_FORMAT", FORMATS, "xlsx", "How to write the register.", FOLDERS
    ),
    options.into_file(
        "SOVLINT_REGISTER_OUTPUT",
        "Write to this file, whose ending says the format, or into a folder for CSV; `-` is stdout.",
        "PATH",
    ),
    options.answers,
    options.option(
        "--questions",
        "questions_file",
        type=options.PATH,
        metavar="FILE",
        help="Write the questions that are left to this file, to be answered there.",
    ),
    options.option(
        "--previous",
        type=options.PATH,
        metavar="FILE",
        help="The same register as JSON, written before: tell what changed since.",
    ),
    options.option(
        "--require-complete",
        is_flag=True,
        help="Exit with 1 where blanks are left that are required.",
    ),
)
"""They make up a ``WantedRegister``."""
