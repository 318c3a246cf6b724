"""Compose files -> projects and resources: which files belong together, and what each service is."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import read
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Reason, Unknown
from sovlint.resolve.clusters.clusters import undeclared
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader


def _reading(
    files: dict[str, str | bytes | None], *clusters: Cluster, asked: tuple[str, ...] = ("",)
) -> Reading:
    return read(MemoryReader(files, asked), ReadOptions(clusters=clusters), Hints())


def _by_address(reading: Reading) -> dict[str, Resource]:
    return {
        f"{each.variant or ''}{each.address.removeprefix('compose')}": each
        for each in reading.resources
    }


def _image(resource: Resource) -> object:
    (image,) = resource.images
    return image.value if isinstance(image, Known) else image.parts


def _failed(reading: Reading) -> list[tuple[str, int | None, str]]:
    return [
        (each.path, each.line, each.note.key.removeprefix("compose."))
        for each in reading.failures
    ]


def _remarked(reading: Reading) -> list[str]:
    return [each.note.key.removeprefix("compose.") for each in reading.remarks]


# --- which files


@pytest.mark.parametrize(
    "name",
    ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml", "docker-compose.prod.yml",
     "docker-compose-dev.yaml", "compose.prod.yaml"],
)  # fmt: skip
def test_files_are_claimed_by_name(name: str) -> None:
    reading = _reading({f"a/{name}": "services: {api: {image: x}}"})
    assert [each.root for each in reading.resources] == ["a"]
    assert reading.files == (f"a/{name}",)
    assert _failed(_reading({f"a/{name}": "services: ["}))[0][2] == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "on: push\njobs: {a: {steps: []}}",
        "- name: install",
        "apiVersion: v1\nkind: X\nservices: {a: {image: x}}",
        "a: 1",
    ],
)
def test_what_only_has_the_name_is_skipped(text: str) -> None:
    reading = _reading({"docker-compose.yml": text})
    assert (reading.resources, reading.failures, reading.skipped) == (
        (),
        (),
        ("docker-compose.yml",),
    )


def test_a_likely_name_needs_services_too() -> None:
    reading = _reading(
        {"compose-e2e.yml": "services:\n  a: {image: x}\n", "compose-check.yml": "on: push\n"}
    )
    assert [each.address for each in reading.resources] == ["compose:a"]
    assert reading.files == ("compose-e2e.yml",)


def test_a_template_is_no_failure() -> None:
    reading = _reading({"docker-compose.yml": "services:\n  {% if x %}\n  a: {{ b }\n"})
    assert reading.failures == ()
    assert _remarked(reading) == ["templated"]


def test_a_file_that_cannot_be_read_hides_no_other() -> None:
    reading = _reading(
        {"a/compose.yaml": "services: [", "b/compose.yaml": "services: {x: {image: y}}"}
    )
    assert [each.root for each in reading.resources] == ["b"]
    assert _failed(reading) == [("a/compose.yaml", 2, "unreadable")]


def test_the_first_format_had_services_outermost() -> None:
    (resource,) = _reading(
        {"docker-compose.yml": "web:\n  image: x\n  ports: ['80']\n"}
    ).resources
    assert (resource.address, resource.where.span().line, resource.where.span().end_line) == (
        "compose:web",
        1,
        3,
    )


# --- which are read together


def test_an_override_is_merged_with_the_main_file() -> None:
    reading = _reading({
        "docker-compose.yml": "services: {api: {image: 'x:1', environment: {A: 1}}}",
        "docker-compose.override.yml": "services: {api: {image: 'x:2'}, db: {image: y}}",
    })  # fmt: skip
    found = _by_address(reading)
    assert list(found) == [":api", ":db"]
    assert _image(found[":api"]) == "x:2"
    assert found[":api"].where.span().path == "docker-compose.yml"


def test_another_file_stands_on_the_main_one_where_it_cannot_stand_alone() -> None:
    reading = _reading({
        "docker-compose.yml": "services:\n  api: {image: 'x:1', volumes: ['data:/d']}\n"
        "  db: {image: y}\nvolumes: {data: {}}\n",
        "docker-compose.override.yml": "services: {api: {image: 'x:dev'}}",
        "docker-compose.prod.yml": "services:\n  api: {environment: {A: 1}}\n",
        "docker-compose.tools.yml": "services: {mail: {image: z}}",
    })  # fmt: skip
    found = _by_address(reading)
    assert sorted(found) == [
        ":api", ":db", ":volume/data",
        # what the file says something of, and what that uses
        "docker-compose.prod.yml:api", "docker-compose.prod.yml:volume/data",
        "docker-compose.tools.yml:mail",
    ]  # fmt: skip
    api = found["docker-compose.prod.yml:api"]
    assert _image(api) == "x:1"  # not that of the override
    assert api.where.span().path == "docker-compose.prod.yml"


def test_compose_file_says_which_files_are_the_project() -> None:
    reading = _reading({
        ".env": "COMPOSE_FILE=a.yml:docker-compose.prod.yml\n",
        "a.yml": "services: {api: {image: x}}",
        "docker-compose.prod.yml": "services: {api: {environment: {A: 1}}}",
        "docker-compose.yml": "services: {other: {image: y}}",
    })  # fmt: skip
    assert sorted(_by_address(reading)) == [":api", "docker-compose.yml:other"]


def test_what_another_project_includes_is_no_project_of_its_own() -> None:
    reading = _reading({
        "compose.yaml": "include:\n  - db/compose.yaml\n"
        "  - {path: [mail/compose.yaml, mail/more.yaml], env_file: mail.env}\n"
        "services: {api: {image: x}}",
        "db/compose.yaml": "services: {db: {image: 'pg:$TAG'}}",
        "db/.env": "TAG=16",
        "mail/compose.yaml": "services: {mail: {image: 'm:$TAG'}}",
        "mail/more.yaml": "services: {mail: {user: me}}",
        "mail.env": "TAG=2",
    })  # fmt: skip
    found = _by_address(reading)
    assert sorted(found) == [":api", ":db", ":mail"]
    assert {each.root for each in reading.resources} == {""}
    assert (_image(found[":db"]), _image(found[":mail"])) == ("pg:16", "m:2")


def test_variables_of_the_including_project_win() -> None:
    reading = _reading({
        "compose.yaml": "include: [db/compose.yaml]",
        ".env": "TAG=17",
        "db/compose.yaml": "services: {db: {image: 'pg:$TAG'}}",
        "db/.env": "TAG=16",
    })  # fmt: skip
    assert _image(reading.resources[0]) == "pg:17"


def test_files_that_include_each_other_are_a_failure_and_hide_nothing_else() -> None:
    reading = _reading({
        "a/compose.yaml": "include: [../b/compose.yaml]\nservices: {x: {image: x}}",
        "b/compose.yaml": "include: [../a/compose.yaml]\nservices: {y: {image: y}}",
        "c/compose.yaml": "services: {z: {image: z}}",
    })  # fmt: skip
    assert {key for _, _, key in _failed(reading)} == {"include-cycle"}
    assert [each.address for each in reading.resources] == ["compose:z"]


def test_includes_that_multiply_are_refused() -> None:
    files: dict[str, str | bytes | None] = {
        f"f{n}/compose.yaml": f"include: [../f{n + 1}/compose.yaml, ../f{n + 1}/compose.yaml]"
        for n in range(10)
    }
    files["f10/compose.yaml"] = (
        f"services: {{{', '.join(f'a{n}: {{image: x}}' for n in range(20))}}}"
    )
    reading = _reading(files)
    assert {key for _, _, key in _failed(reading)} == {"too-large"}
    assert {each.address for each in reading.resources} == {
        f"compose:a{n}" for n in range(20)
    }


def test_a_missing_include_is_a_failure_and_a_remote_one_a_remark() -> None:
    reading = _reading(
        {
            "compose.yaml": "include: [gone/compose.yaml, 'https://host/x.git', '../up/compose.yaml']\n"
        }
    )
    assert _failed(reading) == [("compose.yaml", 1, "missing")]
    assert _remarked(reading) == ["elsewhere", "elsewhere"]


# --- extends


def test_a_service_has_what_it_extends() -> None:
    reading = _reading({
        "compose.yaml": "services:\n  base: {image: x, environment: {A: 1, B: 2}}\n"
        "  api: {extends: base, environment: {B: 3}}\n"
        "  far: {extends: {file: common/base.yml, service: app}, user: me}\n",
        "common/base.yml": "services:\n  app: {extends: {service: root}, env_file: app.env}\n  root: {image: r}\n",
        "common/app.env": "C=1",
    })  # fmt: skip
    found = _by_address(reading)
    assert {name: _image(each) for name, each in found.items()} == {
        ":base": "x",
        ":api": "x",
        ":far": "r",
    }
    read_ = {
        each.value.value
        for each in found[":api"].attributes.read("environment.*")
        if isinstance(each.value, Known)
    }
    assert read_ == {1, "3"} or read_ == {1, 3}
    assert "common/app.env" in reading.files  # relative to the file that says it


def test_services_that_extend_each_other_are_a_failure() -> None:
    reading = _reading({"compose.yaml": "services:\n  a: {extends: b}\n  b: {extends: a}\n"})
    assert {key for _, _, key in _failed(reading)} == {"extends-cycle"}
    two = {
        "compose.yaml": "services: {a: {extends: {file: x.yml, service: b}}}",
        "x.yml": "services: {b: {extends: {file: compose.yaml, service: a}}}",
    }
    assert {key for _, _, key in _failed(_reading(dict(two)))} == {"extends-cycle"}


def test_a_service_that_is_not_there_cannot_be_extended() -> None:
    reading = _reading({"compose.yaml": "services:\n  a:\n    image: x\n    extends: gone\n"})
    assert _failed(reading) == [("compose.yaml", 4, "extends-missing")]
    assert [each.address for each in reading.resources] == ["compose:a"]


def test_a_file_of_services_to_extend_gives_no_second_ones() -> None:
    reading = _reading({
        "docker-compose.yml": "services: {api: {extends: {file: docker-compose.base.yml, service: app}}}",
        "docker-compose.base.yml": "services: {app: {image: x}, alone: {image: y}}",
    })  # fmt: skip
    assert sorted(_by_address(reading)) == [":api", "docker-compose.base.yml:alone"]


# --- services


SERVICE = """
    # the API
    services:
      api:
        image: registry.example:5000/soins/moteur:1.2@sha256:abc
        container_name: moteur-api
        labels:
          - sovlint.dev/data=health
        volumes: ["data:/data", "./conf:/conf:ro"]
        environment:
          DATABASE_URL: postgres://u:p@db:5432/x
          CACHE_HOST: cache
          ROLE: worker
          MAIL: smtp://mail:25
        secrets: [key]

      # the database
      db: {image: postgres}
      cache: {image: redis}
      worker: {image: w, profiles: [batch]}
      mailer: {image: m, hostname: mail}
    volumes: {data: {}, unused: {}}
    secrets: {key: {file: key.txt}}
"""


def test_a_service_is_a_resource() -> None:
    reading = _reading({"infra/compose.yaml": SERVICE})
    api = _by_address(reading)[":api"]
    span = api.where.span()
    assert (api.type, api.root, api.variant, span.path, span.line, span.end_line) == (
        "service", "infra", None, "infra/compose.yaml", 3, 14,
    )  # fmt: skip
    assert api.names == ("api", "moteur-api", "moteur")
    labels = api.labels[0]
    assert isinstance(labels.entries, Known)
    assert (labels.keys, labels.where.span().line) == (("sovlint.dev/data",), 7)
    assert labels.entries.value["sovlint.dev/data"].value == "health"
    assert api.labels[1].keys is None


def test_links_lead_to_what_it_mounts_and_names() -> None:
    api = _by_address(_reading({"compose.yaml": SERVICE}))[":api"]
    assert [
        (link.kind, link.address, link.back, link.where.span().line) for link in api.links
    ] == [
        ("mount", "compose:volume/data", True, 8),
        ("config", "compose:secret/key", False, 14),
        ("database", "compose:db", True, 10),
        ("call", "compose:cache", False, 11),
        ("call", "compose:mailer", False, 13),
    ]


def test_a_volume_that_nothing_mounts_is_not_made() -> None:
    found = _by_address(_reading({"compose.yaml": SERVICE}))
    assert ":volume/data" in found
    assert ":volume/unused" not in found
    open_ = _reading(
        {"compose.yaml": "services: {a: {image: x, volumes: ['$V:/d']}}\nvolumes: {v: {}}"}
    )
    assert isinstance(_by_address(open_)[":volume/v"].exists, Unknown)


def test_a_service_of_a_profile_may_not_exist() -> None:
    worker = _by_address(_reading({"compose.yaml": SERVICE}))[":worker"]
    assert isinstance(worker.exists, Unknown)
    assert worker.exists.reason is Reason.FROM_ENVIRONMENT
    on = _by_address(_reading({"compose.yaml": SERVICE, ".env": "COMPOSE_PROFILES=batch,x"}))[
        ":worker"
    ]
    assert isinstance(on.exists, Known)


def test_the_environment_is_made_of_files_and_of_what_is_said_on_top() -> None:
    reading = _reading({
        "compose.yaml": "services:\n  a:\n    image: x\n    env_file: [one.env, {path: gone.env, required: false}]\n"
        "    environment: [URL=http://$HOST, HOST]\n  b: {image: y}\n  c: {image: z}\n",
        "one.env": "OTHER_URL=http://c:80\nURL=http://d\n",
        ".env": "HOST=b",
    })  # fmt: skip
    a = _by_address(reading)[":a"]
    assert [
        (link.address, link.where.span().path, link.where.span().line) for link in a.links
    ] == [
        ("compose:c", "one.env", 1),
        ("compose:b", "compose.yaml", 5),
    ]
    assert reading.unquoted == (".env", "one.env")
    assert _remarked(reading) == []


def test_files_of_variables_that_are_not_here_are_told_once() -> None:
    reading = _reading(
        {
            "compose.yaml": "services:\n  a: {image: x, env_file: a.env}\n  b: {image: x, env_file: b.env}\n"
        }
    )
    assert _remarked(reading) == ["env-files-absent"]
    assert reading.remarks[0].note.params == {"count": 2, "path": "a.env"}


def test_logs_go_where_a_driver_is_told_to_send_them() -> None:
    reading = _reading({
        "compose.yaml": "services:\n"
        "  a: {image: x, logging: {driver: gelf, options: {gelf-address: 'udp://logs.host:12201', tag: a}}}\n"
        "  b: {image: x, logging: {driver: fluentd, options: {fluentd-address: 'fluent:24224'}}}\n"
        "  fluent: {image: f}\n",
    })  # fmt: skip
    found = _by_address(reading)
    (sent,) = found[":a"].sends
    assert isinstance(sent.value, Known)
    assert (sent.value.value, sent.role, sent.key) == (
        "udp://logs.host:12201",
        "logs",
        "logging gelf-address",
    )
    assert found[":b"].sends == ()


# --- where it runs


def test_where_a_project_runs_is_declared() -> None:
    cluster = Cluster(lambda path: path.startswith("prod/"), "scaleway", "fr-par", None)
    text = "services: {a: {image: x}}"
    reading = _reading({"prod/compose.yaml": text, "dev/compose.yaml": text}, cluster)
    prod, dev = sorted(reading.resources, key=lambda each: each.root or "", reverse=True)
    assert prod.named is not None
    assert isinstance(prod.named.provider, Known)
    assert prod.named.provider.value == "scaleway"
    assert dev.named is not None
    assert isinstance(dev.named.provider, Unknown)
    assert dev.named.provider.reason is Reason.NO_EVIDENCE
    assert [
        (each.path, each.note.key, each.note.params) for each in undeclared(reading.resources)
    ] == [("dev/compose.yaml", "compose.no-place", {"count": 1})]


def test_two_places_for_one_project_leave_it_open() -> None:
    clusters = [
        Cluster(lambda path: True, "scaleway", region, None)
        for region in ("fr-par", "nl-ams")
    ]
    (resource,) = _reading({"compose.yaml": "services: {a: {image: x}}"}, *clusters).resources
    assert resource.named is not None
    assert isinstance(resource.named.region, Unknown)
    assert [member.value for member in resource.named.region.among or ()] == [
        "fr-par",
        "nl-ams",
    ]


# --- what is wrong, and what bears on what


def test_a_key_that_stands_twice_is_a_failure() -> None:
    reading = _reading({"compose.yaml": "services:\n  a:\n    image: x\n    image: y\n"})
    assert _failed(reading) == [("compose.yaml", 4, "duplicate-key")]
    assert _image(reading.resources[0]) == "y"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("services: [a]", 1),
        ("services: {a: text}", 1),
        ("services:\n  a: {image: x}\nvolumes: [v]", 3),
    ],
)
def test_what_must_be_a_mapping_is_told(text: str, line: int) -> None:
    assert _failed(_reading({"compose.yaml": text})) == [("compose.yaml", line, "not-a-map")]


def test_anchors_and_extensions_are_no_services() -> None:
    reading = _reading({
        "compose.yaml": "x-base: &base {image: x, environment: {A: 1}}\n"
        "services:\n  a: {<<: *base, user: me}\n  b: *base\n",
    })  # fmt: skip
    assert {name: _image(each) for name, each in _by_address(reading).items()} == {
        ":a": "x",
        ":b": "x",
    }


def test_several_documents_override_each_other() -> None:
    reading = _reading(
        {"compose.yaml": "services: {a: {image: x}}\n---\nservices: {a: {image: y}}\n"}
    )
    assert [_image(each) for each in reading.resources] == ["y"]


def test_ignore_comments_are_read() -> None:
    text = (
        'services:\n  # sovlint: ignore[health-data-in-eea] reason="tests"\n  a: {image: x}\n'
    )
    (ignore,) = _reading({"compose.yaml": text}).ignores
    assert (ignore.policies, ignore.line) == (("health-data-in-eea",), 3)


def test_every_file_of_a_project_bears_on_it() -> None:
    reading = _reading({
        "compose.yaml": "include: [db/compose.yaml]\nservices: {a: {image: x, env_file: [a.env, gone.env]}}",
        "a.env": "A=1",
        "db/compose.yaml": "services: {db: {image: y}}",
        "docker-compose.prod.yml": "services: {a: {user: me}}",
    })  # fmt: skip
    main = next(unit for unit in reading.units if unit.variant is None)
    bears = [
        path
        for path in (
            "compose.yaml",
            "a.env",
            "gone.env",
            ".env",
            "db/compose.yaml",
            "db/.env",
            "x",
        )
        if main.bears(path)
    ]
    assert bears == [
        "compose.yaml",
        "a.env",
        "gone.env",
        ".env",
        "db/compose.yaml",
        "db/.env",
    ]
    assert not main.bears("docker-compose.prod.yml")


def test_a_long_chain_of_services_is_refused_in_bounded_time() -> None:
    services = "\n".join(
        f"  s{n}: {{extends: s{n + 1}, environment: {{A{n}: x}}}}" for n in range(2000)
    )
    reading = _reading({"compose.yaml": f"services:\n{services}\n  s2000: {{image: x}}\n"})
    assert {key for _, _, key in _failed(reading)} <= {"extends-cycle", "too-large"}
