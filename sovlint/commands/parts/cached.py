"""Which cache a run takes readings from, if it takes any: what readings hang on besides the files of the repository."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import sovlint
from sovlint.cache.folder import CacheFolder, InMemory, users_own
from sovlint.files.index_file import file_states
from sovlint.files.regular_files import regular_bytes
from sovlint.files.scan_place import locate
from sovlint.policy.read import files
from sovlint.stages.run import Run

if TYPE_CHECKING:
    from sovlint.cache.readings import ReadingCache

_CI = ("CI", "TF_BUILD")
"""Variables that CI servers set."""
_MORE = ("offers", "suppose", "diff_base", "rules_from", "write_baseline", "prune_baseline")
"""Options by which more is asked than one reading of what stands here answers."""
_BEARING = (
    "catalog",
    "env",
    "exclude_local",
    "min_seal",
    "policy",
    "policy_set",
    "trust_key",
    "trust_overlay",
    "var",
    "var_file",
)
"""Options that bear on what is read, or on what is asked of it."""


def cache_of(run: Run, again: bool = False) -> ReadingCache | None:
    """The cache of a run, in the user's own folder; ``None`` where what is asked hangs on more than one reading of what
    stands here. Where nothing is kept for other runs, and the same may be read ``again`` by this one: one in memory."""
    request = run.request
    if run.edited or any(getattr(request, name) for name in _MORE):
        return None
    root = locate(request.places, gone=request.affected).root
    folder = users_own() if _is_wanted(request.cache) else None
    if folder is not None and Path(os.path.realpath(folder)).is_relative_to(root):
        folder = None
    key = None if folder is None else _key(run, str(root))
    if key is None and not again:
        return None
    from sovlint.cache.readings import ReadingCache  # imported late: it brings in pickle

    if folder is None or key is None:
        return ReadingCache(InMemory(), "")
    return ReadingCache(CacheFolder(folder), key)


def _is_wanted(said: bool | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether readings are kept: where nobody says so, not on the machine of a CI server, which is used once."""
    return not any(map(environment.get, _CI)) if said is None else said


def _key(run: Run, root: str) -> str | None:
    """All that a reading hangs on besides what stands in the repository; ``None`` where not all of it can be read: whoever
    goes by it says so."""
    try:
        return _told(run, root)
    except OSError:
        return None


def _told(run: Run, root: str) -> str:
    """The same. Raises ``OSError`` for what can't be read, and for what is no file, or too large a one."""
    from hashlib import sha256  # imported late: it brings in OpenSSL

    request, config = run.request, run.config
    said = {name: getattr(request, name) for name in _BEARING}
    own = [Path(run.policy_set_name)] if Path(run.policy_set_name).is_file() else []
    configured = [config.path] if config.path else []
    outside = (*configured, *own, *request.policy, *request.catalog, *request.trust_key)
    libraries = Path(msgspec.__file__).parents[1]
    parts = (
        root,
        str(
            config.path or ""
        ),  # places in it are told by its name, and its globs begin where it is
        os.path.realpath(config.path) if config.path else "",
        msgspec.json.encode(said, enc_hook=str, order="deterministic").decode(),
        *(_content(path) for path in outside),
        sys.version,
        *sorted(
            each.name for each in libraries.iterdir()
        ),  # their versions are in their names
        file_states(_code()),
    )
    return sha256("\0\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _content(path: Path) -> str:
    """What stands in a file, or in all that count below a folder, links among them."""
    found = files(path) if path.exists() else ()
    return repr([(str(each), _bytes(each)) for each in found])


def _bytes(path: Path) -> bytes:
    data = regular_bytes(os.path.realpath(path))
    if not isinstance(data, bytes):
        raise OSError(data.key)
    return data


def _code() -> Iterator[tuple[str, str]]:
    """The files of this package; in a checkout the policies beside it too."""
    package = Path(sovlint.__file__).parent
    walked = (*os.walk(package), *os.walk(package.parent / "policies"))
    for folder, _, names in walked:
        for name in sorted(names):
            if not name.endswith((".pyc", ".tmp")):
                yield name, f"{folder}/{name}"
