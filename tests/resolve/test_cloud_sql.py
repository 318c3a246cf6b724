"""A database of Cloud SQL has no host in a configuration, but a connection name, in one of eight forms."""

from __future__ import annotations

import re

import pytest

from sovlint.catalog.instances import Instances
from tests.frontends.compose.test_sends import sends as compose_sends
from tests.frontends.configuration.house import one
from tests.frontends.kubernetes.test_arguments import pod
from tests.frontends.kubernetes.test_signatures import container
from tests.frontends.kubernetes.test_signatures import sends as pod_sends
from tests.resolve.house import place, resolved, shown

NAME = "acme:us-central1:claims"
THERE = ("google-cloud", "us-central1")

SETTINGS = [
    # sockets
    {"DB_HOST": f"/cloudsql/{NAME}"},
    {"DB_SOCKET": f"/cloudsql/{NAME}/.s.PGSQL.5432"},
    {"DATABASE_URL": f"postgres://u:p@/claims?host=/cloudsql/{NAME}"},
    {
        "DATABASE_URL": "postgresql://u:p@localhost/claims?host=%2Fcloudsql%2Facme%3Aus-central1%3Aclaims"
    },
    {"DATABASE_URL": f"mysql+pymysql://u:p@/claims?unix_socket=/cloudsql/{NAME}"},
    {"DATABASE_URL": f"u:p@unix(/cloudsql/{NAME})/claims"},
    {"DB_DSN": f"host=/cloudsql/{NAME} user=u dbname=claims"},
    {"DB_DSN": f"mysql:dbname=claims;unix_socket=/cloudsql/{NAME}"},
    {"OPTIONS": f"socketPath=/cloudsql/{NAME}"},
    # the socket factory of Java
    {
        "SPRING_DATASOURCE_URL": f"jdbc:postgresql:///claims?cloudSqlInstance={NAME}&socketFactory=a.b.SocketFactory"
    },
    {
        "JDBC_URL": f"jdbc:mysql://google/claims?socketFactory=a.b.SocketFactory&cloudSqlInstance={NAME}&user=u"
    },
    # settings
    {"INSTANCE_CONNECTION_NAME": NAME},
    {"CLOUD_SQL_CONNECTION_NAME": NAME},
    {"CLOUDSQL_INSTANCE": NAME},
    {"SPRING_CLOUD_GCP_SQL_INSTANCE_CONNECTION_NAME": NAME},
    {"INSTANCE_CONNECTION_NAME": f"acme.fr:{NAME}"},
    {"INSTANCE_UNIX_SOCKET": f"/cloudsql/acme.fr:{NAME}"},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings_name_an_instance(settings: dict[str, str]) -> None:
    (found,) = pod_sends(container(settings))
    assert found[1:] == ("at-rest", *THERE)


@pytest.mark.parametrize(
    "args",
    [
        (["/cloud_sql_proxy", f"-instances={NAME}=tcp:5432"]),
        (["/cloud_sql_proxy", "-dir=/cloudsql", "-instances", NAME]),
        (["cloud-sql-proxy", "--port=5432", NAME]),
        (["cloud-sql-proxy", f"acme.fr:{NAME}?port=5432"]),
    ],
)
def test_the_proxy_is_told_which(args: list[str]) -> None:
    (found,) = pod_sends(
        pod(args[1:], args[:1], image="gcr.io/cloud-sql-connectors/cloud-sql-proxy:2")
    )
    assert found[1:] == ("at-rest", *THERE)


def test_the_proxy_beside_a_service_of_compose() -> None:
    sent = compose_sends(
        f"    command: /cloud_sql_proxy -instances={NAME}=tcp:0.0.0.0:5432\n"
    )
    assert sent == {"cloud_sql_proxy": f"/cloudsql/{NAME}=tcp:0.0.0.0:5432"}


def test_several_instances_are_all_looked_at() -> None:
    both = f"-instances={NAME}=tcp:5432,acme:europe-west9:people=tcp:5433"
    ((*_, provider, region),) = pod_sends(pod([both], ["/cloud_sql_proxy"]))
    assert (provider, region) == ("google-cloud", {"us-central1", "europe-west9"})


def test_an_annotation_of_cloud_run() -> None:
    annotated = (
        "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: api}\nspec:\n  template:\n"
        f"    metadata: {{annotations: {{run.googleapis.com/cloudsql-instances: '{NAME}'}}}}\n"
        "    spec: {containers: [{image: acme/api}]}\n"
    )
    (found,) = pod_sends(annotated)
    assert found[1:] == ("at-rest", *THERE)


def test_app_engine_names_it_among_its_settings() -> None:
    text = f"runtime: python\nenv: flex\nbeta_settings: {{cloud_sql_instances: '{NAME}'}}\n"
    assert (
        one("app.yaml", text)["beta_settings.cloud_sql_instances"]
        == "at-rest google-cloud us-central1"
    )


@pytest.mark.parametrize(
    "block",
    [
        'resource "google_cloud_run_v2_service" "a" {\n  location = "europe-west9"\n  template {\n'
        f'    volumes {{\n      cloud_sql_instance {{ instances = ["{NAME}"] }}\n    }}\n  }}\n}}\n',
        'resource "google_cloud_run_service" "a" {\n  location = "europe-west9"\n  template {\n    metadata {\n'
        f'      annotations = {{ "run.googleapis.com/cloudsql-instances" = "{NAME}" }}\n    }}\n  }}\n}}\n',
    ],
)
def test_terraform_mounts_it(block: str) -> None:
    (found,) = resolved(f'provider "google" {{ project = "acme" }}\n{block}')[0].values()
    assert [(shown(each.role), *place(each)) for each in found.placements][1:] == [
        ("at-rest", *THERE)
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"DB_HOST": "/cloudsql/${PROJECT}:${REGION}:claims"},
        {"DATABASE_URL": "postgres://u:p@/claims?host=/cloudsql/${NAME}"},
        {"INSTANCE_CONNECTION_NAME": "${NAME}"},
        {"CLOUDSQL_INSTANCE": "claims"},
    ],
)
def test_whose_it_is_shows_where_its_region_does_not(settings: dict[str, str]) -> None:
    ((_, role, provider, region),) = pod_sends(container(settings))
    assert (role, provider) == ("at-rest", "google-cloud")
    assert region not in ("us-central1", None)


@pytest.mark.parametrize(
    "settings",
    [
        {"DB_SOCKET": "/var/run/mysqld/mysqld.sock"}, {"CLOUDSQL_DIR": "/cloudsql"},
        {"DB_HOST": "127.0.0.1"}, {"TIMES": "a:europe-west9:b"},
    ],
)  # fmt: skip
def test_what_names_none(settings: dict[str, str]) -> None:
    assert pod_sends(container(settings)) == []


def test_a_long_text_names_none() -> None:
    rule = Instances(
        patterns=(re.compile("(?P<region>a)"),),
        host="{region}.acme.fr",
        source="",
        positive=(),
        negative=(),
    )
    assert rule.hosts_in("a" * 100_000) == ()
    assert rule.hosts_in("a a") == ["a.acme.fr"]
