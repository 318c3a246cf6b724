"""Hosts of one's own and of nobody known: what is asked, how ``hosts`` answers it, and that it clears nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sovlint.catalog.load import load
from sovlint.cli import main
from sovlint.model.house import House, OwnHosts
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report import REPORTS
from sovlint.resolve.facts.endpoints import stays_inside, who_answers
from tests import scratch
from tests.scratch import ROOT
from tests.test_docs import files

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: claims}
spec:
  template:
    metadata: {labels: {sovlint.dev/data: health}}
    spec:
      containers:
        - name: claims
          image: claims
          env:
"""
CLUSTERS = "clusters: [{paths: [a.yaml], provider: scaleway, region: fr-par}]\n"
INGRESS = """---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: www.acme-mutuelle.fr}]}
"""


def house(root: Path, hosts: dict[str, str], config: str = CLUSTERS, more: str = "") -> Path:
    """A workload with health data, and settings that send it to hosts."""
    (root / ".git").mkdir(exist_ok=True)
    env = "".join(
        f"            - {{name: {name}, value: {json.dumps(value)}}}\n"
        for name, value in hosts.items()
    )
    (root / "a.yaml").write_text(DEPLOYMENT + env + more, encoding="utf-8")
    (root / "sovlint.yaml").write_text(config, encoding="utf-8")
    return root


def run(command: str, root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, [command, str(root), *options], catch_exceptions=False)


def scan(root: Path, *options: str) -> dict[str, Any]:
    result = run("scan", root, "--format", "json", "--as-of", "2026-11-24", *options)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def causes(root: Path) -> set[str | None]:
    return {each["cause"] for each in scan(root)["findings"] if each["verdict"] == "unproven"}


PARTNER = {
    "DATABASE_URL": "postgres://u@db.partenaire-sante.fr/x",
    "SENTRY_DSN": "https://k@a.partenaire-sante.fr/1",
    "SMTP_HOST": "b.c.partenaire-sante.fr",
    "REDIS_URL": "redis://d.partenaire-sante.fr",
    "KAFKA_BOOTSTRAP_SERVERS": "kafka.autre-mutuelle.eu:9092",
}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "nobody knows who answers at partenaire-sante.fr (4 placements): a.partenaire-sante.fr, "
                "b.c.partenaire-sante.fr, d.partenaire-sante.fr, and 1 more; asked by health-data-in-eea,",
                "nobody knows who answers at autre-mutuelle.eu (1 placement): kafka.autre-mutuelle.eu; asked by",
                "a.yaml:13:15 k8s:-/Deployment/claims, SENTRY_DSN: a.partenaire-sante.fr",
            ),
        ),
        (
            "fr",
            (
                "nul ne sait qui répond à partenaire-sante.fr (4 placements) : a.partenaire-sante.fr, "
                "b.c.partenaire-sante.fr, d.partenaire-sante.fr, et 1 autre ; demandé par health-data-in-eea,",
                "nul ne sait qui répond à autre-mutuelle.eu (1 placement) : kafka.autre-mutuelle.eu ; demandé par",
                "a.yaml:13:15 k8s:-/Deployment/claims, SENTRY_DSN : a.partenaire-sante.fr",
            ),
        ),
    ],
)
def test_one_finding_a_registered_domain_over_all_policies(
    tmp_path: Path, language: str, sentences: tuple[str, ...]
) -> None:
    root = house(tmp_path, PARTNER)
    text = " ".join(
        run("scan", root, "--full", "--lang", language).stdout.replace("\u00a0", " ").split()
    )
    assert [each for each in sentences if each not in text] == []
    assert causes(root) >= {"host:partenaire-sante.fr", "host:autre-mutuelle.eu"}


def test_hosts_of_platforms_are_each_somebody_elses(tmp_path: Path) -> None:
    root = house(
        tmp_path,
        {
            "DATABASE_URL": "postgres://a.lan-of-a.dyndns.org/x",
            "SMTP_HOST": "b.lan-of-b.dyndns.org",
        },
    )
    assert causes(root) >= {"host:lan-of-a.dyndns.org", "host:lan-of-b.dyndns.org"}


GUESSED = {
    "X": "https://discord.com/api/webhooks",
    "Z": "https://foo.pages.dev",
    "HELLO": "https://claims.partenaire-sante.fr",
}


def severities(found: dict[str, Any]) -> dict[str, set[str]]:
    """How severe what settings of a workload come to is, by their names."""
    listed: dict[str, set[str]] = {}
    for each in found["findings"]:
        name = each["message"].partition("`")[2].partition("`")[0]
        if name in GUESSED or name in ("BUCKET", "PARTNER_URL", "API_URL", "DATABASE_URL"):
            listed.setdefault(name, set()).add(each["severity"])
    return listed


def test_what_a_name_says_nothing_of_is_a_guess_whether_its_company_is_known_or_not(
    tmp_path: Path,
) -> None:
    taken = {"BUCKET": "https://acme.s3.us-east-1.amazonaws.com"}
    found = severities(scan(house(tmp_path, GUESSED | taken)))
    assert found == {name: {"warning"} for name in GUESSED} | {"BUCKET": {"error"}}


@pytest.mark.parametrize("label", ["{}", "{app: claims}"])
def test_it_is_not_asked_of_a_class_that_nobody_declared(tmp_path: Path, label: str) -> None:
    root = house(tmp_path, GUESSED)
    text = (root / "a.yaml").read_text().replace("{sovlint.dev/data: health}", label)
    (root / "a.yaml").write_text(text)
    assert severities(scan(root, "--assume", "health")) == severities(scan(root)) == {}


def test_a_name_of_an_address_without_a_host_counts_of_a_declared_class(
    tmp_path: Path,
) -> None:
    named = ("PARTNER_URL", "API_URL")
    root = house(tmp_path, {})
    env = "".join(
        f"            - {{name: {name}, valueFrom: {{secretKeyRef: {{name: s, key: {name}}}}}}}\n"
        for name in (*named, "DATABASE_URL")
    )
    text = (root / "a.yaml").read_text() + env
    (root / "a.yaml").write_text(text)
    assert severities(scan(root)) == {name: {"warning"} for name in named} | {
        "DATABASE_URL": {"error"}
    }
    (root / "a.yaml").write_text(text.replace("{sovlint.dev/data: health}", "{}"))
    assumed = scan(root, "--assume", "health")
    assert severities(assumed) == {"DATABASE_URL": {"error"}}
    assert assumed["coverage"]["doubtful"] == len(named)
    facts = json.loads(run("facts", root, "--format", "json", "--assume", "health").stdout)
    assert {each["name"] for each in facts["doubtful"]} == set(named)
    told = " ".join(run("scan", root, "--assume", "health", "--lang", "en").stdout.split())
    assert "2 addresses are judged only where a data class is declared" in told


def test_a_partner_that_hosts_names_is_told_as_one_that_the_catalogue_has(
    tmp_path: Path,
) -> None:
    config = CLUSTERS + "hosts: [{hosts: ['*.partenaire-sante.fr'], provider: ovhcloud}]\n"
    found = severities(scan(house(tmp_path, {"HELLO": GUESSED["HELLO"]}, config)))
    assert found == {"HELLO": {"warning"}}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "these domains are this repository's own, and nothing says who runs their hosts (2 placements): "
            "acme-mutuelle.fr",
        ),
        (
            "fr",
            "ces domaines sont ceux de ce dépôt, et rien ne dit qui en exploite les hôtes (2 placements) : "
            "acme-mutuelle.fr",
        ),
    ],
)
def test_a_domain_that_is_served_here_is_one_question(
    tmp_path: Path, language: str, sentence: str
) -> None:
    hosts = {
        "DATABASE_URL": "postgres://db.acme-mutuelle.fr/x",
        "SMTP_HOST": "smtp.acme-mutuelle.fr",
        "SENTRY_DSN": "https://k@www.acme-mutuelle.fr/1",  # the ingress: this cluster
    }
    root = house(tmp_path, hosts, more=INGRESS)
    text = " ".join(
        run("scan", root, "--full", "--lang", language).stdout.replace("\u00a0", " ").split()
    )
    assert sentence in text
    assert 'hosts: - hosts: ["*.acme-mutuelle.fr"] provider: ??? region: ???' in text
    assert "house:hosts" in causes(root)


@pytest.mark.parametrize(
    ("version", "kind", "annotation"),
    [
        ("networking.k8s.io/v1", "Ingress", "hostname"),
        ("gateway.networking.k8s.io/v1", "HTTPRoute", "hostname"),
        ("v1", "Service", "hostname"),
        ("v1", "Service", "internal-hostname"),
    ],
)
def test_a_host_that_is_published_by_annotation_is_ones_own(
    tmp_path: Path, version: str, kind: str, annotation: str
) -> None:
    name = f"external-dns.alpha.kubernetes.io/{annotation}"
    served = (
        f"---\napiVersion: {version}\nkind: {kind}\n"
        f'metadata: {{name: a, annotations: {{{name}: "a.acme.fr, b.acme-mutuelle.fr"}}}}\n'
    )
    root = house(tmp_path, {"SMTP_HOST": "smtp.acme-mutuelle.fr"}, more=served)
    assert "house:hosts" in causes(root)


@pytest.mark.parametrize(
    ("rule", "host"),
    [
        ("Host(`a.acme-mutuelle.fr`) && PathPrefix(`/x`)", "a.acme-mutuelle.fr"),
        ("HostRegexp(`x`) || Host(`b.acme-mutuelle.fr`, `c.acme-mutuelle.fr`)", "c.acme-mutuelle.fr"),
    ],
)  # fmt: skip
def test_a_router_of_traefik_serves_a_host(tmp_path: Path, rule: str, host: str) -> None:
    (tmp_path / ".git").mkdir()
    services = {
        "web": {"image": "web", "labels": [f"traefik.http.routers.a.rule={rule}"]},
        "api": {"image": "api", "labels": {"sovlint.dev/data": "health"}, "environment": {"SENTRY_DSN": f"https://k@{host}/1"}},
    }  # fmt: skip
    (tmp_path / "compose.yaml").write_text(json.dumps({"services": services}))
    config = "clusters: [{paths: [compose.yaml], provider: scaleway, region: fr-par}]\n"
    (tmp_path / "sovlint.yaml").write_text(config)
    facts = json.loads(run("facts", tmp_path, "--format", "json").stdout)
    found = {
        (each["role"], each["provider"])
        for one in facts["resources"]
        for each in one["placements"]
    }
    assert ("processor", "scaleway") in found
    assert ("processor", None) not in found


def placed(root: Path) -> set[tuple[str, str | None, str | None]]:
    facts = json.loads(run("facts", root, "--format", "json").stdout)
    return {
        (each["role"], each["provider"], each["region"])
        for one in facts["resources"]
        for each in one["placements"]
        if each["role"] != "compute"
    }


@pytest.mark.parametrize(
    ("hosts", "wanted"),
    [
        ("{hosts: [db.acme.fr], provider: scaleway, region: fr-par}", {("at-rest", "scaleway", "fr-par")}),
        ("{hosts: ['*.acme.fr'], provider: Scaleway, region: PARIS}", {("at-rest", "scaleway", "fr-par")}),
        ("{hosts: ['*.ACME.fr'], provider: scaleway}", {("at-rest", "scaleway", None)}),
        ("{hosts: ['*.acme.fr'], inside: true}", set()),
        ("{hosts: [acme.fr], provider: scaleway, region: fr-par}", {("at-rest", None, None)}),
        ("{hosts: ['*.other.fr'], provider: scaleway, region: fr-par}", {("at-rest", None, None)}),
        # The entry that spells the host out most counts, wherever it stands.
        (
            "{hosts: [db.acme.fr], provider: ovhcloud, region: GRA}, {hosts: ['*.acme.fr'], inside: true}",
            {("at-rest", "ovhcloud", "GRA")},
        ),
    ],
)  # fmt: skip
def test_hosts_say_who_runs_them(
    tmp_path: Path, hosts: str, wanted: set[tuple[str, str | None, str | None]]
) -> None:
    root = house(
        tmp_path,
        {"DATABASE_URL": "postgres://u@db.acme.fr/x"},
        f"{CLUSTERS}hosts: [{hosts}]\n",
    )
    assert placed(root) == wanted


@pytest.mark.parametrize(
    ("entry", "en", "fr"),
    [
        ("{hosts: ['*.acme.fr'], provider: scaleaway}", "Did you mean `scaleway`?", "Vouliez-vous dire `scaleway` ?"),
        ("{hosts: ['*.acme.fr']}", "or that data doesn't leave by them", "dites qui exploite ces hôtes"),
        ("{hosts: ['*.acme.fr'], region: fr-par}", "say who runs these hosts", "dites qui exploite ces hôtes"),
        ("{hosts: ['*.acme.fr'], inside: false}", "say who runs these hosts", "dites qui exploite ces hôtes"),
        ("{hosts: ['*.acme.fr'], provider: scaleway, inside: true}", "`provider` that it does", "l'un des deux"),
        ("{hosts: ['*.fr'], inside: true}", "`*.fr` covers hosts of other people", "`*.fr` couvre les hôtes d'autrui"),
        ("{hosts: ['*'], inside: true}", "`*` covers hosts of other people", "couvre les hôtes d'autrui"),
        ("{hosts: ['https://acme.fr'], inside: true}", "`https://acme.fr` is no host", "n'est pas un hôte"),
        ("{hosts: [], inside: true}", "sovlint.yaml", "sovlint.yaml"),
        ("{host: ['*.acme.fr'], inside: true}", "hosts", "hosts"),
        ("{hosts: ['*.acme.fr'], provider: ovhcloud, service: a}", "has no service `a`", "pas de service `a`"),
        ("{hosts: ['*.acme.fr'], provider: scaleway, region: mars}", "has no region `mars`", "pas de région `mars`"),
        ("{hosts: ['*.acme.fr'], provider: ???}", "the catalogue has no provider `???`", "pas de fournisseur `???`"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_an_error_at_its_place(
    tmp_path: Path, entry: str, en: str, fr: str
) -> None:
    entry = entry.replace("???", '"???"')
    root = house(tmp_path, {}, f"{CLUSTERS}hosts:\n  - {entry}\n")
    for language, said in (("en", en), ("fr", fr)):
        result = run("scan", root, "--lang", language)
        assert result.exit_code == 2
        assert said in result.output.replace("\u00a0", " ")
        assert "sovlint.yaml:3:" in result.output


def test_check_warns_of_hosts_that_the_catalogue_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house(
        tmp_path,
        {},
        f"{CLUSTERS}hosts: [{{hosts: ['*.sentry.io', '*.acme.fr'], inside: true}}]\n",
    )
    monkeypatch.chdir(tmp_path)
    for language, said in (
        ("en", "`*.sentry.io` under `hosts` covers hosts that the catalogue has"),
        ("fr", "`*.sentry.io` sous `hosts` couvre des hôtes du catalogue"),
    ):
        result = CliRunner().invoke(main, ["check", "--lang", language])
        assert result.exit_code == 0
        assert said in result.output
        assert "*.acme.fr` under" not in result.output


HOSTS_SAID = """hosts:
  - {hosts: ["*.partenaire-sante.fr"], provider: scaleway, region: fr-par}
  - {hosts: ["?.partenaire-sante.fr", "*.partenaire-sante.fr"], inside: true}
  - {hosts: ["*.autre-mutuelle.eu", "nobody.autre-mutuelle.eu"], inside: true}
  - {hosts: [never.acme.fr], provider: scaleway}
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            {
                (4, "`?.partenaire-sante.fr` under `hosts` never counts: `*.partenaire-sante.fr` of line 3 covers it"),
                (4, "`*.partenaire-sante.fr` stands twice under `hosts`: what line 3 says of it counts"),
                (5, "`nobody.autre-mutuelle.eu` under `hosts` matches no host that anything here sends data to"),
                (6, "`never.acme.fr` under `hosts` matches no host that anything here sends data to"),
            },
        ),
        (
            "fr",
            {
                (4, "`?.partenaire-sante.fr` sous `hosts` ne compte jamais : `*.partenaire-sante.fr`, ligne 3, le couvre"),
                (4, "`*.partenaire-sante.fr` figure deux fois sous `hosts` : ce qu'en dit la ligne 3 compte"),
                (5, "`nobody.autre-mutuelle.eu` sous `hosts` ne désigne aucun hôte auquel des données sont envoyées ici"),
                (6, "`never.acme.fr` sous `hosts` ne désigne aucun hôte auquel des données sont envoyées ici"),
            },
        ),
    ],
)  # fmt: skip
def test_globs_that_never_count_or_match_nothing_are_remarked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    told: set[tuple[int, str]],
) -> None:
    root = house(tmp_path, PARTNER, CLUSTERS + HOSTS_SAID)
    found = scan(root, "--lang", language)["remarks"]
    said = {
        (each["line"], each["message"].replace("\u00a0", " "))
        for each in found
        if "hosts" in each["message"]
    }
    assert said == told
    monkeypatch.chdir(tmp_path)
    checked = CliRunner().invoke(main, ["check", "--lang", language]).output
    checked = " ".join(checked.replace("\u00a0", " ").split())
    assert {message in checked for line, message in told if line == 4} == {True}
    assert not any(message in checked for line, message in told if line > 4)


def test_an_entry_counts_that_an_attribute_alone_names(tmp_path: Path) -> None:
    root = house(
        tmp_path, {}, CLUSTERS + "hosts: [{hosts: ['*.acme.fr'], provider: scaleway}]\n"
    )
    (root / "a.tf").write_text(
        'terraform {\n  required_providers { aws = { source = "hashicorp/aws" } }\n}\n'
        'provider "aws" {\n  region = "x"\n  endpoints { s3 = "https://s3.acme.fr" }\n}\n'
        'resource "aws_s3_bucket" "a" {\n  tags = { data-classification = "health" }\n}\n'
    )
    assert not [each for each in scan(root)["remarks"] if "hosts" in each["message"]]


def test_a_partners_company_is_settled_as_the_page_says(tmp_path: Path) -> None:
    """Which states control it by an overlay, HDS by an attestation."""
    root = house(tmp_path, {"PARTNER_URL": "https://claims.partenaire-sante.fr/v1"})
    (root / "sovlint.yaml").unlink()
    written = [each for each in files(ROOT / "docs/hosts.md") if "overlay" in "".join(each)]
    scratch.write(root, dict(written))
    placements = json.loads(run("facts", root, "--format", "json").stdout)["resources"][0]
    (sent,) = (each for each in placements["placements"] if each["provider"])
    assert sent["provider"] == "partenaire-sante"
    assert (sent["region"], sent["country"], sent["control"]) == ("fr", "FR", ["FR"])
    assert [each["name"] for each in sent["qualifications"]] == ["hds"]
    found = scan(root)["findings"]
    asked = {each["policy"] for each in found if each["placement"]["provider"]}
    assert asked == {"health-data-on-qualified-service"}


def test_where_knows_what_the_configuration_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house(
        tmp_path,
        {},
        f"{CLUSTERS}hosts:\n  - {{hosts: ['*.acme.fr'], provider: scaleway, region: fr-par}}\n"
        "  - {hosts: [in.acme.fr], inside: true}\n",
    )
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["where", "https://db.acme.fr:5432/x"])
    assert said.exit_code == 0
    assert "as `hosts` says (sovlint.yaml:3)" in " ".join(said.output.split())
    inside = CliRunner().invoke(main, ["where", "in.acme.fr"])
    assert inside.exit_code == 1
    assert "data doesn't leave by it" in inside.output
    assert CliRunner().invoke(main, ["where", "db.acme.fr", "--no-config"]).exit_code == 1


def test_init_asks_for_the_commonest_domain_first(tmp_path: Path) -> None:
    root = house(tmp_path, PARTNER)
    (root / "sovlint.yaml").unlink()
    drafted = " ".join(run("init", root, "--print").stdout.replace("# ", "").split())
    assert "partenaire-sante.fr (4), autre-mutuelle.eu (" in drafted
    assert '["*.partenaire-sante.fr"]' not in drafted


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("concise", "a.yaml:12:15: "),
        ("github", "file=a.yaml,line=12,endLine=12,col=15"),
        ("junit", 'file="a.yaml" line="12"'),
        ("gitlab-codequality", '"lines": {"begin": 12}'),
        ("gitlab-sast", '"start_line": 12'),
        ("sarif", '"startLine": 12, "startColumn": 15'),
    ],
)
def test_every_format_puts_it_at_the_setting(tmp_path: Path, form: str, place: str) -> None:
    root = house(tmp_path, {"SMTP_HOST": "b.partenaire-sante.fr"})
    text = " ".join(run("scan", root, "--format", form).stdout.split())
    assert place in text.replace("{ ", "{").replace(" }", "}")


FROM_MAP = DEPLOYMENT.replace("          env:\n", "          envFrom:\n") + (
    "            - configMapRef: {name: where}\n"
)
MAPPED = """apiVersion: v1
kind: ConfigMap
metadata: {name: where}
data:
  SMTP_HOST: b.partenaire-sante.fr
"""
IGNORED = '# sovlint: ignore[health-data-in-eea] reason="a partner, told to the DPO"\n'


@pytest.mark.parametrize(
    ("above", "excused"), [("", False), ("  SMTP_HOST", True), ("            - configMapRef", True)]
)  # fmt: skip
def test_what_a_config_map_says_stands_there_and_is_excused_there_or_where_it_is_read(
    tmp_path: Path, above: str, excused: bool
) -> None:
    def written(text: str) -> str:
        return text.replace(f"\n{above}", f"\n{IGNORED}{above}") if above else text

    files = {"a.yaml": written(FROM_MAP), "b.yaml": written(MAPPED), "sovlint.yaml": CLUSTERS}
    (tmp_path / ".git").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    told = run("scan", tmp_path, "--format", "concise").stdout.splitlines()
    (line,) = (each for each in told if "who answers at partenaire-sante.fr" in each)
    assert line.startswith("b.yaml:")
    assert ("health-data-in-eea, " in line) is not excused
    assert line.endswith("; sent by SMTP_HOST")


# --- among the rules of the run


@pytest.mark.parametrize("form", sorted(REPORTS))
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "the configuration says who runs these hosts (`hosts`): *.acme.fr (inside)"),
        ("fr", "la configuration dit qui exploite ces hôtes (`hosts`) : *.acme.fr (inside)"),
    ],
)
def test_every_format_tells_it(
    tmp_path: Path, form: str, language: str, sentence: str
) -> None:
    config = f"{CLUSTERS}hosts: [{{hosts: ['*.acme.fr'], inside: true}}]\n"
    root = house(tmp_path, {"SMTP_HOST": "b.acme.fr"}, config)
    text = run("scan", root, "--format", form, "--lang", language).stdout
    for sign, plain in (
        ("\\u2060", ""),
        ("\\u00a0", " "),
        ("\u00a0", " "),
        ("&#8288;", ""),
        ("\u2060", ""),
        ("%3A", ":"),
    ):
        text = text.replace(sign, plain)
    text = text.replace("\\u00f4", "ô").replace("\\", "")
    assert sentence in " ".join(text.split())


def test_hosts_of_a_change_do_not_judge_it(tmp_path: Path) -> None:
    env = scratch.environment(tmp_path)
    root = tmp_path / "repository"
    root.mkdir()
    scratch.git(root, env, "init", "-q")
    house(root, {"SMTP_HOST": "b.acme.fr"})
    scratch.git(root, env, "add", "-A")
    scratch.git(root, env, "commit", "-qm", "before")
    house(
        root,
        {"SMTP_HOST": "c.acme.fr"},
        f"{CLUSTERS}hosts: [{{hosts: ['*.acme.fr'], inside: true}}]\n",
    )
    own = scan(root)
    assert not [each for each in own["findings"] if each["cause"] == "host:acme.fr"]
    theirs = scan(root, "--rules-from", "HEAD")
    assert [each for each in theirs["findings"] if each["cause"] == "host:acme.fr"]
    (edited,) = [each for each in theirs["rules"] if each["kind"] == "rule-change"]
    assert [each["name"] for each in edited["details"]] == ["hosts"]


# --- what was recorded excuses no other host


def test_a_baseline_of_one_host_excuses_no_other(tmp_path: Path) -> None:
    root = house(tmp_path, {"SENTRY_DSN": "https://k@a.partenaire-sante.fr/1"})
    run("scan", root, "--write-baseline", str(root / "b.json"))
    assert '"host": "a.partenaire-sante.fr"' in (root / "b.json").read_text()
    assert scan(root, "--baseline", str(root / "b.json"))["summary"]["unproven"] == 0
    house(root, {"SENTRY_DSN": "https://k@b.partenaire-sante.fr/1"})
    assert scan(root, "--baseline", str(root / "b.json"))["summary"]["unproven"] > 0


WAIVER = """waivers:
  - policy: [{policies}]
    addresses: ["k8s:-/Deployment/claims"]
    reason: the contract with the partner is being signed
    owner: head of platform engineering
    approver: data protection officer
    ticket: SEC-412
    issued: 2026-11-01
    expires: 2026-12-31
"""


def test_a_waiver_by_address_names_the_hosts_that_it_excuses(tmp_path: Path) -> None:
    asked = sorted({each["policy"] for each in scan(house(tmp_path, PARTNER))["findings"]})
    config = CLUSTERS + WAIVER.format(policies=", ".join(asked[:1]))
    root = house(tmp_path, PARTNER, config)
    for language, sentence in (
        ("en", "It excuses what is sent to a.partenaire-sante.fr, b.c.partenaire-sante.fr,"),
        (
            "fr",
            "Elle écarte ce qui est envoyé à a.partenaire-sante.fr, b.c.partenaire-sante.fr,",
        ),
    ):
        text = run("scan", root, "--full", "--lang", language, "--as-of", "2026-11-24").stdout
        assert sentence in " ".join(text.split())
    (waiver,) = scan(root)["exceptions"]
    assert {each["host"] for each in waiver["absorbed"]} >= {"kafka.autre-mutuelle.eu"}


def test_a_baseline_from_before_hosts_were_told_still_excuses_its_own(tmp_path: Path) -> None:
    root = house(tmp_path, {"SENTRY_DSN": "https://k@a.partenaire-sante.fr/1"})
    run("scan", root, "--write-baseline", str(root / "b.json"))
    text = (root / "b.json").read_text().replace('"host": "a.partenaire-sante.fr", ', "")
    assert '"host"' not in text
    (root / "b.json").write_text(text)
    assert scan(root, "--baseline", str(root / "b.json"))["summary"]["unproven"] == 0


def test_the_host_is_in_the_fingerprint_and_known_places_have_theirs(tmp_path: Path) -> None:
    def prints(hosts: dict[str, str]) -> dict[str, str]:
        found = scan(house(tmp_path, hosts), "--show", "compliant")["findings"]
        return {each["policy"] + str(each["role"]): each["fingerprint"] for each in found}

    one = prints({"SENTRY_DSN": "https://k@a.partenaire-sante.fr/1"})
    other = prints({"SENTRY_DSN": "https://k@b.partenaire-sante.fr/1"})
    changed = {key for key in one if one[key] != other[key]}
    assert changed == {key for key in one if key.endswith("processor")}
    # As it was before hosts were part of it: a digest of seven parts.
    known = prints({})["health-data-in-eeacompute"]
    assert known == one["health-data-in-eeacompute"]


# --- it never clears what the catalogue has


@cache
def listed() -> tuple[str, ...]:
    """Hosts of the catalogue: each pattern with its wildcards filled."""
    catalog = load()
    return tuple(
        each.host.replace("**", "a.b").replace("*", "a").replace("{region}", "us-east-1")
        for provider in catalog.providers
        for each in catalog.hosts_of(provider)
    )


@cache
def globs(host: str) -> tuple[str, ...]:
    labels = host.split(".")
    return (host, *(f"*.{'.'.join(labels[start:])}" for start in range(1, len(labels))), "*")


ENTRIES = st.one_of(
    st.just({"inside": True}),
    st.just({"provider": "scaleway", "region": "fr-par"}),
    st.just({"provider": "ovhcloud"}),
)
WHERE = Span("sovlint.yaml", 1, 1, 1, 1)


@given(st.data())
def test_no_entry_makes_a_host_of_the_catalogue_anything_else(data: st.DataObject) -> None:
    catalog = load()
    host = data.draw(st.sampled_from(listed()))
    entry = OwnHosts((data.draw(st.sampled_from(globs(host))),), WHERE, **data.draw(ENTRIES))
    at_home = catalog.at_house(House((entry,)))
    value = data.draw(
        st.sampled_from(
            [Known(host), Known(f"https://u:p@{host}:443/x"), _without_begin(host)]
        )
    )
    before, after = who_answers(value, catalog), who_answers(value, at_home)
    assert repr(before) == repr(after)
    assert stays_inside(value, catalog) == stays_inside(value, at_home)


def _without_begin(host: str) -> Unknown:
    """The host where its first label isn't known."""
    return Unknown(
        Reason.UNSET_VARIABLE, "var.x", parts=("https://", None, f".{host.partition('.')[2]}")
    )


@given(st.data())
def test_a_host_in_part_unknown_is_only_whose_all_of_it_may_be(data: st.DataObject) -> None:
    catalog = load().at_house(
        House(
            (
                OwnHosts(("*.acme.fr",), WHERE, provider="scaleway", region="fr-par"),
                OwnHosts(("db.acme.fr",), WHERE, provider="ovhcloud", region="GRA"),
                OwnHosts(("*.acme.eu",), WHERE, provider="scaleway", region="fr-par"),
            )
        )
    )
    domain, wanted = data.draw(
        st.sampled_from([("acme.fr", None), ("acme.eu", "scaleway"), ("eu", None)])
    )
    value = Unknown(Reason.UNSET_VARIABLE, "var.x", parts=("https://", None, f".{domain}/x"))
    found = who_answers(value, catalog)
    assert (found.value.provider if isinstance(found, Known) else None) == wanted


# --- what is only shown or fetched


SHOWN = {
    "LOGO_URL": "https://www.partenaire-sante.fr/logo.png",
    "DOCS_URL": "https://docs.acme.fr/x?a=b",
    "HELP_URL": "http://localhost/x",  # stays on the machine
    "SUPPORT_LOGO_URL": "https://o1.ingest.us.sentry.io/2",  # takes data, whatever it is called
}


def test_addresses_that_are_only_shown_are_counted_and_listed(tmp_path: Path) -> None:
    root = house(tmp_path, SHOWN)
    facts = json.loads(run("facts", root, "--format", "json").stdout)
    assert facts["shown"] == [
        {"path": "a.yaml", "line": 12, "address": "www.partenaire-sante.fr", "name": "LOGO_URL"},
        {"path": "a.yaml", "line": 13, "address": "docs.acme.fr", "name": "DOCS_URL"},
    ]  # fmt: skip
    assert facts["coverage"]["shown"] == scan(root)["coverage"]["shown"] == 2
    assert not [each for each in causes(root) if each and each.startswith("host:")]


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "sarif", "github"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "2 addresses are only shown or fetched, as the names of their settings say"),
        ("fr", "2 adresses sont seulement affichées ou récupérées, d'après les noms de leurs réglages"),
    ],
)  # fmt: skip
def test_the_summary_counts_them(
    tmp_path: Path, form: str, language: str, sentence: str
) -> None:
    root = house(tmp_path, SHOWN)
    text = run("scan", root, "--format", form, "--lang", language).stdout
    text = (
        text.encode().decode("unicode_escape")
        if form == "sarif" and "\\u00e9" in text
        else text
    )
    assert sentence in " ".join(text.split())


@pytest.mark.parametrize("command", ["scan", "facts"])
def test_all_of_them_are_listed_where_all_is_asked_for(tmp_path: Path, command: str) -> None:
    root = house(tmp_path, SHOWN)
    for language, line in (
        ("en", "a.yaml:12: LOGO_URL, www.partenaire-sante.fr"),
        ("fr", "a.yaml:12 : LOGO_URL, www.partenaire-sante.fr"),
    ):
        few = run(command, root, "--lang", language).stdout
        assert "www.partenaire-sante.fr" not in few
        text = run(command, root, "--full", "--lang", language).stdout
        assert line in " ".join(text.replace("\u00a0", " ").split())


def test_a_file_that_sends_nothing_has_its_addresses_counted_too(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    text = "LOGO_URL=https://www.partenaire-sante.fr/logo.png\nLANDING_PAGE_URL=https://acme.fr\n"
    (tmp_path / ".env").write_text(text)
    facts = json.loads(run("facts", tmp_path, "--format", "json").stdout)
    assert facts["resources"] == []
    assert [each["address"] for each in facts["shown"]] == [
        "www.partenaire-sante.fr",
        "acme.fr",
    ]


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ('type = "CNAME"\n  records = ["a.eu-west-1.elb.amazonaws.com"]', ("at-rest", "aws", "eu-west-1")),
        # A text beside the address leads nowhere, and one alone says nothing of who answers.
        ('type = "TXT"\n  records = ["v=spf1 include:a.eu-west-1.elb.amazonaws.com"]', ("at-rest", None, None)),
        ('type = "MX"\n  records = ["10 a.eu-west-1.elb.amazonaws.com"]', ("at-rest", None, None)),
        ("type = var.type\n  records = [\"a.eu-west-1.elb.amazonaws.com\"]", ("at-rest", "aws", "eu-west-1")),
        ('type = "CNAME"\n  records = ["db.acme.fr"]', ("at-rest", None, None)),
        ('type = "A"\n  records = ["203.0.113.5"]', ("at-rest", None, None)),
        ('type = "CNAME"\n  records = [var.target]', ("at-rest", None, None)),
    ],
)  # fmt: skip
def test_a_record_leads_to_what_it_points_at(
    tmp_path: Path, record: str, wanted: tuple[str, str | None, str | None]
) -> None:
    root = house(tmp_path, {"DATABASE_URL": "postgres://u@db.acme.fr/x"})
    variables = 'variable "type" {}\nvariable "target" {}\n'
    head = 'resource "aws_route53_record" "a" {\n  zone_id = "z"\n  name = "db.acme.fr"\n  '
    (root / "main.tf").write_text(f"{variables}{head}{record}\n}}\n")
    assert placed(root) - {("config", "aws", "global")} == {wanted}
    is_open = wanted[1] is None
    assert ("house:hosts" in causes(root)) is is_open


@pytest.mark.parametrize(
    ("folder", "unproven"), [("", False), ("examples/", True), ("tests/e2e/", True)]
)
def test_what_an_example_or_a_test_serves_is_not_ones_own(
    tmp_path: Path, folder: str, unproven: bool
) -> None:
    hosts = {"PARTNER_URL": "https://www.acme-mutuelle.fr/api"}
    house(tmp_path, hosts)
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / folder / "b.yaml").write_text(INGRESS, encoding="utf-8")
    clusters = CLUSTERS.replace("a.yaml", '"**"')
    (tmp_path / "sovlint.yaml").write_text(clusters, encoding="utf-8")
    found = [each["placement"]["provider"] for each in scan(tmp_path)["findings"]]
    assert (None in found) is unproven
