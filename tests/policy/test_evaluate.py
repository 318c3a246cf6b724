"""Judging: what binds, what it costs, what is said. Every verdict is asserted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.model.attestation import Attestation
from sovlint.model.findings.finding import Basis, Severity
from sovlint.model.placement import ClassClaim, Classes, How, Placement, Shows, Soil
from sovlint.model.request import Request
from sovlint.model.source import Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Known, Reason, StepKind, Unknown, UnknownKind
from sovlint.policy.evaluate import evaluate
from sovlint.policy.load import load
from sovlint.policy.policies import Need
from tests.policy.house import (
    TODAY,
    WORLD,
    aws,
    claims,
    evidence,
    holding,
    of,
    placed,
    placement,
    remarks,
    run,
    say,
    step,
    unset,
    verdicts,
)

EEA, HOST, CONTROL, QUALIFIED, TECHNOLOGY = (
    "health-data-in-eea",
    "health-data-on-certified-host",
    "health-data-under-eu-control",
    "health-data-on-qualified-service",
    "health-data-on-eu-technology",
)
ID_EEA, ID_CONTROL = "insured-identity-in-eea", "insured-identity-under-eu-control"
CALLER = Unknown(Reason.CALLER_NOT_IN_REPO, "var.region")


def test_health_at_aws_paris() -> None:
    judgement = run(placed(aws()))
    assert verdicts(judgement.findings) == {
        EEA: "compliant error",
        HOST: "compliant error",
        CONTROL: "violation error",
        QUALIFIED: "violation error",
    }
    finding = of(judgement, CONTROL)
    assert say(finding.headline) == (
        "Health at rest with Amazon Web Services, in eu-west-3 (France), "
        "within reach of law from outside the European Economic Area: United States (CLOUD Act, EO 12333)"
    )
    assert say(finding.headline, "fr") == (
        "Health au repos chez Amazon Web Services, dans eu-west-3 (France), "
        "à portée d'un droit extérieur à l'Espace économique européen : États-Unis (CLOUD Act, EO 12333)"
    )


def test_strict_says_that_technology_is_a_choice() -> None:
    judgement = run(placed(aws()), placed(placement(), address="b"), set_name="strict")
    assert verdicts(judgement.findings[:5])[TECHNOLOGY] == "violation error"
    assert verdicts(judgement.findings[5:])[TECHNOLOGY] == "compliant error"
    said = [say(note) for note in judgement.findings[4].remarks]
    assert said == ["This is a choice of independence, not a legal defect."]


@pytest.mark.parametrize("name", ["nir", "insured-identity"])
def test_insured_identity_warns_and_is_an_error_under_strict(name: str) -> None:
    one = placed(aws(), classes=claims(name))
    assert verdicts(run(one).findings) == {
        ID_EEA: "compliant warning",
        ID_CONTROL: "violation warning",
    }
    assert verdicts(run(one, set_name="strict").findings) == {
        ID_EEA: "compliant error",
        ID_CONTROL: "violation error",
    }
    assert run(one, set_name="statutory").findings == ()


@pytest.mark.parametrize("name", ["claims", "health-pseudonymised"])
def test_health_covers(name: str) -> None:
    assert set(verdicts(run(placed(aws(), classes=claims(name))).findings)) == {
        EEA,
        HOST,
        CONTROL,
        QUALIFIED,
    }


def test_other_classes_are_not_bound() -> None:
    assert run(placed(aws(), classes=claims("contact"))).findings == ()
    assert run(placed(aws(), classes=Classes())).findings == ()


@pytest.mark.parametrize(
    "role", ["at-rest", "compute", "replica", "backup", "logs", "processor", "ai", "edge"]
)
def test_roles_bound(role: str) -> None:
    assert set(verdicts(run(placed(aws(role=role))).findings)) == {
        EEA,
        HOST,
        CONTROL,
        QUALIFIED,
    }


def test_config_is_never_bound() -> None:
    assert run(placed(aws(role="config"))).findings == ()


def test_keys_are_judged_on_control_only_as_a_warning() -> None:
    assert verdicts(run(placed(aws(role="keys"))).findings) == {CONTROL: "violation warning"}
    assert verdicts(run(placed(aws(role="keys", control=unset()))).findings) == {
        CONTROL: "unproven warning"
    }


@pytest.mark.parametrize("role", ["state", "registry"])
def test_state_and_registry_only_where_labelled_themselves(role: str) -> None:
    assert len(run(placed(aws(role=role))).findings) == 4
    for how in (How.INTRINSIC, How.PROPAGATED, How.INFERRED, How.DEFAULT):
        assert run(placed(aws(role=role), classes=claims("health", how=how))).findings == ()
    mixed = Classes((*claims("health", how=How.DEFAULT).claims, *claims("claims").claims))
    assert {
        c.data_class
        for f in run(placed(aws(role=role), classes=mixed)).findings
        for c in f.claims
    } == {"claims"}


@pytest.mark.parametrize(
    ("how", "bound"),
    [
        ("declared", True),
        ("intrinsic", True),
        ("propagated", True),
        ("inferred", False),
        ("default", False),
    ],
)
def test_role_unknown(how: str, bound: bool) -> None:
    where = aws(role=Unknown(Reason.NOT_IN_CATALOGUE, "aws_new_thing"))
    judgement = run(placed(where, where, classes=claims("health", how=How(how))))
    assert judgement.unjudged_roles == (0 if bound else 1)
    assert len(judgement.findings) == (8 if bound else 0)
    if bound:
        assert verdicts(judgement.findings)[CONTROL] == "violation error"
        assert all(
            "policy.role-unknown" in remarks(finding) for finding in judgement.findings
        )


def test_role_among() -> None:
    def role(*names: str) -> Unknown:
        return Unknown(Reason.UNSET_VARIABLE, "var.kind", among=tuple(map(Known, names)))

    assert len(run(placed(aws(role=role("at-rest", "compute")))).findings) == 4
    assert len(run(placed(aws(role=role("at-rest", "config")))).findings) == 4
    assert run(placed(aws(role=role("config", "config")))).findings == ()


@pytest.mark.parametrize(
    ("inferred", "expected"), [("error", "error"), ("warning", "warning"), ("note", "note")]
)
def test_inferred_class_costs_at_most(inferred: str, expected: str) -> None:
    one = placed(aws(area=unset(), holdings=()), classes=claims("health", how=How.INFERRED))
    judgement = run(one, inferred=Severity(inferred))
    assert verdicts(judgement.findings) == {
        EEA: f"unproven {expected}",
        HOST: f"unproven {expected}",
        CONTROL: f"violation {expected}",
        QUALIFIED: f"unproven {expected}",
    }
    assert "policy.class-inferred" in remarks(judgement.findings[0])


def test_inferred_class_does_not_lower_what_is_declared_or_assumed() -> None:
    guess = claims("claims", how=How.INFERRED)
    declared = Classes((*guess.claims, *claims("health").claims))
    assert (
        verdicts(run(placed(aws(), classes=declared)).findings)[CONTROL] == "violation error"
    )
    assert (
        verdicts(run(placed(aws(), classes=guess), assume="health").findings)[CONTROL]
        == "violation error"
    )
    assert (
        verdicts(run(placed(aws(), classes=guess), assume="contact").findings)[CONTROL]
        == "violation warning"
    )


def test_assumed_class_fails_and_says_so() -> None:
    judgement = run(placed(aws(), classes=claims("health", how=How.DEFAULT)), assume="health")
    assert verdicts(judgement.findings)[CONTROL] == "violation error"
    assert "policy.class-assumed" in remarks(of(judgement, CONTROL))


def test_unproven_region_fails_for_health_and_control_is_judged_all_the_same() -> None:
    region = unset("var.region", because=step(line=7))
    where = aws(
        region=region,
        country=region,
        area=region,
        holdings=(holding("hds", region), holding("secnumcloud", False)),
    )
    judgement = run(placed(where))
    assert verdicts(judgement.findings) == {
        EEA: "unproven error",
        HOST: "unproven error",
        CONTROL: "violation error",
        QUALIFIED: "violation error",
    }
    finding = of(judgement, EEA)
    assert say(finding.headline) == (
        "Health at rest with Amazon Web Services, in a region that isn't known, "
        "can't be proved to be inside the European Economic Area (region: var.region has no value)"
    )
    assert region.because in finding.because


def _hinted(**facts: Any) -> tuple[Placement, Unknown]:
    """Where only a hint shows where it is, and why that proves nothing."""
    note = Note(
        "resolve.cluster-hinted", {"at": "lb.yaml:6", "shown": Note("kubernetes.written")}
    )
    why = Unknown(Reason.NO_EVIDENCE, "provider", note=note, kind=UnknownKind.CLUSTER_HINTED)
    held = tuple(holding(name, why) for name in ("hds", "secnumcloud"))
    proved = replace(Placement.unknown(why), role=Known("at-rest"), holdings=held)
    return placement(proved=proved, **facts), why


def test_a_hint_never_acquits_and_says_what_proves_it() -> None:
    where, _ = _hinted()
    judgement = run(placed(where))
    assert set(verdicts(judgement.findings).values()) == {"unproven error"}
    finding = of(judgement, CONTROL)
    assert finding.placement is where, "what it is about stays what it was"
    assert finding.cause is not None
    assert finding.cause.id == "cluster:."
    assert {each.cause for each in judgement.findings} == {finding.cause}
    assert "only a hint shows where the cluster runs (lb.yaml:6" in say(finding.headline)
    assert "seul un indice montre où tourne le cluster" in say(finding.headline, "fr")
    assert finding.basis is None


def test_a_hint_convicts_as_what_is_known_does() -> None:
    where, _ = _hinted(
        region="us-west-2", country="US", area=(), control=("US",), holdings=()
    )
    known = run(placed(replace(where, proved=None)))
    assert verdicts(run(placed(where)).findings) == verdicts(known.findings)
    assert verdicts(known.findings)[CONTROL] == "violation error"


def test_a_region_by_a_hint_leaves_proved_what_the_company_decides() -> None:
    """Whose it is is declared: only the questions about the place stay open."""
    region = unset("region", kind=UnknownKind.CLUSTER_HINTED)
    soil = unset("region", among=(Known(Soil("FR", ("EEA",))),))
    proved = placement(region=region, country=region, area=region, soil=soil)
    found = verdicts(run(placed(placement(proved=proved))).findings)
    assert (found[EEA], found[CONTROL]) == ("unproven error", "compliant error")


def test_a_region_that_no_hint_shows_waits_for_the_same_cluster() -> None:
    open_ = unset("region", kind=UnknownKind.CLUSTER_REGION)
    where, _ = _hinted(region=open_, country=open_, area=open_, soil=Soil("FR", ("EEA",)))
    found = [
        each.cause for each in run(placed(where)).findings if each.policy in (EEA, CONTROL)
    ]
    assert [each.id for each in found if each] == ["cluster:.", "cluster:."]


def test_region_among_is_decided_and_told() -> None:
    region = unset(among=(Known("eu-west-3"), Known("eu-central-1")))
    country = unset(among=(Known("FR"), Known("DE")))
    judgement = run(placed(aws(region=region, country=country)))
    assert verdicts(judgement.findings)[EEA] == "compliant error"
    assert "in one of eu-west-3, eu-central-1 (France, Germany)" in say(
        of(judgement, CONTROL).headline
    )


@pytest.mark.parametrize("fact", ["exists", "sure"])
def test_what_may_not_exist_is_unproven_if_created(fact: str) -> None:
    doubt = unset("var.dr", because=step(line=4))
    one = placed(
        aws(**({"sure": doubt} if fact == "sure" else {})),
        **({"exists": doubt} if fact == "exists" else {}),
    )
    judgement = run(one)
    assert verdicts(judgement.findings) == {
        EEA: "compliant error",
        HOST: "compliant error",
        CONTROL: "unproven error",
        QUALIFIED: "unproven error",
    }
    finding = of(judgement, CONTROL)
    assert say(finding.headline).endswith("; this holds only if created: var.dr has no value")
    assert doubt.because in finding.because
    assert "if created" not in say(of(judgement, EEA).headline)


def test_what_surely_does_not_exist_is_not_judged() -> None:
    assert (
        run(placed(aws(sure=Known(False))), placed(aws(), exists=Known(False))).findings == ()
    )


def test_background_knowledge_of_control_costs_as_much_as_any_other_and_is_said() -> None:
    judgement = run(placed(aws(evidence=(evidence(Shows.SEAT, "US"),))))
    assert verdicts(judgement.findings)[CONTROL] == "violation error"
    assert of(judgement, CONTROL).basis is Basis.BACKGROUND
    assert of(judgement, QUALIFIED).basis is None, "it asks nothing of who can compel"
    assert "policy.background" in remarks(of(judgement, CONTROL))
    assert of(run(placed(aws())), CONTROL).basis is Basis.SOURCED
    nobody = aws(evidence=(evidence(Shows.SEAT, "US"),), control=unset())
    unproven = of(run(placed(nobody)), CONTROL)
    assert (unproven.severity.value, unproven.basis) == ("error", None)


def test_a_machine_abroad_is_in_reach_of_the_state_there() -> None:
    abroad = {"region": "us/las", "country": "US", "area": (), "control": ("DE",)}
    found = of(run(placed(placement(**abroad))), CONTROL)
    assert (found.verdict.value, found.severity.value, found.basis) == (
        "violation",
        "error",
        Basis.SOIL,
    )
    perhaps = of(run(placed(placement(**abroad), exists=unset("var.dr"))), CONTROL)
    assert (perhaps.verdict.value, perhaps.basis) == ("unproven", None)


def test_what_only_a_default_leaves_out_warns_where_it_would_be_a_violation() -> None:
    off = unset("var.dr", kind=UnknownKind.LEFT_OUT)
    assert verdicts(run(placed(aws(), exists=off)).findings) == {
        EEA: "compliant warning",
        HOST: "compliant warning",
        CONTROL: "unproven warning",
        QUALIFIED: "unproven warning",
    }


def test_library_waiting_for_its_caller_gives_one_remark_a_folder() -> None:
    where = aws(
        region=CALLER,
        country=CALLER,
        area=CALLER,
        holdings=(holding("hds", CALLER), holding("secnumcloud", False)),
    )
    files = {"library": True, "root": "modules/store"}
    judgement = run(
        placed(where, where, address="a", **files), placed(where, address="b", **files),
        placed(where, address="c", library=True, root="modules/other"),
    )  # fmt: skip
    assert {finding.policy for finding in judgement.findings} == {CONTROL, QUALIFIED}
    assert [(note.path, note.note.params["count"]) for note in judgement.remarks] == [
        ("modules/other", 1), ("modules/store", 2),
    ]  # fmt: skip
    assert verdicts(run(placed(where)).findings)[EEA] == "unproven error", (
        "outside a library it is a finding"
    )
    untold = replace(
        where,
        holdings=(
            holding("hds", Unknown(Reason.NO_EVIDENCE, "offer")),
            holding("secnumcloud", False),
        ),
    )
    assert HOST not in verdicts(run(placed(untold, **files)).findings), (
        "the region would come from the caller"
    )


def test_library_with_another_reason_is_a_finding() -> None:
    judgement = run(placed(aws(area=unset(), holdings=()), library=True))
    assert verdicts(judgement.findings)[EEA] == "unproven error"
    assert verdicts(judgement.findings)[HOST] == "unproven error"
    assert judgement.remarks == ()


def test_library_that_may_create_nothing_waits_too() -> None:
    judgement = run(
        placed(
            aws(), library=True, exists=CALLER, root=None, where=Span("m/x.tf", 1, 1, 2, 1)
        )
    )
    assert {finding.verdict.value for finding in judgement.findings} == {"compliant"}
    assert [remark.path for remark in judgement.remarks] == ["m"]


def test_contested_claims() -> None:
    one = placed(aws(), classes=claims("claims"))
    strict = run(one)
    assert {f.policy for f in strict.findings if "policy.contested" in remarks(f)} == {
        EEA,
        HOST,
    }
    assert "(claims) held by an insurer is contested" in " ".join(
        map(say, of(strict, HOST).remarks)
    )
    assert not any(
        "policy.contested" in remarks(finding) for finding in run(placed(aws())).findings
    )
    care = run(one, placed(aws(), address="b"), hds_scope="care-only")
    assert [finding.policy for finding in care.findings] == [
        CONTROL,
        QUALIFIED,
        EEA,
        HOST,
        CONTROL,
        QUALIFIED,
    ]
    assert (strict.left_out, care.left_out) == (0, 1)
    mixed = placed(
        aws(),
        classes=Classes((*claims("claims").claims, *claims("health").claims)),
        address="c",
    )
    assert run(mixed, hds_scope="care-only").left_out == 0
    assert (
        run(
            placed(aws(role="config"), classes=claims("claims")), hds_scope="care-only"
        ).left_out
        == 0
    )


def test_default_of_a_variable_is_said_where_it_decides() -> None:
    default = step("terraform.variable-default", "variables.tf", 3)
    default.kind = StepKind.DEFAULT
    region = Known("eu-west-3", step("terraform.reference", parents=(default,)))
    judgement = run(placed(aws(region=region)))
    assert {
        f.policy for f in judgement.findings if "policy.from-default-at" in remarks(f)
    } == {
        EEA,
        HOST,
        QUALIFIED,
    }
    assert "(variables.tf:3)" in " ".join(map(say, of(judgement, EEA).remarks))
    provider = Known("aws", default)
    assert "policy.from-default-at" in remarks(
        of(run(placed(aws(provider=provider))), CONTROL)
    )


def test_sensitive_values_are_never_said() -> None:
    for fact in (
        {"region": Known("secret-1", sensitive=True), "country": Known("FR")},
        {"provider": Known("secret-1", sensitive=True), "provider_name": "secret-1"},
        {"region": unset(among=(Known("secret-1", sensitive=True), Known("secret-2")))},
        {"area": Unknown(Reason.NOT_IN_CATALOGUE, "secret-1", sensitive=True)},
    ):
        findings = run(placed(aws(**fact))).findings
        assert len(findings) == 4
        for finding in findings:
            assert "secret" not in say(finding.headline) + "".join(map(say, finding.remarks))


def test_evidence_runs_from_the_class_to_the_place_each_once() -> None:
    where = step(line=5)
    one = placed(aws(because=(where,), region=Known("eu-west-3", where)))
    finding = of(run(one), EEA)
    assert finding.because == (one.classes.claims[0].because, where)


def test_resource_without_a_placement_is_unproven() -> None:
    judgement = run(placed())
    assert {finding.verdict.value for finding in judgement.findings} == {"unproven"}
    assert len(judgement.findings) == 4


def test_class_unknown_gives_one_unproven_warning() -> None:
    unread = Classes(unknown=unset("var.tags"))
    judgement = run(placed(aws(), aws(role="replica"), classes=unread))
    assert verdicts(judgement.findings) == {"data-class-known": "unproven warning"}
    assert "var.tags has no value" in say(judgement.findings[0].headline)
    assert run(placed(aws(role="config"), classes=unread)).findings == ()
    library = run(placed(aws(), classes=Classes(unknown=CALLER), library=True, root="m"))
    assert (library.findings, [remark.path for remark in library.remarks]) == ((), ["m"])
    kept = run(placed(aws(), classes=replace(claims("health"), unknown=unset("var.extra"))))
    assert "data-class-known" not in verdicts(kept.findings)
    assert "policy.class-open" in remarks(kept.findings[0])


def test_a_class_that_may_be_replaced_is_said_once_where_no_policy_judges_it() -> None:
    open_class = replace(claims("contact"), unknown=unset("var.tags"))
    judgement = run(placed(aws(), aws(role="replica"), classes=open_class))
    assert verdicts(judgement.findings) == {"data-class-known": "unproven warning"}
    assert judgement.findings[0].headline.key == "policy.class-unknown-more"
    assert len(judgement.findings) == 1
    assert run(placed(aws(role="config"), classes=open_class)).findings == ()


def test_strange_value_is_told_once_where_it_stands() -> None:
    shared = step("terraform.default-tags", "providers.tf", 4)
    strange = Classes(strange=(("helth", shared),))
    judgement = run(
        placed(aws(role="config"), classes=strange, address="net"),
        placed(aws(), classes=strange, address="a"),
        placed(aws(), classes=strange, address="b"),
        placed(aws(), classes=Classes(strange=(("C3", step(line=8)),)), address="c"),
    )
    assert [
        (f.resource.address, f.verdict.value, f.severity.value) for f in judgement.findings
    ] == [
        ("a", "violation", "warning"),
        ("c", "violation", "warning"),
    ]
    first = judgement.findings[0]
    assert "`helth` means nothing here" in say(first.headline)
    assert [say(note) for note in first.remarks] == [
        "Did you mean `health`?",
        "The same value reaches 1 more resource(s).",
    ]


@pytest.mark.parametrize(
    ("until", "soon"),
    [
        (date(2026, 11, 23), False),
        (TODAY, True),
        (date(2027, 2, 22), True),
        (date(2027, 2, 23), False),
        (None, False),
    ],
)
def test_qualification_ends_soon(until: date | None, soon: bool) -> None:
    held = holding("secnumcloud", until=until, offer="IaaS")
    judgement = run(placed(placement(holdings=(holding("hds"), held))))
    found = [
        finding
        for finding in judgement.findings
        if finding.policy == "qualification-ends-soon"
    ]
    assert len(found) == soon
    if found:
        assert (found[0].verdict.value, found[0].severity.value) == ("violation", "warning")
        assert say(found[0].headline).startswith(f"SecNumCloud with Scaleway ends on {until}")


def test_qualification_that_no_policy_asks_for_may_end() -> None:
    ending = (holding("hds", until=TODAY), holding("secnumcloud", until=TODAY))
    found = run(placed(placement(holdings=ending)), set_name="statutory").findings
    assert [say(f.headline)[:3] for f in found if f.policy == "qualification-ends-soon"] == [
        "HDS"
    ]
    attested = (holding("hds", until=TODAY, attested="dpo"), holding("secnumcloud"))
    assert "qualification-ends-soon" not in verdicts(
        run(placed(placement(holdings=attested))).findings
    )


def attestation(**more: Any) -> Attestation:
    usual: dict[str, Any] = {
        "qualification": "hds",
        "provider": "scaleway",
        "region": "fr-par",
        "matches_address": None,
        "matches_path": None,
        "evidence": "contract 2026-114",
        "owner": "dpo",
        "issued": date(2025, 10, 1),
        "expires": date(2026, 10, 1),
        "where": Span("sovlint.yaml", 12, 3, 18, 1),
    }
    return Attestation(**{**usual, **more})


UNHELD = placement(
    holdings=(holding("hds", Unknown(Reason.NO_EVIDENCE)), holding("secnumcloud", False))
)


def never(text: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("more", "helps"),
    [
        ({}, True),
        ({"provider": None, "region": None}, True),
        ({"provider": "aws"}, False),
        ({"region": "nl-ams"}, False),
        ({"qualification": "secnumcloud"}, False),
        ({"matches_address": never}, False),
        ({"matches_path": never}, False),
    ],
)
def test_expired_attestation(
    more: dict[str, Callable[[str], bool] | str | None], helps: bool
) -> None:
    judgement = run(placed(UNHELD), attestations=(attestation(**more),))
    found = [
        finding for finding in judgement.findings if finding.policy == "attestation-expired"
    ]
    assert len(found) == helps
    assert len(judgement.remarks) == (not helps)
    if helps:
        assert (found[0].verdict.value, found[0].severity.value) == ("violation", "warning")
        assert "of HDS by dpo expired on 2026-10-01" in say(found[0].headline)
    else:
        assert (judgement.remarks[0].path, judgement.remarks[0].line) == ("sovlint.yaml", 12)


def test_attestation_in_force_says_nothing() -> None:
    judgement = run(placed(UNHELD), attestations=(attestation(expires=TODAY),))
    assert "attestation-expired" not in verdicts(judgement.findings)
    assert judgement.remarks == ()


def test_accepted_state() -> None:
    policy_set = replace(load([], "sovereign-health"), accept=("CH",))
    swiss = placed(placement(control=("CH",)))
    assert verdicts(run(swiss).findings)[CONTROL] == "violation error"
    assert (
        verdicts(evaluate([swiss], policy_set, WORLD, Request(as_of=TODAY)).findings)[CONTROL]
        == "compliant error"
    )


def test_names_that_the_catalogue_lacks_are_refused() -> None:
    policy_set = load([], "sovereign-health")
    first = policy_set.policies[0]
    for changed, message in (
        (
            replace(policy_set, policies=(replace(first, data=("helth",)),)),
            "data class `helth` .*Did you mean `health`?",
        ),
        (
            replace(policy_set, policies=(replace(first, require=Need("control", "eu")),)),
            "the area `eu` isn't in the catalogue.",
        ),
        (replace(policy_set, accept=("ZZ",)), "the state `ZZ` isn't in the catalogue"),
    ):
        with pytest.raises(SovlintError, match=message):
            evaluate([], changed, WORLD, Request(as_of=TODAY))


def test_two_placements_give_a_finding_each() -> None:
    london = aws(role="replica", region="eu-west-2", country="GB", area=())
    judgement = run(placed(aws(), london))
    eea = [finding for finding in judgement.findings if finding.policy == EEA]
    assert [finding.verdict.value for finding in eea] == ["compliant", "violation"]
    assert (
        "in a replica with Amazon Web Services, in eu-west-2 (United Kingdom), outside the"
        in say(eea[1].headline)
    )
    assert "policy.adequate-place" in remarks(eea[1])


def test_claims_of_a_finding_are_those_that_bind_it() -> None:
    both_classes = Classes(
        (ClassClaim("health", How.DECLARED, step()), ClassClaim("nir", How.INFERRED, step()))
    )
    judgement = run(placed(aws(), classes=both_classes))
    assert {claim.data_class for claim in of(judgement, CONTROL).claims} == {"health"}
    assert verdicts(judgement.findings)[ID_CONTROL] == "violation warning"
    named = replace(
        WORLD,
        classes={**WORLD.classes, "health": Bilingual("health data", "données de santé")},
    )
    finding = evaluate(
        [placed(aws())], load([], "sovereign-health"), named, Request(as_of=TODAY)
    ).findings[0]
    assert say(finding.headline, "fr").startswith("Données de santé au repos")
