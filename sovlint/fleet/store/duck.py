"""DuckDB, bounded in memory and threads, and its errors in words."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sovlint.errors import SovlintError
from sovlint.fleet.store.columns import literal
from sovlint.fleet.store.places import Place, missing, refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WRITING: Final = "128MB"
"""Memory of what writes a result: a worker has 400 MB for all that it does."""
WRITING_LARGE: Final = "1GB"
"""The same of a result that needs more: of one with ten thousands of placements."""
ERASING: Final = "4GB"
"""Memory of what looks through all that a file holds: on one machine, and rarely."""
ASKING: Final = "1GB"
"""Memory of what is asked of all results; what needs more is laid out on disk."""


def connection(place: Place, memory: str, threads: int) -> DuckDBPyConnection:
    """A database in memory that can read the files of a place."""
    try:
        import duckdb
    except ImportError:
        raise missing("duckdb") from None
    made = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": _laid_out().name,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    files = place.filesystem()
    if files is not None:
        made.register_filesystem(files)
    return made


@cache
def _laid_out() -> tempfile.TemporaryDirectory[str]:
    """A folder for what needs more memory, which nobody else reads: whoever asks in SQL may read all that is in it. It is
    gone when the process ends."""
    return tempfile.TemporaryDirectory(prefix="sovlint-duckdb-")


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Turn what DuckDB says of files into what a user can do about it."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise SovlintError(
            f"What is asked of the store at {place.address} takes more memory than it may."
        ) from None
    except (duckdb.Error, OSError) as error:
        raise refused(place.address, error) from None


def read_json(file: Path, columns: Mapping[str, str]) -> str:
    """What reads a file of JSON, an object a line, in SQL; a type for each column. A cast of a parameter says the same, and
    takes ten times as long: DuckDB works constants out several times."""
    kinds = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns.items())
    longest = file.stat().st_size + 1024  # it makes room for two objects of this size
    return (
        f"read_json({literal(f'{file}')}, columns = {{{kinds}}}, format = 'newline_delimited', "
        f"maximum_object_size = {longest})"
    )


def first_line(error: Exception) -> str:
    """What an error of DuckDB says, without its kind and its picture of the query."""
    return re.sub(r"^[A-Za-z ]+ Error: ", "", f"{error}".strip()).splitlines()[0]
