"""What each predicate finds, and how it says so."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import Shows, Soil, Source
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown
from sovlint.policy.requirements.leaf import Leaf
from sovlint.policy.requirements.predicates import PREDICATES
from tests.policy.house import (
    WORLD,
    aws,
    both,
    evidence,
    holding,
    placement,
    say,
    step,
    unset,
)


def ask(kind: str, wanted: str, accept: tuple[str, ...] = (), **facts: Any) -> Leaf:
    return PREDICATES[kind](placement(**facts), WORLD, wanted, accept)


def one_of(*values: object) -> Unknown:
    return unset(among=tuple(Known(value) for value in values))


OUTSIDE = {"region": "eu-west-2", "country": "GB", "area": ()}


@pytest.mark.parametrize(
    ("area", "verdict"),
    [
        (("EEA", "EU"), "compliant"),
        (("EEA",), "compliant"),
        ((), "violation"),
        (unset(), "unproven"),
        (one_of(("EEA", "EU"), ("EEA",)), "compliant"),
        (one_of(("EEA", "EU"), ()), "unproven"),
        (one_of((), ("EU-adjacent",)), "violation"),
    ],
)
def test_area(area: object, verdict: str) -> None:
    assert ask("area", "EEA", area=area).verdict.value == verdict


def test_area_in_the_eu_alone() -> None:
    assert ask("area", "EU", country="NO", area=("EEA",)).verdict is Verdict.VIOLATION


def test_service_without_a_region_sits_nowhere_in_particular() -> None:
    leaf = ask("area", "EEA", region="global", country=Unknown(Reason.NO_EVIDENCE), area=())
    assert leaf.verdict is Verdict.UNPROVEN
    assert "the service has no region" in say(leaf.note)


def test_multi_region_in_the_area_is_compliant() -> None:
    leaf = ask("area", "EEA", region="EU", country=Unknown(Reason.MULTI_VALUED))
    assert leaf.verdict is Verdict.COMPLIANT


def test_area_says_why_it_is_unproven_and_where_adequacy_exists() -> None:
    fact = unset("var.region")
    leaf = ask("area", "EEA", region=fact, country=fact, area=fact)
    assert (
        say(leaf.note)
        == "can't be proved to be inside the European Economic Area (region: var.region has no value)"
    )
    assert leaf.unknowns == (fact,)
    leaf = ask("area", "EEA", **OUTSIDE)
    assert say(leaf.note) == "outside the European Economic Area"
    assert [note.key for note in leaf.remarks] == ["policy.adequate-place"]
    assert not leaf.unknowns


def test_area_rests_on_region_and_provider() -> None:
    region, provider = step(), step()
    leaf = ask(
        "area", "EEA", region=Known("fr-par", region), provider=Known("scaleway", provider)
    )
    assert region in leaf.because
    assert provider in leaf.because


@pytest.mark.parametrize(
    ("control", "accept", "verdict"),
    [
        (("FR",), (), "compliant"),
        (("EU", "DE", "NO"), (), "compliant"),
        (("US",), (), "violation"),
        (("FR", "US"), (), "violation"),
        (("CH",), (), "violation"),
        (("CH",), ("CH",), "compliant"),
        (("CH", "US"), ("CH",), "violation"),
        ((), (), "unproven"),
        (("XX",), (), "unproven"),
        (("XX", "US"), (), "violation"),
        (("XX",), ("XX",), "compliant"),
        (unset(), (), "unproven"),
        (one_of(("US",), ("US", "FR")), (), "violation"),
        (one_of(("US",), ("CN",)), (), "violation"),
        (one_of(("US",), ("FR",)), (), "unproven"),
        (one_of(("DE",), ("FR",)), (), "compliant"),
        (one_of(("DE",), ()), (), "unproven"),
    ],
)
def test_control(control: object, accept: tuple[str, ...], verdict: str) -> None:
    assert ask("control", "EEA", accept, control=control).verdict.value == verdict


@pytest.mark.parametrize("kind", ["control", "technology"])
def test_the_area_asked_for_decides(kind: str) -> None:
    norway: dict[str, Any] = {kind: ("NO",)}
    assert ask(kind, "EEA", **norway).verdict is Verdict.COMPLIANT
    outside = ask(kind, "EU", **norway)
    assert outside.verdict is Verdict.VIOLATION
    assert "outside the European Union: Norway" in say(outside.note)


def test_control_names_states_and_laws_in_both_languages() -> None:
    leaf = ask("control", "EEA", control=("FR", "US", "CN"))
    assert say(leaf.note) == (
        "within reach of law from outside the European Economic Area: United States (CLOUD Act, EO 12333), China"
    )
    assert say(leaf.note, "fr") == (
        "à portée d'un droit extérieur à l'Espace économique européen : États-Unis (CLOUD Act, EO 12333), China"
    )
    assert say(ask("control", "EEA", control=one_of(("US", "CN"), ("CN",))).note).endswith(
        "Area: China"
    )
    assert "one at least of: United States" in say(
        ask("control", "EEA", control=one_of(("US",), ("CN",))).note
    )
    assert say(ask("control", "EEA", control=("FR",)).note) == f"{ONLY} France"


LAS_VEGAS, HELSINKI = Soil("US"), Soil("NO", ("EEA",))
SOMEWHERE_IN_THE_EU = Soil(None, ("EEA", "EU"))
BERN = Soil("CH")
ONLY = "where no state outside the European Economic Area was found that can compel, only:"
SEULEMENT = "où aucun État hors de l'Espace économique européen n'a été trouvé qui puisse contraindre, seulement :"


@pytest.mark.parametrize(
    ("soil", "control", "accept", "verdict", "basis"),
    [
        (LAS_VEGAS, ("DE",), (), "violation", "soil"),
        (LAS_VEGAS, ("DE",), ("US",), "compliant", "sourced"),
        (LAS_VEGAS, ("US",), (), "violation", "sourced"),
        (LAS_VEGAS, unset("owners"), (), "violation", "soil"),
        (LAS_VEGAS, ("XX",), (), "violation", "soil"),
        (BERN, ("DE",), ("CH",), "compliant", "sourced"),
        (BERN, ("DE",), ("US",), "violation", "soil"),
        (HELSINKI, ("DE",), (), "compliant", "sourced"),
        (SOMEWHERE_IN_THE_EU, ("DE",), (), "compliant", "sourced"),
        (Soil(), ("DE",), (), "compliant", "sourced"),
        (Soil("XX"), ("DE",), (), "unproven", None),
        (Soil(None, ("Mercosur",)), ("DE",), (), "unproven", None),
        (one_of(LAS_VEGAS, HELSINKI), ("DE",), (), "unproven", None),
        (one_of(LAS_VEGAS, HELSINKI), ("US",), (), "violation", "sourced"),
        (one_of(LAS_VEGAS, BERN), ("DE",), (), "violation", "soil"),
        (one_of(LAS_VEGAS, BERN), ("DE",), ("US",), "unproven", None),
        (one_of(SOMEWHERE_IN_THE_EU, HELSINKI), ("DE",), (), "compliant", "sourced"),
        (unset(), ("DE",), (), "unproven", None),
        (unset(), ("US",), (), "violation", "sourced"),
    ],
)
def test_the_state_of_the_place_can_compel_too(
    soil: object, control: object, accept: tuple[str, ...], verdict: str, basis: str | None
) -> None:
    leaf = ask("control", "EEA", accept, soil=soil, control=control)
    assert (leaf.verdict.value, leaf.basis) == (verdict, basis)


def test_what_is_accepted_is_no_state_outside_that_was_found() -> None:
    leaf = ask("control", "EEA", ("CH",), soil=BERN, control=("DE",))
    assert say(leaf.note) == (
        "where no state outside the European Economic Area and the states accepted was found that can compel, only: "
        "Germany, Switzerland (where it stands)"
    )


def test_somewhere_in_the_eu_is_inside_the_eea_and_the_other_way_round_is_not_proved() -> (
    None
):
    assert ask("control", "EU", soil=SOMEWHERE_IN_THE_EU).verdict is Verdict.COMPLIANT
    assert ask("control", "EU", soil=Soil(None, ("EEA",))).verdict is Verdict.UNPROVEN
    assert ask("control", "EU", soil=HELSINKI).verdict is Verdict.VIOLATION


def test_what_is_firm_of_the_place_stands_where_the_company_is_background_knowledge() -> None:
    hearsay = {"control": ("CN",), "evidence": (evidence(Shows.SEAT, "CN"),)}
    assert ask("control", "EEA", soil=LAS_VEGAS, **hearsay).basis == "soil"
    assert ask("control", "EEA", **hearsay).basis == "background"
    assert ask("control", "EEA", soil=LAS_VEGAS, control=("CN",)).basis == "sourced"


@pytest.mark.parametrize(
    ("soil", "control", "english", "french"),
    [
        (
            LAS_VEGAS, ("DE",),
            "within reach of law from outside the European Economic Area: United States (where it stands)",
            "à portée d'un droit extérieur à l'Espace économique européen : États-Unis (État du lieu)",
        ),
        (
            BERN, ("US",),
            "within reach of law from outside the European Economic Area: United States (CLOUD Act, EO 12333), "
            "Switzerland (where it stands)",
            "à portée d'un droit extérieur à l'Espace économique européen : États-Unis (CLOUD Act, EO 12333), "
            "Switzerland (État du lieu)",
        ),
        (
            one_of(LAS_VEGAS, BERN), ("DE",),
            "within reach of law from outside the European Economic Area: the state where it stands (United States, "
            "Switzerland)",
            "à portée d'un droit extérieur à l'Espace économique européen : l'État du lieu (États-Unis, Switzerland)",
        ),
        (
            HELSINKI, ("DE",),
            f"{ONLY} Germany, Norway (where it stands)",
            f"{SEULEMENT} Germany, Norway (État du lieu)",
        ),
        (
            SOMEWHERE_IN_THE_EU, ("DE",),
            f"{ONLY} Germany, the state where it stands (European Economic Area)",
            f"{SEULEMENT} Germany, l'État du lieu (Espace économique européen)",
        ),
        (
            one_of(HELSINKI, Soil("FR", ("EEA", "EU"))), ("FR",),
            f"{ONLY} France, the state where it stands (Norway, France)",
            f"{SEULEMENT} France, l'État du lieu (Norway, France)",
        ),
        (
            Soil(), ("DE",),
            "where no state outside the European Economic Area was found that can compel the operator, only: Germany; "
            "the state where it stands, which isn't known, can too",
            "où aucun État hors de l'Espace économique européen n'a été trouvé qui puisse contraindre l'exploitant, "
            "seulement : Germany ; l'État du lieu, inconnu, le peut aussi",
        ),
        (
            one_of(LAS_VEGAS, HELSINKI), ("DE",),
            "can't be proved to be under control from the European Economic Area alone (var.region has no value; it "
            "may stand where other states can compel: United States)",
            "sans preuve d'un contrôle propre à l'Espace économique européen (var.region n'a pas de valeur ; le lieu "
            "peut être à portée d'autres États : États-Unis)",
        ),
        (
            one_of(LAS_VEGAS, HELSINKI), unset("var.owner"),
            "can't be proved to be under control from the European Economic Area alone (var.owner has no value; "
            "var.region has no value; it may stand where other states can compel: United States)",
            "sans preuve d'un contrôle propre à l'Espace économique européen (var.owner n'a pas de valeur ; var.region "
            "n'a pas de valeur ; le lieu peut être à portée d'autres États : États-Unis)",
        ),
        (
            one_of(LAS_VEGAS, HELSINKI), unset(),
            "can't be proved to be under control from the European Economic Area alone (var.region has no value; it "
            "may stand where other states can compel: United States)",
            "sans preuve d'un contrôle propre à l'Espace économique européen (var.region n'a pas de valeur ; le lieu "
            "peut être à portée d'autres États : États-Unis)",
        ),
        (
            unset(), unset(),
            "can't be proved to be under control from the European Economic Area alone (var.region has no value)",
            "sans preuve d'un contrôle propre à l'Espace économique européen (var.region n'a pas de valeur)",
        ),
    ],
)  # fmt: skip
def test_the_place_is_named_in_both_languages(
    soil: object, control: object, english: str, french: str
) -> None:
    leaf = ask("control", "EEA", soil=soil, control=control)
    assert (say(leaf.note), say(leaf.note, "fr")) == (english, french)


@pytest.mark.parametrize(
    "soil", [LAS_VEGAS, one_of(LAS_VEGAS, BERN), one_of(LAS_VEGAS, HELSINKI)]
)
def test_a_place_that_a_sensitive_value_names_is_not_printed(soil: object) -> None:
    secret = Known("us/las", sensitive=True)
    leaf = ask("control", "EEA", soil=soil, control=("DE",), region=secret)
    said = [
        say(note, language)
        for note in (leaf.note, *leaf.remarks)
        for language in ("en", "fr")
    ]
    assert not any(
        name in text
        for text in said
        for name in ("United States", "États-Unis", "Switzerland", "Norway")
    )
    if leaf.verdict is Verdict.VIOLATION:
        assert say(leaf.note).endswith("European Economic Area: the state where it stands")


def test_what_an_attestation_could_fill_is_told_apart() -> None:
    assert ask("control", "EEA", control=unset()).lacks == ("control",)
    assert ask("control", "EEA", soil=unset()).lacks == ("country",)
    assert ask("control", "EEA", soil=unset(), control=unset()).lacks == (
        "control",
        "country",
    )
    assert ask("control", "EEA", soil=LAS_VEGAS, control=unset()).lacks == ()
    assert ask("area", "EEA", area=unset()).lacks == ("country",)


def test_states_of_the_place_are_adequate_or_accepted_like_others() -> None:
    outside = ask("control", "EEA", soil=BERN, control=("DE",))
    assert [say(note) for note in outside.remarks] == [
        "An adequacy decision (GDPR 45) covers Switzerland, wholly or in part: it bears on transfers, and changes "
        "nothing in who can compel the provider."
    ]
    accepted = ask("control", "EEA", ("CH",), soil=BERN, control=("DE",))
    assert [note.key for note in accepted.remarks] == ["policy.accepted"]


def test_adequacy_is_no_control_and_is_said() -> None:
    leaf = ask("control", "EEA", control=("CH",))
    assert [note.key for note in leaf.remarks] == ["policy.adequate-control"]
    assert say(leaf.remarks[0]).startswith(
        "An adequacy decision (GDPR 45) covers Switzerland"
    )
    accepted = ask("control", "EEA", ("CH", "US"), control=("CH", "FR"))
    assert [note.key for note in accepted.remarks] == ["policy.accepted"]
    assert "Switzerland." in say(accepted.remarks[0])


@pytest.mark.parametrize(
    ("technology", "verdict"),
    [
        (("FR",), "compliant"),
        ((), "compliant"),
        (("US",), "violation"),
        (("FR", "US"), "violation"),
        (unset(), "unproven"),
        (one_of(("US",), ("FR",)), "unproven"),
    ],
)
def test_technology(technology: object, verdict: str) -> None:
    leaf = ask("technology", "EEA", ("US",), technology=technology)
    assert leaf.verdict.value == verdict, "what a set accepts bears on control alone"


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        (True, "compliant"),
        (False, "violation"),
        (Unknown(Reason.NO_EVIDENCE), "unproven"),
        (one_of(True, False), "unproven"),
        (one_of(False), "violation"),
    ],
)
def test_holds(held: bool | Unknown, verdict: str) -> None:
    leaf = ask("holds", "hds", holdings=(holding("secnumcloud", False), holding("hds", held)))
    assert leaf.verdict.value == verdict


def test_qualification_that_nobody_looked_up_is_unproven() -> None:
    assert ask("holds", "hds", holdings=()).verdict is Verdict.UNPROVEN


def test_holds_says_what_was_found_and_from_what() -> None:
    from datetime import date

    source = Source("https://example.org/list", "2026-09-15", "the list")
    note = Note("policy.says", {"text": both("renewal not found")})
    unsure = ask(
        "holds",
        "secnumcloud",
        holdings=(holding("secnumcloud", Unknown(Reason.NO_EVIDENCE), note=note),),
    )
    assert (
        say(unsure.note)
        == "on a service that can't be proved to hold SecNumCloud (renewal not found)"
    )
    more: dict[str, Any] = {
        "offer": "IaaS",
        "until": date(2026, 11, 30),
        "sources": (source,),
    }
    held = ask("holds", "secnumcloud", holdings=(holding("secnumcloud", note=note, **more),))
    assert held.sources == (source,)
    assert [say(remark) for remark in held.remarks] == [
        "renewal not found",
        "It rests on the offer IaaS, valid until 2026-11-30.",
    ]
    attested = ask(
        "holds", "secnumcloud", holdings=(holding("secnumcloud", attested="dpo", **more),)
    )
    assert [say(remark) for remark in attested.remarks] == [
        "It rests on an attestation by dpo, until 2026-11-30."
    ]


def test_background_control_is_said_where_it_costs() -> None:
    assert "policy.background" in {note.key for note in PREDICATES["control"](
        aws(evidence=(evidence(Shows.SEAT, "US"),)), WORLD, "EEA", ()
    ).remarks}  # fmt: skip
    here = placement(evidence=(evidence(Shows.SEAT, "FR"),))
    assert not PREDICATES["control"](here, WORLD, "EEA", ()).remarks
