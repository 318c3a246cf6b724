"""``make measure``: how much of real repositories is known, why the rest isn't, and what another reader finds there.

For each folder: the managed resources that tfparse finds on the same roots and sovlint doesn't, the share of resources
that carry no payload or whose role, provider, region and country are known, the reasons for the rest by kind, and
unknown facts drawn with a fixed seed, each with the place that shows why, for a person to read.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import peers
import run

SEED = 20261125
DRAWN = 50
KEY = re.compile(r'\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]')
FACTS = ("role", "provider", "region", "country")

ADDRESSES = """
import json, sys, tfparse
found = {}
for root in sys.argv[1:]:
    try:
        kinds = tfparse.load_from_path(root)
    except tfparse.ParseError:
        continue
    blocks = [block for kind in kinds.values() for block in kind if "path" in block["__tfmeta"]]
    whole = {block["__tfmeta"]["path"] for block in blocks
             if ("for_each" in block or "count" in block) and not block["__tfmeta"]["path"].endswith("]")}
    found[root] = sorted((path, any(path == each or path.startswith(each + ".") for each in whole))
                         for path in {block["__tfmeta"]["path"] for block in blocks
                                      if block["__tfmeta"].get("type") == "resource"})
json.dump(found, sys.stdout)
"""
"""Every managed resource by root, and whether a ``for_each`` or ``count`` on its way was left as it stands."""

Json = dict[str, Any]


def unknowns(resource: Json) -> Iterator[tuple[str, str, Json]]:
    """(fact, reason, placement) for each of the four facts that isn't known of a resource."""
    for placement in resource["placements"]:
        for fact in FACTS:
            if placement[fact] is None:
                yield fact, placement["unknown"].get(fact, "no reason given"), placement


def place(resource: Json, placement: Json) -> str:
    """The last place that led to a placement, else that of the resource."""
    steps = [each for each in placement["because"] if each["line"]]
    last = steps[-1] if steps else resource
    return f"{last['path']}:{last['line']}"


def others(
    roots: Sequence[str], ours: set[tuple[str, str]], top: Path
) -> tuple[int, list[str], list[str]]:
    """How many managed resources the other reader finds on these roots, and which of them aren't among ours.

    It makes up a key, or leaves it out, where it can't work it out; ours then has a star or the key. Last come those
    that it lists although their ``for_each`` or ``count`` wasn't worked out: they may not exist.
    """
    done = subprocess.run(
        [sys.executable, "-c", ADDRESSES, *roots], capture_output=True, text=True, check=True
    )
    found = [
        (str(Path(root).relative_to(top)).removeprefix("."), path, left)
        for root, paths in json.loads(done.stdout).items()
        for path, left in paths
    ]
    blocks: dict[tuple[str, str], list[str]] = {}
    for root, address in ours:
        blocks.setdefault((root, bare(address)), []).append(address)
    missing = [
        (f"{root or '.'}: {path}", left)
        for root, path, left in found
        if (root, path) not in ours
        and not any(covers(each, path) for each in blocks.get((root, bare(path)), ()))
    ]
    return (
        len(found),
        [each for each, left in missing if not left],
        [each for each, left in missing if left],
    )


def bare(address: str) -> str:
    """An address without keys."""
    return KEY.sub("", address)


def covers(mine: str, address: str) -> bool:
    """Whether two addresses of a block agree in every key that both give; a star agrees with any."""
    pairs = zip(mine.split("."), address.split("."), strict=False)
    keys = [(KEY.findall(one), KEY.findall(other)) for one, other in pairs]
    return all(
        one == other or not other or one in (["[*]"], ['["*"]']) for one, other in keys
    )


def measure(folder: Path) -> list[str]:
    """Print the numbers of one repository; a line for each of its unknown facts."""
    facts = (*run.SOVLINT, "facts", str(folder), "--format", "json", "--no-config")
    printed = peers.taken(facts, folder)[1]
    top = peers.git_root(folder)
    resources = [
        each for each in json.loads(printed)["resources"] if each["front_end"] == "terraform"
    ]
    managed = {(each["root"] or "", each["address"]) for each in resources}
    number, missing, open_there = others(peers.roots_of(printed, top), managed, top)
    print(f"\n{folder.name}: {len(resources)} resources")
    if number:
        number -= len(open_there)
        share = f"{1 - len(missing) / number:.1%}"
        print(
            f"  {number - len(missing)} of the {number} managed resources that tfparse finds ({share})"
        )
        print(
            f"  {len(open_there)} more stand there with a for_each or count not worked out, and don't exist here"
        )
    for line in missing[:20]:
        print(f"    not here: {line}")
    lines, whole, reasons = [], 0, Counter[str]()
    carrying = [
        each
        for each in resources
        if any(place["role"] != "config" for place in each["placements"])
    ]
    for resource in carrying:
        found = list(unknowns(resource))
        whole += not found
        for fact, reason, placement in found:
            reasons[f"{fact}: {reason.split(':')[0]}"] += 1
            lines.append(
                f"{folder.name} {resource['address']}: {fact}: {reason} ({place(resource, placement)})"
            )
    known = len(resources) - len(carrying) + whole
    print(
        f"  {known} settled ({known / max(1, len(resources)):.1%}): {len(resources) - len(carrying)} carry no payload,"
    )
    print(
        f"  {whole} of the other {len(carrying)} with role, provider, region and country known"
    )
    for reason, count in reasons.most_common():
        print(f"    {count:6} {reason}")
    return lines


def main(folders: Sequence[str]) -> None:
    """Measure every folder, then draw unknown facts from all of them."""
    lines = [line for folder in folders for line in measure(Path(folder).resolve())]
    print(
        f"\n{min(DRAWN, len(lines))} of {len(lines)} unknown facts, drawn with seed {SEED}:"
    )
    for line in sorted(random.Random(SEED).sample(lines, min(DRAWN, len(lines)))):
        print(f"  {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
