"""Checks: each mistake is told with its file, its line and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields

from sovlint.catalog.checks.check import check
from sovlint.catalog.entries.companies import ProviderFile, WrittenRegion
from sovlint.catalog.entries.providers import Provider, Region
from sovlint.catalog.schema import FILE, definitions, described, written
from sovlint.catalog.shipped import index
from sovlint.model.placement import ROLES
from tests.catalog.house import SHIPPED, SOURCES, folder, provider, world

UNTOUCHED = (
    "plugins",
    "signatures",
    "commands",
    "deployments",
    "formats",
    "services",
    "called",
    "modules",
)
"""Sections that a mistake in another one has nothing to do with."""


@cache
def base() -> Mapping[str, Any]:
    """What ships, but for sections which would take nine tenths of the time of a check."""
    return {**index(), **{section: {} for section in UNTOUCHED}}


def told(at: Path, line_of: str, message: str, **files: str) -> None:
    """One problem, on the line that contains ``line_of``, that says ``message``."""
    overlay = folder(at, **files)
    problems = check([overlay], base())
    assert [message in problem.message for problem in problems] == [True], problems
    text = Path(problems[0].path).read_text(encoding="utf-8").splitlines()
    assert line_of in text[problems[0].line - 1], problems[0]


def test_what_ships_is_right() -> None:
    assert check([SHIPPED]) == []


def test_a_small_world_of_its_own_is_right(tmp_path: Path) -> None:
    entities = (
        "entities: {shop: {name: Shop, seat: FR, source: annual, owners: null}}" + SOURCES
    )
    at = world(tmp_path, entities=entities, providers__casa=provider(operator="shop"))
    assert check([at]) == []


def test_a_right_overlay_is_right(tmp_path: Path) -> None:
    assert check([folder(tmp_path, providers__casa=provider())], index()) == []


def test_what_ships_is_looked_at_again_only_where_an_overlay_bears_on_it(
    tmp_path: Path,
) -> None:
    """Of what ships a kind of values rests on the other kinds, and on no provider."""
    odd: dict[str, Any] = {
        "role": "at-rest",
        "schemes": ["odd"],
        "positive": ["nothing"],
        "negative": [],
    }
    odd["source"] = next(iter(index()["sources"]))
    beneath = {**base(), "values": {**base()["values"], "odd": odd}}
    assert check([folder(tmp_path / "a", providers__casa=provider())], beneath) == []
    own = "values: {own: {role: at-rest, schemes: [own], source: annual, positive: ['own://acme.fr'], negative: [a]}}"
    problems = check([folder(tmp_path / "b", values=f"{own}{SOURCES}")], beneath)
    assert [each.message for each in problems] == [
        "values, `odd`: the example `nothing` isn't of this kind."
    ]


@pytest.mark.parametrize(
    ("changes", "line_of", "message"),
    [
        (
            {"oprator": "scaleway-sas"},
            "oprator",
            "unknown key `oprator`. Did you mean `operator`?",
        ),
        ({"operator": "scaleway-sa"}, "operator", "Did you mean `scaleway-sas`?"),
        ({"status": "alive"}, "status", "`status` can't be 'alive'"),
        ({"name": ""}, "id: casa", "lacks the key `name`"),
        ({"aliases": "[amazon]"}, "aliases: [amazon]", "`amazon` means aws already"),
        (
            {"aliases": "[Amazon-Web-Services.]"},
            "aliases: [Amazon-Web",
            "`amazonwebservices` means aws already",
        ),
        (
            {"runs_on": "[{provider: awz, source: annual}]"},
            "runs_on",
            "`awz` isn't among providers. Did you mean `aws`?",
        ),
        ({"region_suffixes": '["[a-"]'}, "region_suffixes", "not a regular expression"),
        ({"region_forms": '["(a", "b(c)"]'}, "region_forms", "not a regular expression"),
        ({"region_spans": "{'x.*': [nowhere]}"}, "region_spans", "isn't a region here"),
        (
            {"region_forms": '["arn:.*"]'},
            "region_forms",
            "it must have 1 group, the region, not 0",
        ),
        (
            {"region_forms": '["arn:(a)(b)"]'},
            "region_forms",
            "it must have 1 group, the region, not 2",
        ),
        (
            {"regions": "{x: {country: FX, source: annual}}"},
            "regions",
            "`FX` isn't among jurisdictions",
        ),
        (
            {"regions": "{x: {country: null, areas: [EAE], source: annual}}"},
            "regions",
            "Did you mean `EEA`?",
        ),
        ({"regions": "{x: {country: FR}}"}, "regions", "`regions.x` lacks the key `source`"),
        ({"regions": "{x: {country: FR, source: anual}}"}, "regions", "no source `anual`"),
        (
            {"regions": "{x: {country: FR, pair: y, source: annual}}"},
            "regions",
            "`y` isn't a region here",
        ),
        (
            {
                "regions": "{x: {country: FR, source: annual}, y: {country: US, names: [X], source: annual}}"
            },
            "regions",
            "`x` means `x` already",
        ),
        (
            {"technology": "[{entity: nobody, jurisdiction: US, source: annual}]"},
            "technology",
            "`nobody` isn't among entities",
        ),
        ({"technology": "[]"}, "technology", "`technology` must not be empty"),
        ({"own_technology": "{source: anual}"}, "own_technology", "no source `anual`"),
    ],
)
def test_a_mistake_in_a_provider(
    tmp_path: Path, changes: dict[str, str], line_of: str, message: str
) -> None:
    told(tmp_path, line_of, message, providers__casa=provider(**changes))


def test_a_source_without_date(tmp_path: Path) -> None:
    text = "id: casa\nname: Casa\nkind: iaas\nstatus: active\noperator: scaleway-sas\n"
    sources = "sources:\n  annual: {url: null, supports: all of it, basis: read}\n"
    told(tmp_path, "annual", "lacks the key `date`", providers__casa=text + sources)


def test_the_roles_of_the_schema_are_those_of_the_model() -> None:
    assert tuple(definitions()["role"]["enum"]) == ROLES


def test_the_schema_for_editors_is_that_of_the_types() -> None:
    assert FILE.read_text(encoding="utf-8") == written(described()) + "\n", (
        "write it anew with `make docs`"
    )


@pytest.mark.parametrize(
    ("written_as", "decoded", "read_otherwise"),
    [
        (WrittenRegion, Region, {"names", "spread", "zones", "operator", "runs_on"}),
        (
            ProviderFile,
            Provider,
            {
                "own_technology",
                "technology",
                "region_forms",
                "region_spans",
                "region_suffixes",
                "checked",
            },
        ),
    ],
)
def test_no_key_is_accepted_and_never_read(
    written_as: type[Struct], decoded: type[Struct], read_otherwise: set[str]
) -> None:
    accepted = {each.encode_name for each in fields(written_as)}
    assert accepted - {each.encode_name for each in fields(decoded)} == read_otherwise


def test_a_key_has_its_own_words_and_those_of_its_type() -> None:
    said = written(described())
    assert "What says so. A key under `sources`." in said


def test_every_definition_says_what_it_is() -> None:
    found = described()["$defs"]
    assert [
        name
        for name, each in found.items()
        if not each.get("description") and name not in ("role", "Bilingual")
    ] == []
    assert found["TypeEntry"]["properties"]["each_region"]["description"].startswith(
        "A path whose every value"
    )


def test_what_may_be_left_out_cannot_be_null(tmp_path: Path) -> None:
    type_of = "{role: at-rest, service: null}"
    told(
        tmp_path,
        "null",
        "must be of type string, not empty",
        plugins__casa=plugin_with(type_of),
    )


def test_keys_that_say_what_an_entry_is_called_cannot_be_written(tmp_path: Path) -> None:
    told(
        tmp_path,
        "name",
        "unknown key `name`",
        plugins__casa=plugin_with("{role: at-rest, name: casa_store}"),
    )


def plugin_with(type_of: str) -> str:
    sources = "sources:\n  docs: {url: null, date: '2026-11-24', supports: types, basis: background}\nsource: docs\n"
    return f"id: acme/casa\nprovider: {{candidates: [scaleway]}}\n{sources}types:\n  casa_store: {type_of}\n"


def test_a_file_that_is_no_catalogue_file(tmp_path: Path) -> None:
    told(tmp_path, "id", "is no catalogue file", provider__casa="id: casa\n")


def test_a_file_that_is_no_yaml_doesnt_hide_another(tmp_path: Path) -> None:
    at = folder(tmp_path, providers__bad="id: [\n", providers__casa=provider(status="alive"))
    assert [Path(problem.path).name for problem in check([at], base())] == [
        "bad.yaml",
        "casa.yaml",
    ]


def test_two_documents_in_a_file(tmp_path: Path) -> None:
    told(tmp_path, "id", "holds one document", providers__casa="id: a\n---\nid: b\n")


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    told(
        tmp_path,
        "name: Other",
        "`name` stands twice",
        providers__casa=provider() + "name: Other\n",
    )


def test_one_id_in_two_files_of_a_folder(tmp_path: Path) -> None:
    told(
        tmp_path,
        "id: casa",
        "`casa` is also in",
        providers__a=provider(),
        providers__b=provider(),
    )


def test_one_host_for_two_companies(tmp_path: Path) -> None:
    entry = '  - {host: "s3.*.scw.cloud", provider: aws, source: annual}\n'
    shipped = (SHIPPED / "endpoints.yaml").read_text(encoding="utf-8").splitlines()
    line = next(
        number
        for number, text in enumerate(shipped, start=1)
        if '"s3.{region}.scw.cloud"' in text
    )
    at = f"(scaleway) at sovlint/catalog/endpoints.yaml:{line}."
    message = "`s3.*.scw.cloud` claims the hosts of `s3.{region}.scw.cloud` " + at
    told(tmp_path, "s3.*", message, endpoints="endpoints:\n" + entry + SOURCES)


def test_one_host_twice_for_one_company(tmp_path: Path) -> None:
    entries = """
    - {host: "*.casa.acme", provider: scaleway, source: annual}
    - {host: "a{region}.casa.acme", provider: scaleway, source: annual}
    - {host: "{region}.CASA.acme", provider: scaleway, source: annual}
    """
    told(
        tmp_path,
        "CASA",
        "at " + str(tmp_path / "endpoints.yaml") + ":2.",
        endpoints="endpoints:" + entries + SOURCES,
    )


def test_a_placement_that_is_none(tmp_path: Path) -> None:
    text = """
    endpoints:
      - {host: docs.casa.acme, provider: scaleway, source: annual}
    not_placements:
      - {host: docs.casa.acme, source: annual}
    """
    told(
        tmp_path, "docs.casa.acme, source", "(scaleway) at", endpoints=dedent(text) + SOURCES
    )


def test_one_host_in_two_overlays(tmp_path: Path) -> None:
    first = folder(
        tmp_path / "first",
        endpoints="endpoints: [{host: '*.casa.acme', provider: aws, source: annual}]"
        + SOURCES,
    )
    text = (
        "endpoints: [{host: '{region}.casa.acme', provider: scaleway, source: annual}]"
        + SOURCES
    )
    second = folder(tmp_path / "second", endpoints=text)
    (problem,) = check([first, second], base())
    assert problem.path == str(second / "endpoints.yaml")
    assert f"(aws) at {first / 'endpoints.yaml'}:1" in problem.message


def test_the_same_host_in_an_overlay_replaces_what_ships(tmp_path: Path) -> None:
    text = (
        "endpoints: [{host: 'S3.{region}.scw.cloud', provider: aws, source: annual}]"
        + SOURCES
    )
    assert check([folder(tmp_path, endpoints=text)], index()) == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{host: x.acme, provider: aws, region: eu-nowhere-1, source: annual}",
            "isn't a region of aws",
        ),
        (
            "{host: '{region}.x.acme', provider: aws, region: eu-west-3, source: annual}",
            "names its region",
        ),
        (
            "{host: x.acme, provider: okta, region: eu-west-3, source: annual}",
            "only a state or an area",
        ),
    ],
)
def test_the_region_of_a_host(tmp_path: Path, entry: str, message: str) -> None:
    told(tmp_path, "region", message, endpoints=f"endpoints:\n  - {entry}\n" + SOURCES)


@pytest.mark.parametrize(
    "host", ["http://x.acme", "x.**.acme", "x.acme.*", "a b.acme", "{region}"]
)
def test_a_host_that_is_no_pattern(tmp_path: Path, host: str) -> None:
    entry = f'  - {{host: "{host}", provider: aws, source: annual}}\n'
    told(tmp_path, "host", "is no host", endpoints="endpoints:\n" + entry + SOURCES)


@pytest.mark.parametrize("host", ["**.com", "*.co.uk", "**.gouv.fr", "{region}.de"])
def test_a_pattern_that_has_everybodys_hosts(tmp_path: Path, host: str) -> None:
    entry = f'  - {{host: "{host}", provider: aws, source: annual}}\n'
    told(tmp_path, "host", "is everybody's", endpoints="endpoints:\n" + entry + SOURCES)


@pytest.mark.parametrize(
    "host", ["s3.{region}.casa.example", "**.casa.test", "*.example.org"]
)
def test_a_host_that_nobody_can_answer_at(tmp_path: Path, host: str) -> None:
    entry = f'  - {{host: "{host}", provider: aws, source: annual}}\n'
    told(tmp_path, "host", "nobody answers there", endpoints="endpoints:\n" + entry + SOURCES)


OFFER = """
name: label
title: {{en: Label, fr: Label}}
versions: [{{id: "1"}}]
complete: true
read: 2026-01-05
source: annual
offers:
  - {{offer: Cloud, provider: scaleway, version: "1", since: 2026-01-05, until: {until},
      confidence: high, source: annual, {rest}}}
"""


@pytest.mark.parametrize(
    ("rest", "until", "message"),
    [
        ("regions: [gra]", "null", "`gra` isn't a region of scaleway"),
        ("regions: null, area: UE", "null", "`UE` isn't among areas"),
        ("regions: null", "2027-1-5", "does not match"),
        ("regions: null", "2027-02-29", "`2027-02-29` is no day of the calendar"),
        ("regions: null", "2025-12-31", "it ends before it starts"),
        ("regions: null, requires: {en: a contract}", "null", "lacks the key `fr`"),
    ],
)
def test_a_mistake_in_an_offer(tmp_path: Path, rest: str, until: str, message: str) -> None:
    overlay = folder(
        tmp_path, qualifications__label=OFFER.format(rest=rest, until=until) + SOURCES
    )
    problems = check([overlay], base())
    assert problems
    assert any(message in problem.message for problem in problems), problems


def test_an_end_may_be_assumed_only_after_a_start(tmp_path: Path) -> None:
    text = OFFER.format(rest="regions: null, assumable: true", until="null").replace(
        "since: 2026-01-05", "since: null"
    )
    told(
        tmp_path,
        "confidence: high",
        "an end can be assumed only",
        qualifications__label=text + SOURCES,
    )


def test_an_end_isnt_assumed_on_a_weak_source(tmp_path: Path) -> None:
    text = OFFER.format(rest="regions: null, assumable: true", until="null").replace(
        "high", "low"
    )
    told(
        tmp_path,
        "confidence: low",
        "can't be assumed on a source of low",
        qualifications__label=text + SOURCES,
    )


def test_an_offer_of_what_is_always_ordered_says_what_is_ordered(tmp_path: Path) -> None:
    text = OFFER.replace("complete: true", "complete: true\nalways_ordered: true")
    bare = folder(
        tmp_path / "bare",
        qualifications__label=text.format(rest="regions: null", until="null") + SOURCES,
    )
    (problem,) = check([bare], base())
    assert "say which contract with the host it takes" in problem.message
    rest = "regions: null, requires: {en: the contract, fr: le contrat}"
    assert check([folder(tmp_path / "said", qualifications__label=text.format(rest=rest, until="null") + SOURCES)],
                 base()) == []  # fmt: skip


def test_every_service_takes_more_than_a_weak_source(tmp_path: Path) -> None:
    text = OFFER.format(rest='regions: null, services: ["*"]', until="null")
    assert (
        check([folder(tmp_path / "high", qualifications__label=text + SOURCES)], base()) == []
    )
    low = folder(
        tmp_path / "low", qualifications__label=text.replace("high", "low") + SOURCES
    )
    assert any(
        "takes a scope that was read" in problem.message for problem in check([low], base())
    )


def test_nothing_need_be_known_of_the_services(tmp_path: Path) -> None:
    for rest in ("regions: null, services: null", "regions: null"):
        text = OFFER.format(rest=rest, until="null")
        assert check([folder(tmp_path, qualifications__label=text + SOURCES)], base()) == []


def test_the_area_where_data_is_hosted_exists(tmp_path: Path) -> None:
    hosting = '{id: "1", hosting: {area: UE, clause: "9", source: annual}}'
    text = OFFER.format(rest="regions: null", until="null").replace('{id: "1"}', hosting)
    told(tmp_path, "hosting", "`UE` isn't among areas", qualifications__label=text + SOURCES)


def test_more_than_half_is_a_majority(tmp_path: Path) -> None:
    owners = "[{entity: scaleway-sas, majority: false, share: %s, source: annual}]"
    entities = (
        "entities: {shop: {name: Shop, seat: FR, source: annual, owners: "
        + owners
        + "}}"
        + SOURCES
    )
    casa = provider(operator="shop")
    assert (
        check(
            [folder(tmp_path / "half", entities=entities % "50", providers__casa=casa)],
            base(),
        )
        == []
    )
    told(
        tmp_path / "more",
        "share",
        "50.1 % is a majority",
        entities=entities % "50.1",
        providers__casa=casa,
    )


@pytest.mark.parametrize(
    ("held", "message"),
    [
        ("", "nothing says who holds it: write `owners`"),
        (", kind: company", "`entities.shop.kind` can't be 'company'"),
        (", owners: [{entity: scaleway-sas, source: annual}]", "owners"),
        (", no_majority: {}", "lacks the key `source`"),
        (
            ", no_majority: {source: annual, since: '2025-13'}",
            "`2025-13` is no day, month or year",
        ),
        (
            ", owners: [{entity: niel, share: 60, since: '2025-03', until: '2025-02', source: annual}]",
            "ends before it",
        ),
    ],
)
def test_a_mistake_in_who_holds_a_company(tmp_path: Path, held: str, message: str) -> None:
    entities = (
        "entities: {shop: {name: Shop, seat: FR, source: annual" + held + "}}" + SOURCES
    )
    problems = check(
        [folder(tmp_path, entities=entities, providers__casa=provider(operator="shop"))],
        base(),
    )
    assert problems
    assert any(message in problem.message for problem in problems), problems


@pytest.mark.parametrize(
    "rest", ['term: "°"', 'term: "--", unless: [a b]', 'term: patient, unless: ["?"]']
)
def test_a_term_without_a_word(tmp_path: Path, rest: str) -> None:
    told(
        tmp_path,
        "class: health",
        "needs a word",
        lexicon=f"terms:\n  - {{class: health, {rest}}}\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("registries: {registry.example.org: {}}", "lacks the key `source`"),
        ("registries: {https://registry.example.org/: {source: annual}}", "does not match"),
        ("registries: {registry.example.org: {source: anual}}", "no source `anual`"),
        ("registries: {}\nnamespace: {nam: acme, source: annual}", "unknown key `nam`"),
    ],
)
def test_a_mistake_in_the_registries(tmp_path: Path, text: str, message: str) -> None:
    problems = check([folder(tmp_path, registries=text + SOURCES)], base())
    assert any(message in problem.message for problem in problems), problems


PLUGIN = """
id: acme/casa
local_name: casa
source: annual
provider: {candidates: [scaleway], default: scaleway}
"""


@pytest.mark.parametrize(
    ("text", "line_of", "message"),
    [
        (
            "types: {casa_store: {role: storage}}",
            "types",
            "`types.casa_store.role` can't be 'storage'",
        ),
        (
            "types: {casa_store: {service: s3}}",
            "types",
            "takes one of these keys: `role`, `placements`",
        ),
        (
            "types: {casa_store: {role: at-rest, region: gra}}",
            "types",
            "`gra` is a region of none of the candidates",
        ),
        (
            "types: {casa_store: {role: at-rest}}\nconfig: [casa_store]",
            "config",
            "also under `types`",
        ),
        ("config: [casa_store]\nundecided: [casa_store]", "undecided", "also under `config`"),
        (
            "config: [casa_store]\nretired: [casa_old.place]",
            "retired",
            "isn't listed under `types` or `config`",
        ),
        (
            "published: {package: a, docs: b, version: 1.0.0, date: '2026-01-05'}",
            "published",
            "takes one of these keys: `package`, `docs`",
        ),
        (
            "types: {casa_store: {role: at-rest, intrinsic: [helth]}}",
            "types",
            "isn't among classes",
        ),
        (
            "types: {casa_store: {role: at-rest, regoin: [x]}}",
            "types",
            "key `regoin` in `types.casa_store`. Did you mean",
        ),
        (
            "prefixes: [casa]\ntypes: {cas_store: {role: at-rest}}",
            "types",
            "`cas_store` starts with none of the prefixes",
        ),
        (
            "prefixes: [casa]\nconfig: [casa_net, cas_net*]",
            "config",
            "`cas_net*` starts with none of the prefixes",
        ),
        ("prefixes: [casa]\ntypes: {casa: {role: at-rest}}\nconfig: [casa_*]", "", ""),
        (
            "config: [casa_pod]\npods: {spec: [casa_pot]}",
            "pods",
            "`casa_pot` is no type of acme/casa",
        ),
        (
            "config: [casa_pod]\nown_volumes: [casa_pod]",
            "own_volumes",
            "isn't among the types under `pods`",
        ),
        (
            "config: [casa_db]\nrefers: [{types: [casa_db], path: a.b, to: casa_store, flow: backup}]",
            "refers",
            "`casa_store` is a type of no plug-in",
        ),
        ("neutral: true", "neutral", "unknown key `neutral`"),
        ("state:\n  path: x\n  source: anual", "  source", "no source `anual`"),
        ("same_types_as: acme/other", "same_types_as", "isn't among plugins"),
        ("sources_of: [acme/casa]", "sources_of", ""),
    ],
)
def test_a_mistake_in_a_plugin(tmp_path: Path, text: str, line_of: str, message: str) -> None:
    overlay = folder(tmp_path, plugins__casa=PLUGIN + text + SOURCES)
    problems = check([overlay], base())
    if (
        not message
    ):  # an address that repeats the id is harmless, and so is a type that is its prefix
        assert problems == []
        return
    assert any(message in problem.message for problem in problems), problems
    assert (
        line_of
        in Path(problems[0].path)
        .read_text(encoding="utf-8")
        .splitlines()[problems[0].line - 1]
    )


def test_owners_in_a_circle(tmp_path: Path) -> None:
    entities = """
        entities:
          shop: {name: Shop, seat: FR, source: annual, owners: [{entity: shop, majority: true, source: annual}]}
    """
    at = folder(tmp_path, providers__casa=provider(operator="shop"))
    (at / "entities.yaml").write_text(
        entities + SOURCES.replace("\n", "\n        "), encoding="utf-8"
    )
    problems = check([at], base())
    assert [problem.message for problem in problems] == [
        "shop > shop goes round in a circle."
    ]
    assert problems[0].line == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "images: [{image: acme/records, class: helth, source: annual}]",
            "`helth` isn't among classes",
        ),
        (
            "images: [{image: 'acme/records:1', class: health, source: annual}]",
            "does not match",
        ),
        ("images: [{image: acme/a, class: health}]", "lacks the key `source`"),
        (
            "images: [{image: acme/a, class: health, source: annual}, {image: acme/a, class: nir, source: annual}]",
            "stands twice",
        ),
    ],
)
def test_a_mistake_in_the_images(tmp_path: Path, text: str, message: str) -> None:
    problems = check([folder(tmp_path, images=text + SOURCES)], base())
    assert any(message in problem.message for problem in problems), problems


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            "company: scaleway, credential: [ACME_KEY], negative: [{ACME_KEY: a}]",
            "is met, and shouldn't be",
        ),
        ("company: scaleway, credential: [OTHER_KEY], negative: [{B: a}]", "isn't met"),
        (
            "company: scalway, credential: [ACME_KEY], negative: [{B: a}]",
            "`scalway` isn't among providers",
        ),
        (
            "address: [{names: [ACME_KEY]}], like: '(', negative: [{B: a}]",
            "not a regular expression",
        ),
        ("address: [{names: [ACME_KEY]}]", "lacks the key `negative`"),
    ],
)
def test_a_mistake_in_a_signature(tmp_path: Path, rest: str, message: str) -> None:
    entry = f"signatures: {{acme: {{role: logs, link: logs, source: annual, positive: [{{ACME_KEY: k}}], {rest}}}}}"
    problems = check([folder(tmp_path, signatures__acme=entry + SOURCES)], base())
    assert any(message in problem.message for problem in problems), problems


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("positive: [acme], negative: [acme]", "the example `acme` isn't met."),
        ("positive: [acme a], negative: [acme b]", "`acme b` is met, and shouldn't be."),
        (
            'positive: ["acme \'a"], negative: [acme]',
            "is no command line: No closing quotation.",
        ),
        (
            "needs: [{flags: [-a], like: '('}], positive: [acme a], negative: [acme]",
            "not a regular expression",
        ),
        (
            "region: {within: a}, positive: [acme a], negative: [acme]",
            "`within` must have 1 group",
        ),
        (
            "company: scalway, positive: [acme a], negative: [acme]",
            "`scalway` isn't among providers",
        ),
        (
            "told_by: [acne], positive: [acme a], negative: [acme]",
            "`acne` isn't among commands",
        ),
        ("address: {operand: first}, positive: [acme a], negative: [acme]", "first"),
    ],
)
def test_a_mistake_in_a_command(tmp_path: Path, rest: str, message: str) -> None:
    rest = f"target: [{{operand: 0}}], source: annual, {rest}"
    entry = f"commands: {{acme: {{programs: [acme], role: backup, link: backup, {rest}}}}}"
    problems = check([folder(tmp_path, **{"commands/own": entry + SOURCES})], base())
    assert any(message in problem.message for problem in problems), problems


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("positive: [{file: acme.env, text: 'SENTRY_DSN=https://sentry.io/1', meets: [sentry]}], "
         "negative: [{file: acme.env, text: 'SENTRY_DSN=https://a.acme.fr/1'}]", "meets sentry, and should nothing."),
        ("positive: [{file: acme.env, text: 'A=b', meets: [sentry]}], negative: [{file: acme.env, text: A=b}]",
         "the example meets nothing, and should sentry."),
        ("positive: [{file: acme.env, text: A=b}], negative: [{file: acme.env, text: A=b}]", "says what it `meets`"),
        ("positive: [{file: other, text: A=b, meets: [a]}], negative: [{file: acme.env, text: A=b}]",
         "no file called `other` is read"),
        ("environment: '(', positive: [{file: acme.env, text: A=b}], negative: [{file: acme.env, text: A=b}]",
         "not a regular expression"),
        ("line: 'a(?P<name>.)', positive: [{file: acme.env, text: A=b}], negative: [{file: acme.env, text: A=b}]",
         "it must have the groups `name`, `value`"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_format(tmp_path: Path, rest: str, message: str) -> None:
    entry = (
        f"formats: {{acme: {{files: [acme.env], settings: [{{}}], source: annual, {rest}}}}}"
    )
    problems = check([folder(tmp_path, configuration__acme=entry + SOURCES)], index())
    assert [message in problem.message for problem in problems] == [True], problems


def test_a_format_proves_companies_that_are_known(tmp_path: Path) -> None:
    entry = (
        "formats: {acme: {files: [a.toml], proves: [{id: acme, role: compute, company: acmee}], source: annual, "
        "positive: [{file: a.toml, text: a = 1, meets: [acme]}], negative: [{file: a.toml, text: ''}]}}"
    )
    told(
        tmp_path,
        "formats",
        "`acmee` isn't among providers.",
        configuration__acme=entry + SOURCES,
    )


def test_an_overlay_may_meet_examples_of_what_ships(tmp_path: Path) -> None:
    entry = (
        "signatures: {mine: {role: logs, link: logs, source: annual, address: [{names: [SENTRY_DSN]}], "
        "positive: [{SENTRY_DSN: 'https://a.fr'}], negative: [{B: a}]}}"
    )
    assert check([folder(tmp_path, signatures__mine=entry + SOURCES)], index()) == []


def test_examples_of_how_a_kind_begins_are_tried(tmp_path: Path) -> None:
    text = (
        "unread:\n  acme:\n    title: {en: A, fr: A}\n    files: []\n    source: annual\n    positive: []\n"
        "    negative: []\n    heads:\n    - keys: [acme]\n      positive: ['acme: 1']\n"
        "      negative: ['b: acme', 'acme: 2']\n"
    )
    told(tmp_path, "negative: ['b", "the example `acme: 2` begins so", unread=text + SOURCES)
