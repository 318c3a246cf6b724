"""Packaged charts (``.tgz``) -> their files, within bounds of what a hostile archive may cost. Nothing is unpacked to disk.

Source: Helm's "Charts" (https://helm.sh/docs/topics/charts/): one folder with the chart's name holds all.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import Final

from sovlint.model.source import SourceFile

INSIDE: Final = "!"
"""What stands between the path of an archive and that of a file in it."""
MAX_ARCHIVE: Final = 20_000_000
"""Bytes of an archive that is read."""
MAX_FILE: Final = 5_000_000
MAX_UNPACKED: Final = 60_000_000
"""Bytes of all that is in one: Helm refuses files past 5 MiB."""
LEAST: Final = 100_000
"""What reading any archive counts as, in bytes."""
MAX_MEMBERS: Final = 20_000


class ArchiveError(Exception):
    """An archive that can't be read, or that is larger than is read."""


def files_in_archive(data: bytes, path: str) -> dict[str, SourceFile]:
    """The files of a packaged chart by their paths in the chart. Raises ``ArchiveError``."""
    if len(data) > MAX_ARCHIVE:
        raise ArchiveError(f"larger than {MAX_ARCHIVE // 1_000_000} MB")
    try:
        plain = _decompressed(data)
        return dict(_files(plain, path))
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError):
        raise ArchiveError("not a readable archive") from None


def _decompressed(data: bytes) -> bytes:
    """The archive without its compression. Only as much is made as is read."""
    reader = zlib.decompressobj(wbits=31)
    plain = reader.decompress(data, MAX_UNPACKED + 1)
    if len(plain) > MAX_UNPACKED:
        raise ArchiveError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB")
    if not reader.eof:
        raise ArchiveError("not a readable archive")
    return plain


def _files(plain: bytes, path: str) -> Iterator[tuple[str, SourceFile]]:
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
        for number, member in enumerate(archive):
            if number >= MAX_MEMBERS:
                raise ArchiveError(f"more than {MAX_MEMBERS:,} files")
            name = _name(member.name)
            if not member.isreg() or name is None:
                continue
            if member.size > MAX_FILE:
                raise ArchiveError(f"a file of more than {MAX_FILE // 1_000_000} MB")
            held = archive.extractfile(member)
            if held is not None:
                text = held.read(MAX_FILE).removeprefix(b"\xef\xbb\xbf")
                yield name, SourceFile(f"{path}{INSIDE}{name}", text)


def _name(written: str) -> str | None:
    """The path of a file in the chart; ``None`` of one that lies beside the chart's folder, or leads out of it."""
    parts = written.replace("\\", "/").split("/")
    inner = [part for part in parts[1:] if part not in ("", ".")]
    return "/".join(inner) if inner and ".." not in parts and parts[0] else None
