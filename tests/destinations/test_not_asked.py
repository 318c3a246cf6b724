"""What isn't asked of tests, of placeholders, and of names that hold no address; what is all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.destinations.test_own_sites import sent_to

UNKNOWN = "PARTNER_URL: https://api.partenaire-sante.fr"
KNOWN = "SENTRY_DSN: https://a@o1.ingest.sentry.io/1"


def service(*environment: str) -> str:
    lines = "".join(f"      {each}\n" for each in environment)
    return f"services:\n  app:\n    image: acme/app\n    environment:\n{lines}"


@pytest.mark.parametrize(
    "path",
    [
        "test-scripts/1.0.0/docker-compose.yml",
        "webapi-tests/docker-compose.yml",
        "Acme.Tests/docker-compose.yml",
        "docker-compose.cypress.yml",
        "zap/docker-compose.zap.yml",
        "src/functionalTest/docker-compose.yml",
        "src/test/docker-compose.yml",
        "k6/docker-compose.yml",
    ],
)
def test_of_tests_only_companies_that_are_known_are_judged_unless_a_class_is_declared(
    tmp_path: Path, path: str
) -> None:
    """What isn't judged is counted: a pipeline that is called after tests may send what is real."""
    text = service(UNKNOWN, "EXPORT_HOST: ${EXPORT_HOST}", KNOWN)
    assert sent_to(tmp_path, (path, text)) == {"PARTNER_URL", "EXPORT_HOST", "SENTRY_DSN"}
    assert judged(tmp_path, "--assume", "health", "--no-config") == (2, False)
    (tmp_path / "sovlint.yaml").write_text('data: {paths: {"**": [health]}}\n')
    assert judged(tmp_path) == (0, True)


def judged(folder: Path, *options: str) -> tuple[int, bool]:
    """How many addresses aren't judged, and whether what the partner gets is."""
    ran = CliRunner().invoke(main, ["scan", str(folder), "--format", "json", *options])
    found = json.loads(ran.stdout)
    causes = {each["cause"] for each in found["findings"]}
    return found["coverage"]["doubtful"], "host:partenaire-sante.fr" in causes


@pytest.mark.parametrize(
    "path",
    [
        "docker-compose.yml",
        "test/docker-compose.yml",  # may be an environment
        "environments/test-claims/docker-compose.yml",
        "terraform/claims-tests/docker-compose.yml",
        "test-env/docker-compose.yml",
        "latest-tools/docker-compose.yml",
    ],
)
def test_an_environment_that_is_called_so_is_asked_about(tmp_path: Path, path: str) -> None:
    assert sent_to(tmp_path, (path, service(UNKNOWN))) == {"PARTNER_URL"}


@pytest.mark.parametrize(
    ("name", "value", "is_told"),
    [
        ("CYPRESS_BACKEND_URL", "https://partenaire-sante.fr", False),
        ("WIREMOCK_URL", "${WIREMOCK_URL}", False),
        ("EXUI_CASE_DETAILS_URL", "https://partenaire-sante.fr", False),
        ("FRONTEND_TASKS_URL", "https://partenaire-sante.fr", False),
        ("FRONTEND_EXPORT_API_URL", "https://partenaire-sante.fr", True),
        ("PARTNER_HOME_PAGE_URL", "https://partenaire-sante.fr", False),
        ("ARTIFACTORY_URL", "https://partenaire-sante.fr", False),
        ("HEADER_URL", "https://partenaire-sante.fr", False),
        ("IPA_OPEN_DATA_INSTITUTION_URL", "https://partenaire-sante.fr", False),
        ("ANAC_URL", "https://dati.partenaire-sante.it", False),
        ("RATES_URL", "https://data-api.ecb.europa.eu", False),
        ("RATES_URL", "https://data.partenaire-sante.fr", True),
        ("ORG_URL", "https://partenaire-sante.fr", False),
        ("PARTNER_ORG_URL", "https://partenaire-sante.fr", True),
        ("SIP_SERVER", "exemple.serveur.fr", False),
        ("SIP_SERVER", "sip.example-sante.fr", True),
        ("CMS_USE_PREVIEW_API", "${PREVIEW}", False),
        ("CMS_PREVIEW_API", "${PREVIEW}", True),
        ("CMS_USE_PREVIEW_API", "https://partenaire-sante.fr", True),
        ("PARTNER_URL", "https://partner-mock.partenaire-sante.fr", False),
        ("PARTNER_URL", "https://wiremock.partenaire-sante.fr", False),
        ("PARTNER_URL", "https://mockups.partenaire-sante.fr", True),
        ("EXCEPTION_ERROR_CODE_URI", "https://partenaire-sante.fr/error-code", False),
        ("INTERNAL_SECTOR_URI", "https://partenaire-sante.fr/", False),
        ("CODE_URI", "https://partenaire-sante.fr/error-code", True),
        ("STRIPE_SECRET_KEY", "AAAAAAAAAAAAAAAA", False),
        ("STRIPE_SECRET_KEY", "4", False),
        ("STRIPE_SECRET_KEY", "key", False),
        ("STRIPE_SECRET_KEY", "fake-key", False),
        ("STRIPE_SECRET_KEY", "keyA2b9c1", True),
        ("CCD_SERVICEBUS_DESTINATION", "${NAME}-events", False),
        ("EXPORT_DESTINATION", "${NAME}-events", True),
        ("SEARCH_HOST", "${NAME}-es-master", False),  # no domain of the internet ends so
        ("DB_SERVER", "${PREFIX}-claims-pg", False),
        ("SEARCH_HOST", "${NAME}", True),
        ("SEARCH_HOST", "${NAME}search", True),
        ("SEARCH_HOST", "${NAME}-search.acme.fr", True),
        ("EXPORT_URL", "${BASE}-claims", True),  # may begin with all of an address
    ],
)
def test_names_and_hosts(tmp_path: Path, name: str, value: str, is_told: bool) -> None:
    told = sent_to(tmp_path, ("docker-compose.yml", service(f'{name}: "{value}"')))
    assert told == ({name} if is_told else set())


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("e2e-partner.yml", False),
        ("run-smoke-tests.yml", False),
        ("run-integration-tests.yml", True),  # mostly against a database that somebody uses
        ("performance_test_prod.yml", False),
        ("deploy-test.yml", True),  # deploys to an environment that is called so
        ("tests.yml", True),
    ],
)
def test_a_workflow_of_tests(tmp_path: Path, name: str, is_told: bool) -> None:
    step = 'pg_dump "$URL" | curl -T - $EXPORT_URL'
    text = f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: {step}\n"
    told = sent_to(tmp_path, (f".github/workflows/{name}", text))
    assert ("curl" in told) == is_told


@pytest.mark.parametrize(
    ("folder", "is_told"),
    [("contractTest", False), ("integrationTest", False), ("latest", True), ("main", True)],
)
def test_sources_of_tests_are_passed_over(tmp_path: Path, folder: str, is_told: bool) -> None:
    path = f"src/{folder}/resources/application.yml"
    told = sent_to(
        tmp_path, (path, "notifyBaseUrl: https://api.notifications.service.gov.uk\n")
    )
    assert bool(told) == is_told


def test_a_key_beside_open_data_tells_it(tmp_path: Path) -> None:
    text = service("RATES_URL: https://dati.partenaire-sante.it", "RATES_API_KEY: a1b2c3d4")
    assert sent_to(tmp_path, ("docker-compose.yml", text)) == {"RATES_URL"}


def workload(name: str, environment: str) -> str:
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: media}}\n"
        f"spec: {{template: {{spec: {{containers: [{{name: c, image: acme/c, env: [{environment}]}}]}}}}}}\n---\n"
    )


@pytest.mark.parametrize(
    ("host", "is_told"),
    [
        ("plex.media", False),  # a domain that somebody may have, but called as what is here
        ("plex-redis.media", False),
        ("claims.media", True),
        ("plex.dev", True),
    ],
)
def test_a_service_of_a_namespace(tmp_path: Path, host: str, is_told: bool) -> None:
    text = workload("plex", f"{{name: OTHER_URL, value: 'http://{host}:80/x'}}")
    assert sent_to(tmp_path, ("a.yaml", text)) == ({"OTHER_URL"} if is_told else set())


@pytest.mark.parametrize(
    ("host", "is_told"), [("audit.nais", False), ("audit.dev", True), ("a.audit.nais", True)]
)
def test_a_service_of_a_namespace_that_is_not_here(
    tmp_path: Path, host: str, is_told: bool
) -> None:
    """Nobody registers domains under its name, whatever shows that something is sent."""
    appender = "ch.qos.logback.classic.net.SyslogAppender"
    text = f"<configuration><appender name='a' class='{appender}'><syslogHost>{host}</syslogHost></appender></configuration>"
    told = sent_to(tmp_path, ("src/main/resources/logback-spring.xml", text))
    assert bool(told) == is_told


PUBLISHED = """{"issuer": "https://login.microsoftonline.com/x", "token_endpoint": "https://login.acme.fr/t",
"authorization_endpoint": "https://login.microsoftonline.com/a", "jwks_uri": "https://login.acme.fr/k"}"""


def test_what_an_identity_provider_publishes_is_no_configuration(tmp_path: Path) -> None:
    assert sent_to(tmp_path, ("openid-config.json", PUBLISHED)) == set()


def test_a_store_at_such_a_host_is_told_unless_it_is_called_as_what_is_here(
    tmp_path: Path,
) -> None:
    text = workload("app", "{name: DATABASE_URL, value: 'postgres://u@db.media/x'}")
    assert sent_to(tmp_path, ("a.yaml", text)) == {"DATABASE_URL"}
    assert sent_to(tmp_path, ("a.yaml", text.replace("db.media", "app-db.media"))) == set()


@pytest.mark.parametrize(
    ("account", "is_told"), [("devstoreaccount1", False), ("acme", True)]
)
def test_the_account_of_an_emulator_is_no_companys(
    tmp_path: Path, account: str, is_told: bool
) -> None:
    words = f"az storage blob upload --account-name {account} -c x -f dump.gz -n x"
    text = f"services:\n  cli:\n    image: acme/cli\n    command: {words}\n"
    told = sent_to(tmp_path, ("docker-compose.yml", text))
    assert told == ({"az storage blob upload"} if is_told else set())


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("LIGHTHOUSE_URL", False),
        ("PA11Y_BASE_URL", False),
        ("ZAP_TARGET", False),
        ("LIGHTHOUSE_API_URL", True),  # a company may be called so
        ("ZAP_EXPORT_URL", True),
    ],
)
def test_a_site_that_is_measured_is_sent_nothing(
    tmp_path: Path, name: str, is_told: bool
) -> None:
    value = f"{name}: https://api.partenaire-sante.fr"
    told = sent_to(tmp_path, ("docker-compose.yml", service(value)))
    assert told == ({name} if is_told else set())


def test_an_unset_endpoint_beside_a_companys_key_is_the_companys(tmp_path: Path) -> None:
    text = service("FRESHDESK_API_ENDPOINT: ${ENDPOINT}", "FRESHDESK_API_KEY: ${KEY}")
    assert sent_to(tmp_path, ("docker-compose.yml", text)) == {"FRESHDESK_API_ENDPOINT"}
