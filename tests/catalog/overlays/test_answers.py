"""What a repository's own overlay would make otherwise of hosts, places and services that ship: without trust, nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from sovlint.catalog.load import overlay_problems
from tests.catalog.house import SOURCES, folder, provider

CHANGED = re.compile(r": `([^`]+)` changes `([^`]+)` .*`--trust-overlay` is missing\.$")

HOSTS = {
    # a host that a pattern of the domain answers: everything that it says otherwise
    "api.twilio.com, provider: twilio, service: texting": [],
    "api2.twilio.com, provider: twilio, service: texting, takes: nothing": ["takes"],
    "API3.Twilio.com, provider: twilio, service: texting, takes: nothing": ["takes"],
    "api4.twilio.com, provider: twilio": ["service"],
    "api5.twilio.com, provider: twilio, service: calls": ["service"],
    "api6.twilio.com, provider: twilio, service: texting, region: IE": ["region"],
    "api7.twilio.com, provider: scaleway, service: object-storage": ["provider"],
    "{region}.twilio.com, provider: twilio, service: texting": ["region"],
    "*.eu.twilio.com, provider: twilio, service: texting, takes: nothing": ["takes"],
    # the host itself
    "**.twilio.com, provider: twilio, service: texting, takes: nothing": ["takes"],
    # a label that ships as the region
    "s3.eu-west-3.amazonaws.com, provider: aws, service: s3, region: eu-west-3": [],
    "s3.eu-west-2.amazonaws.com, provider: aws, service: s3": ["region"],
    "s3.us-east-1.amazonaws.com, provider: aws, service: s3, region: eu-west-3": ["region"],
    # what it says ships for all of the domain, but a narrower pattern of it is taken over too
    "*.eu-west-1.amazonaws.com, provider: aws": ["service", "region", "takes"],
    # a narrower pattern that ships still wins
    "**.ie1.twilio.com, provider: twilio, service: texting": [],
    # of a company and a domain of its own
    "**.casa.example.fr, provider: casa, service: claims-api, region: fr-one, takes: nothing": [],
}


def takes_trust(at: Path, **files: str) -> dict[str, list[str]]:
    """The keys that take trust, by entry."""
    found: dict[str, list[str]] = {}
    for each in overlay_problems([folder(at, **files)]):
        said = CHANGED.search(each.message)
        assert said, each.message
        found.setdefault(said[1], []).append(said[2])
    return found


def test_a_host_that_ships_answers_otherwise_only_with_trust(tmp_path: Path) -> None:
    lines = "".join(_line(each, bool(keys)) for each, keys in HOSTS.items())
    found = takes_trust(
        tmp_path, providers__casa=provider(), endpoints=f"endpoints:\n{lines}{SOURCES}"
    )
    assert found == {
        f"endpoints/{each.partition(',')[0].lower()}": keys
        for each, keys in HOSTS.items()
        if keys
    }


def _line(entry: str, replaces: bool) -> str:
    host, _, rest = entry.partition(",")
    said = ", replaces: true" if replaces else ""
    return f'  - {{host: "{host}",{rest}, source: annual{said}}}\n'


def test_a_host_that_ships_takes_nothing_only_with_trust(tmp_path: Path) -> None:
    text = """
        endpoints: []
        not_placements:
          - {host: api.twilio.com, source: annual, replaces: true}
          - {host: www.twilio.com, source: annual, replaces: true}
          - {host: developer.casa.example.fr, source: annual}
    """
    found = takes_trust(tmp_path, endpoints=dedent(text) + SOURCES)
    assert found == {"not_placements/api.twilio.com": ["provider"]}


PLACES = {
    "regions: {new-1: {country: FR, source: annual, operator: {entity: scaleway-sas, source: annual}}}": [
        "regions.new-1"
    ],
    "regions: {new-1: {country: FR, source: annual}}": ["regions.new-1"],
    "regions: {new-1: {country: null, areas: [EEA], source: annual}}": ["regions.new-1"],
    "region_suffixes: ['-new']": ["region_suffixes"],
    "region_forms: ['new-(fsn1)']": ["region_forms"],
    "region_spans: {new-1: [fsn1]}": ["region_spans"],
    "aliases: [Haus]": [],
}


@pytest.mark.parametrize(("text", "keys"), PLACES.items())
def test_a_place_that_a_shipped_provider_lacks_takes_trust(
    tmp_path: Path, text: str, keys: list[str]
) -> None:
    found = takes_trust(tmp_path, providers__hetzner=f"replaces: true\n{text}\n{SOURCES}")
    assert found.get("providers/hetzner", []) == keys


SERVICES = {
    # by its kind a service takes nothing
    "services: {twilio: {none: [texting], replaces: true}}": {"services/twilio": ["texting"]},
    "services: {aws: {none: [s3], replaces: true}}": {"services/aws": ["s3"]},
    "services: {'*': {none: [s3], replaces: true}}": {"services/*": ["s3"]},
    "services: {}\nlike: {twilio: scaleway, replaces: true}": {"like/twilio": ["twilio"]},
    "services: {casa: {none: [claims-api]}}": {},
    "services: {aws: {object-storage: [s3]}}": {},
}


@pytest.mark.parametrize(("text", "keys"), SERVICES.items())
def test_a_service_that_has_a_kind_is_of_another_only_with_trust(
    tmp_path: Path, text: str, keys: Mapping[str, list[str]]
) -> None:
    host = "{host: casa.example.fr, provider: casa, service: claims-api, source: annual}"
    found = takes_trust(
        tmp_path,
        providers__casa=provider(),
        endpoints=f"endpoints: [{host}]\n{SOURCES}",
        services=f"{text}\nsource: known\n{SOURCES}",
    )
    assert found == keys
