"""Names with prefixes: of frameworks, of stages, of a product. What is nobody else's may have any; what anybody may call
so has none."""

from __future__ import annotations

import pytest

from sovlint.catalog.load import load
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.rules.destination import Setting
from tests.resolve.house import shown

HERE = Span("a", 1, 1, 1, 2)
PREFIXES = (
    "VITE_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "REACT_APP_", "EXPO_PUBLIC_", "AIRFLOW_VAR_", "MY_", "STAGING_", "CLAIMS_API_",
)  # fmt: skip
KEYS = {
    "OPENAI_API_KEY": ("ai", "openai"),
    "ANTHROPIC_API_KEY": ("ai", "anthropic"),
    "MISTRAL_API_KEY": ("ai", "mistral-ai"),
    "COHERE_API_KEY": ("ai", "cohere"),
    "GROQ_API_KEY": ("ai", "groq"),
    "DEEPSEEK_API_KEY": ("ai", "deepseek"),
    "ELEVENLABS_API_KEY": ("ai", "elevenlabs"),
    "DASHSCOPE_API_KEY": ("ai", "alibaba-cloud"),
    "VOYAGE_API_KEY": ("ai", "voyage-ai"),
    "PINECONE_API_KEY": ("at-rest", "pinecone"),
    "STRIPE_SECRET_KEY": ("processor", "stripe"),
    "ADYEN_API_KEY": ("processor", "adyen"),
    "PAYPLUG_SECRET_KEY": ("processor", "payplug"),
    "YOUSIGN_API_KEY": ("processor", "yousign"),
    "DOCUSIGN_INTEGRATION_KEY": ("processor", "docusign"),
    "HELLOSIGN_API_KEY": ("processor", "dropbox"),
    "SENDGRID_API_KEY": ("processor", "sendgrid"),
    "BREVO_API_KEY": ("processor", "brevo"),
    "MAILJET_API_KEY": ("processor", "mailjet"),
    "MAILGUN_API_KEY": ("processor", "mailgun"),
    "RESEND_API_KEY": ("processor", "resend"),
    "TWILIO_AUTH_TOKEN": ("processor", "twilio"),
    "SMSMODE_API_KEY": ("processor", "smsmode"),
    "OCTOPUSH_API_KEY": ("processor", "octopush"),
    "ONESIGNAL_API_KEY": ("processor", "onesignal"),
    "FCM_SERVER_KEY": ("processor", "google-cloud"),
    "GOVUK_NOTIFY_API_KEY": ("processor", "govuk-notify"),
    "GC_NOTIFY_API_KEY": ("processor", "gc-notify"),
    "INTERCOM_ACCESS_TOKEN": ("processor", "intercom"),
    "HUBSPOT_API_KEY": ("processor", "hubspot"),
    "CUSTOMERIO_API_KEY": ("processor", "customer-io"),
    "AIRTABLE_API_KEY": ("processor", "airtable"),
    "NOTION_API_KEY": ("processor", "notion"),
    "ALGOLIA_API_KEY": ("processor", "algolia"),
    "MIXPANEL_TOKEN": ("processor", "mixpanel"),
    "AMPLITUDE_API_KEY": ("processor", "amplitude"),
    "SEGMENT_WRITE_KEY": ("processor", "segment"),
    "LAUNCHDARKLY_SDK_KEY": ("processor", "launchdarkly"),
    "DD_API_KEY": ("logs", "datadog"),
    "NEW_RELIC_LICENSE_KEY": ("logs", "new-relic"),
    "HONEYCOMB_API_KEY": ("logs", "honeycomb"),
    "LOGTAIL_SOURCE_TOKEN": ("logs", "better-stack"),
    "LOGDNA_INGESTION_KEY": ("logs", "mezmo"),
    "CORALOGIX_PRIVATE_KEY": ("logs", "coralogix"),
    "BUGSNAG_API_KEY": ("processor", "bugsnag"),
    "HONEYBADGER_API_KEY": ("processor", "honeybadger"),
    "APPSIGNAL_PUSH_API_KEY": ("logs", "appsignal"),
    "CLOUDINARY_API_KEY": ("at-rest", "cloudinary"),
    "UPLOADCARE_SECRET_KEY": ("at-rest", "uploadcare"),
    "CLERK_SECRET_KEY": ("processor", "clerk"),
    "WORKOS_API_KEY": ("processor", "workos"),
}
ANYBODYS = (
    "API_KEY",
    "SECRET_KEY",
    "ACCESS_TOKEN",
    "AUTH_TOKEN",
    "LICENSE_KEY",
    "NOTIFY_URL",
    "SDK_KEY",
)


def _told(settings: dict[str, str]) -> set[tuple[str, str | None]]:
    found = (
        load()
        .hints()
        .signatures.signals(
            Setting(name, Known(value), HERE) for name, value in settings.items()
        )
    )
    return {(each.sent.role, each.sent.company) for each in found}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_is_one_companys_may_have_any_prefix(name: str) -> None:
    assert _told({name: "a1b2c3"}) == {KEYS[name]}
    for prefix in PREFIXES:
        assert _told({f"{prefix}{name}": "a1b2c3"}) == {KEYS[name]}, prefix


@pytest.mark.parametrize("name", ANYBODYS)
def test_a_key_that_anybody_may_call_so_shows_nobody(name: str) -> None:
    for prefix in ("", *PREFIXES):
        assert _told({f"{prefix}{name}": "a1b2c3"}) == set(), prefix


def test_the_address_of_the_same_prefix_goes_with_a_key() -> None:
    own = {"VITE_OPENAI_API_KEY": "a1", "VITE_OPENAI_BASE_URL": "http://models:8000/v1"}
    assert _told(own) == {("ai", None)}
    other = {**own, "BATCH_OPENAI_API_KEY": "a1"}
    assert ("ai", "openai") in _told(other)


@pytest.mark.parametrize("prefix", ["", *PREFIXES])
def test_application_insights_is_read_under_any_prefix(prefix: str) -> None:
    text = (
        "InstrumentationKey=0;IngestionEndpoint=https://francecentral-1.in.applicationinsights.azure.com/;"
        "LiveEndpoint=https://francecentral.livediagnostics.monitor.azure.com/"
    )
    name = f"{prefix}APPLICATIONINSIGHTS_CONNECTION_STRING"
    found = load().hints().signatures.signals([Setting(name, Known(text), HERE)])
    hosts = {
        str(each.sent.value.value) for each in found if isinstance(each.sent.value, Known)
    }
    assert any("francecentral" in host for host in hosts)


def told(*settings: tuple[str, str]) -> list[Sent]:
    """What settings send, whatever shows it."""
    given = [Setting(name, Known(value), HERE) for name, value in settings]
    return [signal.sent for signal in load().hints().signatures.signals(given)]


SCALEWAY = ("S3_ENDPOINT", "https://s3.fr-par.scw.cloud")
OWN = ("AWS_ACCESS_KEY_ID", "SCW1234567890ABCDEFG")
BACKUP = ("BACKUP_AWS_ACCESS_KEY_ID", "AKIA1234567890ABCDEF")


@pytest.mark.parametrize(
    ("settings", "open_keys"),
    [
        ((SCALEWAY, BACKUP), []),  # the only key there is
        ((SCALEWAY, OWN), []),
        ((BACKUP, OWN), []),  # anybody may speak the protocol
        ((SCALEWAY, OWN, BACKUP), ["BACKUP_AWS_ACCESS_KEY_ID"]),
        ((SCALEWAY, OWN, BACKUP, ("S3_REGION", "fr-par")), ["BACKUP_AWS_ACCESS_KEY_ID"]),
        ((SCALEWAY, OWN, BACKUP, ("BACKUP_S3_BUCKET", "claims")), ["BACKUP_S3_BUCKET"]),
        ((SCALEWAY, OWN, BACKUP, ("BACKUP_S3_ENDPOINT_URL", "https://s3.gra.io.cloud.ovh.net")), []),
    ],
)  # fmt: skip
def test_a_key_of_a_prefix_is_another_stores_than_an_address_that_has_its_own(
    settings: tuple[tuple[str, str], ...], open_keys: list[str]
) -> None:
    found = told(*settings)
    assert [sent.key for sent in found if not isinstance(sent.value, Known)] == open_keys
    assert [sent.key for sent in found if sent.key == "S3_ENDPOINT"] == [
        name for name, _ in settings if name == "S3_ENDPOINT"
    ]


LOCAL = "http://models:8000/v1"
SILENT: tuple[tuple[tuple[str, str], ...], ...] = (
    (("OPENAI_API_KEY", "a1"), ("OPENAI_BASE_URL", LOCAL)),
    (("SPRING_AI_OPENAI_API_KEY", "a1"), ("SPRING_AI_OPENAI_BASE_URL", LOCAL)),
    (("RAG_OPENAI_API_KEY", "a1"), ("OPENAI_BASE_URL", LOCAL)),  # what its library reads
    (("LLM_API_KEY", "a1"), ("LLM_BASE_URL", LOCAL)),
    (("S3_BUCKET", "claims"), ("AWS_ENDPOINT_URL", LOCAL)),
)
ASKED = (
    (("OPENAI_API_KEY", "a1"), ("EMBEDDING_BASE_URL", LOCAL)),
    (("OPENAI_API_KEY", "a1"), ("LLM_BASE_URL", LOCAL)),
    (("RAG_OPENAI_API_KEY", "a1"), ("EMBEDDING_BASE_URL", LOCAL)),
    (("AWS_BUCKET", "claims"), ("AWS_REGION", "us-east-1"), ("MINIO_ENDPOINT", LOCAL)),
    (("S3_BUCKET", "claims"), ("ARCHIVE_S3_ENDPOINT", LOCAL)),
)


@pytest.mark.parametrize("settings", SILENT)
def test_an_address_of_the_same_client_decides_for_a_key(
    settings: tuple[tuple[str, str], ...],
) -> None:
    assert [shown(sent.value) for sent in told(*settings)] == [LOCAL]


@pytest.mark.parametrize("settings", ASKED)
def test_an_address_of_something_else_silences_no_key(
    settings: tuple[tuple[str, str], ...],
) -> None:
    (open_key,) = (sent for sent in told(*settings) if not isinstance(sent.value, Known))
    assert open_key.key == settings[0][0]
    assert open_key.usual in ("openai", "aws")


def test_a_key_with_an_address_of_another_prefix_is_its_companys() -> None:
    assert ("ai", "openai") in _told(
        {"OPENAI_API_KEY": "a1", "EMBEDDINGS_OPENAI_BASE_URL": LOCAL}
    )
