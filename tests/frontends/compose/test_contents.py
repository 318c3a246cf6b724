"""What configs of a project hold, and lines of files of variables that something else wins over."""

from __future__ import annotations

import pytest

from sovlint.frontends import compose, configuration
from sovlint.frontends.compose import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import joined_readings, without_overridden
from sovlint.model.value import Known, known_of
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

RDS = "postgres://u@claims.x.us-east-1.rds.amazonaws.com/claims"


def held(content: str, target: str = "", more: str = "") -> dict[str, object]:
    """By setting, what a config with this content sends to."""
    at = f", target: {target}" if target else ""
    inner = "".join(f"      {line}\n" for line in content.splitlines())
    text = (
        f"services:\n  api: {{image: acme/api, configs: [{{source: app{at}}}]}}\n{more}"
        f"configs:\n  app:\n    content: |\n{inner}"
    )
    found = front_end.read(
        MemoryReader({"compose.yaml": text}), ReadOptions(), catalog().hints()
    )
    (config,) = (each for each in found.resources if each.address == "compose:config/app")
    return {
        sent.key: sent.value.value if isinstance(sent.value, Known) else sent.value.text()
        for sent in config.sends
    }


CONTENTS = [
    (f"DATABASE_URL={RDS}", "/app/.env", {"DATABASE_URL": RDS}),
    (f"database:\n  url: {RDS}", "", {"database.url": RDS}),
    (f"database:\n  url: {RDS}", "/etc/app/anything", {"database.url": RDS}),
    ("receivers: {otlp: {}}\nexporters:\n  datadog: {api: {site: datadoghq.com}}\nservice:\n  pipelines:\n"
     "    traces: {receivers: [otlp], exporters: [datadog]}", "/etc/otel.yaml", {"exporter datadog": "https://api.datadoghq.com"}),
    ("database:\n  url: postgres://db/claims", "", {}),
    ("a: {broken", "", {}),
    ("just a text", "", {}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "target", "expected"), CONTENTS)
def test_the_content_of_a_config(
    content: str, target: str, expected: dict[str, object]
) -> None:
    assert held(content, target, "  db: {image: postgres}\n") == expected


def test_a_config_tells_at_its_line() -> None:
    text = (
        "services: {api: {image: a, configs: [app]}}\nconfigs:\n  app:\n    content: |\n"
        f"      a: b\n      url: {RDS}\n"
    )
    found = front_end.read(
        MemoryReader({"compose.yaml": text}), ReadOptions(), catalog().hints()
    )
    (config,) = (each for each in found.resources if each.address == "compose:config/app")
    assert [sent.where.span().line for sent in config.sends] == [6]


def told(**files: str) -> set[str]:
    """The settings that send something, of services and of files of variables."""
    reader = MemoryReader(
        {name.replace("_env", ".env"): text for name, text in files.items()}
    )
    hints = catalog().hints()
    readings = (
        front.read(reader, ReadOptions(), hints) for front in (compose, configuration)
    )
    return {
        sent.key
        for each in without_overridden(joined_readings(readings)).resources
        for sent in each.sends
        if "amazonaws" in str(known_of(sent.value))
    }


REDIS = "REDIS_URL=redis://x.abc.use1.cache.amazonaws.com:6379\n"
OWN = "REDIS_URL=redis://redis:6379\n"


def project(more: str) -> str:
    return f"services:\n  redis: {{image: redis}}\n  api:\n    image: acme/api\n{more}"


@pytest.mark.parametrize(
    ("more", "others", "expected"),
    [
        ("    env_file: a.env\n", {"a_env": REDIS}, {"REDIS_URL"}),
        ("    env_file: [a.env, b.env]\n", {"a_env": REDIS, "b_env": OWN}, set()),
        ("    env_file: [b.env, a.env]\n", {"a_env": REDIS, "b_env": OWN}, {"REDIS_URL"}),
        (
            "    env_file: a.env\n    environment: ['REDIS_URL=redis://redis:6379']\n",
            {"a_env": REDIS},
            set(),
        ),
        # Another service is given the line all the same.
        (
            "    env_file: [a.env, b.env]\n  job: {image: acme/job, env_file: a.env}\n",
            {"a_env": REDIS, "b_env": OWN},
            {"REDIS_URL"},
        ),
    ],
)
def test_a_line_that_another_one_overrides_is_nothing(
    more: str, others: dict[str, str], expected: set[str]
) -> None:
    files = {"compose.yaml": project(more), **others}
    assert told(**files) == expected


def test_what_a_service_says_twice_is_told_once() -> None:
    files = {
        "compose.yaml": f"x-env: &env\n  CLAIMS_DSN: {RDS}\nservices:\n  api:\n    image: a\n"
        f"    environment:\n      <<: *env\n      DATABASE_URL: {RDS}\n"
    }
    assert len(told(**files)) == 1
