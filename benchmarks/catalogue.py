"""How long a fresh process takes to load the catalogue and ask it what a small scan asks.

``python benchmarks/catalogue.py TIMES``: of the catalogue that ships, and of one made TIMES as large by repeating its
providers, plug-ins, offers and hosts under other ids. Prints seconds, least and median.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sovlint.catalog import shipped
from sovlint.catalog.trie import grouped
from sovlint.files import index_file

RUNS = 15

ASK = """
import sys, time
from datetime import date
from pathlib import Path
from sovlint.catalog import shipped
from sovlint.catalog.load import load
shipped.INDEX = Path(sys.argv[1])
shipped.in_checkout = lambda: sys.argv[2] == "checkout"
begun = time.perf_counter()
catalog = load()
catalog.hints(), catalog.world(date.today())
catalog.type_entry("hashicorp/aws", "aws_s3_bucket")
catalog.find_region("aws", "eu-west-3")
catalog.find_provider("aws")
catalog.hosts.match(["s3.fr-par.scw.cloud"])
catalog.schemes, catalog.lexicon
print(time.perf_counter() - begun)
"""


def grown(parts: Mapping[str, Any], times: int) -> dict[str, Any]:
    """An index ``times`` as large: every provider, plug-in, source and host so many times, the first one as it was."""
    large = {
        section: dict(value) if isinstance(value, Mapping) else value
        for section, value in parts.items()
    }
    for n in range(1, times):
        for section in (
            "providers",
            "control",
            "technology",
            "regions",
            "titles",
            "plugins",
            "sources",
        ):
            large[section].update(
                {f"{name}-{n}": entry for name, entry in parts[section].items()}
            )
        for host, entry in parts["endpoints"].items():
            large["endpoints"][f"{host}-{n}"] = {**entry, "host": f"{host}-{n}"}
    large["hosts"] = grouped(large["endpoints"].values())
    return large


def timed(index: Path, how: str) -> tuple[float, float]:
    """The least and the median time in seconds; ``how``: as in a ``wheel`` or a ``checkout``."""
    command = [sys.executable, "-c", ASK, str(index), how]
    runs = [
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    return min(runs), statistics.median(runs)


def tables(times: int) -> list[tuple[str, tuple[float, float]]]:
    """What was measured, and the least and median seconds."""
    found = [("catalogue, in a checkout", timed(shipped.INDEX, "checkout"))]
    with tempfile.TemporaryDirectory(prefix="sovlint-bench-") as folder:
        large = Path(folder) / "index.jsonl"
        index_file.write(grown(shipped.index(), times), large, shipped.BY_ENTRY)
        found.append(("catalogue, as installed", timed(shipped.INDEX, "wheel")))
        found.append((f"catalogue {times} times as large", timed(large, "wheel")))
    return found


if __name__ == "__main__":
    for what, (least, median) in tables(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print(f"{what:<34} {least:6.3f} s  {median:6.3f} s")
