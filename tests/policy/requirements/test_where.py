"""Country, provider, region, service and kind: three answers each, by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.value import Known, Reason, Unknown
from sovlint.policy.policies import requirement
from sovlint.policy.requirements.logic import judge
from sovlint.policy.unknown_names import check_names
from tests.policy.house import WORLD, both, placement, run, say, unset
from tests.policy.house import load as load_set

V, U, C = Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT


class _Offering:
    """Two companies: of one nobody said what `queue` is, and `machines` serve two purposes; the other's are all alike."""

    def kinds(self, provider: str, service: str | None) -> tuple[str, ...] | None:
        if provider == "openai":
            return ("ai-inference",)
        return {
            "object-storage": ("object-storage",),
            "dns": (),
            "machines": ("compute", "volumes"),
        }.get(service or "")

    def regions(self, provider: str) -> Collection[str]:
        return ("fr-par", "nl-ams")

    def services(self, provider: str) -> Collection[str]:
        return ("object-storage", "machines", "dns", "queue")


NAMED = replace(
    WORLD,
    kinds={name: both(name) for name in ("object-storage", "ai-inference", "compute")},
    offering=_Offering(),
)
EITHER = Unknown(Reason.UNSET_VARIABLE, "var.x", among=(Known("scaleway"), Known("aws")))
REGIONS = Unknown(Reason.UNSET_VARIABLE, "var.r", among=(Known("nl-ams"), Known("pl-waw")))
NOBODY = Unknown(Reason.NOT_IN_CATALOGUE, "host")


@pytest.mark.parametrize(
    ("asked", "facts", "verdict"),
    [
        ({"country": "FR"}, {}, C),
        ({"country": "FR"}, {"country": "DE"}, V),
        ({"country": "FR"}, {"country": unset()}, U),
        ({"country": "FR"}, {"country": Unknown(Reason.UNSET_VARIABLE, among=(Known("FR"), Known("DE")))}, U),
        ({"country": "FR"}, {"country": Unknown(Reason.UNSET_VARIABLE, among=(Known("NL"), Known("DE")))}, V),
        ({"country": "FR"}, {"region": GLOBAL_REGION, "country": "US"}, U),
        ({"adequate": "EEA"}, {}, C),
        ({"adequate": "EEA"}, {"country": "CH"}, C),
        ({"adequate": "EEA"}, {"country": "CN"}, V),
        ({"adequate": "EEA"}, {"country": "US"}, U),  # some organisations alone
        ({"adequate": "EEA"}, {"country": "XX"}, V),
        ({"adequate": "EEA"}, {"country": unset()}, U),
        ({"adequate": "EEA"}, {"country": Unknown(Reason.UNSET_VARIABLE, among=(Known("FR"), Known("CH")))}, C),
        ({"adequate": "EEA"}, {"country": Unknown(Reason.UNSET_VARIABLE, among=(Known("FR"), Known("US")))}, U),
        ({"adequate": "EEA"}, {"region": GLOBAL_REGION, "country": "CN"}, U),
        ({"adequate": "EEA"}, {"region": GLOBAL_REGION, "country": "FR"}, C),
        ({"provider": "scaleway"}, {}, C),
        ({"provider": "scaleway"}, {"provider": "aws"}, V),
        ({"provider": "scaleway"}, {"provider": EITHER}, U),
        ({"provider": "outscale"}, {"provider": EITHER}, V),
        ({"provider": "scaleway"}, {"provider": NOBODY}, U),
        ({"region": "scaleway/fr-par"}, {}, C),
        ({"region": "scaleway/fr-par"}, {"region": "nl-ams"}, V),
        ({"region": "scaleway/fr-par"}, {"provider": "linode"}, V),  # the same code, another company
        ({"region": "scaleway/fr-par"}, {"region": unset()}, U),
        ({"region": "scaleway/fr-par"}, {"region": REGIONS}, V),
        ({"region": "scaleway/fr-par"}, {"provider": "aws", "region": unset()}, V),
        ({"service": "scaleway/object-storage"}, {}, C),
        ({"service": "scaleway/object-storage"}, {"service": "rdb"}, V),
        ({"service": "scaleway/object-storage"}, {"service": NOBODY}, U),
        ({"kind": "object-storage"}, {}, C),
        ({"kind": "object-storage"}, {"service": "dns"}, V),
        ({"kind": "object-storage"}, {"service": "machines"}, V),
        ({"kind": "compute"}, {"service": "machines"}, U),
        ({"kind": "object-storage"}, {"service": "queue"}, U),
        ({"kind": "object-storage"}, {"service": NOBODY}, U),
        ({"kind": "object-storage"}, {"provider": NOBODY}, U),
        ({"kind": "ai-inference"}, {"provider": "openai", "service": NOBODY}, C),
        ({"not": {"kind": "ai-inference"}}, {}, C),
        ({"not": {"kind": "ai-inference"}}, {"provider": NOBODY}, U),
        ({"any": [{"provider": "outscale"}, {"provider": "scaleway"}]}, {}, C),
        ({"any": [{"provider": "outscale"}, {"provider": "ovhcloud"}]}, {}, V),
    ],
)  # fmt: skip
def test_three_answers(
    asked: dict[str, Any], facts: dict[str, Any], verdict: Verdict
) -> None:
    answer = judge(requirement(asked), placement(**facts), NAMED, ())
    assert answer.verdict is verdict
    for leaf in answer.leaves:
        assert say(leaf.note)
        assert say(leaf.note, "fr")


def test_without_an_offering_no_kind_is_proved() -> None:
    answer = judge(requirement({"kind": "object-storage"}), placement(), WORLD, ())
    assert answer.verdict is U


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"country": "XX"}, "the state `XX` isn't in the catalogue."),
        ({"provider": "scalway"}, "Did you mean `scaleway`?"),
        ({"region": "scaleway/fr-pa"}, "the region of `scaleway` `fr-pa` isn't in the catalogue."),
        ({"region": "nobody/fr-par"}, "the provider `nobody` isn't in the catalogue."),
        ({"service": "scaleway/rdbs"}, "the service of `scaleway` `rdbs` isn't in the catalogue."),
        ({"kind": "object-stores"}, "the kind of services `object-stores` isn't in the catalogue."),
    ],
)  # fmt: skip
def test_names_that_dont_exist_are_told(asked: dict[str, Any], said: str) -> None:
    policy_set = load_set([], "statutory")
    (first, *_) = policy_set.policies
    strange = replace(policy_set, policies=(replace(first, require=requirement(asked)),))
    with pytest.raises(SovlintError) as caught:
        check_names(strange, NAMED)
    assert said in caught.value.message


def test_a_shipped_set_needs_no_offering() -> None:
    assert run().findings == ()
