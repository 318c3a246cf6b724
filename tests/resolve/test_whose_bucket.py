"""Whose bucket it is where no address is written, and which address goes with which key: judged by hand."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Placement
from sovlint.model.value import Unknown, known_of
from tests.catalog.known import FACTS, control_of
from tests.frontends.configuration.house import one, placed
from tests.frontends.kubernetes.charts.house import CLUSTER, chart, places
from tests.frontends.kubernetes.test_signatures import container, sends
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog, shown
from tests.resolve.manifests_house import placed as manifests

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
    assert shown(found.area) == "no-evidence: region [eu-west-3]"
    assert shown(found.control) == control_of(
        "aws"
    )  # whoever of them it is, one state can compel them


SEALED = "{name: S3_BUCKET_ENDPOINT, valueFrom: {secretKeyRef: {name: s3, key: e}}}"
OF_OVH = "{name: S3_BUCKET_ENDPOINT, value: https://s3.gra.io.cloud.ovh.net}"
HELD = """
apiVersion: v1
kind: Secret
metadata: {name: s3}
stringData: {e: "${ENDPOINT}", r: %s}
---"""


def store_beside(region: str, endpoint: str, head: str = "") -> Placement:
    """Where a bucket's data lies, whose region and endpoint stand in a Pod's environment."""
    entry = f"value: {region}"
    if head:
        head, entry = head % region, "valueFrom: {secretKeyRef: {name: s3, key: r}}"
    env = f"[{endpoint}, {{name: S3_BUCKET_REGION, {entry}}}]"
    pod = f"containers: [{{name: a, image: a, env: {env}}}]"
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{{pod}}}\n"
    places = [place for each in manifests(f"{head}\n{text}") for place in each.placements]
    (found,) = (each for each in places if known_of(each.role) == "'at-rest'")
    return found


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-3", "fr-par", "dc1"])
def test_a_region_of_an_endpoint_that_cannot_be_read_is_told_and_proves_nothing(
    region: str,
) -> None:
    found = store_beside(region, SEALED)
    assert shown(found.provider) == "from-environment: Secret s3/e"
    assert shown(found.region) == f"from-environment: Secret s3/e [{region}]"
    assert isinstance(found.area, Unknown)
    assert found.area.why().params["said"] == region


@pytest.mark.parametrize("region", ["us-east-1", "fr-par"])
def test_an_endpoint_that_is_known_decides_against_a_region(region: str) -> None:
    found = store_beside(region, OF_OVH)
    assert [shown(each) for each in (found.provider, found.region)] == ["ovhcloud", "GRA"]


@pytest.mark.parametrize(("region", "told"), [("us-east-1", " [us-east-1]"), ("hunter2", "")])
def test_of_a_secret_only_what_companies_call_regions_is_told(region: str, told: str) -> None:
    found = store_beside(region, SEALED, HELD).region
    assert isinstance(found, Unknown)
    assert found.text().partition(" [")[1:] == (told[:2], told[2:])


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
