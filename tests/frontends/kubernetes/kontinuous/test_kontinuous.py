"""Projects of Kontinuous: what each environment comes to, and that nothing planted in one is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.frontends.kubernetes import manifests
from sovlint.frontends.kubernetes.kontinuous.projects import projects
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Step, UnknownKind, Value
from tests.exceptions.house import committed
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog
from tests.scratch import write

VALUES = """global: {sender: shared.example.fr}
x-anchors: &env
  - {name: SMTP_HOST, value: smtp.example.fr}
backend:
  ~chart: app
  ~needs: [pg]
  labels: {sovlint.dev/data: health}
  env: *env
  envFrom: [configMapRef: {name: backend}, secretRef: {name: pg-app}]
  vars:
    SENTRY_DSN: "https://k@{{ .Values.global.sender }}/1"
    POSTGRES_HOST: $(PGHOST)
  .ingress.enabled: false
  addVolumes: [uploads]
pg: {}
off: {~chart: app, enabled: false}
search: {~chart: opensearch, env: {KAFKA_URL: kafka.example.fr}}
jobs:
  runs:
    import: {image: example/import, vars: {SFTP_HOST: sftp.example.fr}, if: "{{ if .Values.global.isProd }}yes{{ end }}"}
    export: {use: pg-restore@v1, vars: {REDIS_HOST: redis.example.fr}}
"""
MAP = """apiVersion: v1
kind: ConfigMap
metadata: {{name: backend}}
data: {{MAILER_URL: "smtp://{host}"}}
"""
CONFIG = "projectName: claims\ndependencies:\n  fabrique:\n    extends: [{name: ovh, ifEnv: [dev]}]\n"
FILES = {
    ".kontinuous/config.yaml": CONFIG,
    ".kontinuous/values.yaml": VALUES,
    ".kontinuous/env/prod/values.yaml": "global: {sender: prod.example.fr}\n"
    "backend: {vars: {REDIS_URL: cache.example.fr}}\n",
    ".kontinuous/env/prod/templates/backend.configmap.yaml": MAP.format(host="hooks.example.fr"),
    ".kontinuous/env/dev/templates/backend.configmap.yaml": MAP.format(
        host="{{ .Values.global.env }}.example.fr"
    ),
}  # fmt: skip
PROD, DEV = "env/prod", "env/dev"


def reading(files: dict[str, str]) -> Reading:
    """What the front end makes of files."""
    return manifests.read(MemoryReader({**files}), ReadOptions(), catalog().hints())


def resources(files: dict[str, str]) -> dict[tuple[str, str | None], Resource]:
    """All resources, by address and variant."""
    found = reading(files)
    assert found.failures == ()
    return {(each.address, each.variant): each for each in found.resources}


def shown(value: Value | None) -> object:
    """A value, or why it isn't known."""
    if value is None:
        return None
    return value.value if isinstance(value, Known) else f"?{value.text()}"


def entries(value: Value) -> dict[str, object]:
    """What a mapping says."""
    assert isinstance(value, Known)
    assert isinstance(value.value, Mapping)
    return {key: shown(each) for key, each in value.value.items()}


def sent(resource: Resource) -> dict[str, object]:
    """What a resource sends, by setting."""
    return {each.key: shown(each.value) for each in resource.sends}


def steps(step: Step | None) -> Iterator[tuple[str, int]]:
    """Where all that led to a value is written."""
    if step is None:
        return
    if step.where is not None:
        yield step.where.span().path, step.where.span().line
    for each in step.parents:
        yield from steps(each)


def test_each_environment_has_its_parts_with_its_own_values_and_templates() -> None:
    found = resources(FILES)
    assert {address for address, variant in found if variant == PROD} == {
        "k8s:-/Deployment/backend", "k8s:-/Service/backend", "k8s:-/ConfigMap/backend",
        "k8s:-/Cluster.postgresql.cnpg.io/pg", "k8s:-/Secret/pg-app", "k8s:-/Secret/pg-superuser",
        "k8s:-/Job/import", "k8s:-/Job/export", "helm:search",
    }  # fmt: skip
    backend = sent(found["k8s:-/Deployment/backend", PROD])
    assert backend["SENTRY_DSN"] == "https://k@prod.example.fr/1"
    assert backend["REDIS_URL"] == "cache.example.fr"
    assert backend["MAILER_URL"] == "smtp://hooks.example.fr"
    assert backend["SMTP_HOST"] == "smtp.example.fr"
    in_dev = sent(found["k8s:-/Deployment/backend", DEV])
    assert in_dev["SENTRY_DSN"] == "https://k@shared.example.fr/1"
    assert in_dev["MAILER_URL"] == "smtp://dev.example.fr"
    assert "REDIS_URL" not in in_dev
    assert {variant for _, variant in found} == {PROD, DEV}


def test_a_value_stands_where_it_is_written() -> None:
    backend = resources(FILES)["k8s:-/Deployment/backend", PROD]
    where = {each.key: each.where.span() for each in backend.sends}
    assert backend.where.span().path == ".kontinuous/env/prod/values.yaml"
    assert backend.where.span().line == 2
    assert where["REDIS_URL"].path == ".kontinuous/env/prod/values.yaml"
    value = next(each.value for each in backend.sends if each.key == "SMTP_HOST")
    assert isinstance(value, Known)
    assert (".kontinuous/values.yaml", 3) in set(steps(value.because))


def test_the_database_of_a_project_answers_in_its_cluster() -> None:
    backend = resources(FILES)["k8s:-/Deployment/backend", PROD]
    assert sent(backend)["PGHOST"] == "pg-rw"
    assert "POSTGRES_HOST" not in sent(backend)


def test_a_secret_that_templates_make_is_not_the_charts() -> None:
    sealed = (
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: pg-app}\n"
        "spec: {encryptedData: {PGHOST: x}}\n"
    )
    found = resources({**FILES, ".kontinuous/templates/pg.sealed-secret.yaml": sealed})
    assert ("k8s:-/Secret/pg-app", PROD) not in found
    assert ("k8s:-/Secret/pg-superuser", PROD) in found


def test_what_ships_with_nobody_is_told_by_its_values_and_lacks_its_chart() -> None:
    found = resources(FILES)
    search = found["helm:search", PROD]
    assert search.lacks == ("opensearch",)
    assert sent(search) == {"KAFKA_URL": "kafka.example.fr"}


def test_a_job_under_a_condition_is_there_where_that_says_something() -> None:
    found = resources(FILES)
    assert ("k8s:-/Job/import", DEV) not in found
    assert ("k8s:-/Job/import", PROD) in found
    unsure = resources(
        {
            **FILES,
            ".kontinuous/env/dev/values.yaml": "jobs: {runs: {import: {if: '{{ .Values.global.branchSlug }}'}}}\n",
        }
    )
    assert not isinstance(unsure["k8s:-/Job/import", DEV].exists, Known)


def test_a_chart_of_the_project_is_rendered_for_each_environment() -> None:
    template = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
        "data: {SMTP_HOST: '{{ .Values.host }}.{{ .Values.global.env }}'}\n"
    )
    found = resources(
        {
            **FILES,
            ".kontinuous/charts/mailer/Chart.yaml": "apiVersion: v2\nname: mailer\nversion: 1.0.0\n",
            ".kontinuous/charts/mailer/templates/a.yaml": template,
            ".kontinuous/env/prod/values.yaml": "mail: {~chart: mailer, host: smtp.example}\n",
        }
    )
    made = found["k8s:-/ConfigMap/a", f"{PROD}/mail"]
    assert made.root == ".kontinuous/charts/mailer"
    assert sent(made) == {"SMTP_HOST": "smtp.example.prod"}


@pytest.mark.parametrize(
    ("more", "environment", "shows"),
    [
        ({}, DEV, ["ovhcloud"]),
        ({}, PROD, []),
        ({".kontinuous/config.yaml": CONFIG.replace(", ifEnv: [dev]", "")}, PROD, ["ovhcloud"]),
        ({".kontinuous/config.yaml": CONFIG.replace("[dev]", "['**', '!prod']")}, PROD, []),
        ({".kontinuous/config.yaml": "projectName: claims\n"}, DEV, []),
    ],
)  # fmt: skip
def test_the_cluster_that_a_project_extends(
    more: dict[str, str], environment: str, shows: list[str]
) -> None:
    backend = resources({**FILES, **more})["k8s:-/Deployment/backend", environment]
    assert backend.named is not None
    seen = [
        name for each in backend.named.landings for e in each.evidence for name in e.providers
    ]
    assert seen == shows


def test_what_changes_values_by_code_leaves_all_of_a_project_open() -> None:
    found = resources({**FILES, ".kontinuous/values.js": "module.exports = (v) => v\n"})
    untold = {
        address
        for (address, variant), each in found.items()
        if each.unsaid is not None and variant == PROD
    }
    assert untold == {"helm:.kontinuous/values.js"}


def test_a_template_that_fails_is_told_and_leaves_the_rest() -> None:
    broken = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [ {{ .Values.global.env }}\n"
    found = resources({**FILES, ".kontinuous/templates/broken.yaml": broken})
    assert found["helm:.kontinuous/templates/broken.yaml", PROD].unsaid is not None
    assert ("k8s:-/Deployment/backend", PROD) in found


def test_values_that_cannot_be_read_are_a_failure() -> None:
    found = reading(
        {**FILES, ".kontinuous/env/prod/values.yaml": "backend: {{ .Values.a }}: b\n"}
    )
    assert [each.path for each in found.failures] == [".kontinuous/env/prod/values.yaml"]


@pytest.mark.parametrize(
    ("paths", "folders"),
    [
        ([".kontinuous/values.yaml"], [".kontinuous"]),
        (["a/.kontinuous/env/prod/templates/a.yml"], ["a/.kontinuous"]),
        ([".kontinuous/config.yaml"], []),
        (["my.kontinuous/values.yaml", "kontinuous/values.yaml"], []),
    ],
)
def test_which_folders_are_projects(paths: list[str], folders: list[str]) -> None:
    assert [each.folder for each in projects(paths)] == folders


def test_files_that_values_extend_and_paths_of_keys() -> None:
    found = resources(
        {
            ".kontinuous/values.yaml": "~extends: [more.yaml]\napp: {.vars.SMTP_HOST: a.example.fr}\n",
            ".kontinuous/more.yaml": "app: {vars: {SMTP_HOST: b.example.fr}}\n",
        }
    )
    assert sent(found["k8s:-/Deployment/app", None]) == {"SMTP_HOST": "b.example.fr"}


# --- planted: a class and a cluster in Paris are declared, and a database is in another country

HOST = "claims.c1.us-east-1.rds.amazonaws.com"
UNKNOWN = "'{{ .Values.global.branchSlug }}'"
STORE = "https://s3.us-east-1.amazonaws.com"
PLANTED = {
    "values of an environment": {
        ".kontinuous/env/prod/values.yaml": f"backend: {{vars: {{DATABASE_URL: 'postgres://u@{HOST}/x'}}}}\n"
    },
    "shared values": {
        ".kontinuous/values.yaml": VALUES.replace("smtp.example.fr", HOST).replace("SMTP_HOST", "PGHOST")
    },
    "a template": {
        ".kontinuous/templates/sync.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {name: sync}\n"
        f"spec: {{template: {{spec: {{containers: [{{name: a, env: [{{name: PGHOST, value: {HOST}}}]}}]}}}}}}\n"
    },
    "a config map": {
        ".kontinuous/env/prod/templates/backend.configmap.yaml": MAP.format(host=HOST)
        .replace("MAILER_URL", "DB_HOST")
        .replace("smtp://", "")
    },
    "a global value": {
        ".kontinuous/env/prod/values.yaml": f"global: {{db: {HOST}}}\n"
        "backend: {vars: {PGHOST: '{{ .Values.global.db }}'}}\n"
    },
    "a job": {
        ".kontinuous/env/prod/values.yaml": f"jobs: {{runs: {{import: {{vars: {{PGHOST: {HOST}}}}}}}}}\n"
    },
    "a chart of nobody": {
        ".kontinuous/env/prod/values.yaml": f"search: {{env: [{{name: PGHOST, value: {HOST}}}]}}\n"
    },
    "a backup": {
        ".kontinuous/env/prod/values.yaml": "pg: {cnpg-cluster: {backup: {barmanObjectStore: {endpointURL: https://s3.us-east-1.amazonaws.com}}}}\n"
    },
    **{
        f"a database: {what}": {".kontinuous/env/prod/values.yaml": f"pg: {{cnpg-cluster: {{{said}}}, backup: {{}}}}\n"}
        for what, said in {
            "its backup by a template": f"backup: {{barmanObjectStore: {{~tpl~endpointURL: {STORE}}}}}",
            "a backup of its own": f"clusterExtraSpec: {{backup: {{barmanObjectStore: {{endpointURL: {STORE}}}}}}}",
            "what it is made of": f"recovery: {{enabled: true, barmanObjectStore: {{~tpl~endpointURL: {STORE}}}}}",
            "another cluster": f"externalClusters: [{{name: a, barmanObjectStore: {{endpointURL: {STORE}}}}}]",
            "one more": f"clusterExtraSpec: {{externalClusters: [{{connectionParameters: {{host: {HOST}}}}}]}}",
            "its environment": f"clusterExtraSpec: {{env: [{{name: PGHOST, value: {HOST}}}]}}",
        }.items()
    },
    "what a chart pastes on one line": {
        ".kontinuous/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        ".kontinuous/charts/db/templates/a.yaml": "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\n"
        "metadata: {name: db}\nspec: {{ toYaml .Values.spec | nindent 2 }}\n",
        ".kontinuous/env/prod/values.yaml": "db:\n  spec:\n"
        "    backup: {barmanObjectStore: {endpointURL: https://s3.fr-par.scw.cloud}}\n"
        f"    env: [{{name: PGHOST, value: {HOST}}}]\n",
    },
    "a job in the chart of a database": {
        ".kontinuous/env/prod/values.yaml": f"pg: {{jobs-pg: {{runs: {{copy: {{image: a, vars: {{PGHOST: {HOST}}}}}}}}}}}\n"
    },
}  # fmt: skip
UNREAD = {
    "values of another kind": "vars: ['DATABASE_HOST={host}']",
    "a text in place of variables": "vars: DATABASE_HOST={host}",
    "a mapping in place of a list": "env: {{DATABASE_HOST: '{host}'}}",
    "a key that the chart doesn't know": "addContainers: [{{name: x, env: [{{name: DATABASE_HOST, value: '{host}'}}]}}]",
}


@pytest.mark.parametrize("how", UNREAD)
def test_values_that_nothing_reads_are_asked_for(how: str) -> None:
    values = f"web:\n  ~chart: app\n  {UNREAD[how].format(host=HOST)}\n"
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    unsaid = found["helm:web", None].unsaid
    assert unsaid is not None
    assert unsaid.kind is UnknownKind.VALUES_UNTOLD
    assert set(steps(unsaid.because)) == {(".kontinuous/values.yaml", 3)}
    assert found["helm:web", None].role == CONFIG_ROLE


def test_variables_that_are_a_list_are_read() -> None:
    values = f"web:\n  ~chart: app\n  vars: [{{name: DATABASE_HOST, value: {HOST}}}]\n"
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    assert sent(found["k8s:-/Deployment/web", None])["DATABASE_HOST"] == HOST
    assert ("helm:web", None) not in found


def test_runs_of_jobs_are_asked_for_one_by_one() -> None:
    values = "jobs:\n  runs:\n    one: {image: x, odd: {a: b}}\n    two: {image: x, retry: 2, with: {a: b}}\n"
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    assert {address for address, _ in found} == {"k8s:-/Job/one", "k8s:-/Job/two", "helm:one"}


def test_values_that_say_nothing_of_data_are_not_asked_for() -> None:
    values = (
        "web:\n  ~chart: app\n  probesPath: /up\n  resources: {limits: {cpu: 1}}\n  odd: 3\n  empty: {}\n"
        "  ingress: {enabled: false}\n  ~needs: [pg]\n"
    )
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    assert not [address for address, _ in found if address.startswith("helm:")]


# What a chart of charts is told: keys below keys, of which the database's chart reads some.
DATABASE = "db:\n  ~chart: pg\n  cnpg-cluster:\n    {0}: {{sovlint.dev/data: health}}\n{1}\n"
NOT_READ = {
    "a key that the inner chart doesn't know": ("    odd: {url: https://a.example}", "cnpg-cluster.odd"),
    "a key of the database that isn't read": (
        "    clusterExtraSpec: {postgresql: {ldap: {server: ldap.example}}}",
        "cnpg-cluster.clusterExtraSpec.postgresql.ldap",
    ),
    "a text in place of keys": (
        "    clusterExtraSpec: '{{ .Values.global.host }}'",
        "cnpg-cluster.clusterExtraSpec",
    ),
    "a mapping in place of a list": ("    externalClusters: {a: b.example}", "cnpg-cluster.externalClusters"),
    "commands": ("    postInitApplicationSQL: [CREATE SERVER a]", "cnpg-cluster.postInitApplicationSQL"),
    "what a template of the chart sets": (
        "    backup: {barmanObjectStore: {endpointURL: https://s3.fr-par.scw.cloud}}",
        "cnpg-cluster.backup.barmanObjectStore.endpointURL",
    ),
    "a backup that another chart would know": ("  backup: {endpointURL: https://a.example}", "backup.endpointURL"),
    "what is set in all objects": ("  ~.spec.backup.url: https://a.example", "~.spec"),
    "a text in place of jobs": ("  jobs-pg: '{{ .Values.global.jobs }}'", "jobs-pg"),
}  # fmt: skip


@pytest.mark.parametrize("label", ["labels", "clusterExtraLabels", "annotations"])
@pytest.mark.parametrize("how", NOT_READ)
def test_keys_below_keys_are_asked_for_where_the_chart_takes_labels(
    how: str, label: str
) -> None:
    said, key = NOT_READ[how]
    files = {".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": DATABASE.format(label, said)}  # fmt: skip
    asked = resources(files)["helm:db", None]
    assert asked.unsaid is not None
    assert asked.unsaid.detail == key
    assert set(steps(asked.unsaid.because)) == {(".kontinuous/values.yaml", 5)}
    (declared,) = (each.entries for each in asked.labels)
    assert entries(declared) == {"sovlint.dev/data": "health"}


def test_keys_below_keys_that_say_nothing_of_data_are_not_asked_for() -> None:
    said = """    instances: '{{ .Values.global.count }}'
    persistence: {size: 200Gi}
    resources: {limits: {cpu: 4500m, memory: 8Gi}}
    postgresqlParameters: {TimeZone: Europe/Paris, statement_timeout: 120s}
    odd: {enabled: false, size: 10Gi, ratio: '0.5', after: 30d, share: 80%, also: 'true'}
    poolers: {rw: {instances: 3, type: rw, pgbouncer: {poolMode: session}}}
    monitoring: {enablePodMonitor: true}
    backup: {~tpl~enabled: 'false', schedule: 0 0 0 * * *, ~tpl~retentionPolicy: 60d}
    recovery:
      enabled: true
      secretName: pg-db
      barmanObjectStore: {~tpl~destinationPath: s3://b/c, s3Credentials: {region: {name: a}}}
    clusterExtraSpec: {bootstrap: {initdb: {owner: me}}, postgresql: {parameters: {a: b}}}
  backup: {name: more}
  ~.metadata.annotations.note: https://a.example
  ~preDeploy.cleaner: {match: {kind: Cluster}, value: true}
  jobs-pg: {enabled: false}"""
    values = DATABASE.format("labels", said)
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    assert not [address for address, _ in found if address.startswith("helm:")]


@pytest.mark.parametrize(
    ("said", "stores"),
    [
        ("{}", []),
        ("{backup: {enabled: true}}", ["?from-environment: global.pgBackupEndpointURL"]),
        ("{backup: {~tpl~enabled: '{{ .Values.global.isReview }}'}}", ["?from-environment: global.pgBackupEndpointURL"]),
        ("{backup: {~tpl~enabled: 'false'}}", []),
        (
            "{cnpg-cluster: {backup: {barmanObjectStore: {~tpl~endpointURL: https://a.example}}}}",
            ["https://a.example"],
        ),
        (
            "{backup: {enabled: true}, cnpg-cluster: {clusterExtraSpec: {backup: {barmanObjectStore: {endpointURL: https://a.example}}}}}",
            ["https://a.example"],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("environment", ["dev", "review"])
def test_a_database_of_any_environment_has_the_backups_that_it_may_have(
    said: str, stores: list[str], environment: str
) -> None:
    files = {".kontinuous/config.yaml": CONFIG, f".kontinuous/env/{environment}/values.yaml": f"pg: {said}\n"}  # fmt: skip
    database = resources(files)["k8s:-/Cluster.postgresql.cnpg.io/pg", f"env/{environment}"]
    found = database.attributes.read("spec.backup.barmanObjectStore.endpointURL")
    assert [shown(each.value) for each in found if each.value is not None] == stores


def test_annotations_of_all_hosts_are_those_of_each() -> None:
    values = "global: {ingress: {annotations: {a: b}}}\napp: {ingress: {rewriteTarget: /x, annotations: {a: c, d: e}}}\n"
    found = resources({".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": values})
    ingress = found["k8s:-/Ingress/app", None]
    (read,) = ingress.attributes.read("metadata.annotations")
    assert entries(read.value) == {
        "a": "b", "d": "e", "nginx.ingress.kubernetes.io/rewrite-target": "/x",
    }  # fmt: skip


DECLARED = (
    'clusters: [{paths: [".kontinuous/**"], provider: scaleway, region: fr-par}]\n'
    'data: {paths: {".kontinuous/**": [health]}}\n'
)


def findings(root: Path, files: dict[str, str]) -> list[dict[str, Any]]:
    """What is found of where health data lies."""
    (root / ".git").mkdir(parents=True)
    write(root, {**files, "sovlint.yaml": DECLARED})
    result = CliRunner().invoke(
        main, ["scan", str(root), "--format", "json", "--as-of", "2026-11-24"]
    )
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["failures"] == []
    return [each for each in report["findings"] if each["policy"] == "health-data-in-eea"]


@pytest.mark.parametrize("where", PLANTED)
def test_what_is_planted_is_told(tmp_path: Path, where: str) -> None:
    told = {
        (each["placement"]["provider"], each["placement"]["region"])
        for each in findings(tmp_path, {**FILES, **PLANTED[where]})
        if each["verdict"] == "violation"
    }
    assert told == {("aws", "us-east-1")}


@pytest.mark.parametrize("where", [each for each in PLANTED if each.startswith("a database")])
def test_an_address_of_a_database_that_nobody_knows_is_asked_for(
    tmp_path: Path, where: str
) -> None:
    said = PLANTED[where]
    hidden = {
        path: text.replace(STORE, UNKNOWN).replace(HOST, UNKNOWN)
        for path, text in said.items()
    }
    (known,) = (
        each
        for each in findings(tmp_path / "known", {**FILES, **said})
        if each["verdict"] == "violation"
    )
    unknown = [
        (each["role"], each["address"])
        for each in findings(tmp_path / "unknown", {**FILES, **hidden})
        if each["verdict"] == "unproven" and each["variant"] == PROD
    ]
    assert (known["role"], known["address"]) in unknown


BACKED_UP = {
    ".kontinuous/config.yaml": CONFIG,
    ".kontinuous/values.yaml": "pg:\n  cnpg-cluster:\n    clusterExtraLabels:\n      sovlint.dev/data: health\n",
    ".kontinuous/env/prod/values.yaml": "{}\n",
}


def test_what_a_chart_says_itself_stands_at_its_part_and_not_at_the_value_before_it(
    tmp_path: Path,
) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, BACKED_UP)
    run = ["scan", str(tmp_path), "--format", "json"]
    findings = json.loads(CliRunner().invoke(main, run).stdout)["findings"]
    backups = [
        {(step["path"], step["line"]) for step in each["because"]}
        for each in findings
        if each["placement"] and each["placement"]["role"] == "backup"
    ]
    assert backups
    label = (".kontinuous/values.yaml", 4)
    assert all(each == {(".kontinuous/values.yaml", 1), label} for each in backups)


def test_a_finding_stands_at_the_line_of_the_config_map_that_says_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    host = MAP.format(host="hooks.partenaire-sante.fr")
    where = ".kontinuous/env/prod/templates/backend.configmap.yaml"
    write(tmp_path, {**FILES, where: host, "sovlint.yaml": DECLARED})
    run = ["scan", str(tmp_path), "--format", "concise", "--lang", "en"]
    line = next(
        each
        for each in CliRunner().invoke(main, run).stdout.splitlines()
        if "partenaire-sante.fr" in each
    )
    assert line.startswith(f"{where}:4:8: error ")
    assert line.endswith("; sent by MAILER_URL")


LABELLED = """backend:
  ~chart: app
  host: x.example.fr
  labels:
    a: b
    sovlint.dev/data: health
"""


def test_a_class_is_declared_on_the_line_of_its_label_and_not_of_its_part(
    tmp_path: Path,
) -> None:
    files = {".kontinuous/config.yaml": CONFIG, ".kontinuous/values.yaml": LABELLED}
    committed(tmp_path, files)
    facts = ["facts", str(tmp_path), "--format", "json"]
    resources = json.loads(CliRunner().invoke(main, facts).stdout)["resources"]
    declared = {
        (step["path"], step["line"])
        for each in resources
        for claim in each["data"]
        for step in claim["because"]
    }
    assert declared == {(".kontinuous/values.yaml", 6)}

    (tmp_path / ".kontinuous/values.yaml").write_text(LABELLED.rpartition("    sov")[0])
    scan = [
        "scan",
        str(tmp_path),
        "--full",
        "--diff-base",
        "HEAD",
        "--policy-set",
        "sovereign-health",
    ]
    told = CliRunner().invoke(main, scan).stdout
    assert "declared at .kontinuous/values.yaml:6" in told


def test_a_label_of_a_chart_leads_to_the_value_that_its_template_puts_in() -> None:
    template = "kind: Pod\napiVersion: v1\nmetadata:\n  name: a\n  labels: {{ toYaml .Values.labels | nindent 4 }}\n"
    files = {
        "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        "c/values.yaml": "x: 1\nlabels:\n  sovlint.dev/data: health\n",
        "c/templates/a.yaml": template,
    }
    found = manifests.read(MemoryReader(files), ReadOptions(), catalog().hints())
    (pod,) = (each for each in found.resources if each.address.endswith("Pod/a"))
    (labels,) = pod.labels
    assert labels.where.span().path == "c/templates/a.yaml"
    assert isinstance(labels.entries, Known)
    (value,) = cast("dict[str, Known[str]]", labels.entries.value).values()
    assert value.because is not None
    assert value.because.where is not None
    put_in = value.because.where.span()
    assert (put_in.path, put_in.line) == ("c/values.yaml", 3)
