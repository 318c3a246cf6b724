"""Which profiles are on, by what scripts and pipelines start."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import read
from sovlint.frontends.compose.profiles import started
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

COMPOSE = (
    "services:\n  web: {image: nginx}\n"
    "  export: {image: x, profiles: [export], labels: {sovlint.dev/data: health}}\n"
)


def export(files: dict[str, str]) -> Resource:
    """The service of the profile."""
    reading = read(MemoryReader(files), ReadOptions(), catalog().hints())
    [found] = [each for each in reading.resources if each.address == "compose:export"]
    return found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "docker compose --profile export up -d\n"),
        ("deploy.sh", "docker-compose --profile=web \\\n  --profile 'export' up -d\n"),
        ("Makefile", "up:\n\tCOMPOSE_PROFILES=web,export docker compose up -d\n"),
        (".github/workflows/ci.yml", "jobs: {a: {env: {COMPOSE_PROFILES: export}, steps: [{run: docker compose up}]}}"),
    ],
)  # fmt: skip
def test_a_profile_that_is_started_is_on(path: str, text: str) -> None:
    assert isinstance(export({"compose.yaml": COMPOSE, path: text}).exists, Known)


@pytest.mark.parametrize(
    "text",
    [
        "docker compose up -d\n", "docker compose --profile web up -d\n", "docker compose --profile export down\n",
        "# docker compose --profile export up -d\n", "docker compose --profile $WHICH up\n",
        "docker compose build; other --profile export up\n",
    ],
)  # fmt: skip
def test_a_profile_that_nothing_starts_is_declared_all_the_same(text: str) -> None:
    found = export(
        {"compose.yaml": COMPOSE, "deploy.sh": text, ".env": "COMPOSE_PROFILES=web"}
    )
    assert isinstance(found.exists, Unknown)
    assert found.labels


def test_a_script_is_that_of_the_projects_around_it() -> None:
    scripts = {"a/deploy.sh": "docker compose --profile export up"}
    assert started(scripts, "a") == started(scripts, "a/inner") == {"export"}
    assert started(scripts, "b") == frozenset()
    assert started(scripts, "ab") == frozenset()
