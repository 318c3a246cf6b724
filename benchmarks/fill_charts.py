"""Folders of checkouts -> a folder of charts that are whole, for ``make bench-helm``.

    python benchmarks/fill_charts.py CHECKOUTS INTO [LIST]

A checkout is called ``owner+name``. LIST (benchmarks/charts.txt) names charts as ``owner/name@commit:folder``; without
it, every chart that lies in no other one is taken, and those that are whole are printed as such a list. What a chart
depends on and hasn't in ``charts/`` is filled in from another chart of the checkouts, of its own repository if there is
one, whose version fits. A chart of which something is still missing is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from sovlint.expressions.templates.functions.versions.constraints import satisfies
from sovlint.expressions.templates.running import TemplateError

CHART = "Chart.yaml"
DEPTH = 4
"""Charts in charts are filled in so deep."""
LEFT_OUT = shutil.ignore_patterns(".git", "node_modules", ".gitignore")

Found = dict[Path, Mapping[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """Prints the charts that are whole; 2 for bad usage."""
    if len(arguments) not in (2, 3):
        print("name a folder of checkouts, and one for the charts", file=sys.stderr)
        return 2
    checkouts, into = map(Path, arguments[:2])
    found = dict(_charts(checkouts))
    listed = Path(arguments[2]).read_text("utf-8").split() if len(arguments) == 3 else None
    for folder in sorted(found):
        name = f"{_repository(checkouts, folder)}:{folder.relative_to(checkouts).as_posix().partition('/')[2]}"
        if listed is not None and name not in listed:
            continue
        if listed is None and not found.keys().isdisjoint(folder.parents):
            continue
        if found[folder].get("type") == "library":
            continue
        target = into / folder.relative_to(checkouts)
        if target == into / target.relative_to(into).parts[0]:
            target /= "_"
        shutil.copytree(folder, target, ignore=LEFT_OUT, ignore_dangling_symlinks=True)
        if _fill(folder, target, found, checkouts):
            print(name)
        else:
            shutil.rmtree(target)
    return 0


def _charts(checkouts: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path in sorted(checkouts.rglob(CHART)):
        said = _read(path)
        if said.get("name") and said.get("version"):
            yield path.parent, said


def _read(path: Path) -> Mapping[str, Any]:
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return said if isinstance(said, dict) else {}


def _repository(checkouts: Path, folder: Path) -> str:
    top = folder.relative_to(checkouts).parts[0]
    git = ["git", "-C", str(checkouts / top), "rev-parse", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    return f"{top.replace('+', '/', 1)}@{commit}"


def _fill(folder: Path, target: Path, found: Found, checkouts: Path, depth: int = 0) -> bool:
    """Whether a copied chart has all that it depends on, then."""
    old = _read(folder / "requirements.yaml").get("dependencies") or []
    for each in (*(found[folder].get("dependencies") or ()), *old):
        name = str(each.get("name"))
        if _has(target, name):
            continue
        source = _source(folder, each, found, checkouts)
        if source is None or depth == DEPTH:
            return False
        inner = target / "charts" / name
        shutil.copytree(source, inner, ignore=LEFT_OUT, ignore_dangling_symlinks=True)
        if not _fill(source, inner, found, checkouts, depth + 1):
            return False
    return True


def _has(target: Path, name: str) -> bool:
    packed = any((target / "charts").glob(f"{name}-*.tgz"))
    return packed or any(
        _read(path).get("name") == name for path in (target / "charts").glob(f"*/{CHART}")
    )


def _source(
    folder: Path, each: Mapping[str, Any], found: Found, checkouts: Path
) -> Path | None:
    repository = str(each.get("repository") or "")
    if repository.startswith("file://"):
        path = (folder / repository.removeprefix("file://")).resolve()
        return path if path in found else None
    fitting = [
        path
        for path, said in found.items()
        if said["name"] == each.get("name") and _fits(each, str(said["version"]))
    ]
    own = folder.relative_to(checkouts).parts[0]
    fitting.sort(key=lambda path: (path.relative_to(checkouts).parts[0] != own, path))
    return fitting[0] if fitting else None


def _fits(each: Mapping[str, Any], version: str) -> bool:
    try:
        return satisfies(str(each.get("version") or "*"), version)
    except TemplateError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
