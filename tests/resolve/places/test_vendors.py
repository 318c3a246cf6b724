"""Services of inventories: the vendor's name and the addresses at which it answers, together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.attributes import Found, NoAttributes
from sovlint.model.classrules import ClassRules
from sovlint.model.placement import Placed
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value, unroll
from sovlint.resolve.resolver import resolve
from tests.resolve.house import DAY, catalog, classes, place, shown

HERE = Span("bom.json", 3, 1, 9, 2)
NOBODY = Unknown(Reason.NO_EVIDENCE, "provider")
NOWHERE = Unknown(Reason.NO_EVIDENCE, "region")
DATADOG_EU = "https://api.datadoghq.eu/v1"
SCALEWAY = "https://s3.fr-par.scw.cloud"
OVH = "https://x.s3.gra.io.cloud.ovh.net"


def service(
    provider: Value | str,
    *answers: Value | str,
    region: Value | str = NOWHERE,
    data: str = "",
) -> Placed:
    named = Named(
        value(provider),
        value(region),
        HERE,
        tuple(Found(value(each), HERE) for each in answers),
    )
    labels = (
        (
            Labels(
                "inventory",
                Known({"data": Known((Known(data),))}),
                HERE,
                ("data",),
                foreign=True,
            ),
        )
        if data
        else ()
    )
    made = Resource(
        "saas:a", "service", "saas", None, None, False, TRUE, HERE, NoAttributes(), Binding("saas"), named, labels,
        role="processor",
    )  # fmt: skip
    ((placed,), _) = resolve((made,), catalog(), ClassRules(), (), DAY)
    return placed


def value(of: Value | str) -> Value:
    return Known(of) if isinstance(of, str) else of


def places(
    *arguments: Value | str, region: Value | str = NOWHERE
) -> list[tuple[object, object]]:
    return [place(each) for each in service(*arguments, region=region).placements]


def test_an_address_tells_the_region_of_who_is_named() -> None:
    assert places("scaleway", SCALEWAY) == [("scaleway", "fr-par")]
    assert places("Scaleway", SCALEWAY, "https://s3.nl-ams.scw.cloud") == [
        ("scaleway", "fr-par"),
        ("scaleway", "nl-ams"),
    ]
    assert places("scaleway", SCALEWAY, region="fr-par") == [("scaleway", "fr-par")]


def test_without_a_name_who_answers_decides() -> None:
    assert places(NOBODY, SCALEWAY) == [("scaleway", "fr-par")]
    ((provider, region), own) = places(
        NOBODY, SCALEWAY, "https://portail.mutuelle-exemple.fr"
    )
    assert (provider, region) == ("scaleway", "fr-par")
    assert own[0] == "not-in-catalogue: host portail.mutuelle-exemple.fr"


def test_a_name_that_nobody_knows_stays_beside_who_answers() -> None:
    """A company that isn't in the catalogue may be anybody's, however French the host is that it runs on."""
    (named, answering) = places("Acme Claims Inc", SCALEWAY)
    assert named[0] == "not-in-catalogue: Acme Claims Inc"
    assert answering == ("scaleway", "fr-par")


def test_another_company_answers_than_the_one_named() -> None:
    one, other = service("scaleway", DATADOG_EU).placements
    assert place(one)[0] == "scaleway"
    assert place(other)[0] == "datadog"
    notes = [step.note.key for because in other.because for step in unroll(because)]
    assert "resolve.answers-elsewhere" in notes


def test_region_and_address_contradict_each_other() -> None:
    (only,) = service("scaleway", SCALEWAY, region="nl-ams").placements
    assert place(only)[0] == "scaleway"
    assert isinstance(only.region, Unknown)
    assert only.region.reason is Reason.MULTI_VALUED
    assert {each.value for each in only.region.among or ()} == {"fr-par", "nl-ams"}


@pytest.mark.parametrize(
    "address",
    ["https://localhost:8080", "https://example.com", "http://10.0.0.7", "https://db.svc"],
)
def test_addresses_that_say_nothing_of_a_place(address: str) -> None:
    assert places("scaleway", address, region="fr-par") == [("scaleway", "fr-par")]
    ((provider, _),) = places(NOBODY, address)
    assert provider == "no-evidence: provider"


def test_an_address_with_holes() -> None:
    holes = Unknown(Reason.TEMPLATED, "${X}", parts=("https://", None, ".fr-par.scw.cloud"))
    assert places(NOBODY, holes)[0][0] == "scaleway"
    blank = Unknown(Reason.TEMPLATED, "${X}", parts=("https://", None))
    assert places(NOBODY, blank)[0][0] == "templated: ${X}"
    assert places("scaleway", blank, region="fr-par") == [("scaleway", "fr-par")]


def test_a_classification_is_a_class_or_is_told() -> None:
    assert classes(service("scaleway", data="PII")) == {"contact": "declared"}
    assert classes(service("scaleway", data="Données de santé")) == {"health": "declared"}
    other = service("scaleway", data="Highly confidential")
    assert (other.classes.claims, other.classes.strange, other.classes.unknown) == (
        (),
        (),
        None,
    )
    assert other.classes.unmatched == ("Highly confidential",)


ADDRESSES = st.lists(
    st.sampled_from(
        [SCALEWAY, DATADOG_EU, OVH, "https://localhost", "https://x.acme-claims.fr"]
    ),
    max_size=3,
)


@given(
    st.sampled_from(["scaleway", "datadog", "Acme"]),
    ADDRESSES,
    st.sampled_from(["fr-par", "nowhere"]),
    st.data(),
)
def test_knowing_less_adds_no_company_and_no_region(
    provider: str, addresses: list[str], region: str, data: st.DataObject
) -> None:
    """Addresses, vendor or region that aren't known any more: no place is known then that wasn't before."""

    def facts(found: Placed) -> set[tuple[object, object]]:
        """Company and region of each place where both are known."""
        each = [(shown(one.provider), shown(one.region)) for one in found.placements]
        known = [
            isinstance(one.provider, Known) and isinstance(one.region, Known)
            for one in found.placements
        ]
        return {pair for pair, sure in zip(each, known, strict=True) if sure}

    before = service(provider, *addresses, region=region)
    fewer = [
        Unknown(Reason.TEMPLATED, "x", parts=(None,)) if data.draw(st.booleans()) else each for each in addresses
    ]  # fmt: skip
    after = service(provider, *fewer, region=NOWHERE if data.draw(st.booleans()) else region)
    companies = {
        shown(one.provider) for one in before.placements if isinstance(one.provider, Known)
    }
    assert {
        shown(one.provider) for one in after.placements if isinstance(one.provider, Known)
    } <= companies
    unsure = any(
        isinstance(one.region, Unknown) and one.region.among for one in before.placements
    )
    assert unsure or facts(after) <= facts(before)
