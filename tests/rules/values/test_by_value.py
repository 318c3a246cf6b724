"""What values of settings say, whatever these are called."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sovlint.catalog
from sovlint.catalog.load import load
from sovlint.model.resources.sent import SentBy
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value, known_of
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.values.address_names import AddressNames, words_of

CATALOGUE = Path(sovlint.catalog.__file__).parent
VALUES = {
    value: name
    for name, kind in yaml.load((CATALOGUE / "values.yaml").read_text(), yaml.CSafeLoader)[
        "values"
    ].items()
    for value in kind["positive"]
}
HERE = Span("a.yaml", 1, 1, 1, 1)
NAMES = st.from_regex(r"[A-Z][A-Z0-9]{0,8}(_[A-Z][A-Z0-9]{0,8}){0,3}", fullmatch=True)


@cache
def signatures() -> Signatures:
    return load().hints().signatures


@cache
def address_names() -> AddressNames:
    lists = yaml.load((CATALOGUE / "address-names.yaml").read_text(), yaml.CSafeLoader)[
        "address_names"
    ]
    return AddressNames(lists)


def signals(*written: tuple[str, str | Value]) -> list[Signal]:
    given_values = [
        Setting(name, Known(value) if isinstance(value, str) else value, HERE)
        for name, value in written
    ]
    return list(signatures().signals(given_values))


def shown_by(name: str, value: str | Value, *beside: tuple[str, str]) -> list[SentBy]:
    return [signal.sent.by for signal in signals((name, value), *beside)]


@given(name=NAMES, value=st.sampled_from(sorted(VALUES)))
@settings(max_examples=300)
def test_what_a_value_can_only_be_is_told_under_any_name(name: str, value: str) -> None:
    assume(not address_names().is_test(name))
    found = signals((name, value))
    assert [signal for signal in found if signal.sent.by in (SentBy.RULE, SentBy.VALUE)]


@pytest.mark.parametrize(
    ("name", "value", "by"),
    [
        ("PARTNER_API_URL", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("partnerApiUrl", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("--partner-endpoint", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("TARGET", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("API_BASE_URL_ALERTS", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("HELLO", "https://api.partenaire-sante.fr", SentBy.URL),
        ("LOGO_URL", "https://www.partenaire-sante.fr/a", SentBy.SHOWN),
        ("PARTNER_URL", "https://www.partenaire-sante.fr/notice.pdf", SentBy.SHOWN),
        ("CORS_ALLOWED_ORIGINS", "https://www.acme.fr", SentBy.SHOWN),
        ("OIDC_TOKEN_URL", "https://login.acme.fr/token", SentBy.SHOWN),
        ("spring.cloud.vault.uri", "https://coffre.partenaire-sante.fr", SentBy.SHOWN),
        ("external-dns.alpha.kubernetes.io/hostname", "cache.acme.fr", SentBy.SHOWN),
        ("RADARR__APPLICATION_URL", "https://app.acme.fr", SentBy.SHOWN),
        ("oidc.errorUrl", "https://app.acme.fr/error", SentBy.SHOWN),
        ("route.hostnames", "app.acme.fr", SentBy.OWN),
        ("badge_base_url", "https://app.acme.fr", SentBy.SHOWN),
        ("DOCUMENT_VAULT_URL", "https://coffre.partenaire-sante.fr", SentBy.ADDRESS),
        ("LOGO_URL", "https://u:p@www.partenaire-sante.fr/a", SentBy.CLIENT),
        ("HELLO", "https://api.partenaire-sante.fr/?code=a1b2", SentBy.CLIENT),
        ("email.templateVars.signInDivorceUrl", "https://claims.acme.fr", SentBy.SHOWN),
        ("NOTIFY_TEMPLATE_CLAIM_URL", "https://claims.acme.fr", SentBy.SHOWN),
        ("DFE_SIGN_IN_API_ENDPOINT", "https://api.signin.acme.fr", SentBy.ADDRESS),
        ("SCHOOLS_CSV_BASE_URL", "https://schools.acme.fr/public", SentBy.SHOWN),
        ("APPLICANT_START_URL", "https://demarche.acme.fr/start", SentBy.SHOWN),
        ("SSL_TRUST_STORE_URL", "https://certs.acme.fr/a", SentBy.SHOWN),
        ("IPA_OPEN_DATA_URL", "https://data.acme.fr/dump", SentBy.SHOWN),
        ("Schools.BaseDownloadAddress", "https://schools.acme.fr/public/", SentBy.SHOWN),
        ("claims.portal-base-url", "https://claims.acme.fr", SentBy.SHOWN),
        ("SAML_SP_ACS_URL", "https://claims.acme.fr/saml", SentBy.OWN),
        ("SERVER_BASE_URL", "https://claims.acme.fr/fhir", SentBy.SHOWN),
        ("IDP_METADATA_URL", "https://idp.acme.fr/metadata", SentBy.ADDRESS),
        ("structureDefinition.uri", "http://registre.acme.fr/fhir", SentBy.SHOWN),
        ("PATIENT_IDENTIFIER_SYSTEM_URI", "https://acme.fr/patients", SentBy.SHOWN),
        ("fhir.namingSystems.url", "https://acme.fr/fhir", SentBy.SHOWN),
        ("PROFILE_A_URL", "https://acme.fr/fhir/StructureDefinition/a", SentBy.SHOWN),
        ("CODES_URL", "https://acme.fr/fhir/CodeSystem/ccam|2", SentBy.SHOWN),
        ("CODES_URL", "https://acme.fr/fhir/CodeSystem/$lookup", SentBy.ADDRESS),
        ("CODES_URL", "https://acme.fr/fhir/CodeSystem", SentBy.ADDRESS),
        ("PARTNER_URL", "https://acme.fr/fhir/Patient/1", SentBy.ADDRESS),
        ("systems.internalid.uri", "https://acme.fr/client", SentBy.URL),
        ("systems.CRBaseURI", "https://acme.fr/fhir", SentBy.URL),
        ("systems.insurer.url", "https://acme.fr/client", SentBy.ADDRESS),
        ("SYSTEMS_URI", "https://acme.fr/client", SentBy.ADDRESS),
        ("systems.insurer.uri", "https://u:p@acme.fr/client", SentBy.CLIENT),
        ("POLICY_API_URL", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
        ("CLAIMS_SYSTEM_API_URL", "https://api.partenaire-sante.fr", SentBy.ADDRESS),
    ],
)
def test_what_a_name_says_of_an_address(name: str, value: str, by: SentBy) -> None:
    assert shown_by(name, value) == [by]


def test_what_is_fetched_hides_nothing_that_is_sent_beside_it() -> None:
    fetched, sent = "oci://registre.acme.fr/app", "https://api.partenaire-sante.fr"
    either = Unknown(Reason.MULTI_VALUED, among=(Known(fetched), Known(sent)))
    assert shown_by("PARTNER_API_URL", fetched) == [SentBy.SHOWN]
    assert shown_by("PARTNER_API_URL", f"{fetched},{sent}") == [
        SentBy.ADDRESS,
        SentBy.ADDRESS,
    ]
    assert shown_by("PARTNER_API_URL", either) == [SentBy.ADDRESS]


@pytest.mark.parametrize(
    ("name", "value", "by"),
    [
        # Of patients' data an image, a registry or a callback isn't only shown.
        ("MEDICAL_IMAGE_URL", "https://images.partenaire-sante.fr", SentBy.ADDRESS),
        ("PATIENT_CONTACT_URL", "https://www.partenaire-sante.fr/contact", SentBy.ADDRESS),
        ("patients.registry.url", "https://registre.partenaire-sante.fr", SentBy.ADDRESS),
        ("DOSSIERS_MEDICAUX_INDEX_URL", "https://index.partenaire-sante.fr", SentBy.ADDRESS),
        ("RESULT_CALLBACK_URL", "https://partenaire-sante.fr/results", SentBy.ADDRESS),
        ("REMBOURSEMENTS_CALLBACK_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("ASSURES_PHOTO_URL", "https://partenaire-sante.fr/photos", SentBy.ADDRESS),
        ("BENEFICIAIRE_STATUS_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("MEDICAL_CERTIFICATE_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("HEALTH_DATA_DOWNLOAD_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("BACKUP_REPOSITORY_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("PATIENT_IMAGE", "https://partenaire-sante.fr", SentBy.URL),
        # What is sent is no file to fetch.
        ("PARTNER_UPLOAD_URL", "https://partenaire-sante.fr/claims.json", SentBy.ADDRESS),
        ("CLAIMS_EXPORT_URL", "https://partenaire-sante.fr/in.csv", SentBy.ADDRESS),
        ("PARTNER_WEBHOOK", "https://partenaire-sante.fr/hook.json", SentBy.ADDRESS),
        ("UPLOAD_CDN_URL", "https://partenaire-sante.fr/x", SentBy.ADDRESS),
        # Words that say no more than before.
        ("PATIENT_PORTAL_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("PATIENT_PORTAL_LOGO_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("PATIENT_LOGOUT_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("CLAIMS_OAUTH_CALLBACK_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("HEALTH_STATUS_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("HEALTH_CHECK_CALLBACK_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("CLAIMS_REPO_URL", "https://git.partenaire-sante.fr/claims", SentBy.SHOWN),
        ("claims.image.registry", "https://registry.acme.fr", SentBy.SHOWN),
        ("NOTIFY_STATUS_URL", "https://status.partenaire-sante.fr", SentBy.SHOWN),
        ("WEBHOOK_CALLBACK_URL", "https://claims.acme.fr/hook", SentBy.CALLBACK),
        ("WEBHOOK_SCHEMA_URL", "https://partenaire-sante.fr/x.json", SentBy.SHOWN),
        ("PARTNER_URL", "https://git.partenaire-sante.fr/claims.git", SentBy.SHOWN),
        ("PATIENTS_URL", "https://partenaire-sante.fr/patients.csv", SentBy.SHOWN),
        ("services.0.href", "https://claims.acme.fr", SentBy.SHOWN),
        ("STATUS_PAGE", "https://claims.acme.fr", SentBy.SHOWN),
        ("CLAIMS_PAGE_URL", "https://claims.acme.fr", SentBy.ADDRESS),
        ("PROJECT_IMAGE_URL", "https://images.partenaire-sante.fr", SentBy.SHOWN),
        ("APP_CALLBACK_URL", "https://partenaire-sante.fr", SentBy.CALLBACK),
    ],
)
def test_what_is_said_of_data_lifts_what_a_word_exempts(
    name: str, value: str, by: SentBy
) -> None:
    assert shown_by(name, value) == [by]


def test_a_key_beside_an_address_shows_that_it_is_called() -> None:
    key = ("PARTNER_API_KEY", "a1b2c3")
    assert shown_by("PARTNER_API_URL", "https://api.partenaire-sante.fr", key) == [
        SentBy.CLIENT
    ]
    other = ("OTHER_API_KEY", "a1b2c3")
    assert shown_by("PARTNER_API_URL", "https://api.partenaire-sante.fr", other) == [
        SentBy.ADDRESS
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XMLNS", "https://www.w3.org/2000/svg"),
        ("CODE_SYSTEM", "https://mos.esante.gouv.fr/NOS"),
        ("spring.active-directory.app-id-uri", "https://claims.acme.fr"),
        ("TEST_PARTNER_URL", "https://api.partenaire-sante.fr"),
        ("E2E_DSN", "postgres://u@db.partenaire-sante.fr/x"),
        ("MODE", "production"),
        ("VERSION", "1.2.3"),
        ("DRIVER", "org.postgresql.Driver"),
        ("TIMES", "a: b"),
        ("-o", "https://partenaire-sante.fr"),
        ("EVENTS_ARN", "arn:aws:sns:eu-west-2:000000000000:events"),
        ("UPSTREAM", "tcp://1.1.1.1:53"),
        ("TEXT", "a: b\n# resolver: tcp://1.1.1.1:53\n"),
        ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
    ],
)
def test_what_says_nothing(name: str, value: str) -> None:
    assert [by for by in shown_by(name, value) if by is not SentBy.HOST] == []


def test_addresses_inside_a_text_are_told_by_their_hosts() -> None:
    text = '{"dsn": "mysql://u:p@db.acme.fr/x", "to": "https://api.partenaire-sante.fr/v1"}'
    found = signals(("CONF", text))
    assert [(each.sent.by, known_of(each.sent.value)) for each in found] == [
        (SentBy.VALUE, known_of(Known("mysql://u:p@db.acme.fr/x"))),
        (SentBy.URL, known_of(Known("https://api.partenaire-sante.fr/v1"))),
    ]


@given(name=NAMES, value=st.sampled_from(sorted(VALUES)))
def test_a_value_with_a_hole_is_told_too(name: str, value: str) -> None:
    """Less is known of it, and nothing gets better by that: what tells the kind still stands there."""
    assume(not address_names().is_test(name))
    head, sign, rest = value.partition("://")
    assume(sign)
    holed = Unknown(Reason.UNSET_VARIABLE, "var.x", parts=(f"{head}{sign}", None))
    assert signals((name, holed)) or not rest


@pytest.mark.parametrize(
    "name", ["PARTNER_URL", "TIERS_PAYANT_ENDPOINT", "exportWebhook", "CLAIMS_DSN_2"]
)
def test_an_address_that_is_not_known_is_told_by_its_name(name: str) -> None:
    unknown = Unknown(Reason.FROM_ENVIRONMENT, "secret")
    assert [signal.sent.value for signal in signals((name, unknown))] == [unknown]


@pytest.mark.parametrize(
    ("name", "variable", "is_told"),
    [
        ("CLINIC_HOST", "${DOMAIN}", False),
        ("CLINIC_HOST", "${CLINIC}", True),
        ("CLINIC_HOST", "${PARTNER_DOMAIN}", True),
        ("spring.cloud.vault.kv.backend", "${VAULT_BACKEND}", False),
    ],
)
def test_a_variable_of_the_house_and_a_mount_say_nothing(
    name: str, variable: str, is_told: bool
) -> None:
    unknown = Unknown(Reason.FROM_ENVIRONMENT, variable)
    assert bool(signals((name, unknown))) is is_told


def test_a_variable_of_the_house_with_a_hole_says_nothing() -> None:
    whole = Unknown(Reason.FROM_ENVIRONMENT, "${DOMAIN}", parts=(None,))
    below = Unknown(Reason.FROM_ENVIRONMENT, "${DOMAIN}", parts=("https://partner.", None))
    path = Unknown(
        Reason.TEMPLATED, "{{ .Values.global.host }}", parts=("https://", None, "/a")
    )
    assert not signals(("CLINIC_HOST", whole))
    assert not signals(("CLINIC_URL", path))
    assert signals(("CLINIC_HOST", below))


def test_a_host_at_which_the_software_itself_answers_is_shown() -> None:
    own = ("SITE_URL", "https://rooms.acme.fr")
    assert shown_by("UPLOADER_URL", "https://rooms.acme.fr/up", own)[0] is SentBy.SHOWN
    assert shown_by("UPLOADER_URL", "https://files.acme.fr/up", own)[0] is SentBy.ADDRESS
    key = ("UPLOADER_KEY", "a1b2c3")
    assert shown_by("UPLOADER_URL", "https://rooms.acme.fr/up", own, key)[0] is SentBy.CLIENT


def test_an_address_that_is_only_watched_is_shown() -> None:
    address = ("endpoints_0_url", "https://www.partenaire-sante.fr")
    conditions = ("endpoints_0_conditions_0", "[STATUS] == 200")
    interval, other = ("endpoints_0_interval", "1m"), ("endpoints_1_interval", "1m")
    assert shown_by(*address, conditions, interval)[0] is SentBy.SHOWN
    assert shown_by(*address, conditions, other)[0] is SentBy.ADDRESS
    assert shown_by(*address, conditions)[0] is SentBy.ADDRESS


def test_words_of_names() -> None:
    assert (
        words_of("partnerApiUrl")
        == words_of("PARTNER_API_URL_2")
        == ("PARTNER", "API", "URL")
    )
    assert words_of("--partner-api-url") == words_of("partner.api.url2")
    assert words_of("S3Bucket") == ("S3", "BUCKET")
    assert words_of("E2E_URL") == ("E2E", "URL")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HOSPITAL_SYSTEM_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("HEALTH_AUTHORITY_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("CLAIMS_CLIENT_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("TEST_RESULTS_URL", "https://partenaire-sante.fr", SentBy.ADDRESS),
        ("PARTNER_URL", "http://52.1.2.3/claims", SentBy.ADDRESS),
        ("PARTNER_HOST", "52.1.2.3:8443", SentBy.ADDRESS),
        ("PARTNER_HOST", "[2a00:1450:4007::1]:443", SentBy.ADDRESS),
        ("PARTNER_URL", "https://u:p@52.1.2.3/claims", SentBy.CLIENT),
        ("PARTNER_URL", "wss://partenaire-sante.fr/x", SentBy.ADDRESS),
        ("PARTNER_URL", "//partenaire-sante.fr/x", SentBy.ADDRESS),
        ("PARTNER_URL", "grpcs://partenaire-sante.fr:443", SentBy.ADDRESS),
        ("X", "udp://partenaire-sante.fr:514", SentBy.URL),
        ("X", "rtp://partenaire-sante.fr:514", SentBy.URL),
        ("X", "oci://partenaire-sante.fr/chart", SentBy.SHOWN),
        ("DNS_SERVERS", "9.9.9.9", SentBy.SHOWN),
        ("OIDC_AUTHORITY", "https://partenaire-sante.fr", SentBy.SHOWN),
        ("USER_PROFILE_URL", "https://partenaire-sante.fr", SentBy.SHOWN),
    ],
)
def test_a_name_exempts_no_more_than_it_says(name: str, value: str, told: SentBy) -> None:
    assert shown_by(name, value) == [told]


@pytest.mark.parametrize("value", ["10.0.0.0/8", "52.1.0.0/16", "1.2.3", "http://schemas"])
def test_what_is_no_host_is_sent_nothing(value: str) -> None:
    assert shown_by("X", value) == []


@pytest.mark.parametrize("between", [",", ", ", ";", " ", "\n"])
@pytest.mark.parametrize("path", ["", "/x"])
def test_each_address_of_a_list_is_told(between: str, path: str) -> None:
    listed = [f"https://a.acme.fr{path}", f"https://b.acme.com{path}"]
    told = [signal.sent.value for signal in signals(("PARTNER_URLS", between.join(listed)))]
    assert [each.value for each in told if isinstance(each, Known)] == listed


def test_each_address_of_a_list_that_is_known_in_part_is_told() -> None:
    parts = ("https://a.s3.fr-par.scw.cloud/", None, ",https://b.s3.us-east-1.amazonaws.com/")
    found = signals(("X", Unknown(Reason.UNSET_VARIABLE, "x", parts=parts)))
    assert len(found) == 2


def test_addresses_inside_a_text_are_told_however_many_and_long() -> None:
    text = " ".join(f"see https://x{number}.acme.fr" for number in range(2000))
    assert len(shown_by("X", f"{text} https://acme.s3.us-east-1.amazonaws.com")) == 2001


def test_addresses_inside_a_text_that_is_known_in_part_are_told() -> None:
    parts = ("--to https://acme.s3.us-east-1.amazonaws.com/q --id ", None)
    value = Unknown(Reason.UNSET_VARIABLE, "x", parts=parts)
    assert shown_by("X", value) == [SentBy.HOST]


@pytest.mark.parametrize("name", ["DATABASE_URL", "BACKUP_URL", "REDIS_URL", "X"])
def test_a_bucket_is_one_whatever_a_rule_takes_its_name_for(name: str) -> None:
    """A name with one label would be a host of the network: nothing would leave by it."""
    (google,) = signals((name, "gs://acme-claims/2026"))
    assert (google.sent.company, google.sent.by) == ("google-cloud", SentBy.VALUE)
    (amazon,) = signals((name, "s3://acme-claims/2026"))
    assert amazon.sent.company == "aws"


def test_what_said_nothing_says_nothing_again_and_all_else_is_asked() -> None:
    nothing, host = ("STAGE_NAME", "prod"), "https://logs.clinique-inconnue.fr"
    hole = Unknown(Reason.UNSET_VARIABLE, "prod")
    for _ in range(2):
        assert signals(nothing) == []
        assert [each.sent.by for each in signals(("STAGE_NAME", host))] == [SentBy.URL]
        assert [each.sent.by for each in signals(("API_URL", hole))] == [SentBy.ADDRESS]
        assert signals(("STAGE_NAME", hole)) == []
