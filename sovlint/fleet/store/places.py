"""Where a store is: a folder, or whatever fsspec has an address for. A file is there whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from sovlint.errors import SovlintError
from sovlint.fleet.store.names import SCRATCH
from sovlint.installation import bringing

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

LIBRARIES: Final = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "az": "adlfs",
}
"""By protocol, the library that fsspec needs besides; its own message names those of others."""
FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Place(Protocol):
    """Where files are, by names with ``/``. All raise ``SovlintError`` where the place refuses."""

    address: str
    """As it was given."""
    absolute: str
    """The same, whatever folder a process stands in."""

    def sizes(self, folder: str) -> dict[str, int]:
        """All files below a folder, in order, and their sizes in bytes; none where it isn't there."""

    def read(self, name: str) -> bytes | None:
        """A file; ``None`` where it isn't there."""

    def reads(self, names: Sequence[str]) -> dict[str, bytes]:
        """Files; those that aren't there are left out."""

    def write(self, name: str, content: bytes) -> None:
        """Make or replace a file."""

    def put(self, file: Path, name: str) -> None:
        """Make or replace a file by one of this machine, which is gone then."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that isn't there is no error."""

    def path(self, name: str) -> str:
        """What DuckDB reads a file by."""

    def scratch(self) -> AbstractContextManager[Path]:
        """The name of a file of this machine to write, which is removed if it is still there."""

    def hold(self, name: str) -> None:
        """Hold a file as long as this process lives, where the place can tell."""

    def release(self) -> None:
        """Let go of what is held."""

    def held(self, name: str) -> bool | None:
        """Whether a process that lives holds a file; ``None`` where the place can't tell."""

    def filesystem(self) -> AbstractFileSystem | None:
        """What DuckDB reads with; ``None``: it does by itself."""


def place(address: str) -> Place:
    """Where an address is. Raises ``SovlintError`` where nothing knows addresses of its kind."""
    protocol, sign, rest = address.partition("://")
    if not sign:
        return Folder(address)
    if protocol in {"file", "local"}:
        return Folder(rest)
    return Remote(protocol, address)


class Folder:
    """A folder of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._held: list[int] = []
        weakref.finalize(self, _let_go, self._held)
        self._root = Path(os.path.abspath(os.path.expanduser(address)))  # noqa: PTH100, PTH111
        self.absolute = f"{self._root}"

    def sizes(self, folder: str) -> dict[str, int]:
        """See ``Place``."""
        with self._told():
            return dict(sorted(self._below(f"{self._root / folder}")))

    def _below(self, folder: str) -> Iterator[tuple[str, int]]:
        try:
            found = os.scandir(folder)
        except FileNotFoundError:
            return
        with found:
            for each in found:
                if each.is_dir(follow_symlinks=False):
                    yield from self._below(each.path)
                elif each.is_file():
                    name = os.path.relpath(each.path, self._root).replace(os.sep, "/")
                    with suppress(FileNotFoundError):  # somebody packs it meanwhile
                        yield name, each.stat().st_size

    def read(self, name: str) -> bytes | None:
        """See ``Place``."""
        with self._told():
            try:
                return (self._root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def reads(self, names: Sequence[str]) -> dict[str, bytes]:
        """See ``Place``."""
        return {name: content for name in names if (content := self.read(name)) is not None}

    def write(self, name: str, content: bytes) -> None:
        """See ``Place``. It is on the disk when this returns."""
        with self.scratch() as file, self._told():
            with file.open("wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            self._rename(file, name)

    def put(self, file: Path, name: str) -> None:
        """See ``Place``."""
        with self._told():
            self._rename(file, name)

    def _rename(self, file: Path, name: str) -> None:
        target = self._root / name
        try:
            file.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)

    def remove(self, names: Iterable[str]) -> None:
        """See ``Place``."""
        with self._told():
            folders = set()
            for name in names:
                (self._root / name).unlink(missing_ok=True)
                folders.add((self._root / name).parent)
            for folder in folders:
                with suppress(OSError):  # something else is still in it
                    folder.rmdir()

    def path(self, name: str) -> str:
        """See ``Place``."""
        return f"{self._root / name}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """See ``Place``. It is on the same disk, so that it can be renamed."""
        folder = self._root / SCRATCH
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{os.getpid()}-{secrets.token_hex(6)}"
        try:
            yield file
        finally:
            with suppress(OSError):
                file.unlink(missing_ok=True)

    def hold(self, name: str) -> None:
        """See ``Place``. The system lets go of it when the process ends, however it ends."""
        with suppress(OSError, ImportError):
            import fcntl

            file = os.open(self._root / name, os.O_RDONLY)
            self._held.append(file)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        """See ``Place``."""
        _let_go(self._held)

    def held(self, name: str) -> bool:
        """See ``Place``."""
        with suppress(FileNotFoundError, ImportError):
            import fcntl

            with (self._root / name).open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return True
        return False

    def filesystem(self) -> None:
        """See ``Place``."""
        return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise refused(self.address, error) from None


def _let_go(held: list[int]) -> None:
    while held:
        os.close(held.pop())


class Remote:
    """An address of fsspec. A file is put at once, and is there when all of it is."""

    def __init__(self, protocol: str, address: str) -> None:
        self.address = self.absolute = address.rstrip("/")
        self._files = _filesystem(protocol, address)
        self._root = str(self._files._strip_protocol(self.address)).rstrip("/")

    def sizes(self, folder: str) -> dict[str, int]:
        """See ``Place``."""
        with self._told():
            self._files.invalidate_cache()
            try:
                found = self._files.find(f"{self._root}/{folder}", detail=True)
            except FileNotFoundError:
                return {}
        return {name[len(self._root) + 1 :]: found[name]["size"] for name in sorted(found)}

    def read(self, name: str) -> bytes | None:
        """See ``Place``."""
        with self._told():
            try:
                return bytes(self._files.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def reads(self, names: Sequence[str]) -> dict[str, bytes]:
        """See ``Place``: many at a time."""
        whole = {f"{self._root}/{name}": name for name in names}
        if not whole:
            return {}
        with self._told():
            found = self._files.cat([*whole], on_error="omit")
        return {whole[path]: bytes(content) for path, content in found.items()}

    def write(self, name: str, content: bytes) -> None:
        """See ``Place``."""
        with self._told():
            self._files.pipe_file(f"{self._root}/{name}", content)

    def put(self, file: Path, name: str) -> None:
        """See ``Place``."""
        with self._told():
            self._files.put_file(f"{file}", f"{self._root}/{name}")

    def remove(self, names: Iterable[str]) -> None:
        """See ``Place``."""
        whole = [f"{self._root}/{name}" for name in names]
        if not whole:
            return
        with self._told(), suppress(FileNotFoundError):
            self._files.rm(whole)

    def path(self, name: str) -> str:
        """See ``Place``."""
        return f"{self.address}/{name}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """See ``Place``."""
        with tempfile.TemporaryDirectory(prefix="sovlint-") as folder:
            yield Path(folder) / "file"

    def hold(self, name: str) -> None:
        """See ``Place``: an address has no process."""

    def release(self) -> None:
        """See ``Place``."""

    def held(self, name: str) -> None:
        """See ``Place``."""

    def filesystem(self) -> AbstractFileSystem:
        """See ``Place``."""
        return self._files

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each library has errors of its own
            raise refused(self.address, error) from None


def _filesystem(protocol: str, address: str) -> AbstractFileSystem:
    """What reads and writes addresses of a protocol; raises ``SovlintError`` where there is none."""
    try:
        import fsspec
    except ImportError:
        raise missing("fsspec") from None
    try:
        files: AbstractFileSystem = fsspec.core.url_to_fs(address)[0]
    except ImportError:
        raise SovlintError(
            f"Stores at `{protocol}://` need a library that isn't installed.",
            f"pip install {LIBRARIES.get(protocol, protocol)}",
        ) from None
    except ValueError:
        raise SovlintError(
            f"Nothing here knows stores at `{protocol}://`.",
            "Give a folder, or an address that fsspec knows, such as s3://bucket/prefix.",
        ) from None
    except Exception as error:
        raise refused(address, error) from None
    return files


def missing(library: str) -> SovlintError:
    """What is said where a library of the extra isn't there."""
    return SovlintError(f"Fleets need {library}, which isn't installed.", bringing("fleet"))


def refused(address: str, error: Any) -> SovlintError:
    """Why a store can't be read or written, and what to do."""
    number = getattr(error, "errno", None)
    if number in FULL or "No space left" in f"{error}":
        return SovlintError(
            f"The store at {address} can't be written: its disk is full.",
            "What was written before is whole. Make room, and run the same command again: it goes on.",
        )
    if isinstance(error, PermissionError) or type(error).__name__ in _CREDENTIALS:
        return SovlintError(
            f"The store at {address} refuses: {_why(error)}.",
            "Check who may write there, and the credentials of this environment.",
        )
    return SovlintError(
        f"The store at {address} refuses: {_why(error)}.",
        "Check the address, and AWS_ENDPOINT_URL if it isn't Amazon's."
        if "://" in address
        else "",
    )


_CREDENTIALS: Final = ("NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError")


def _why(error: Any) -> str:
    said = getattr(error, "strerror", None) or f"{error}" or type(error).__name__
    return f"{said}".splitlines()[0].rstrip(".")
