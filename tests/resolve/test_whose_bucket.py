"""Whose bucket it is where no address is written, and which address goes with which key: judged by hand."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import front_end
from sovlint.model.inputs import ReadOptions
from tests.catalog.known import FACTS, control_of
from tests.frontends.configuration.house import one, placed
from tests.frontends.kubernetes.charts.house import CLUSTER, chart, places
from tests.frontends.kubernetes.test_signatures import container, sends
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog, shown

UNKNOWN = "no-evidence: endpoint"


def providers(settings: dict[str, str]) -> list[object]:
    return [found[2] for found in sends(container(settings))]


WHOSE = {
    region: UNKNOWN if whose is None else set(whose)
    for region, whose in FACTS["whose_region"].items()
}


@pytest.mark.parametrize(("region", "whose"), WHOSE.items())
@pytest.mark.parametrize("prefix", ["", "AWS_", "CLAIMS_"])
def test_a_region_alone_is_nobodys(region: str, whose: object, prefix: str) -> None:
    settings = {f"{prefix}S3_BUCKET": "claims", f"{prefix}S3_REGION": region}
    ((_, role, provider, where),) = sends(container(settings))
    assert (role, provider) == ("at-rest", whose)
    assert str(where).startswith("no-evidence")


def test_where_it_is_does_not_follow_from_a_name() -> None:
    (found,) = placed({".env": "S3_BUCKET=a\nS3_REGION=eu-west-3\n"})[0].placements
    assert shown(found.area) == "no-evidence: region"
    assert shown(found.control) == control_of(
        "aws"
    )  # whoever of them it is, one state can compel them


@pytest.mark.parametrize(
    "settings",
    [
        {"S3_ENDPOINT": "http://minio:9000"},
        {"AWS_ENDPOINT_URL": "http://minio:9000"},
    ],
)
def test_an_address_beside_decides(settings: dict[str, str]) -> None:
    assert providers({"S3_BUCKET": "claims", "S3_REGION": "eu-west-3", **settings}) == []


@pytest.mark.parametrize(
    "settings",
    [{"MINIO_ENDPOINT": "minio:9000"}, {"CLAIMS_S3_ENDPOINT": "http://minio:9000"}],
    ids=["another word", "another prefix"],
)
def test_an_address_of_another_client_leaves_a_bucket_open(settings: dict[str, str]) -> None:
    found = providers({"S3_BUCKET": "claims", "S3_REGION": "eu-west-3", **settings})
    assert found == ["no-evidence: endpoint"]


def test_a_store_that_runs_beside_may_be_meant() -> None:
    project = "services:\n  api:\n    image: acme/api\n    environment: {S3_BUCKET: a, S3_REGION: eu-west-3}\n%s"

    def told(more: str) -> list[str | None]:
        reader = MemoryReader({"compose.yaml": project % more})
        found = front_end.read(reader, ReadOptions(), catalog().hints()).resources
        return [
            sent.provider
            for each in found
            if each.address == "compose:api"
            for sent in each.sends
        ]

    assert told("") == ["aws"]
    assert told("  store:\n    image: quay.io/minio/minio:latest\n") == [None]
    assert told("  store:\n    image: acme/minions\n") == ["aws"]
    assert (
        told("  aws:\n    image: localstack/localstack:3\n") == []
    )  # nobody keeps data there


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"AIRFLOW_VAR_OPENAI_API_KEY": "k", "AIRFLOW_VAR_OPENAI_BASE_URL": "https://api.mistral.ai/v1"},
         ["mistral-ai"]),
        ({"AIRFLOW_VAR_OPENAI_API_KEY": "k"}, ["openai"]),
        ({"APP_OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://api.mistral.ai/v1"}, ["mistral-ai"]),
        ({"APP_OPENAI_API_KEY": "k", "RAG_OPENAI_BASE_URL": "https://api.mistral.ai/v1"}, ["openai", "mistral-ai"]),
        ({"APP_OPENAI_API_KEY": "k", "APP_OPENAI_BASE_URL": "https://api.mistral.ai/v1",
          "OPENAI_BASE_URL": "https://api.openai.com"}, ["mistral-ai", "openai"]),
        ({"A_S3_REGION": "eu-west-3", "A_S3_BUCKET": "a", "B_S3_ENDPOINT": "https://s3.fr-par.scw.cloud",
          "B_S3_BUCKET": "b"},
         [{"aws", "wasabi"}, "scaleway"]),
        ({"A_S3_BUCKET": "a", "B_S3_REGION": "eu-west-3"}, [UNKNOWN]),
        ({"A_S3_BUCKET": "a", "S3_REGION": "eu-west-3"}, [{"aws", "wasabi"}]),
        # Several keys that show the same are one placement.
        ({"A_S3_BUCKET": "a", "B_S3_BUCKET": "b", "S3_BUCKET": "c", "S3_REGION": "eu-west-3"}, [{"aws", "wasabi"}]),
        ({"A_S3_BUCKET": "a", "B_S3_BUCKET": "b"}, [UNKNOWN]),
        ({"A_S3_BUCKET": "a", "B_S3_BUCKET": "b", "A_S3_REGION": "eu-west-3", "B_S3_REGION": "eu-west-2"},
         [{"aws", "wasabi"}, {"aws", "alibaba-cloud", "outscale", "wasabi"}]),
        ({"APP__ANTHROPIC_API_KEY": "k"}, ["anthropic"]),
        # A boundary, and a word that is nobody else's.
        ({"MYOPENAI_API_KEY": "k"}, []), ({"APP_API_KEY": "k"}, []), ({"APP_AI_ENDPOINT_API_KEY": "k"}, []),
        ({"FEATURE_OPENAI_API_KEY": "false"}, []), ({"APP_OPENAI_API_KEY_FILE": "/run/k"}, []),
        ({"X_AZURE_OPENAI_API_KEY": "k"}, ["microsoft-azure"]),
    ],
)  # fmt: skip
def test_a_prefix_joins_a_key_and_its_address(
    settings: dict[str, str], expected: list[object]
) -> None:
    assert sorted(map(str, map(_sorted, providers(settings)))) == sorted(
        map(str, map(_sorted, expected))
    )


def _sorted(fact: object) -> object:
    return sorted(fact) if isinstance(fact, set) else fact


def test_keys_of_files_have_prefixes_too() -> None:
    text = "app.openai.api-key=k\napp.openai.base-url=https://api.mistral.ai/v1\n"
    assert one("application.properties", text) == {"app.openai.base-url": "ai mistral-ai ?"}


ABOVE = "  s3: {region: eu-west-3, bucket: b}\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("backups:\n  endpointURL: https://s3.fr-par.scw.cloud\n  provider: s3\n" + ABOVE, ["at-rest scaleway fr-par"]),
        ("backups:\n  endpointURL: http://minio.minio.svc:9000\n  provider: s3\n" + ABOVE, []),
        ("backups:\n  enabled: false\n  endpointURL: https://s3.fr-par.scw.cloud\n  provider: s3\n" + ABOVE, []),
        ("backups:\n  endpointURL: ''\n  provider: s3\n" + ABOVE, ["at-rest aws eu-west-3"]),
        ("backup:\n  barmanObjectStore: {endpointURL: https://s3.fr-par.scw.cloud, s3Credentials: {a: b}}",
         ["at-rest scaleway fr-par"]),
        ("proxy: {endpoint: https://s3.fr-par.scw.cloud}", []),
    ],
)  # fmt: skip
def test_an_address_above_decides_in_a_chart(values: str, expected: list[str]) -> None:
    assert places(chart(values)) == sorted([*expected, f"compute {CLUSTER}"])
