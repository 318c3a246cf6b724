"""What the environment of a service says of where its data goes."""

from __future__ import annotations

from sovlint.frontends.compose import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SentBy
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog


def sends(body: str, **files: str) -> dict[str, object]:
    """By setting, the address or company of each place that the service ``api`` sends to."""
    read = MemoryReader(
        {"compose.yaml": f"services:\n  api:\n    image: acme/api\n{body}", **files}
    )
    found = front_end.read(read, ReadOptions(), catalog().hints()).resources
    api: Resource = next(each for each in found if each.address == "compose:api")
    return {
        sent.key: (sent.value.value or sent.provider)
        if isinstance(sent.value, Known)
        else sent.value.text()
        for sent in api.sends
    }


def test_addresses_and_credentials() -> None:
    body = "    environment:\n      SENTRY_DSN: https://0@o1.ingest.de.sentry.io/4\n"
    body += "      TWILIO_ACCOUNT_SID: a\n      OTHER: x\n"
    assert sends(body) == {
        "SENTRY_DSN": "https://0@o1.ingest.de.sentry.io/4",
        "TWILIO_ACCOUNT_SID": "twilio",
    }


def test_a_service_of_the_same_project_is_no_place_outside() -> None:
    body = "    environment: [DB_HOST=db, OTEL_EXPORTER_OTLP_ENDPOINT=http://otel:4317]\n"
    body += "  db: {image: postgres}\n  otel: {image: otel}\n"
    assert sends(body) == {}


def test_a_file_of_variables_that_is_not_here_may_name_another_address() -> None:
    body = "    environment: {OPENAI_API_KEY: k}\n"
    assert sends(body) == {"OPENAI_API_KEY": "https://api.openai.com"}
    assert sends(f"{body}    env_file: .env.production\n") == {
        "OPENAI_API_KEY": "from-environment: env_file"
    }


def test_command_lines_send_as_those_of_pods_do() -> None:
    assert sends("    command: --sentry-dsn https://0@o1.ingest.de.sentry.io/4\n") == {
        "--sentry-dsn": "https://0@o1.ingest.de.sentry.io/4"
    }
    assert sends(
        "    command: [app, '--database-url=postgres://x.eu-west-3.rds.amazonaws.com/x']\n"
    ) == {"--database-url": "postgres://x.eu-west-3.rds.amazonaws.com/x"}
    script = "pg_dump -h db x | aws s3 cp - s3://b --endpoint-url $$S3"
    body = f"    environment: {{S3: 'https://s3.fr-par.scw.cloud'}}\n    entrypoint: sh -c \"{script}\"\n"
    assert sends(f"{body}  db: {{image: postgres}}\n") == {
        "aws s3 cp": "https://s3.fr-par.scw.cloud"
    }
    assert (
        sends("    entrypoint: [curl]\n    command: [-LO, 'https://github.com/a/b.tgz']\n")
        == {}
    )


def test_one_unset_variable_is_not_another() -> None:
    body = '    environment: {SENTRY_DSN: "${SENTRY_DSN}", CARIF_OREF_URL: "${CARIF_OREF_URL}"}\n'
    assert set(sends(body)) == {"SENTRY_DSN", "CARIF_OREF_URL"}
    same = '    environment: {SENTRY_DSN: "https://${SENTRY}/4", ERRORS_URL: "https://${SENTRY}/5"}\n'
    assert set(sends(same)) == {"SENTRY_DSN"}


def test_what_is_shown_hides_nothing_that_is_sent_to() -> None:
    logo, events = (
        f"      {name}: https://x.partenaire-sante.fr/v1\n"
        for name in ("A_LOGO_URL", "B_EVENTS_URL")
    )
    for body in (logo + events, events + logo):
        assert "B_EVENTS_URL" in sends(f"    environment:\n{body}")


def test_arguments_of_a_build_count_where_an_address_is_written() -> None:
    arguments = (
        "SENTRY_DSN: 'https://0@o1.ingest.de.sentry.io/4', FHIR_URL: '${FHIR_URL}', OPENAI_API_KEY: k, "
        "DB_URL: '${DB_URL:-postgres://x.us-east-1.rds.amazonaws.com/x}', REDIS_URL: 'redis://db'"
    )
    body = f"    build: {{context: ., args: {{{arguments}}}}}\n"
    assert sends(f"{body}  db: {{image: postgres}}\n") == {
        "SENTRY_DSN": "https://0@o1.ingest.de.sentry.io/4",
        "DB_URL": "postgres://x.us-east-1.rds.amazonaws.com/x",
    }


def test_an_argument_of_a_build_that_no_rule_knows_is_told_by_its_host_alone() -> None:
    body = "services:\n  api:\n    build: {context: ., args: {PARTNER_URL: 'https://partenaire.acme.fr'}}\n"
    found = front_end.read(
        MemoryReader({"compose.yaml": body}), ReadOptions(), catalog().hints()
    ).resources
    assert [sent.by for each in found for sent in each.sends] == [SentBy.HOST]
