"""Who controls a company, where not all of that was found."""

from __future__ import annotations

import pytest

from sovlint.catalog.compiling.control import EVERYWHERE
from sovlint.model.value import Known, Unknown
from sovlint.report.messages import say
from sovlint.resolve.facts.control import control_in
from tests.catalog.known import FACTS
from tests.resolve.house import DAY, catalog, placement, shown


def test_what_nobody_found_is_said_in_both_languages() -> None:
    for name, said in FACTS["not_found"].items():
        found = control_in(catalog().providers[name], EVERYWHERE, catalog(), DAY)
        assert isinstance(found, Unknown)
        assert found.text() == said["text"]
        assert (say(found.why(), "en"), say(found.why(), "fr")) == (said["en"], said["fr"])


VOLUME = 'resource "outscale_volume" "v" {\n  subregion_name = "%sa"\n  size = 10\n}\n'


CONTROL = {
    region: tuple(states) for region, states in FACTS["control_by_region"]["outscale"].items()
}


@pytest.mark.parametrize(("region", "control"), CONTROL.items())
def test_a_region_that_another_company_runs_answers_to_that_company(
    region: str, control: tuple[str, ...]
) -> None:
    found = placement(VOLUME % region, "outscale_volume.v")
    assert (shown(found.region), shown(found.control)) == (region, control)


def test_where_the_region_isnt_known_whoever_runs_any_of_them_counts() -> None:
    text = (
        'variable "r" {}\nprovider "outscale" {\n  region = var.r\n}\n'
        'resource "outscale_volume" "v" {\n  size = 10\n}\n'
    )
    found = placement(text, "outscale_volume.v").control
    assert isinstance(found, Unknown)
    assert shown(found) == set(CONTROL.values())
    assert found.reason.value == "unset-variable"


def test_a_region_that_is_one_of_a_few_counts_only_those() -> None:
    text = (
        'variable "b" {}\nprovider "outscale" {\n  region = var.b ? "eu-west-2" : "cloudgouv-eu-west-1"\n}\n'
        'resource "outscale_volume" "v" {\n  size = 10\n}\n'
    )
    found = placement(text, "outscale_volume.v").control
    assert isinstance(found, Known)
    assert found.value == CONTROL["eu-west-2"] == CONTROL["cloudgouv-eu-west-1"]


def test_who_runs_another_region_isnt_proved_by_the_qualification_of_the_provider() -> None:
    provider = catalog().providers["outscale"]
    abroad = control_in(provider, "us-east-2", catalog(), DAY)
    assert isinstance(abroad, Known)
    assert abroad.value == CONTROL["us-east-2"]
