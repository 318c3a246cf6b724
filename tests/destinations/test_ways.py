"""Ways to write where data goes, each judged by hand: what a value can only be, names, programs, and files of tools.

``ways.yaml`` has a row for each. A row is a folder of its own, and all are scanned at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
import pytest
import yaml
from msgspec import Struct

from sovlint.model.findings.finding import Finding
from sovlint.model.value import Fact, Known
from tests.destinations.scanning import judged

_POD: Final = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: claims-{number}}}
spec:
  template:
    metadata: {{labels: {{app: claims-{number}}}}}
    spec:
      containers:
        - {container}
"""


_OF_THE_POD: Final = "compliant compute scaleway fr-par"
Places = list[str]
"""What is told: the verdict, the role, the company and the region of each place, ``?`` for what isn't known."""


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """A way that is more than a value or a command."""

    told: Places
    settings: dict[str, str] = {}
    """Variables of a container."""
    container: dict[str, object] = {}
    """What else a container has."""
    files: dict[str, str] = {}
    """Files of the folder; then there is no container."""


class Ways(Struct, frozen=True, forbid_unknown_fields=True):
    """All rows."""

    values: dict[str, Places]
    """Of a variable whose name says nothing."""
    commands: dict[str, Places]
    """What a container's shell runs."""
    others: dict[str, Way]

    def all(self) -> dict[str, Way]:
        """Each as a way, by what it is called or written."""
        values = {each: Way(told, {"CLAIMS": each}) for each, told in self.values.items()}
        commands = {
            each: Way(told, container={"command": ["bash", "-c", each]})
            for each, told in self.commands.items()
        }
        return {**values, **commands, **self.others}


WAYS: Final = msgspec.convert(
    yaml.load(
        (Path(__file__).parent / "ways.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
    ),
    Ways,
).all()


def written(number: int, way: Way) -> Mapping[str, str]:
    """The files of a way."""
    if way.files:
        return way.files
    variables = [{"name": name, "value": value} for name, value in way.settings.items()]
    container = {"name": "a", "image": "acme/claims", "env": variables, **way.container}
    return {"pod.yaml": _POD.format(number=number, container=json.dumps(container))}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What is told of each way, but for where containers run."""
    files = {
        f"w{number}/{path}": text
        for number, way in enumerate(WAYS.values())
        for path, text in written(number, way).items()
    }
    found = judged(files, tmp_path_factory.mktemp("ways"))
    assert not found.failures
    said: dict[str, list[str]] = {f"w{number}": [] for number in range(len(WAYS))}
    for finding in found.findings:
        said[finding.resource.span.path.partition("/")[0]] += _line(finding)
    for number, way in enumerate(WAYS.values()):
        if not way.files:
            said[f"w{number}"].remove(_OF_THE_POD)
    return {way: sorted(said[f"w{number}"]) for number, way in enumerate(WAYS)}


@pytest.mark.parametrize("way", WAYS)
def test_a_way_is_judged_as_by_hand(way: str, told: Mapping[str, list[str]]) -> None:
    assert told[way] == sorted(WAYS[way].told)


def _line(finding: Finding) -> Iterator[str]:
    place = finding.placement
    if place is not None:
        facts = (place.role, place.provider, place.region)
        yield " ".join((finding.verdict.value, *map(_said, facts)))


def _said(fact: Fact[str]) -> str:
    return fact.value if isinstance(fact, Known) else "?"
