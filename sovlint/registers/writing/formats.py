"""The formats of registers. The table below are all that there are."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.installation import bringing
from sovlint.registers.register import Register


class RegisterFormat(Struct, frozen=True):
    """A format: the module of this room that writes it, and the library that it needs, if any.

    ``folder``: it makes several files, by names, instead of one. ``text``: people may read it in a terminal.
    """

    module: str
    needs: str = ""
    folder: bool = False

    def check(self) -> None:
        """Raise ``SovlintError`` where the library that it needs isn't there; nothing is imported for that."""
        if self.needs and find_spec(self.needs) is None:
            raise self._lacking()

    def files(self, register: Register, language: str) -> Mapping[str, bytes]:
        """What is written, by the names of files; of a format of one file, its name is empty.

        Raises ``SovlintError`` where the library that it needs isn't there.
        """
        module: Any = import_module(f"{__package__}.{self.module}")
        try:
            if self.folder:
                written: Mapping[str, bytes] = module.files(register, language)
                return written
            return {"": module.render(register, language)}
        except ModuleNotFoundError as error:
            if error.name != self.needs:
                raise
            raise self._lacking() from None

    def _lacking(self) -> SovlintError:
        return SovlintError(
            f"This format needs the library {self.needs}, which isn't installed.",
            bringing("registers"),
        )


FILED: Final = "xbrl-csv"
"""The format of what supervisors are given."""

FORMATS: Final[Mapping[str, RegisterFormat]] = {
    "xlsx": RegisterFormat("xlsx", needs="xlsxwriter"),
    "pdf": RegisterFormat("pdf", needs="typst"),
    "csv": RegisterFormat("csv_", folder=True),
    "json": RegisterFormat("json_"),
    FILED: RegisterFormat("xbrl_csv"),
}

FOLDERS: Final = tuple(name for name, each in FORMATS.items() if each.folder)
"""Those that make several files."""
