"""Country, provider, region, service and kind: three answers each, by hand."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, combinations, product
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
    """Of one company nobody said what `queue` is, and `machines` serve two purposes; another's services are all alike; of
    the third one `models` are, among others that nobody listed and that are of no kind."""

    def kinds(self, provider: str, service: str | None) -> tuple[str, ...] | None:
        if provider == "openai":
            return ("ai-inference",)
        if provider == "linode":
            return ("ai-inference",) if service == "models" else ()
        return {
            "object-storage": ("object-storage",),
            "dns": (),
            "machines": ("compute", "volumes"),
        }.get(service or "")

    def regions(self, provider: str) -> Collection[str]:
        return ("fr-par", "nl-ams", "eu-all")

    def is_spread(self, provider: str, region: str) -> bool:
        return region == "eu-all"

    def services(self, provider: str) -> Collection[str]:
        if provider == "linode":
            return ("models", "machines")
        return ("object-storage", "machines", "dns", "queue")


NAMED = replace(
    WORLD,
    kinds={name: both(name) for name in ("object-storage", "ai-inference", "compute")},
    offering=_Offering(),
)
EITHER = Unknown(Reason.UNSET_VARIABLE, "var.x", among=(Known("scaleway"), Known("aws")))
SEVERAL = Unknown(Reason.MULTI_VALUED, "eu-all")
SPREAD = Unknown(Reason.UNSET_VARIABLE, "var.r", among=(Known("nl-ams"), Known("eu-all")))
REGIONS = Unknown(Reason.UNSET_VARIABLE, "var.r", among=(Known("nl-ams"), Known("pl-waw")))
FR_OR_CH = Unknown(Reason.UNSET_VARIABLE, among=(Known("FR"), Known("CH")))
FR_OR_US = Unknown(Reason.UNSET_VARIABLE, among=(Known("FR"), Known("US")))
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
        ({"country": "FR"}, {"region": GLOBAL_REGION, "country": "FR"}, C),  # by somebody's word
        ({"country": "FR"}, {"region": "eu-all", "country": SEVERAL}, U),
        ({"not": {"country": "FR"}}, {"region": "eu-all", "country": SEVERAL}, U),
        ({"adequate": "EEA"}, {}, C),
        ({"adequate": "EEA"}, {"country": "CH", "area": ()}, C),
        ({"adequate": "EEA"}, {"country": "CN", "area": ()}, V),
        ({"adequate": "EEA"}, {"country": "US", "area": ()}, U),  # some organisations alone
        ({"adequate": "EEA"}, {"country": "XX", "area": ()}, V),
        ({"adequate": "EEA"}, {"country": unset(), "area": unset()}, U),
        ({"adequate": "EEA"}, {"region": "eu-all", "country": SEVERAL}, C),  # wherever in the area
        ({"not": {"adequate": "EEA"}}, {"region": "eu-all", "country": SEVERAL}, V),
        ({"adequate": "EU"}, {"region": "eu-all", "country": SEVERAL, "area": ("EEA",)}, U),
        ({"adequate": "EEA"}, {"region": "asia", "country": SEVERAL, "area": ()}, U),
        ({"not": {"adequate": "EEA"}}, {"region": "asia", "country": SEVERAL, "area": ()}, U),
        ({"adequate": "EEA"}, {"country": FR_OR_CH, "area": unset()}, C),
        ({"adequate": "EEA"}, {"country": FR_OR_US, "area": unset()}, U),
        ({"adequate": "EEA"}, {"region": GLOBAL_REGION, "country": "CN", "area": unset()}, U),
        ({"adequate": "EEA"}, {"region": GLOBAL_REGION, "country": "FR", "area": unset()}, C),
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
        ({"region": "scaleway/fr-par"}, {"region": "eu-all", "country": SEVERAL}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": "eu-all", "country": SEVERAL}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": "eu-all", "country": "FR"}, U),  # by somebody's word
        ({"not": {"region": "scaleway/fr-par"}}, {"region": "eu-2", "country": SEVERAL}, U),
        ({"region": "scaleway/eu-all"}, {"region": "eu-all", "country": SEVERAL}, C),
        ({"not": {"region": "scaleway/eu-all"}}, {"region": "eu-all", "country": SEVERAL}, V),
        ({"region": "scaleway/eu-all"}, {}, V),
        ({"region": "scaleway/fr-par"}, {"region": GLOBAL_REGION, "country": SEVERAL}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": GLOBAL_REGION, "country": SEVERAL}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": GLOBAL_REGION, "country": "FR"}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"provider": "linode", "region": "eu-all", "country": SEVERAL}, C),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": SPREAD}, U),
        ({"not": {"region": "scaleway/fr-par"}}, {"region": REGIONS}, C),
        ({"any": [{"region": "scaleway/nl-ams"}, {"country": "FR"}]}, {"region": "eu-all", "country": SEVERAL}, U),
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
        ({"not": {"kind": "ai-inference"}}, {"provider": "linode", "service": NOBODY}, U),  # it may be the models
        ({"not": {"kind": "compute"}}, {"provider": "linode", "service": NOBODY}, C),
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


_PLACES = [
    ("fr-par", Known("FR"), Known(("EEA", "EU"))),
    ("cn-1", Known("CN"), Known(())),
    ("eu-all", SEVERAL, Known(("EEA", "EU"))),
    (GLOBAL_REGION, SEVERAL, SEVERAL),
]
_FACTS = ("provider", "service", "region", "country", "area")
_ASKED: list[dict[str, Any]] = [
    {"country": "FR"},
    {"adequate": "EEA"},
    {"provider": "linode"},
    {"region": "linode/fr-par"},
    {"service": "linode/models"},
    {"kind": "ai-inference"},
]


@pytest.mark.parametrize(
    "asked", [*_ASKED, *({"not": each} for each in _ASKED), {"any": _ASKED}]
)
def test_knowing_less_proves_nothing_more(asked: dict[str, Any]) -> None:
    tree = requirement(asked)
    companies = product(_PLACES, ("scaleway", "linode"), ("models", "machines", "other"))
    for (where, country, area), provider, service in companies:
        known = {"region": where, "country": country, "area": area}
        full = placement(**known, provider=provider, service=service)
        before = judge(tree, full, NAMED, ()).verdict
        for gone in chain.from_iterable(combinations(_FACTS, size) for size in range(1, 6)):
            less = replace(full, **dict.fromkeys(gone, unset()))
            assert judge(tree, less, NAMED, ()).verdict in (before, U), (where, gone)
