"""What a repository's own overlay would make otherwise of what ships, by whatever it replaces or adds: without trust,
nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from sovlint.catalog.load import load, overlay_problems
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


NAMES = (
    # somebody else's, whoever adds it
    ("aliases: [AWS EMEA]", ["aliases"]),
    ("aliases: ['A.W.S.-EMEA GmbH']", ["aliases"]),
    ("name: Amazon Web Services EMEA", ["name"]),
    ("aliases: ['Zendesk, Inc.']", ["aliases"]),
    ("aliases: [OVH US Holding]", ["aliases"]),
    ("aliases: [Orange]", ["aliases"]),  # Orange Business begins so
    ("id: aws-europe", ["id"]),
    ("operator: salesforce-emea", ["operator"]),
    # its own
    ("operator: casa-sas", []),
    ("aliases: [Casa Nord, Maison]", []),
    ("aliases: [Awsome]", []),
)
OPERATORS = """
entities:
  casa-sas: {name: Casa SAS, seat: FR, source: annual, no_majority: {source: annual}}
  salesforce-emea: {name: "Salesforce EMEA Ltd", seat: FR, source: annual, no_majority: {source: annual}}
"""


def test_the_name_of_a_shipped_company_with_more_to_it_takes_trust(tmp_path: Path) -> None:
    files = {"entities": OPERATORS + SOURCES}
    expected: dict[str, list[str]] = {}
    for number, (text, keys) in enumerate(NAMES):
        key, _, value = text.partition(": ")
        said = {"id": f"casa-{number}", "name": f"Casa {number}", key: value}
        files[f"providers__casa{number}"] = provider(**said)
        expected |= {f"providers/{said['id']}": keys} if keys else {}
    assert takes_trust(tmp_path, **files) == expected


def test_a_name_of_a_shipped_company_is_refused_whoever_trusts(tmp_path: Path) -> None:
    own = folder(tmp_path, providers__casa=provider(aliases="[OVH]"))
    (problem,) = overlay_problems([own], trusted=True)
    assert "`ovh` means ovhcloud already" in problem.message


REPLACED = {
    # names by which people mean it, what it is read by, who holds it
    "providers__hetzner": ("providers/hetzner", "aliases: [Haus]", ["aliases"]),
    "providers__scaleway": ("providers/scaleway", "name: Haus am Meer", ["name"]),
    "providers__ovhcloud": ("providers/ovhcloud", "kind: other\nstatus: defunct", []),
    "qualifications__secnumcloud": (
        "schemes/secnumcloud",
        "on_request: true",
        ["on_request"],
    ),
    "qualifications__hds": ("schemes/hds", "title: {en: HDS, fr: HDS maison}", []),
}


def test_all_of_a_shipped_entry_takes_trust_but_what_is_only_told(tmp_path: Path) -> None:
    files = {
        file: f"replaces: true\n{text}\n{SOURCES}" for file, (_, text, _) in REPLACED.items()
    }
    expected = {entry: keys for entry, _, keys in REPLACED.values() if keys}
    assert takes_trust(tmp_path, **files) == expected


RULE = "role: processor, link: sends, source: annual, positive: [{CASA_KEY: abc}], negative: [{ZZ: abc}]"
ADDED = {
    # rules on how files are read: another one may answer in the place of one that ships
    "signatures__casa": f"""
signatures:
  own: {{company: scaleway, credential: [CASA_KEY], {RULE}}}
  too: {{company: scaleway, credential: [CASA_KEY, DD_API_KEY], {RULE}}}
  any: {{company: scaleway, credential: ['*_KEY'], {RULE}}}
  only: {{company: scaleway, only: true, address: [{{names: [CASA_KEY]}}], {RULE}}}
  text: {{address: [{{names: [CASA_KEY], text: 'https://s3.fr-par.scw.cloud'}}], {RULE}}}
""",
    "images": """
images:
  - {image: casa/portail, class: health, source: annual}
  - {image: casa/vide, class: anonymous, source: annual}
""",
    "lexicon": """
terms:
  - {term: bordereau maison, class: claims}
  - {term: dossier patient maison, class: anonymous}
""",
    "classes": """
classes:
  own: {en: Own, fr: Propre, labels: [maison]}
  word: {en: Own, fr: Propre, labels: [health]}
  over: {en: Own, fr: Propre, labels: [foyer], covers: [health]}
""",
    "passed-over": "replaces: true\npassed_over: {keys: {list: [URL], source: annual}}",
    "unread": """
unread:
  own: {title: {en: Own, fr: Propre}, files: ['*.own'], positive: [a.own], negative: [a.b], source: annual}
""",
    "jurisdictions": """
jurisdictions: {}
areas:
  MARS: {en: Mars, fr: Mars}
  VENUS: {en: United States, fr: Vénus}
  US: {en: Jupiter, fr: Jupiter}
""",
    "services": "services: {}\ncalled: {aws: {Casa: s3}}\nsource: annual",
}


def test_what_is_added_takes_trust_where_it_bears_on_what_ships(tmp_path: Path) -> None:
    files = {file: f"{text}\n{SOURCES}" for file, text in ADDED.items()}
    assert takes_trust(tmp_path, **files) == {
        "signatures/too": ["too"],
        "signatures/any": ["any"],
        "signatures/only": ["only"],
        "signatures/text": ["address"],
        "images/casa/vide": ["class"],
        "terms/dossier patient maison": ["dossier patient maison"],
        "classes/word": ["labels"],
        "classes/over": ["covers"],
        "passed_over/keys": ["list"],
        "unread/own": ["own"],
        "areas/VENUS": ["en"],
        "areas/US": ["US"],
        "called/aws": ["Casa"],
    }


PLUGINS = (
    ("types: {casa_store: {role: at-rest, service: object-storage}}", []),
    ("types: {casa_shop: {role: at-rest}}\ncomputed: {casa_shop: {url: name}}", []),
    ("computed: {aws_s3_bucket: {arn: name}}", ["computed"]),
    ("groups: [s3.aws.upbound.io]", ["groups"]),
)


def test_a_plug_in_speaks_of_types_of_others_only_with_trust(tmp_path: Path) -> None:
    head = "provider: {candidates: [scaleway], default: scaleway}\nsource: annual\n"
    found = takes_trust(
        tmp_path,
        **{
            f"plugins__casa{number}": f"id: casa/casa{number}\n{head}{text}{SOURCES}"
            for number, (text, _) in enumerate(PLUGINS)
        },
    )
    assert found == {
        f"plugins/casa/casa{number}": keys for number, (_, keys) in enumerate(PLUGINS) if keys
    }


def test_the_same_fact_by_a_source_that_weighs_more_takes_trust(tmp_path: Path) -> None:
    """What rests on general knowledge is told as such: a source of the repository's own would end that."""
    written = load().written
    name = next(
        each
        for each, data in written["entities"].items()
        if written["sources"][data["source"]]["background"] and not data.get("owners")
    )
    entry = json.dumps({**written["entities"][name], "source": "annual"})
    for key, keys in (("annual", ["source"]), ("known", [])):
        text = entry.replace('"annual"', f'"{key}"')
        found = takes_trust(
            tmp_path / key,
            entities=f"replaces: true\nentities: {{{name}: {text}}}\n{SOURCES}",
        )
        assert found.get(f"entities/{name}", []) == keys
