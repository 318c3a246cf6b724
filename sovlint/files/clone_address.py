"""Addresses that repositories are cloned from, and what is read of them: a folder at a revision. Texts alone, no network.

All spellings of one place are one text: ``git@host:group/name.git``, ``https://user@HOST:443/group/name`` and so on are
``host/group/name``.
"""

from __future__ import annotations

import posixpath
from urllib.parse import parse_qsl, quote, unquote

from msgspec import Struct

from sovlint.model.decoding import late_pattern

LONGEST = 2_000
"""Characters of an address: longer ones are nobody's."""
_SCHEMES = frozenset({"git", "git+ssh", "http", "https", "ssh"})
_CASELESS = frozenset({"bitbucket.org", "github.com", "gitlab.com"})
"""Hosts whose paths are the same in any case."""
_SHORT = ("github.com/", "gitlab.com/", "bitbucket.org/")
"""How an address begins that needs no scheme."""
_FLAT = ("github.com/", "bitbucket.org/")
"""Where two folders name a repository, and what follows is in it."""
_SCP = late_pattern(r"(?:[\w.+-]+@)?([\w.-]+\.[\w-]+):(?!/|\d+/)(.+)", 0)
_HOST = late_pattern(r"[a-z0-9][a-z0-9.-]*", 0)
_UNKNOWN = "…"
"""What stands in a source for what nobody knows of it (``callees.source_as_known``)."""
_AZURE_SSH = "ssh.dev.azure.com"


class CodeAddress(Struct, frozen=True):
    """A folder of a repository at a revision: ``host/group/name``, the folder (empty: the whole), and the branch, tag or
    commit (empty: the default branch)."""

    repository: str
    folder: str = ""
    revision: str = ""

    @property
    def key(self) -> str:
        """Its one spelling: ``host/group/name//folder?ref=revision``."""
        folder = f"//{self.folder}" if self.folder else ""
        revision = f"?ref={quote(self.revision, safe='/')}" if self.revision else ""
        return f"{self.repository}{folder}{revision}"


def from_key(key: str) -> CodeAddress | None:
    """What a ``key`` spells; ``None`` for any other text."""
    left, _, revision = key.partition("?ref=")
    repository, _, folder = left.partition("//")
    found = CodeAddress(repository, folder, unquote(revision))
    return found if found.key == key and "/" in repository else None


def repository_at(address: str) -> str | None:
    """``host/group/name`` of an address that a repository is cloned from; ``None`` for what isn't one of a server."""
    text = address.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        return None
    scheme, marked, rest = text.partition("://")
    if marked:
        return _joined(rest) if scheme.lower() in _SCHEMES else None
    scp = _SCP.fullmatch(text)
    if scp is not None:
        return _joined(f"{scp[1]}/{scp[2]}")
    return _joined(text) if text.lower().startswith(_SHORT) else None


def code_at(source: str) -> CodeAddress | None:
    """What a source of Terraform, Terragrunt or Kustomize names, where that is a folder of a repository of git:
    ``git::ssh://git@host/group/name.git//folder?ref=v3``."""
    text = source.strip()
    if len(text) > LONGEST or "\\" in text or _UNKNOWN in text or len(text.split()) > 1:
        return None
    getter, forced, rest = text.partition("::")
    if forced and getter != "git":
        return None
    text = rest if forced else text
    left, _, query = text.partition("?")
    scheme, marked, place = left.partition("://")
    place = place if marked else left
    place, _, folder = place.partition("//")
    whole = f"{scheme}://{place}" if marked else place
    if marked and ".git/" in place:
        place, _, inside = place.partition(".git/")
        whole, folder = f"{scheme}://{place}", folder or inside
    repository = repository_at(whole)
    if repository is not None and repository.startswith(_FLAT):
        parts = repository.split("/")
        repository, folder = "/".join(parts[:3]), folder or "/".join(place.split("/")[3:])
    inner = _inside(folder)
    given = dict(parse_qsl(query, keep_blank_values=True))
    if repository is None or inner is None:
        return None
    revision = given.get("ref", given.get("version", ""))
    return (
        CodeAddress(repository, inner, revision)
        if revision.isprintable() and not revision.startswith("-")
        else None
    )


def _joined(place: str) -> str | None:
    """``user@HOST:port/group/name.git`` without what tells no repository from another."""
    authority, _, path = place.partition("/")
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    parts = [part for part in path.removesuffix("/").removesuffix(".git").split("/") if part]
    if not _HOST.fullmatch(host) or not parts or {".", ".."} & set(parts):
        return None
    if host == _AZURE_SSH and parts[0] == "v3" and len(parts) == 4:
        host, parts = "dev.azure.com", [*parts[1:3], "_git", parts[3]]
    joined = "/".join((host, *parts))
    return joined.lower() if host in _CASELESS else joined


def _inside(folder: str) -> str | None:
    """A folder of a repository as it is listed; ``None`` where it leads out of it."""
    inner = posixpath.normpath(folder.strip("/")) if folder.strip("/") else ""
    return None if inner.startswith("..") else "" if inner == "." else inner
