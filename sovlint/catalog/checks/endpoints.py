"""Checks of hosts, and of where data is sent."""

from __future__ import annotations

import re
from typing import Final

from sovlint.catalog.checks.written import Faults, host_form
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.hosts import REGION, known, reserved
from sovlint.catalog.instances import Instances
from sovlint.catalog.trie import Hosts, grouped
from sovlint.model.decoding import decode
from sovlint.rules.domains import is_registry

_WILD: Final = re.compile(r"[*{]")
"""What a label has that stands for others."""


def endpoint(host: str, data: Data, parts: Data) -> Faults:
    """A host, who answers there, and in which region."""
    misshapen = list(host_form(host))
    yield from misshapen
    if not misshapen and _is_everybodys(host):
        yield ("host",), f"`{host}` is everybody's: name a domain that one company has."
    if reserved(host):
        yield (
            ("host",),
            f"`{host}` is below a name that is reserved for tests and examples (RFC 2606): nobody answers there.",
        )
    if "region" in data:
        yield from _region_of_host(host, data, parts)


def _is_everybodys(host: str) -> bool:
    """Whether a pattern has hosts in domains of different owners."""
    end = ".".join(label for label in host.split(".") if not _WILD.search(label))
    return end != host and (not end or is_registry(end))


def _region_of_host(host: str, data: Data, parts: Data) -> Faults:
    regions = parts["providers"].get(data["provider"], {}).get("regions", {})
    if "{region}" in host:
        yield (
            ("region",),
            "the host names its region: either `{region}` in it, or `region` beside it.",
        )
    elif data["region"] == "global":
        return
    elif regions and data["region"] not in regions:
        yield ("region",), f"`{data['region']}` isn't a region of {data['provider']}."
    elif not regions and data["region"] not in (*parts["jurisdictions"], *parts["areas"]):
        yield (
            ("region",),
            f"{data['provider']} lists no regions: only a state or an area can be one.",
        )


def not_placement(host: str, _: Data, _parts: Data) -> Faults:
    """A host where no data lands."""
    yield from host_form(host)
    if "{region}" in host:
        yield ("host",), f"`{host}` has no region: no data lands there."


def instance(_: str, data: Data, parts: Data) -> Faults:
    """The host that stands for it, which somebody must answer at, and the examples."""
    host = known((data["host"].replace(REGION, "a"),))
    if host is None or Hosts(grouped([*parts["endpoints"].values()])).match(host) is None:
        yield ("host",), f"nobody answers at `{data['host']}`."
    instances = decode(Instances, data)
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            if bool(instances.hosts_in(example)) is not wanted:
                said = "isn't met" if wanted else "is met, and shouldn't be"
                yield (key, index), f"the example {example} {said}."
