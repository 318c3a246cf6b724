"""Reads binding packages, which are generated from a plug-in's schema: those of CDK for Terraform, and of CDK Terrain,
which goes on with it since the end of 2025 (packages ``cdktn-provider-...``).

Such a package carries an assembly, one JSON file that lists every class and interface. A class of a resource is made
from ``TerraformResource``, its documentation links the type's page; the interface of its arguments has the same
name with ``Config``, and each argument links its own name in the schema.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from published.schema import ANY, Schema, SchemaError, below

Data = Mapping[str, Any]

_PAGE = re.compile(r"\{@link \S+/docs/resources/\S+ (\w+)\}")
_ARGUMENT = re.compile(r"\{@link \S+?#(\w+) ")
_VERSION = re.compile(r"/providers/[^/\s]+/[^/\s]+/([^/\s]+)/docs")
_FILES = (".jsii.gz", ".jsii")


def read(path: Path) -> Schema:
    """The schema in a wheel, an npm archive, or a folder that one was unpacked to. Raises ``SchemaError``."""
    assembly = _assembly(path)
    if assembly is None:
        raise SchemaError(
            f"{path}: no assembly ({' or '.join(_FILES)}) in it, so no binding package."
        )
    return _Reader(assembly).schema(path.name)


class _Reader:
    def __init__(self, assembly: Data) -> None:
        self.types: Data = assembly["types"]
        self.known: dict[str, frozenset[str]] = {}

    def schema(self, origin: str) -> Schema:
        found: dict[str, frozenset[str]] = {}
        classes: dict[str, str] = {}
        settings: frozenset[str] = frozenset()
        version = None
        for name, data in self.types.items():
            if data.get("base", "").endswith(".TerraformProvider"):
                settings = self.arguments(f"{name}Config")
            if not data.get("base", "").endswith(".TerraformResource"):
                continue
            summary = data.get("docs", {}).get("summary", "")
            if page := _PAGE.search(summary):
                found[page[1]] = self.arguments(f"{name}Config")
                classes[page[1]] = name
                stated = _VERSION.search(summary)
                version = stated[1] if stated else version
        if not found:
            raise SchemaError(f"{origin}: its assembly has no resource types.")

        def exports(kind: str, path: str) -> bool:
            return self._has({"fqn": classes[kind]}, path.split("."))

        return Schema(origin, version, found, settings, exports)

    def _has(self, written: Data, steps: list[str]) -> bool:
        """Whether a value of a type of the assembly has something at a path. A list is a class with a method `get`."""
        if not steps or written.get("primitive") in ("any", "json"):
            return True
        if inner := written.get("collection"):
            return steps[0] == ANY and self._has(inner["elementtype"], steps[1:])
        data = self.types.get(written.get("fqn", ""))
        if data is None:
            return "fqn" in written  # a map of the library that the bindings stand on
        getter = next(
            (each for each in data.get("methods", ()) if each["name"] == "get"), None
        )
        if getter is not None and "returns" in getter:
            return steps[0] == ANY and self._has(getter["returns"]["type"], steps[1:])
        wanted = steps[0].replace("_", "").lower()
        found = next(
            (each for each in data.get("properties", ()) if each["name"].lower() == wanted),
            None,
        )
        return found is not None and self._has(found["type"], steps[1:])

    def arguments(self, interface: str) -> frozenset[str]:
        """Paths below an interface; one that contains itself isn't followed again."""
        if interface not in self.known:
            self.known[interface] = frozenset()
            data = self.types.get(interface, {})
            self.known[interface] = frozenset(
                path
                for argument in data.get("properties", ())
                if (name := _name(argument))
                for path in below(name, self._inside(argument["type"]))
            )
        return self.known[interface]

    def _inside(self, written: Data) -> Iterator[str]:
        """What stands below a value of a type of the assembly."""
        if written.get("primitive") in ("any", "json"):
            yield ANY
        elif "fqn" in written:
            yield from self.arguments(written["fqn"])
        elif "union" in written:
            for inner in written["union"]["types"]:
                yield from self._inside(inner)
        elif "collection" in written:
            if written["collection"]["kind"] == "map":
                yield ANY
            else:
                yield from self._inside(written["collection"]["elementtype"])


def _name(argument: Data) -> str | None:
    """The name of an argument in the schema: the anchor that its documentation links."""
    docs = argument.get("docs", {})
    anchor = _ARGUMENT.search(docs.get("summary", "")) or _ARGUMENT.search(
        docs.get("remarks", "")
    )
    return anchor[1] if anchor else _snake(argument["name"])


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def _assembly(path: Path) -> Data | None:
    """The assembly in a folder or an archive; in a wheel it lies in an npm archive."""
    if path.is_dir():
        inside = (
            found for name in (*_FILES, "*.jsii.tgz") for found in sorted(path.rglob(name))
        )
        return next(
            (data for found in inside if (data := _of_bytes(found.name, found.read_bytes()))),
            None,
        )
    return _of_bytes(path.name, path.read_bytes())


def _of_bytes(name: str, content: bytes) -> Data | None:
    if name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = next(
                (each for each in archive.namelist() if each.endswith(".jsii.tgz")), None
            )
            return _of_bytes(inside, archive.read(inside)) if inside else None
    if name.endswith((".tgz", ".tar.gz")):
        return _of_archive(content)
    data = json.loads(gzip.decompress(content) if name.endswith(".gz") else content)
    return data if "types" in data else None


def _of_archive(content: bytes) -> Data | None:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            base = member.name.rpartition("/")[2]
            wanted = base in _FILES or base.endswith(".jsii.tgz")
            opened = archive.extractfile(member) if wanted else None
            if opened and (found := _of_bytes(base, opened.read())):
                return found
    return None
