"""``python -m published.holders PLUGIN [SCHEMA]``: which attributes of a plug-in's types may hold settings, and which of
these nobody has judged.

A candidate is a map with keys of anybody's choice, things with a name and a value, or a text that is called like a
script, a document, a command or a store's value. What is judged stands in the catalogue (``workloads``, ``objects``,
``installs``) if it is a holder, else in ``published/no_holders.yaml`` with why.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

import yaml

from published import __main__ as published
from published.plugin import Plugin
from published.schema import ANY, Schema, SchemaError

JUDGED: Final = Path(__file__).parent / "no_holders.yaml"
FOUND: Final = Path(__file__).parent / "candidates"

_NAMES: Final = (
    "name",
    "key",
    "variable",
    "parameter_name",
    "parameter_key",
    "env",
    "id",
    "path",
)
"""What a thing with a `value` may be called by."""
_TEXTS: Final = re.compile(
    r"(?:^|\.|_)(?:user_?data(?:_base64)?|custom_data|startup_script|metadata_startup_script|script|script_content|inline"
    r"|commands?|entry_?point|args|container_definitions|container_properties|ecs_properties|node_properties"
    r"|template_body|template_content|parameters_content|secret_string|secret_data|data_json|jobspec|manifest"
    r"|source_content|connection_strings?|connection_ur[il])$"
)
"""Names of texts that hold settings, commands, or documents with these."""
_TAGS: Final = re.compile(
    r"(?:^|_)(?:tags?|tags_all|labels?|annotations|triggers|filters?|taints?|headers?)$"
)
"""Maps and things that say what something is called, and are no settings."""


def candidates(schema: Schema) -> Iterator[tuple[str, str]]:
    """Types and paths that may hold settings, in order."""
    for kind in sorted(schema.types):
        yield from ((kind, path) for path in sorted(set(_of_type(schema.types[kind]))))


def _of_type(paths: frozenset[str]) -> Iterator[str]:
    for path in paths:
        above, _, last = path.rpartition(".")
        if last == ANY:
            if above and not _TAGS.search(above):
                yield above
        elif f"{path}.{ANY}" in paths:
            continue
        elif last == "value" and _is_named(above, paths) and not _TAGS.search(above):
            yield above or "."
        elif _TEXTS.search(path) and not any(each.startswith(f"{path}.") for each in paths):
            yield path


def _is_named(above: str, paths: frozenset[str]) -> bool:
    before = f"{above}." if above else ""
    return any(f"{before}{name}" in paths for name in _NAMES)


class Judged:
    """What is said of candidates: by the catalogue, and in the file of those that hold none."""

    def __init__(self, plugin: Plugin, path: Path = JUDGED) -> None:
        self._plugin = plugin
        written: Sequence[Mapping[str, Any]] = yaml.safe_load(
            path.read_text(encoding="utf-8")
        )
        self.not_holders = [glob for each in written for glob in each["paths"]]
        self._applied = {
            kind
            for section in ("objects", "installs")
            for each in plugin.data.get(section, ())
            for kind in each["types"]
        }
        self._held: dict[str, list[str]] = {}

    def of(self, kind: str, path: str) -> bool | None:
        """Whether a candidate is a holder; ``None`` where nobody has judged it."""
        if kind in self._applied or any(_meets(path, each) for each in self._paths(kind)):
            return True
        named = f"{kind}.{path}"
        return False if any(fnmatchcase(named, glob) for glob in self.not_holders) else None

    def _paths(self, kind: str) -> Sequence[str]:
        """What the catalogue reads of a type: settings, and where data goes."""
        if kind not in self._held:
            self._held[kind] = [each.path for each in self._plugin.paths(kind)]
        return self._held[kind]


def _meets(path: str, read: str) -> bool:
    """Whether what is read stands at a path, in it, or around it; a thing of the type itself by its value."""
    steps = ".".join(step for step in read.split(".") if step != ANY and not step.isdigit())
    if path == ".":
        return steps in ("value", *_NAMES)
    return steps == path or steps.startswith(f"{path}.") or path.startswith(f"{steps}.")


def listed(schema: Schema, judged: Judged) -> Iterator[str]:
    """A line for each candidate: its type, its path, and what it is."""
    words = {True: "holder", False: "none", None: "open"}
    for kind, path in candidates(schema):
        yield f"{kind} {path} {words[judged.of(kind, path)]}"


def main(arguments: Sequence[str]) -> int:
    """0: all are judged; 1: some aren't, which are printed; 2: it couldn't be compared."""
    parser = argparse.ArgumentParser(prog="python -m published.holders")
    parser.add_argument("plugin")
    parser.add_argument("schema", type=Path)
    parser.add_argument(
        "--write", action="store_true", help="keep what was found in published/candidates"
    )
    given = parser.parse_args(arguments)
    try:
        plugin = Plugin(given.plugin)
        schema = published.read(given.schema, plugin)
    except SchemaError as error:
        print(f"published: {error}", file=sys.stderr)
        return published.FAILED
    lines = list(listed(schema, Judged(plugin)))
    if given.write:
        FOUND.mkdir(exist_ok=True)
        (FOUND / f"{given.plugin}.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    unjudged = [line for line in lines if line.endswith(" open")]
    print(
        "\n".join([*unjudged, f"{len(lines)} candidates, {len(unjudged)} of them not judged"])
    )
    return published.UNSOUND if unjudged else published.SOUND


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
