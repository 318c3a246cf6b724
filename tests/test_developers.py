"""Compose files for developers: where they run isn't asked, and nothing else is taken away."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.catalog.load import load
from sovlint.cli import main
from sovlint.files.globs import names_something
from sovlint.frontends.recursion import deepen_stack
from sovlint.model.attributes import NoAttributes
from sovlint.model.placement import ClassClaim, Classes, How, Placed, Placement
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, UnknownKind
from sovlint.policy.requirements.local import Local

deepen_stack()  # a scan does so, and Hypothesis would mind

Json = dict[str, Any]
DEV, SHARED = "docker-compose.dev.yml", "docker-compose.abc.yml"
SERVICES: Final = {
    "plain": "image: a/b",
    "company": "environment: {SENTRY_DSN: 'https://k@o1.ingest.us.sentry.io/2'}",
    "stranger": "environment: {SMTP_HOST: mail.nobody-knows.net}",
    "region": "environment: {SES_REGION: us-east-1}",
    "logs": "logging: {driver: awslogs, options: {awslogs-region: us-east-1, awslogs-group: a}}",
    "gelf": "logging: {driver: gelf, options: {gelf-address: 'udp://logs.nobody-knows.net:12201'}}",
    "intrinsic": "image: hapiproject/hapi",
    "disk": "volumes: [disk:/a]",
    "server": "volumes: [server:/a]",
    "outside": "volumes: [outside:/a]",
    "driven": "volumes: [driven:/a]",
    "made": "provider: {type: model}",
    "emulated": "environment: {AWS_S3_ENDPOINT_URL: 'http://plain:9000', AWS_STORAGE_BUCKET_NAME: a}",
    "bucket": "environment: {AWS_STORAGE_BUCKET_NAME: a, AWS_REGION: us-east-2, AWS_ACCESS_KEY_ID: k}",
    "calls": "environment: {DATABASE_URL: 'postgres://intrinsic/a'}",
    "on-demand": "profiles: [more]",
}
VOLUMES: Final = """volumes:
  disk: {}
  server: {driver_opts: {type: nfs, o: "addr=nfs.nobody-knows.net", device: ":/a"}}
  outside: {external: true}
  driven: {driver: acme/ebs}
"""


def compose(names: object = SERVICES, label: str = "") -> str:
    """A file of these services, the first with a label."""
    lines = ["services:"]
    for name in SERVICES:
        if name in names:  # type: ignore[operator]
            given = (
                SERVICES[name]
                if name == "plain"
                else f"image: a/{name}\n    {SERVICES[name]}"
            )
            given = SERVICES[name] if SERVICES[name].startswith("image") else given
            lines.append(f"  {name}:\n    {given}")
            if label:
                lines.append(f"    labels: [{label}]")
                label = ""
    return "\n".join(lines) + "\n" + VOLUMES


def scan(files: Mapping[str, str], *options: str, assume: bool = True) -> Json:
    """What is said of a repository of these files, with the exit code."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / ".git").mkdir()
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        more = ["--assume", "health"] if assume else []
        arguments = ["scan", str(folder), "--format", "json", "--as-of", "2026-11-24"]
        result = CliRunner().invoke(main, [*arguments, *more, *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.output
        )
        report: Json = json.loads(result.stdout)
        return {**report, "code": result.exit_code}
    finally:
        shutil.rmtree(folder)


Found = dict[tuple[str, str, str, str | None, str | None, str], Json]


def found(report: Json) -> Found:
    """Findings by what they are about, whatever the file is called."""
    named: Found = {}
    for each in report["findings"]:
        place = each["placement"] or {}
        key = (
            each["address"], each["role"], each["policy"], place.get("provider"), place.get("region"),
            each["message"],
        )  # fmt: skip
        named[key] = each
    return named


def same(one: Json, other: Json) -> bool:
    keys = {key: (each["verdict"], each["severity"]) for key, each in found(one).items()}
    return keys == {
        key: (each["verdict"], each["severity"]) for key, each in found(other).items()
    }


def note(report: Json) -> list[str]:
    return [
        each["message"] for each in report["remarks"] if "for developers" in each["message"]
    ]


SOME = st.sets(st.sampled_from(sorted(SERVICES)), min_size=1)


@settings(max_examples=25, deadline=None)
@given(SOME, st.booleans())
def test_only_unknown_places_are_taken_away(names: set[str], assume: bool) -> None:
    text = compose(names)
    local, anywhere = (scan({path: text}, assume=assume) for path in (DEV, SHARED))
    before, after = found(anywhere), found(local)
    assert set(after) <= set(before)
    assert all(after[key]["verdict"] == before[key]["verdict"] for key in after)
    taken = [each for key, each in before.items() if key not in after]
    for each in taken:
        place = each["placement"]
        assert each["verdict"] == "unproven"
        assert (place["provider"], place["region"], place["country"]) == (None, None, None)
        assert "sends on" not in each["message"]
        assert "nothing says where this Compose project runs" in each["message"]
    kept = [each for each in after.values() if each["verdict"] == "unproven"]
    assert not [each for each in kept if "this Compose project runs" in each["message"]]
    assert len(note(local)) == bool(taken)


@settings(max_examples=8, deadline=None)
@given(SOME)
def test_whoever_declares_a_class_keeps_all(names: set[str]) -> None:
    for label in (
        "sovlint.dev/data=health",
        "data_class=nothing-known",
        "Data-Classification=iban",
    ):
        text = compose(names, label)
        assert same(scan({DEV: text}), scan({SHARED: text}))
    text = compose(names)
    for key, glob in {
        "paths": DEV, "paths ": "**/*.dev.yml", "paths  ": "docker-*", "addresses": "compose:*",
    }.items():  # fmt: skip
        said = {SHARED: glob.replace("dev", "abc"), DEV: glob}
        both = [
            scan(
                {
                    path: text,
                    "sovlint.yaml": f'data: {{{key.strip()}: {{"{said[path]}": health}}}}',
                }
            )
            for path in (DEV, SHARED)
        ]
        assert same(*both)
        assert not note(both[0])


@pytest.mark.parametrize("glob", ["**", "*", "**/*", "*.yml", "**/*.yml", "**/*.y?ml", "*.*"])
def test_a_glob_without_a_word_declares_nothing(glob: str) -> None:
    assert not names_something(glob)
    report = scan(
        {DEV: compose({"plain"}), "sovlint.yaml": f'data: {{paths: {{"{glob}": health}}}}'}
    )
    assert (report["findings"], len(note(report))) == ([], 1)


@pytest.mark.parametrize(
    "glob", ["dev/**", "dev/", "**/dev/*", "*dev*", "docker-*.yml", "d*", "a.yml"]
)
def test_a_glob_with_a_word_declares(glob: str) -> None:
    assert names_something(glob)


DEPLOYERS: Final = {
    "deploy.sh": "scp docker-compose.dev.yml a@b:/srv\nssh a@b docker compose up -d\n",
    ".github/workflows/cd.yml": "jobs:\n  a:\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n"
    "          script: docker compose -f docker-compose.dev.yml up -d\n",
    ".gitlab-ci.yml": "deploy_dev:\n  script:\n    - docker compose -f docker-compose.dev.yml up -d\n",
    "x/.gitlab-ci.yml": ".deploy:\n  script:\n    - docker compose -f docker-compose.dev.yml up -d\n",
    "Makefile": "FILE := docker-compose.dev.yml\n"
    + "\n" * 60
    + "deploy:\n\tdocker compose -f $(FILE) up -d\n",
    "x/run.sh": 'ssh a "docker compose -f docker-compose.$ENV.yml up -d"\n',
    "infra/main.tf": 'provisioner "remote-exec" { inline = ["docker-compose -f docker-compose.dev.yml up"] }\n',
    "app.service": "ExecStart=docker compose -f docker-compose.dev.yml up\n[Install]\nWantedBy=multi-user.target\n",
    "a.sh": "DOCKER_HOST=ssh://a docker compose -f ./docker-compose.dev.yml up\n",
    "c.py.sh": "python -c 'run([\"ssh\", host])' && docker compose -f docker-compose.dev.yml up\n",
    "d.sh": "ssh -i key a@b 'docker compose -f docker-compose.dev.yml up'\n",
    "b.sh": "docker stack deploy -c docker-compose.dev.yml a\n",
    ".github/workflows/own.yml": "jobs:\n  a:\n    runs-on: self-hosted\n    steps:\n"
    "      - run: docker compose -f docker-compose.dev.yml up -d\n",
    ".github/workflows/perf.yml": "jobs:\n  a:\n    runs-on: perf\n    steps:\n"
    "      - run: docker compose -f docker-compose.dev.yml up -d\n",
    "playbooks/site.yml": "- hosts: all\n  tasks:\n    - community.docker.docker_compose_v2:\n"
    "        files: [docker-compose.dev.yml]\n",
}


@pytest.mark.parametrize("name", DEPLOYERS)
def test_what_is_put_on_a_server_keeps_all(name: str) -> None:
    text, script = compose({"plain", "company", "disk"}), DEPLOYERS[name]
    report = scan({DEV: text, name: script})
    assert same(report, scan({SHARED: text}))
    assert not note(report)


INDIRECT: Final = {
    "a script that another one runs there": {
        "start.sh": "docker compose -f docker-compose.dev.yml up -d\n", "ship.sh": "ssh a ./start.sh\n",
    },
    "a target that one runs there": {
        "Makefile": "up:\n\tdocker compose -f docker-compose.dev.yml up -d\n",
        "ship.sh": "ssh a <<EOF\ncd /srv\nmake up\nEOF\n",
    },
    "a machine that gets it": {"main.tf": 'user = templatefile("docker-compose.dev.yml", {})\n'},
}  # fmt: skip


@pytest.mark.parametrize("name", INDIRECT)
def test_what_is_put_on_a_server_by_others_keeps_all(name: str) -> None:
    assert not note(scan({DEV: compose({"plain"}), **INDIRECT[name]}))


NO_DEPLOYERS: Final = {
    "run.sh": "docker compose -f docker-compose.dev.yml up\n",
    "Makefile": "up:\n\tdocker compose -f docker-compose.dev.yml up\n"
    + "\n" * 40
    + "deploy:\n\tkubectl apply -f a\n",
    "deploy.sh": "ssh a docker compose -f docker-compose.prod.yml up -d\n",
    ".github/workflows/test.yml": "jobs:\n  a:\n    runs-on: ubuntu-latest\n    env: {SSH_SIGNING_KEY: a}\n    steps:\n"
    "      - run: docker compose -f docker-compose.dev.yml up -d\n",
    "sign.sh": "cp a ~/.ssh/key\ngit config gpg.format ssh\ndocker compose -f docker-compose.dev.yml up\n",
    ".github/workflows/matrix.yml": "jobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    steps:\n"
    "      - run: docker compose -f docker-compose.dev.yml up -d\n",
    ".github/workflows/two.yml": "steps:\n  - run: docker compose -f docker-compose.dev.yml up\n",
    "README.md": "ssh a docker compose -f docker-compose.dev.yml up\n",
}


@pytest.mark.parametrize("name", NO_DEPLOYERS)
def test_what_only_runs_where_it_stands_is_no_deployer(name: str) -> None:
    report = scan({DEV: compose({"plain"}), name: NO_DEPLOYERS[name]})
    assert len(note(report)) == 1


@pytest.mark.parametrize(
    ("script", "spared"),
    [
        ("ssh a 'cd /srv/dev && docker compose up'", False),
        ("ssh a docker compose up >/dev/null", True),
    ],
)
def test_a_usual_name_is_known_by_its_folder(script: str, spared: bool) -> None:
    report = scan({"dev/compose.yml": compose({"plain"}), "go.sh": script})
    assert bool(note(report)) is spared


def test_a_script_beside_a_usual_name_deploys_it() -> None:
    report = scan(
        {"dev/compose.yml": compose({"plain"}), "dev/go.sh": "ssh a docker compose up"}
    )
    assert not note(report)


def test_a_main_file_that_only_one_for_developers_includes_is_judged() -> None:
    files = {
        "compose.yml": "services:\n  main:\n    image: a/b\n",
        "compose.dev.yml": "include: [compose.yml]\nservices:\n  more:\n    image: a/c\n",
    }
    assert {each["address"] for each in scan(files)["findings"]} >= {"compose:main"}
    assert "compose:main" in {
        each["address"] for each in scan(files, "--exclude-local")["findings"]
    }


def test_a_project_of_two_files_is_for_developers_only_where_both_are() -> None:
    files = {
        ".env": "COMPOSE_FILE=docker-compose.yml:docker-compose.dev.yml\n",
        "docker-compose.yml": "services:\n  main:\n    image: a/b\n",
        "docker-compose.dev.yml": "services:\n  main:\n    tty: true\n",
    }
    assert "compose:main" in {each["address"] for each in scan(files)["findings"]}


def test_an_override_for_developers_takes_nothing_from_the_main_file() -> None:
    main_file = {"docker-compose.yml": compose({"plain", "disk"})}
    both = {**main_file, DEV: "services:\n  plain:\n    tty: true\n"}
    alone, with_override = scan(main_file), scan(both)
    assert set(found(alone)) <= set(found(with_override))
    assert set(found(alone)) <= set(found(scan(both, "--exclude-local")))


@pytest.mark.parametrize(
    ("how", "path", "spared"),
    [
        (How.PROPAGATED, "main.tf", False),
        (How.PROPAGATED, DEV, True),
        (How.INTRINSIC, DEV, True),
        (How.DEFAULT, None, True),
    ],
)
def test_a_class_that_comes_from_elsewhere_keeps_all(
    how: How, path: str | None, spared: bool
) -> None:
    """What has its class from a store that something else declares is no developer's business alone."""
    nowhere = Unknown(Reason.NO_EVIDENCE, kind=UnknownKind.PROJECT_UNDECLARED)
    resource = Resource(
        "compose:a", "service", "compose", "", DEV, False, TRUE, Span(DEV, 1, 1, 1, 1), NoAttributes(), local=True
    )  # fmt: skip
    because = Step(Span(path, 1, 1, 1, 1) if path else None, Note("resolve.class-configured"))
    claims = (ClassClaim("health", how, because),)
    placed = Placed(resource, Classes(claims), (Placement.unknown(nowhere),))
    local = Local([placed])
    assert local.spares(placed, placed.placements[0]) is spared
    assert len(local.remarks()) == spared


def test_a_declared_place_is_judged() -> None:
    text = "clusters: [{paths: ['**'], provider: aws, region: us-east-1}]"
    report = scan({DEV: compose({"plain"}), "sovlint.yaml": text})
    assert "violation" in {each["verdict"] for each in report["findings"]}


def test_several_declared_places_are_still_asked() -> None:
    one = "{paths: ['**'], provider: scaleway, region: fr-par}"
    two = "{paths: ['**'], provider: aws, region: us-east-1}"
    report = scan({DEV: compose({"plain"}), "sovlint.yaml": f"clusters: [{one}, {two}]"})
    assert report["findings"]


def test_words_are_whole_and_stand_alone() -> None:
    says = load(()).hints().developers.says
    for path in (
        "dev/a/compose.yml",
        "Local/docker-compose.yml",
        "docker-compose.integration-tests.yml",
    ):
        assert says(path), path
    for path in (
        "compose.yml", "local-government/docker-compose.prod.yml", "latest/compose.yml", "devices/compose.yml",
        "pcr-test/compose.yml", "docker-compose.lab-test.yml", "prod/docker-compose.dev.yml", "demo/compose.yml",
        "docker-compose.local-prod.yml", "environments/dev/compose.yml", "",
    ):  # fmt: skip
        assert not says(path), path


FORMATS = ["text", "json", "sarif", "github", "markdown"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "are left out"), ("fr", "laissés de côté")]
)
def test_what_is_left_out_is_said(
    form: str, language: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / DEV).write_text(compose())
    (tmp_path / "docker-compose.yml").write_text(compose({"plain"}))
    arguments = [
        "scan",
        str(tmp_path),
        "--format",
        form,
        "--lang",
        language,
        "--as-of",
        "2026-11-24",
    ]
    for options, variables in (
        (["--exclude-local"], {}),
        ([], {"SOVLINT_EXCLUDE_LOCAL": "1"}),
    ):
        text = CliRunner().invoke(main, [*arguments, *options], env=variables).stdout
        text = (
            json.dumps(json.loads(text), ensure_ascii=False)
            if form in ("json", "sarif")
            else text
        )
        plain = " ".join(
            text.replace("\u2060", "").replace("\\", "").replace("&#8288;", "").split()
        )
        assert words in plain, plain
        assert DEV in plain, plain


def test_the_configuration_leaves_them_out_too() -> None:
    files = {
        DEV: compose(),
        "docker-compose.yml": compose({"plain"}),
        "sovlint.yaml": "exclude_local: true\n",
    }
    report = scan(files)
    (rule,) = report["rules"]
    assert (rule["kind"], rule["names"], rule["path"], rule["line"]) == (
        "exclude-local", [DEV], "sovlint.yaml", 1,
    )  # fmt: skip
    assert {each["path"] for each in report["findings"]} == {"docker-compose.yml"}
    assert (report["coverage"]["left_out"], report["coverage"]["files"]) == (1, 1)
    assert scan({**files, "sovlint.yaml": "exclude_local: false\n"})["rules"] == []


def test_one_that_cannot_be_read_is_not_left_out() -> None:
    assert (
        scan({DEV: "services: [\n", "compose.yml": compose({"plain"})}, "--exclude-local")[
            "code"
        ]
        == 2
    )


def test_nothing_left_to_look_at_is_not_clean() -> None:
    assert scan({DEV: compose()}, "--exclude-local")["code"] == 3


def test_nothing_that_is_left_out_is_told_as_none() -> None:
    report = scan({"compose.yml": compose({"plain"})}, "--exclude-local")
    assert ["none was met" in each["message"] for each in report["rules"]] == [True]
