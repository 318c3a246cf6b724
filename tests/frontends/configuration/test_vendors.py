"""Whose services settings name, by hand: companies, where an address or a region says they are, and no evidence."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import one, told


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("NEXT_PRIVATE_RESEND_API_KEY=re_0", "processor resend ?"),
        ("DOMIFA_MAIL_BREVO_API_KEY=0a1b2c", "processor brevo ?"),
        ("MAILER_DSN=mailjet+api://0:1@default", "processor mailjet ?"),
        ("MAILER_DSN=brevo+api://0@default", "processor brevo ?"),
        ("MAILER_DSN=sendgrid://0@default", "processor sendgrid ?"),
        ("MAILER_DSN=mailgun+https://0:acme.fr@default?region=eu", "processor mailgun EU"),
        ("MAILER_DSN=ses+https://0:1@default?region=eu-west-3", "processor aws eu-west-3"),
        ("MAILER_DSN=smtp://0:1@in-v3.mailjet.com:587", "processor mailjet ?"),
        (
            "DJANGO_EMAIL_BACKEND=anymail.backends.sendinblue.EmailBackend",
            "processor brevo ?",
        ),
        ("MANDRILL_API_KEY=0a1b2c", "processor mailchimp ?"),
        ("SMTP_HOST=smtp.gmail.com", "processor google-workspace ?"),
        ("SMTP_HOST=smtp.tem.scaleway.com", "processor scaleway ?"),
        ("VONAGE_API_KEY=0a1b2c", "processor vonage ?"),
        (
            "TEAMS_WEBHOOK_URL=https://acme.webhook.office.com/webhookb2/0",
            "processor microsoft-365 ?",
        ),
        ("PAYPLUG_SECRET_KEY=0a1b2c", "processor payplug ?"),
        ("YOUSIGN_API_KEY=0a1b2c", "processor yousign ?"),
        ("DOCUSIGN_BASE_URL=https://eu.docusign.net", "processor docusign EU"),
        ("HELLOSIGN_API_KEY=0a1b2c", "processor dropbox ?"),
        ("COGNITO_DOMAIN=acme.auth.eu-west-3.amazoncognito.com", "processor aws eu-west-3"),
        (
            "FIREBASE_DATABASE_URL=https://acme.europe-west1.firebasedatabase.app",
            "at-rest google-cloud europe-west1",
        ),
        ("CLERK_SECRET_KEY=sk_live_0", "processor clerk ?"),
        ("AUTH0_DOMAIN=acme.eu.auth0.com", "processor okta EU"),
        ("VITE_CRISP_WEBSITE_ID=0a1b2c", "processor crisp ?"),
        ("ZENDESK_SUBDOMAIN=acme", "processor zendesk ?"),
        ("NEXT_PUBLIC_GA_MEASUREMENT_ID=G-0", "processor google-analytics ?"),
        ("MATOMO_URL=https://acme.matomo.cloud", "processor matomo-cloud ?"),
        ("BUGSNAG_API_KEY=0a1b2c", "processor bugsnag ?"),
        ("LOGZIO_LISTENER=listener-eu.logz.io", "logs logz-io EU"),
        ("CLOUDINARY_URL=cloudinary://0:1@acme", "at-rest cloudinary ?"),
        ("SNOWFLAKE_ACCOUNT=ab12345.eu-west-1", "at-rest snowflake eu-west-1"),
        ("DATABASE_URL=libsql://acme.turso.io", "at-rest turso ?"),
        ("SUPABASE_URL=https://abcd.supabase.co", "at-rest supabase ?"),
        (
            "MESSENGER_TRANSPORT_DSN=sqs://default/claims?region=eu-west-3",
            "processor aws eu-west-3",
        ),
        ("VERTEX_LOCATION=europe-west9", "ai google-cloud europe-west9"),
        ("GROQ_API_KEY=gsk_0", "ai groq ?"),
        ("DEEPSEEK_API_KEY=0a1b2c", "ai deepseek ?"),
        ("AZURE_OPENAI_RESOURCE_NAME=acme", "ai microsoft-azure ?"),
        ("AZURE_OPENAI_ENDPOINT=${ENDPOINT}", "ai microsoft-azure ?"),
        ("LANGCHAIN_API_KEY=0a1b2c", "logs langsmith ?"),
        ("DAILY_API_KEY=0a1b2c", "processor daily ?"),
        ("LIVEKIT_URL=wss://acme.livekit.cloud", "processor livekit-cloud ?"),
        ("UPSTASH_REDIS_REST_URL=${URL}", "at-rest upstash ?"),
        ("POSTHOG_HOST=https://app.posthog.com", "processor posthog US"),
    ],
)
def test_whose_service_a_setting_names(line: str, fact: str) -> None:
    assert one(".env", f"{line}\n") == {line.partition("=")[0]: fact}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "NEXT_PUBLIC_POSTHOG_KEY=0a1b2c\nNEXT_PUBLIC_POSTHOG_HOST=https://eu.i.posthog.com",
            "processor posthog EU",
        ),
        ("MAIL_MAILER=ses\nAWS_DEFAULT_REGION=eu-west-3", "processor aws eu-west-3"),
        ("BEDROCK_MODEL_ID=a\nAWS_REGION=eu-central-1", "ai aws eu-central-1"),
        ("LANGFUSE_SECRET_KEY=0a1b2c", "logs langfuse EU"),
        ("POSTHOG_API_KEY=0a1b2c", "processor posthog US"),
    ],
)
def test_an_address_or_a_region_beside_it_says_where(text: str, found: str) -> None:
    assert list(one(".env", f"{text}\n").values()) == [found]


def test_what_a_file_for_one_environment_switches_off_is_nothing_there_alone() -> None:
    text = "REACT_APP_OKTA_ENABLED=false\nREACT_APP_OKTA_URL=https://acme.okta.com\nOKTA_DOMAIN=acme.okta-emea.com\n"
    assert one(".env.development", text) == {"OKTA_DOMAIN": "processor okta ?"}
    assert set(one(".env", text)) == {"REACT_APP_OKTA_URL", "OKTA_DOMAIN"}
    # What holds for all may be switched on again where it is run.
    assert told(
        {
            ".env": "SENTRY_DSN=https://0@o1.ingest.de.sentry.io/4\n",
            ".env.local": "SENTRY_ENABLED=false\n",
        }
    ) == {".env#SENTRY_DSN": "processor sentry EU"}
    off = "sentry:\n  enabled: {}\n  dsn: https://0@o1.ingest.de.sentry.io/4\n"
    assert one("application-prod.yml", off.format("false")) == {}
    for written in ("true", "${SENTRY_ENABLED:false}", "${SENTRY_ENABLED}"):
        assert one("application-prod.yml", off.format(written)) == {
            "sentry.dsn": "processor sentry EU"
        }


@pytest.mark.parametrize(
    "line",
    [
        "MATOMO_URL=https://stats.mutuelle-du-ponant.fr", "KEYCLOAK_URL=https://auth.mutuelle-du-ponant.fr",
        "SUPABASE_URL=https://supabase.mutuelle-du-ponant.fr", "POSTHOG_HOST=https://posthog.mutuelle-du-ponant.fr",
        "LANGFUSE_HOST=https://traces.mutuelle-du-ponant.fr", "JIRA_URL=https://jira.mutuelle-du-ponant.fr",
        "MATTERMOST_WEBHOOK_URL=https://chat.mutuelle-du-ponant.fr/hooks/0", "LIVEKIT_URL=wss://visio.mutuelle-du-ponant.fr",
    ],
)  # fmt: skip
def test_software_of_ones_own_names_nobody(line: str) -> None:
    (fact,) = one(".env", f"{line}\n").values()
    assert fact.endswith(" ? ?")


def test_ones_own_address_wins_over_the_key_of_a_service() -> None:
    text = "POSTHOG_API_KEY=0a1b2c\nPOSTHOG_HOST=https://posthog.mutuelle-du-ponant.fr\n"
    assert one(".env", text) == {"POSTHOG_HOST": "processor ? ?"}


def test_an_endpoint_that_is_filled_in_later_is_not_amazons() -> None:
    text = "AWS_S3_ENDPOINT_URL=https://${S3_HOST}\nAWS_STORAGE_BUCKET_NAME=a\nAWS_REGION=eu-west-3\n"
    assert one(".env", text) == {"AWS_S3_ENDPOINT_URL": "at-rest ? ?"}


@pytest.mark.parametrize(
    "line",
    [
        "GOOGLE_MAPS_API_KEY=0", "MAPBOX_TOKEN=0", "RECAPTCHA_SECRET_KEY=0", "HCAPTCHA_SITE_KEY=0",
        "TURNSTILE_SITE_KEY=0", "MAIL_MAILER=log", "MAIL_MAILER=smtp", "MAILER_DSN=null://null", "MAILER_DSN=native://default",
        "MESSENGER_TRANSPORT_DSN=doctrine://default", "QUEUE_CONNECTION=database", "EMAIL_URL=consolemail://",
        "STRIPE_SECRET_KEY=sk_test_0", "TWILIO_TEST_ACCOUNT_SID=AC0", "AZURE_TENANT_ID=0", "GOOGLE_API_KEY=0",
        "KEYCLOAK_HOST=id.domain.tld", "CONNECTION_STRING=Data Source=claims.db", "SLACK_WEBHOOK_ENABLED=true",
        "JITSI_DOMAIN=", "BREVO_LIST_ID=3",
    ],
)  # fmt: skip
def test_what_sends_no_data_of_people_or_names_nobody(line: str) -> None:
    assert one(".env", f"{line}\n") == {}


def test_connection_strings_name_their_server_in_many_ways() -> None:
    text = """{"ConnectionStrings": {
        "A": "Host=claims.postgres.database.azure.com;Database=a;Username=u",
        "B": "Data Source=acme.database.windows.net;Initial Catalog=b",
        "C": "AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey=k",
        "D": "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=a"}}"""
    found = one("appsettings.json", text)
    assert sorted(found) == [f"ConnectionStrings.{name}" for name in "ABCD"]
    assert {fact.split()[1] for fact in found.values()} == {"microsoft-azure"}


def test_files_below_a_folder_of_templates_are_templates() -> None:
    text = "S3_HOST=storage.acme.fr\nSMTP_HOST=in-v3.mailjet.com\n"
    assert told({"env.d/production.dist/common": text}) == {
        "env.d/production.dist/common#SMTP_HOST": "processor mailjet ? if used"
    }
    assert len(told({"env.d/production/common": text})) == 2


def test_what_is_switched_on_is_used_and_a_switch_is_no_key() -> None:
    assert one("application-prod.yaml", "twilio:\n  enabled: true\n") == {
        "twilio.enabled": "processor twilio ?"
    }
    assert one("application-prod.yaml", "twilio:\n  enabled: false\nsentry.dsn: true\n") == {}
    assert one(".env", "OPENAI_API_KEY=true\nSMTP_HOST=true\nSENTRY_DSN='true'\n") == {}


def test_an_api_of_ones_own_at_a_platforms_host() -> None:
    text = '{"Partner": {"BaseUrl": "https://acme.azurewebsites.net", "TokenBaseUrl": "https://b.azure-api.net/id"}}'
    assert one("appsettings.json", text) == {"Partner.BaseUrl": "processor microsoft-azure ?"}
    assert one("appsettings.json", '{"Partner": {"BaseUrl": "https://api.acme.fr"}}') == {
        "Partner.BaseUrl": "processor ? ?"
    }
    text = "jobs:\n  web:\n    env: {API_URL: 'https://acme.herokuapp.com'}\n    steps: [{run: make}]\n"
    assert one(".github/workflows/web.yml", text) == {}


def test_where_records_of_patients_are_exchanged() -> None:
    text = "HCX_PROTOCOL_BASE_PATH=https://hcx.acme.in/api\nFHIR_BASE_URL=http://hapi:8080/fhir\nFHIR_VERSION=R4\n"
    assert one(".env", text) == {"HCX_PROTOCOL_BASE_PATH": "processor ? ?"}


def test_sign_in_of_asp_net_is_no_check_of_tokens() -> None:
    authority = '"OpenIdConnect": {"Authority": "https://login.acme.fr/realms/a"'
    assert one("appsettings.json", f'{{{authority}, "ResponseType": "code"}}}}') == {
        "OpenIdConnect.Authority": "processor ? ?"
    }
    assert one("appsettings.json", f'{{{authority}, "Audience": "a"}}}}') == {}


def test_messages_and_caches_by_addresses_alone() -> None:
    assert one(
        ".env", "SMS_PROVIDER_API='https://api.acme-sms.fr/v1/send'\nSMS_TOKEN=\n"
    ) == {"SMS_PROVIDER_API": "processor ? ?"}
    secrets = 'production:\n  redis_url_cache: <%= ENV["REDIS_URL_CACHE"] %>\n  secret_key_base: <%= ENV["KEY"] %>\n'
    assert one("config/secrets.yml", secrets) == {"production.redis_url_cache": "at-rest ? ?"}


def test_the_cluster_that_kontinuous_names() -> None:
    text = "projectName: claims\ndependencies:\n  fabrique:\n    extends:\n    - name: ovh\n    - name: buildkit-service\n"
    assert one(".kontinuous/config.yaml", text) == {
        "dependencies.fabrique.extends.0.name": "compute ovhcloud ?"
    }


def test_a_store_under_a_name_that_says_what_it_is_for() -> None:
    text = (
        "CLAIMS_STORAGE_URL=https://claims.s3.us-east-1.amazonaws.com\nBACKUP_TARGET=https://acme.blob.core.windows.net/d\n"
        "LOGO_URL=https://acme.s3.us-east-1.amazonaws.com/logo.png\n"
    )
    assert one(".env", text) == {
        "CLAIMS_STORAGE_URL": "at-rest aws us-east-1",
        "BACKUP_TARGET": "at-rest microsoft-azure ?",
        "LOGO_URL": "at-rest aws us-east-1",  # whatever it is called: a bucket is one
    }
