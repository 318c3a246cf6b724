"""``python -m published PLUGIN [SCHEMA]``: compares one file of the catalogue with what its plug-in publishes.

``SCHEMA`` is a binding package (wheel, npm archive or unpacked), a folder of documentation pages, or the output of
``terraform providers schema -json``. Without it, the package that ``published`` in the file names is downloaded.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from published import bindings, download, pages, show, terraform
from published.compare import compare
from published.plugin import PLUGINS, Plugin
from published.schema import Schema, SchemaError

SOUND, UNSOUND, FAILED = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """0: sound; 1: too many types are open, or something doesn't exist in the schema; 2: it couldn't be compared."""
    given = _parser().parse_args(arguments)
    try:
        plugin = Plugin(given.plugin, given.catalog)
        schema = _schema(given, plugin)
    except SchemaError as error:
        print(f"published: {error}", file=sys.stderr)
        return FAILED
    if given.sample:
        print(show.sample(plugin, schema, given.sample, given.seed), end="")
        return SOUND
    found = compare(plugin, schema)
    print(show.as_json(found) if given.json else show.text(found, plugin), end="")
    return SOUND if found.sound else UNSOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m published", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "plugin", help="name of a file in sovlint/catalog/plugins, without .yaml"
    )
    parser.add_argument(
        "schema",
        nargs="?",
        type=Path,
        help="where a published schema lies; else it is downloaded",
    )
    parser.add_argument(
        "--package", help="the package to download, instead of the one that `published` names"
    )
    parser.add_argument(
        "--npm", action="store_true", help="download from npm instead of PyPI"
    )
    parser.add_argument("--cache", type=Path, help="keep what is downloaded in this folder")
    parser.add_argument(
        "--catalog", type=Path, default=PLUGINS, help="the folder of the file"
    )
    parser.add_argument("--json", action="store_true", help="all names, for scripts")
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="draw N types, with what the file says of each",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="draw others than those of seed 0"
    )
    return parser


def _schema(given: argparse.Namespace, plugin: Plugin) -> Schema:
    if given.schema:
        return read(given.schema, plugin)
    named = plugin.published
    package = given.package or named.get("package")
    if not package:
        raise SchemaError(
            f"`published` in {plugin.name}.yaml names no package: give the path of a schema, or --package."
        )
    registry = (
        "npm"
        if given.npm or (not given.package and named.get("registry") == "npm")
        else "pypi"
    )
    with tempfile.TemporaryDirectory() as folder:
        archive = download.package(registry, package, None, given.cache or Path(folder))
        return bindings.read(archive)


def read(path: Path, plugin: Plugin) -> Schema:
    """The schema at a path, by what lies there. Raises ``SchemaError``."""
    if not path.exists():
        raise SchemaError(f"{path}: there is no such file or folder.")
    if path.is_dir():
        return (
            bindings.read(path)
            if any(path.rglob(".jsii*"))
            else pages.read(path, plugin.prefixes[0])
        )
    return (
        terraform.read(path, plugin.prefixes)
        if path.suffix == ".json"
        else bindings.read(path)
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
