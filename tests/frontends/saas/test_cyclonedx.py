"""CycloneDX documents -> resources, in JSON and XML alike, and what is wrong in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sovlint.frontends.saas import read
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.messages import say
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader

SERVICES: list[Any] = [
    {
        "bom-ref": "erreurs",
        "provider": {
            "name": "Sentry",
            "url": ["https://sentry.io"],
            "contact": [{"name": "support"}],
        },
        "group": "io.sentry",
        "name": "Suivi des erreurs",
        "version": "2026",
        "endpoints": ["https://o12.ingest.de.sentry.io/api"],
        "authenticated": True,
        "x-trust-boundary": True,
        "data": [
            {"flow": "inbound", "classification": "PII"},
            {"flow": "outbound", "classification": "health"},
            {"flow": "bi-directional", "classification": "claims"},
            {"flow": "unknown", "classification": "partner-data"},
        ],
        "properties": [
            {"name": "sovlint:region", "value": "de"},
            {"name": "other", "value": "x"},
        ],
        "services": [
            {"bom-ref": "b2a46a4b-8367-4bae-9820-95557cfe03a8", "name": "Courriels"}
        ],
    },
    {"name": "Sans référence"},
]

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" xmlns:own="urn:own" version="1">
  <metadata><tools><tool><name>x</name></tool></tools></metadata>
  <services>
    <service bom-ref="erreurs" own:mark="1">
      <provider><name>Sentry</name><url>https://sentry.io</url><contact><name>support</name></contact></provider>
      <group>io.sentry</group>
      <name>Suivi des erreurs</name>
      <version>2026</version>
      <endpoints><endpoint>https://o12.ingest.de.sentry.io/api</endpoint></endpoints>
      <authenticated>1</authenticated>
      <x-trust-boundary>true</x-trust-boundary>
      <data>
        <classification flow="inbound">PII</classification>
        <classification flow="outbound">health</classification>
        <classification flow="bi-directional">claims</classification>
        <classification flow="unknown">partner-data</classification>
      </data>
      <services><service bom-ref="b2a46a4b-8367-4bae-9820-95557cfe03a8"><name>Courriels</name></service></services>
      <properties><property name="sovlint:region">de</property><property name="other">x</property></properties>
      <own:service><own:name>not ours</own:name></own:service>
    </service>
    <service><name>Sans référence</name></service>
  </services>
</bom>
"""


def bom(*services: Any, version: Any = "1.6", **more: Any) -> str:
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "version": 1,
        **more,
        "services": list(services),
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def reading(text: str | bytes, path: str = "bom.json", **more: Any) -> Reading:
    return read(
        MemoryReader({path: text, **more.pop("files", {})}), ReadOptions(**more), Hints()
    )


def failures(found: Reading) -> list[tuple[int | None, str]]:
    return [(each.line, say(each.note, "en")) for each in found.failures]


def landing(resource: Resource) -> list[object]:
    """The classifications of the data that lands there."""
    (labels,) = resource.labels
    assert labels.foreign
    assert isinstance(labels.entries, Known)
    return [each.value for each in labels.entries.value["data"].value]


BOTH = pytest.mark.parametrize(
    ("text", "path"),
    [(bom(*SERVICES), "a/saasbom.json"), (XML, "bom.xml")],
    ids=["json", "xml"],
)


@BOTH
def test_services_are_resources(text: str, path: str) -> None:
    found = reading(text, path)
    assert (found.failures, found.remarks, found.files) == ((), (), (path,))
    assert [each.address for each in found.resources] == [
        "saas:erreurs",
        "saas:Courriels",
        "saas:Sans référence",
    ]
    errors = found.resources[0]
    assert (errors.type, errors.front_end, errors.role, errors.root) == (
        "service",
        "saas",
        "processor",
        None,
    )


@BOTH
def test_what_a_service_says(text: str, path: str) -> None:
    errors, mails, _ = reading(text, path).resources
    assert errors.named is not None
    assert isinstance(errors.named.provider, Known)
    assert isinstance(errors.named.region, Known)
    assert (errors.named.provider.value, errors.named.region.value) == ("Sentry", "de")
    answers = [
        each.value.value for each in errors.named.answers if isinstance(each.value, Known)
    ]
    assert answers == ["https://o12.ingest.de.sentry.io/api"]
    said = {}
    for key in ("group", "authenticated", "x-trust-boundary", "provider.url.0"):
        (value,) = errors.attributes.read(key)
        assert isinstance(value.value, Known)
        said[key] = value.value.value
    assert said == {
        "group": "io.sentry", "authenticated": True, "x-trust-boundary": True, "provider.url.0": "https://sentry.io",
    }  # fmt: skip
    assert mails.named is not None
    assert isinstance(mails.named.provider, Unknown)
    assert isinstance(mails.named.region, Unknown)
    assert (mails.named.provider.reason, mails.named.region.reason) == (
        Reason.NO_EVIDENCE,
        Reason.NO_EVIDENCE,
    )


@BOTH
def test_data_that_only_leaves_does_not_land_there(text: str, path: str) -> None:
    errors, mails, _ = reading(text, path).resources
    assert landing(errors) == ["PII", "claims", "partner-data"]
    assert mails.labels == ()


def test_places_in_xml_and_json() -> None:
    errors, *_, last = reading(XML, "bom.xml").resources
    assert (errors.where.span(), last.where.span().line) == (
        Span("bom.xml", 5, 5, 22, 15),
        23,
    )
    assert errors.named is not None
    assert errors.named.where is not None
    assert (errors.named.where.span().line, errors.labels[0].where.span().line) == (6, 13)
    text = bom(*SERVICES)
    written = reading(text).resources[0]
    lines = text.splitlines()
    assert written.named is not None
    assert written.named.where is not None
    assert lines[written.where.span().line - 1] == "  {"
    assert '"name": "Sentry"' in lines[written.named.where.span().line - 1]


def test_a_flow_of_1_5_has_more_to_say_and_may_lead_on() -> None:
    row = {
        "flow": "outbound", "classification": "health", "name": "vers le cloud", "description": "x",
        "governance": {"owners": [{"organization": {"name": "x"}}]},
        "source": ["https://0.0.0.0"],
        "destination": ["https://x.datadoghq.eu", "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#other"],
    }  # fmt: skip
    (one,) = reading(
        bom({"name": "a", "data": [row, {**row, "flow": "inbound", "classification": "nir"}]})
    ).resources
    assert [
        (each.role, each.key, getattr(each.value, "value", None)) for each in one.sends
    ] == [("processor", "data.0.destination", "https://x.datadoghq.eu")]
    assert landing(one) == ["health", "nir"]
    xml = (
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><services><service><name>a</name><data>'
        '<dataflow name="n" description="d"><classification flow="outbound">health</classification>'
        "<governance><owners><owner/></owners></governance><source><url>https://0.0.0.0</url></source>"
        "<destination><url>https://x.datadoghq.eu</url></destination></dataflow></data></service></services></bom>"
    )
    found = reading(xml, "bom.xml")
    assert found.failures == ()
    (other,) = found.resources
    assert [(each.role, each.key) for each in other.sends] == [
        ("processor", "data.0.destination")
    ]
    assert landing(other) == ["health"]


def test_what_only_leaves_is_said() -> None:
    found = reading(
        bom({"name": "a", "data": [{"flow": "outbound", "classification": "health"}]})
    )
    assert found.resources[0].labels == ()
    (remark,) = found.remarks
    assert "`outbound`" in say(remark.note, "en")
    assert "saas:a" in say(remark.note, "en")


def test_each_service_has_an_address_of_its_own() -> None:
    files = {
        "saas.yaml": "services: [{id: crm, vendor: a}]\n",
        "z.cdx.json": bom({"bom-ref": "one", "name": "x"}),
    }
    found = reading(
        bom({"bom-ref": "crm", "name": "crm"}, {"name": "one"}, {"name": "one"}), files=files
    )
    assert found.failures == ()
    assert [each.address for each in found.resources] == [
        "saas:crm", "saas:bom.json#crm", "saas:one", "saas:bom.json#one", "saas:z.cdx.json#one",
    ]  # fmt: skip


def test_a_reference_that_stands_twice_is_a_failure_and_both_are_read() -> None:
    found = reading(bom({"bom-ref": "a", "name": "x"}, {"bom-ref": "a", "name": "y"}))
    assert [text for _, text in failures(found)] == [
        "the reference `a` stands twice in this document: give each service its own `bom-ref`"
    ]
    assert len(found.resources) == 2


@pytest.mark.parametrize(
    ("service", "line", "said"),
    [
        (
            {"name": "a", "provder": {}},
            8,
            "unknown key `provder` in `services.0`. Did you mean `provider`?",
        ),
        ({"bom-ref": "a"}, 6, "`services.0` lacks the key `name`."),
        (
            {"name": "a", "endpoints": "https://x"},
            8,
            "`services.0.endpoints` must be of type array, not 'https://x'.",
        ),
        (
            {"name": "a", "provider": "Sentry"},
            8,
            "`services.0.provider` must be of type object, not 'Sentry'.",
        ),
        (
            {"name": "a", "data": [{"classification": "PII"}]},
            9,
            "`services.0.data.0` lacks the key `flow`.",
        ),
        (
            {"name": "a", "data": [{"flow": "in", "classification": "PII"}]},
            10,
            "`services.0.data.0.flow` can't be 'in'",
        ),
        (
            {"name": "a", "services": {"name": "b"}},
            8,
            "`services.0.services` must be of type array",
        ),
        ({"name": 7}, 7, "`services.0.name` must be of type string, not 7."),
    ],
)
def test_what_is_wrong_has_its_line_and_the_rest_is_read(
    service: Any, line: int, said: str
) -> None:
    found = reading(bom(service, {"name": "fine"}))
    assert any(at == line and said in text for at, text in failures(found)), failures(found)
    assert found.resources[-1].address == "saas:fine"


def test_what_is_wrong_in_xml() -> None:
    text = XML.replace('flow="inbound"', 'flow="in"').replace(
        "<authenticated>1", "<authenticated>yes"
    )
    text = text.replace(
        "<service><name>Sans référence</name></service>",
        "<servce/>\n<service><nom>x</nom></service>",
    )
    found = failures(reading(text, "bom.xml"))
    heads = [
        (line, text.removeprefix("wrong in this CycloneDX document: "))
        for line, text in found
    ]
    assert (
        14,
        "`services.0.data.0.flow` can't be 'in': one of inbound, outbound, bi-directional, unknown.",
    ) in heads
    assert (11, "`services.0.authenticated` must be of type boolean, not 'yes'.") in heads
    assert (23, "`services.1` must be of type object, not '<servce>'.") in heads
    assert any(line == 24 and "unknown key `nom`" in text for line, text in heads)


def test_a_key_that_stands_twice() -> None:
    text = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "services": [{"name": "a",\n "name": "b"}]}'
    found = reading(text)
    assert failures(found) == [
        (2, "the key `name` stands twice here; only the last one counts")
    ]
    assert [each.address for each in found.resources] == ["saas:b"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "a"}]}), "bom.json"),
        (json.dumps({"bomFormat": "CycloneDX", "metadata": {"tools": {"services": [{"name": "a"}]}}}), "bom.json"),
        (bom(), "sbom.json"),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components/></bom>', "bom.xml"),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><services/></bom>', "bom.xml"),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><services><service/></services></metadata></bom>',
         "bom.xml"),
    ],
)  # fmt: skip
def test_a_list_of_components_is_no_inventory(text: str, path: str) -> None:
    found = reading(text, path)
    assert (found.resources, found.failures, found.remarks, found.files, found.skipped) == (
        (),
        (),
        (),
        (),
        (path,),
    )
    named = reading(text, path, inventories=(path,))
    assert [each.note.key for each in named.remarks] == ["saas.bom-without-services"]
    assert named.failures == ()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"services": [{"name": "a"}]}', "bom.json"),
        (
            '{"bomFormat": "Other", "x": "CycloneDX", "services": [{"name": "a"}]}',
            "other.json",
        ),
        (
            '<services xmlns="http://cyclonedx.org/schema/ext/x"><service/></services>',
            "bom.xml",
        ),
        (
            "<project><!-- http://cyclonedx.org/schema/bom/1.4 --><services><service/></services></project>",
            "bom.xml",
        ),
    ],
)
def test_what_is_not_cyclonedx_is_not_read(text: str, path: str) -> None:
    found = reading(text, path)
    assert (found.resources, found.failures, found.files) == ((), (), ())


def test_xml_is_read_by_its_name_or_where_it_is_named() -> None:
    assert reading(XML, "pom.xml").resources == ()
    assert (
        len(reading(XML, "procurement.xml", inventories=("procurement.xml",)).resources) == 3
    )
    assert len(reading(bom(*SERVICES), "procurement.json").resources) == 3


def test_an_inventory_that_is_named_may_be_either() -> None:
    files = {"fournisseurs.yaml": "services: [{id: b, vendor: a}]\n"}
    found = reading(
        bom({"name": "a"}), "achats", files=files, inventories=("achats", "fournisseurs.yaml")
    )
    assert found.failures == ()
    assert {each.address for each in found.resources} == {"saas:a", "saas:b"}


def test_a_later_version_is_read_as_far_as_it_is_known() -> None:
    found = reading(bom({"name": "a", "sovereignty": "x"}, version="2.0"))
    assert (found.failures, [each.note.key for each in found.remarks]) == (
        (),
        ["saas.bom-version"],
    )
    assert len(found.resources) == 1


def test_the_role_may_be_one_that_is_judged() -> None:
    def role(written: str) -> str | None:
        (one,) = reading(
            bom({"name": "a", "properties": [{"name": "sovlint:role", "value": written}]})
        ).resources
        return one.role

    assert [role(each) for each in ("at-rest", "ai", "config", "state", "x")] == [
        "at-rest",
        "ai",
        *["processor"] * 3,
    ]


def test_templates_are_unknown() -> None:
    (one,) = reading(bom({"name": "a", "endpoints": ["https://${HOST}/x"]})).resources
    assert one.named is not None
    (answer,) = one.named.answers
    assert isinstance(answer.value, Unknown)
    assert answer.value.reason is Reason.TEMPLATED


def test_comments_in_xml_excuse() -> None:
    text = XML.replace(
        '    <service bom-ref="erreurs"',
        '    <!-- sovlint: ignore[health-data-in-eea] until=2027-01-31 reason="contract ends" -->\n'
        '    <service bom-ref="erreurs"',
    )
    found = reading(text, "bom.xml")
    (ignore,) = found.ignores
    assert (ignore.policies, ignore.reason, ignore.line) == (
        ("health-data-in-eea",),
        "contract ends",
        6,
    )
    assert found.resources[0].where.span().line == 6
