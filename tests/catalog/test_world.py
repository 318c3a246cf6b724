"""The world's data, asserted by hand: who controls whom, what is technology, what is held, from when to when."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.entries import HeldFromOutside, Limits, Offer
from sovlint.catalog.load import Catalog, load
from sovlint.model.text import Note
from sovlint.report.messages import say

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.mark.parametrize(
    ("provider", "control", "technology"),
    [
        ("aws", ("US",), ("US",)),
        ("aws-european-sovereign-cloud", ("DE", "US"), ("US",)),
        ("aws-china", ("CN",), ("US",)),
        ("microsoft-azure", ("US",), ("US",)),
        ("azure-china", ("CN",), ("US",)),
        ("microsoft-365", ("US",), ("US",)),
        ("google-cloud", ("US",), ("US",)),
        ("s3ns", ("FR",), ("US",)),
        ("bleu", ("FR",), ("US",)),
        ("ovhcloud", ("FR",), ()),
        ("ovhcloud-us", ("FR", "US"), None),
        ("outscale", ("FR",), ()),
        ("numspot", ("FR",), None),
        ("scaleway", ("FR",), ()),
        ("cloud-temple", ("FR",), ("US",)),
        ("scalingo", ("FR",), None),
        ("hetzner", ("DE",), None),
        ("stackit", ("DE",), ()),
        ("open-telekom-cloud", ("DE",), None),
        ("exoscale", ("AT", "CH", "MX"), None),
        ("oracle-eu-sovereign-cloud", ("EU", "US"), ("US",)),
        ("alibaba-cloud", ("CN",), ("CN",)),
        ("hashicorp", ("US",), ("US",)),
        ("slack", ("US",), ("US",)),
        ("zendesk", ("GB", "US"), ("US",)),
        ("atlassian", ("AU", "US"), ("US",)),
        ("doctolib", ("FR", "US"), ("US",)),
        ("health-data-hub", ("FR", "US"), ("US",)),
        ("viamedis", ("FR",), None),
        ("almerys", ("FR",), None),
        ("mistral-ai", ("FR",), None),
        ("franceconnect", ("FR",), None),
        ("pro-sante-connect", ("FR",), None),
    ],
)
def test_control_and_technology(
    catalog: Catalog, provider: str, control: tuple[str, ...], technology: tuple[str, ...] | None
) -> None:
    found = (catalog.control(provider, DAY).states, catalog.technology(provider, DAY).codes)
    assert found == (control, technology)


def test_technology_of_ovhcloud_differs_by_service(catalog: Catalog) -> None:
    ovhcloud = catalog.technology("ovhcloud", DAY)
    assert ovhcloud.made_by("public-cloud") == ()
    assert ovhcloud.made_by("hosted-private-cloud") == ("US",)
    assert ovhcloud.made_by("enterprise-file-storage") == ("US",)
    assert ovhcloud.made_by(None) is None


def test_what_nobody_found_of_who_controls_a_provider(catalog: Catalog) -> None:
    unfound = {each: catalog.control(each, DAY).open for each in catalog.providers if catalog.control(each, DAY).open}
    assert unfound == {
        "aiven": (("owners", "Aiven Oy"), ("host", "Aiven")),
        "albert-api": (("host", "Albert API"),),
        "almerys": (("owners", "almerys SAS"), ("owners", "be-ys (G2S)"), ("host", "Almerys")),
        "brevo": (("owners", "Brevo SAS (Sendinblue)"), ("host", "Brevo")),
        "bunny-net": (("owners", "BunnyWay d.o.o."), ("host", "bunny.net")),
        "cegedim-cloud": (("owners", "Cegedim.cloud SAS"),),
        "clever-cloud": (("owners", "Clever Cloud SAS"),),
        "cloud-temple": (("owners", "Cloud Temple SAS"),),
        "cloudamqp": (("owners", "84codes AB"), ("host", "CloudAMQP")),
        "deepl": (("owners", "DeepL SE"), ("host", "DeepL")),
        "franceconnect": (("host", "FranceConnect"),),
        "gandi": (("owners", "Gandi SAS"), ("owners", "your.online")),
        "hetzner": (("owners", "Hetzner Online GmbH"),),
        "index-education": (("owners", "Index Éducation"), ("host", "Index Education")),
        "its-integra": (("owners", "ITS Integra"),),
        "jamespot": (("owners", "Jamespot SAS"), ("host", "Jamespot")),
        "leviia": (("owners", "Leviia SAS"), ("host", "Leviia")),
        "mailjet": (("owners", "Mailjet SAS"), ("owners", "Sinch AB"), ("host", "Mailjet")),
        "mipih": (("owners", "GIP Mipih"),),
        "mistral-ai": (("host", "Mistral AI"),),
        "numergy": (("owners", "SFR"),),
        "olvid": (("owners", "Olvid SAS"), ("host", "Olvid")),
        "oodrive": (("owners", "Oodrive SAS"),),
        "pro-sante-connect": (("owners", "Agence du Numérique en Santé"), ("host", "Pro Santé Connect")),
        "scalingo": (("owners", "Scalingo SAS"),),
        "tixeo": (("owners", "Tixeo SAS"), ("host", "Tixeo")),
        "upcloud": (("owners", "UpCloud Oy"),),
        "viamedis": (("owners", "Viamedis"), ("host", "Viamedis")),
        "wallix": (("owners", "Wallix Group SA"),),
        "whaller": (("owners", "Whaller SAS"), ("host", "Whaller")),
        "wimi": (("owners", "Cloud Solutions SAS (Wimi)"), ("host", "Wimi")),
        "worldline": (("owners", "Worldline SA"),),
        "adyen": (("owners", "Adyen N.V."), ("host", "Adyen")),
        "appsignal": (("owners", "AppSignal B.V."), ("host", "AppSignal")),
        "bird": (("owners", "Bird B.V. (MessageBird)"), ("host", "Bird")),
        "crisp": (("owners", "Crisp IM SAS"), ("host", "Crisp")),
        "hotjar": (("owners", "Hotjar Ltd"), ("owners", "Contentsquare SAS"), ("host", "Hotjar")),
        "langfuse": (("owners", "Langfuse GmbH"), ("host", "Langfuse Cloud")),
        "lemonway": (("owners", "Lemon Way SAS"), ("host", "Lemonway")),
        "meilisearch-cloud": (("owners", "Meili SAS"), ("host", "Meilisearch Cloud")),
        "mollie": (("owners", "Mollie B.V."), ("host", "Mollie")),
        "payplug": (("owners", "PayPlug SAS"), ("host", "PayPlug")),
        "piwik-pro": (("owners", "Piwik PRO SA"), ("host", "Piwik PRO")),
        "plausible": (("owners", "Plausible Insights OÜ"), ("host", "Plausible")),
        "qdrant-cloud": (("owners", "Qdrant Solutions GmbH"), ("host", "Qdrant Cloud")),
        "sinch": (("owners", "Sinch AB"), ("host", "Sinch")),
        "smsmode": (("owners", "Calade Technologies (smsmode)"), ("host", "smsmode")),
        "tipimail": (("owners", "Sarbacane Software SAS"), ("host", "Tipimail")),
        "universign": (("owners", "Cryptolog International SAS (Universign)"), ("host", "Universign")),
        "weaviate-cloud": (("owners", "Weaviate B.V."), ("host", "Weaviate Cloud")),
        "whereby": (("owners", "Video Communication Services AS (Whereby)"), ("host", "Whereby")),
        "yousign": (("owners", "Yousign SAS"), ("host", "Yousign")),
        # controlled from a state outside the EEA, which a policy set may accept: the others count then
        "buildkite": (("owners", "Buildkite Pty Ltd"), ("host", "Buildkite")),
        "cohere": (("owners", "Cohere Inc."), ("host", "Cohere")),
        "coralogix": (("owners", "Coralogix Ltd"), ("host", "Coralogix")),
        "exoscale": (("owners", "América Móvil"),),
        "infomaniak": (("owners", "Infomaniak Network SA"),),
        "jfrog": (("owners", "JFrog Ltd."), ("host", "JFrog")),
        "matomo-cloud": (("owners", "InnoCraft Ltd (Matomo)"), ("host", "Matomo Cloud")),
        "sonarcloud": (("owners", "SonarSource Sàrl"), ("host", "SonarQube Cloud")),
        "statuscake": (("owners", "TrafficCake Ltd (StatusCake)"), ("host", "StatusCake")),
        "ably": (("owners", "Ably Realtime Ltd"), ("host", "Ably")),
        "cloudinary": (("owners", "Cloudinary Ltd."), ("host", "Cloudinary")),
        "exotel": (("owners", "Exotel Techcom Pvt. Ltd."), ("host", "Exotel")),
        "gocardless": (("owners", "GoCardless Ltd"), ("host", "GoCardless")),
        "locationiq": (("owners", "Unwired Labs"), ("host", "LocationIQ")),
        "logz-io": (("owners", "Logshero Ltd (Logz.io)"), ("host", "Logz.io")),
        "pusher": (("owners", "Pusher Ltd"), ("host", "Pusher")),
        "rogers": (("owners", "Rogers Communications Inc. (Shaw)"), ("host", "Rogers")),
        "telegram": (("owners", "Telegram FZ-LLC"), ("host", "Telegram")),
        "yandex-cloud": catalog.control("yandex-cloud", DAY).open,
    }


def test_secnumcloud_3_2_limits_owners_and_hds_doesnt(catalog: Catalog) -> None:
    limiting = {
        (scheme.name, version.id): version.limits_owners
        for scheme in catalog.schemes.values()
        for version in scheme.versions
        if version.limits_owners
    }
    assert limiting == {("secnumcloud", "3.2"): Limits("EU", 24, 39, "19.6")}


@pytest.mark.parametrize(
    ("provider", "single", "least", "most"),
    [
        ("docaposte", 0, 0, 0),  # La Poste, public in full
        ("scaleway", 0, 0, 29.4),  # iliad, of which Xavier Niel holds 70.6 %
        ("aws-european-sovereign-cloud", 100, 100, 100),
        ("exoscale", 100, 100, 100),  # an Austrian holder that is held from Mexico
        ("ovhcloud", 0, 0, 100),  # a majority of the votes says nothing of the capital
        ("hetzner", 0, 0, 100),
    ],
)
def test_what_is_held_from_outside_the_union(
    catalog: Catalog, provider: str, single: float, least: float, most: float
) -> None:
    assert catalog.control(provider, DAY).held_from_outside["EU"] == HeldFromOutside(single, least, most)


@pytest.mark.parametrize(
    ("region", "pair"),
    [
        ("eastus", "westus"),
        ("westus", "eastus"),
        ("westus3", "eastus"),
        ("northeurope", "westeurope"),
        ("westeurope", "northeurope"),
        ("francecentral", "francesouth"),
        ("germanywestcentral", "germanynorth"),
        ("swedencentral", "swedensouth"),
        ("switzerlandnorth", "switzerlandwest"),
        ("uksouth", "ukwest"),
        ("brazilsouth", "southcentralus"),
        ("southcentralus", "northcentralus"),
        ("westindia", "southindia"),
        ("southindia", "centralindia"),
        ("usgovvirginia", "usgovtexas"),
        ("italynorth", None),
        ("spaincentral", None),
        ("polandcentral", None),
        ("belgiumcentral", None),
    ],
)
def test_what_azure_copies_to(catalog: Catalog, region: str, pair: str | None) -> None:
    assert catalog.providers["microsoft-azure"].regions[region].pair == pair


@pytest.mark.parametrize(
    ("provider", "written", "region"),
    [
        ("aws", "arn:aws:backup:eu-west-3:123456789012:backup-vault:copies", "eu-west-3"),
        ("aws", "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/abc", "us-gov-west-1"),
        ("aws", "arn:aws:s3:::documents", None),
        ("aws", "arn:aws:iam::123456789012:role/eu-west-3", None),
        ("aws", "arn:aws-cn:backup:cn-north-1:123456789012:backup-vault:copies", None),
        ("aws-china", "arn:aws-cn:backup:cn-north-1:123456789012:backup-vault:copies", "cn-north-1"),
        ("aws-european-sovereign-cloud", "arn:aws-eusc:s3:eusc-de-east-1:1:x", "eusc-de-east-1"),
        ("google-cloud", "regional-europe-west9", "europe-west9"),
        ("google-cloud", "projects/documents/instanceConfigs/regional-europe-west9", "europe-west9"),
        ("google-cloud", "projects/documents/locations/europe-west9/keyRings/main", "europe-west9"),
        ("google-cloud", "https://www.googleapis.com/compute/v1/projects/p/zones/europe-west9-a", "europe-west9"),
        ("google-cloud", "projects/documents/locations/EU/keyRings/main", "EU"),
        ("google-cloud", "projects/documents/locations/nowhere/keyRings/main", None),
        ("s3ns", "projects/s3ns:documents/locations/u-france-east1/keyRings/main", "u-france-east1"),
        ("alibaba-cloud", "oss-eu-central-1", "eu-central-1"),
        ("alibaba-cloud", "oss-cn-hangzhou-internal", "cn-hangzhou"),
        ("scaleway", "fr-par/11111111-1111-1111-1111-111111111111", "fr-par"),
        ("scaleway", "nl-ams-1/11111111-1111-1111-1111-111111111111", "nl-ams"),
        ("oracle-cloud", "ocid1.bucket.oc1.eu-paris-1.aaaa", "eu-paris-1"),
        ("oracle-cloud", "ocid1.bucket.oc19.eu-frankfurt-2.aaaa", None),
        ("oracle-eu-sovereign-cloud", "ocid1.bucket.oc19.eu-frankfurt-2.aaaa", "eu-frankfurt-2"),
        ("ibm-cloud", "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/1:2::", "eu-de"),
    ],
)
def test_regions_written_inside_another_form(catalog: Catalog, provider: str, written: str, region: str | None) -> None:
    found = catalog.find_region(provider, written)
    assert (found.code if found else None) == region


def test_what_rests_on_background_knowledge_is_marked(catalog: Catalog) -> None:
    background = {each for each in catalog.providers if catalog.control(each, DAY).background}
    assert background >= {"alibaba-cloud", "docker-hub", "ovhcloud-us", "slack", "gitlab", "notion", "gandi"}
    assert not background & {
        "aws", "aws-european-sovereign-cloud", "microsoft-azure", "microsoft-365", "google-cloud", "ovhcloud",
        "outscale", "scaleway", "numspot", "cloud-temple", "s3ns", "bleu", "datadog", "cloudflare", "zendesk",
        "salesforce", "hashicorp", "github", "sentry", "twilio", "sendgrid", "openai", "okta", "mongodb",
    }  # fmt: skip


def test_control_says_how_it_was_derived(catalog: Catalog) -> None:
    steps = catalog.control("aws-european-sovereign-cloud", DAY).steps
    assert [(step.entity, step.through, step.jurisdiction) for step in steps] == [
        ("AWS European Sovereign Cloud GmbH", "seat", "DE"),
        ("Amazon.com, Inc.", "owner", "US"),
    ]
    assert all(step.source.date for step in steps)


def test_every_provider_is_sourced_and_every_region_lies_somewhere(catalog: Catalog) -> None:
    for provider in catalog.providers.values():
        assert provider.sources, provider.id
        for region in provider.regions.values():
            assert region.country is None or region.country in catalog.jurisdictions, (provider.id, region.code)
            assert set(region.areas) <= set(catalog.areas), (provider.id, region.code)


def offers(catalog: Catalog, scheme: str, provider: str) -> tuple[Offer, ...]:
    return catalog.schemes[scheme].offers.get(provider, ())


def test_outscales_qualification_ends_on_30_november_2026_and_covers_one_region(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "outscale")
    assert (offer.version, offer.since, offer.until) == ("3.2", date(2023, 11, 30), date(2026, 11, 30))
    assert offer.regions == ("cloudgouv-eu-west-1",)
    assert offer.services is not None
    assert {"vm", "volume", "snapshot"} <= set(offer.services)
    assert "object-storage" not in offer.services
    assert not offer.services_complete


def test_no_qualified_offer_of_ovhcloud_covers_the_public_cloud(catalog: Catalog) -> None:
    found = offers(catalog, "secnumcloud", "ovhcloud")
    assert [offer.offer for offer in found] == [
        "Hosted Private Cloud powered by VMware", "Bare Metal Pod", "SNC Cloud Platform",
    ]  # fmt: skip
    for offer in found:
        assert "public-cloud" in offer.excluded
        assert offer.indistinct
        assert offer.services_complete


def test_s3ns_holds_secnumcloud_without_vertex_ai(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "s3ns")
    assert (offer.since, offer.until, offer.regions) == (date(2025, 12, 17), date(2028, 12, 17), ("u-france-east1",))
    assert offer.services is not None
    assert "storage" in offer.services
    assert "vertex-ai" in offer.excluded


def test_a_product_that_isnt_named_is_neither_in_nor_out(catalog: Catalog) -> None:
    for provider in ("oodrive", "whaller", "wimi", "cegedim-cloud", "worldline", "orange-business"):
        (offer,) = offers(catalog, "secnumcloud", provider)
        assert not offer.services_complete, provider


def test_numspots_managed_services_are_out(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "numspot")
    assert (offer.since, offer.until) == (date(2026, 7, 31), date(2029, 7, 31))
    assert "kubernetes" in offer.excluded


@pytest.mark.parametrize("provider", ["aws", "microsoft-azure", "google-cloud", "bleu", "scaleway", "scalingo"])
def test_who_doesnt_hold_secnumcloud(catalog: Catalog, provider: str) -> None:
    assert offers(catalog, "secnumcloud", provider) == ()


def test_the_list_of_secnumcloud_names_every_holder_and_the_one_of_hds_doesnt(catalog: Catalog) -> None:
    secnumcloud, hds = catalog.schemes["secnumcloud"], catalog.schemes["hds"]
    assert (secnumcloud.complete, secnumcloud.read, secnumcloud.years) == (True, date(2026, 9, 15), 3)
    assert (hds.complete, hds.years) == (False, 3)
    assert [(version.id, version.since, version.until) for version in hds.versions] == [
        ("v1", None, date(2026, 5, 16)),
        ("v2", date(2024, 11, 16), None),
    ]


def test_hds_of_aws_and_google_can_be_assumed_in_the_eea(catalog: Catalog) -> None:
    (aws,), (google,) = offers(catalog, "hds", "aws"), offers(catalog, "hds", "google-cloud")
    assert (aws.version, aws.since, aws.until, aws.area, aws.assumable) == ("v2", date(2026, 4, 21), None, "EEA", True)
    assert (google.version, google.area, google.assumable) == ("v2", "EEA", True)
    others = [offer for found in catalog.schemes["hds"].offers.values() for offer in found if offer.assumable]
    assert {offer.provider for offer in others} == {"aws", "google-cloud"}


def test_hds_takes_a_contract_whoever_the_host_is(catalog: Catalog) -> None:
    assert catalog.schemes["hds"].always_ordered
    for (offer,) in catalog.schemes["hds"].offers.values():
        assert offer.requires is not None, offer.provider
        assert {"HDS", "Healthcare", "health"} & set(offer.requires.en.replace(",", "").split()), offer.provider
    (outscale,), (scaleway,) = (offers(catalog, "hds", name) for name in ("outscale", "scaleway"))
    assert (outscale.until, outscale.regions, scaleway.regions) == (date(2029, 8, 27), None, ("fr-par",))


def test_no_offer_covers_every_service_since_no_such_scope_was_read(catalog: Catalog) -> None:
    for scheme in catalog.schemes.values():
        for offer in (offer for found in scheme.offers.values() for offer in found):
            assert offer.services is None or "*" not in offer.services, offer
    for name in ("aws", "google-cloud", "microsoft-azure", "outscale", "clever-cloud", "scalingo"):
        assert [offer.services for offer in offers(catalog, "hds", name)] == [None], name


def test_only_the_second_version_of_hds_has_data_hosted_in_the_eea(catalog: Catalog) -> None:
    found = {version.id: version.hosting for version in catalog.schemes["hds"].versions}
    assert found["v1"] is None
    assert found["v2"] is not None
    assert (found["v2"].area, found["v2"].clause, found["v2"].source.background) == ("EEA", "EXI 28", False)
    assert not any(version.hosting for version in catalog.schemes["secnumcloud"].versions)


def test_adequacy_is_dated_and_covers_more_or_less(catalog: Catalog) -> None:
    found = {code: state.adequacy for code, state in catalog.jurisdictions.items()}
    kinds = {code: adequacy.kind for code, adequacy in found.items() if adequacy}
    assert (kinds["CH"], kinds["CA"], kinds["US"], kinds.get("IN")) == ("general", "commercial", "certified", None)
    brazil = found["BR"]
    assert brazil is not None
    assert "2026/179" in brazil.source.supports
    assert [brazil.in_force(day) for day in (date(2026, 1, 25), date(2026, 1, 26))] == [False, True]


def test_only_what_needs_no_certificate_counts_as_adequate_when_judging(catalog: Catalog) -> None:
    states = catalog.world(DAY).states
    assert (states["CH"].adequate, states["CA"].adequate, states["US"].adequate) == (True, True, False)
    assert not catalog.world(date(2025, 12, 1)).states["BR"].adequate


@pytest.mark.parametrize(
    ("law", "day", "standing"),
    [
        ("CLOUD Act (18 USC 2713)", date(2018, 3, 22), "not-yet"),
        ("CLOUD Act (18 USC 2713)", DAY, "in-force"),
        ("FISA section 702", date(2026, 6, 12), "in-force"),
        ("FISA section 702", DAY, "continuing"),
        ("FISA section 702", date(2027, 3, 31), "continuing"),
        ("FISA section 702", date(2027, 4, 1), "ended"),
        ("Executive Order 12333", DAY, "in-force"),
    ],
)
def test_how_a_law_stands_on_a_day(catalog: Catalog, law: str, day: date, standing: str) -> None:
    (found,) = [each for each in catalog.jurisdictions["US"].laws if each.name.en == law]
    assert found.standing(day) == standing


def test_only_laws_that_compel_and_count_on_the_day_are_named_when_judging(catalog: Catalog) -> None:
    def named(code: str, day: date) -> list[str]:
        laws = catalog.world(day).states[code].laws
        return [say(law, "en") if isinstance(law, Note) else law.en for law in laws]

    assert named("US", DAY) == [
        "CLOUD Act (18 USC 2713)",
        "FISA section 702, which lapsed on 2026-06-12 and goes on under what was begun",
    ]
    assert named("US", date(2026, 1, 1)) == ["CLOUD Act (18 USC 2713)", "FISA section 702"]
    assert named("US", date(2027, 4, 1)) == ["CLOUD Act (18 USC 2713)"]
    assert len(named("CN", DAY)) == 1
