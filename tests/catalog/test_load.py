"""The catalogue as other rooms see it: look-ups, types, overlays, and the index behind it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sovlint.catalog import shipped
from sovlint.catalog.entries import HostMatch
from sovlint.catalog.load import Catalog, load
from sovlint.errors import SovlintError
from sovlint.files import index_file
from sovlint.rules.keys import Condition
from tests.catalog.house import SHIPPED, SOURCES, folder, provider, world

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("aws", "aws"), ("AWS", "aws"), ("Amazon Web Services", "aws"), ("Azure", "microsoft-azure"),
        ("3ds outscale", "outscale"), ("Microsoft 365 Copilot", "microsoft-365"), ("nobody", None), ("", None),
    ],
)  # fmt: skip
def test_a_provider_is_found_by_id_name_and_alias(
    catalog: Catalog, written: str, found: str | None
) -> None:
    got = catalog.find_provider(written)
    assert (got.id if got else None) == found


@pytest.mark.parametrize(
    ("provider_id", "written", "code"),
    [
        ("aws", "eu-west-3", "eu-west-3"), ("aws", "eu-west-3a", "eu-west-3"), ("aws", "Europe (Paris)", "eu-west-3"),
        ("aws", "eu-west-9", None), ("aws", "fr-par", None), ("aws", "", None),
        ("scaleway", "fr-par-1", "fr-par"), ("scaleway", "FR-PAR", "fr-par"), ("scaleway", "paris", "fr-par"),
        ("ovhcloud", "GRA11", "GRA"), ("ovhcloud", "gra", "GRA"), ("ovhcloud", "SBG5", "SBG"),
        ("ovhcloud", "eu-west-par", "EU-WEST-PAR"), ("ovhcloud", "EU-WEST-PAR-A", "EU-WEST-PAR"),
        ("microsoft-azure", "France Central", "francecentral"), ("google-cloud", "eu", "EU"),
        ("google-cloud", "europe-west9-a", "europe-west9"), ("outscale", "cloudgouv-eu-west-1a", "cloudgouv-eu-west-1"),
        ("ovhcloud", "eu-west-rbx", "RBX"), ("ovhcloud", "EU-WEST-LZ-BRU-A", "EU-WEST-LZ-BRU-A"),
        ("ovhcloud", "eu-west-lz-bru", "EU-WEST-LZ-BRU-A"), ("google-cloud", "us-central", "us-central1"),
        ("google-cloud", "europe-west", "europe-west1"), ("google-cloud", "eur3", "eur3"), ("cloudflare", "eu", "eu"),
        ("cloudflare", "weur", None), ("microsoft-azure", "Southeast US 3", "southeastus3"),
        ("s3ns", "u-france-east1-b", "u-france-east1"), ("mistral-ai", "global", "global"), ("nobody", "x", None),
    ],
)  # fmt: skip
def test_a_region_is_found_by_code_name_zone_and_suffix(
    catalog: Catalog, provider_id: str, written: str, code: str | None
) -> None:
    got = catalog.find_region(provider_id, written)
    assert (got.code if got else None) == code


def test_one_code_at_two_providers_is_two_places(catalog: Catalog) -> None:
    there, here = (
        catalog.find_region("aws", "eu-west-2"),
        catalog.find_region("outscale", "eu-west-2"),
    )
    assert there is not None
    assert here is not None
    assert (there.country, there.areas, here.country, here.areas) == (
        "GB",
        (),
        "FR",
        ("EEA", "EU"),
    )


@pytest.mark.parametrize(
    ("written", "code", "country", "areas"),
    [
        ("FR", "FR", "FR", ("EEA", "EU")),
        ("États-Unis", "US", "US", ()),
        ("EU", "EU", None, ("EEA", "EU")),
        ("European Economic Area", "EEA", None, ("EEA",)),
    ],
)
def test_a_service_that_lists_no_region_sits_in_a_state_or_an_area(
    catalog: Catalog, written: str, code: str, country: str | None, areas: tuple[str, ...]
) -> None:
    got = catalog.find_region("zendesk", written)
    assert got is not None
    assert (got.code, got.country, got.areas) == (code, country, areas)
    assert catalog.find_region("aws", written) is None
    assert catalog.find_region("zendesk", "eu-west-3") is None


@pytest.mark.parametrize(
    ("provider_id", "written", "country", "areas"),
    [
        ("google-cloud", "EU", None, ("EEA", "EU")), ("google-cloud", "europe", None, ("EEA", "EU")),
        ("google-cloud", "eur3", None, ("EEA", "EU")), ("google-cloud", "eur6", None, ()),
        ("google-cloud", "nam5", "US", ()), ("cloudflare", "eu", None, ("EEA", "EU")), ("cloudflare", "us", "US", ()),
    ],
)  # fmt: skip
def test_a_multi_region_has_an_area_and_no_country_unless_it_lies_in_one(
    catalog: Catalog,
    provider_id: str,
    written: str,
    country: str | None,
    areas: tuple[str, ...],
) -> None:
    got = catalog.find_region(provider_id, written)
    assert got is not None
    assert (got.country, got.areas) == (country, areas)


def test_a_host_comes_with_its_source(catalog: Catalog) -> None:
    got = catalog.hosts.match(("s3.fr-par.scw.cloud",))
    assert isinstance(got, HostMatch)
    assert got.source is not None
    assert got.source.url == "https://github.com/scaleway/scaleway-sdk-go"


def test_documentation_is_no_placement(catalog: Catalog) -> None:
    assert catalog.hosts.not_placement("docs.aws.amazon.com")
    assert not catalog.hosts.not_placement("s3.eu-west-3.amazonaws.com")
    assert not catalog.hosts.not_placement("docs.aws.amazon.com.example.org")


PLUGIN = """
id: acme/casa
sources_of: [acme/casa-next]
local_name: casa
provider:
  candidates: [scaleway, aws]
  default: scaleway
  settings: [{path: endpoint, host: true}, {path: realm, values: {us: aws}}]
endpoints: ["endpoints.{key}"]
region: {resource: [region], zone: [zone], settings: [region], settings_zone: [zone]}
tags: [labels]
default_tags: [default.labels]
services: {store: {keys: [s3, s3api]}}
source: annual
computed: {casa_store: {id: name}}
settings_of: {casa_where: {name: region}}
types:
  casa_store: {role: at-rest, service: store, intrinsic: [], flows: [{kind: backup, source: of, target: self}]}
  casa_copies:
    placements:
      - {role: at-rest, region: [place.code], unless: [{path: copy}]}
      - {role: replica, each_region: copy.*.region, when: [{path: copy, in: [GRS, true, 3]}]}
  casa_cdn: {role: edge, region: global}
  casa_child: {role: at-rest, via: [store_id], zone: []}
config: ["casa_net*", casa_rule, "casa_store_*"]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    beta = "id: acme/casa-beta\nlocal_name: casa-beta\nsame_types_as: acme/casa\nsource: annual\nconfig: [casa_new]\n"
    at = tmp_path_factory.mktemp("own")
    return load([folder(at, plugins__casa=PLUGIN + SOURCES, plugins__beta=beta + SOURCES)])


def test_a_plugin_is_found_by_id_and_address_whatever_the_registry(own: Catalog) -> None:
    registries = (
        "",
        "registry.terraform.io/",
        "registry.opentofu.org/",
        "Registry.OpenTofu.org/",
    )
    for address in (
        "Acme/Casa",
        "acme/casa-next",
        *(f"{registry}acme/casa" for registry in registries),
    ):
        got = own.plugin(address)
        assert got is not None, address
        assert got.id == "acme/casa"
    assert own.plugin("registry.example.org/acme/casa") is None


def test_a_plugin_says_how_it_reaches_providers(own: Catalog) -> None:
    got = own.plugin("acme/casa")
    assert got is not None
    assert (got.candidates, got.default) == (("scaleway", "aws"), "scaleway")
    assert [(setting.path, setting.host, setting.values) for setting in got.settings] == [
        ("endpoint", True, {}),
        ("realm", False, {"us": "aws"}),
    ]
    assert got.service_keys == {"store": ("s3", "s3api")}
    assert (got.region, got.zone, got.settings_region, got.settings_zone) == (
        ("region",),
        ("zone",),
        ("region",),
        ("zone",),
    )


def test_types_and_their_rules(own: Catalog) -> None:
    store = own.type_entry("acme/casa", "casa_store")
    assert store is not None
    assert not store.config
    assert [(rule.role, rule.service, rule.region, rule.fixed) for rule in store.rules] == [
        ("at-rest", "store", None, None)
    ]
    assert [(flow.kind, flow.source, flow.target) for flow in store.flows] == [
        ("backup", "of", "self")
    ]
    copies = own.type_entry("acme/casa", "casa_copies")
    assert copies is not None
    assert (copies.rules[0].region, copies.rules[0].unless) == (
        ("place.code",),
        (Condition(path="copy"),),
    )
    assert (copies.rules[1].each_region, copies.rules[1].when) == (
        "copy.*.region",
        (Condition(path="copy", values=("grs", "true", "3")),),
    )
    cdn, child = (
        own.type_entry("acme/casa", "casa_cdn"),
        own.type_entry("acme/casa", "casa_child"),
    )
    assert cdn is not None
    assert child is not None
    assert (cdn.rules[0].fixed, cdn.rules[0].region) == ("global", None)
    assert (child.rules[0].via, child.rules[0].zone) == (("store_id",), ())


def test_config_types_by_name_and_by_prefix_and_never_over_a_type_of_its_own(
    own: Catalog,
) -> None:
    for name in ("casa_rule", "casa_network", "casa_store_policy"):
        entry = own.type_entry("acme/casa", name)
        assert entry is not None, name
        assert entry.config
        assert [rule.role for rule in entry.rules] == ["config"]
    store = own.type_entry("acme/casa", "casa_store")
    assert store is not None
    assert not store.config
    assert own.type_entry("acme/casa", "casa_rules") is None
    assert own.type_entry("acme/none", "casa_store") is None


def test_a_plugin_that_shares_another_ones_types(own: Catalog) -> None:
    beta = own.plugin("acme/casa-beta")
    assert beta is not None
    assert (beta.id, beta.default, beta.tags) == ("acme/casa-beta", "scaleway", ("labels",))
    assert own.type_entry("acme/casa-beta", "casa_store") is not None
    assert own.type_entry("acme/casa-beta", "casa_new") is not None
    assert own.type_entry("acme/casa", "casa_new") is None


def test_hints_hold_what_front_ends_need(own: Catalog) -> None:
    hints = own.hints()
    assert hints.plugins["acme/casa"].tags == ("labels",)
    assert hints.plugins["acme/casa-next"].default_tags == ("default.labels",)
    assert hints.plugins["acme/casa-beta"].tags == ("labels",)
    assert (hints.local_names["casa"], hints.local_names["casa-beta"]) == (
        "acme/casa",
        "acme/casa-beta",
    )
    assert hints.computed["casa_store"] == {"id": "name"}
    assert hints.settings_of["casa_where"] == {"name": "region"}
    assert hints.registries == ("registry.terraform.io/", "registry.opentofu.org/")
    assert hints.namespace == "hashicorp"


def test_an_overlay_adds_a_registry_and_may_change_the_namespace(tmp_path: Path) -> None:
    text = (
        "registries: {plugins.example.org: {source: annual}}\n"
        "namespace: {name: acme, source: annual, replaces: true}\n"
    )
    own = folder(tmp_path, registries=text + SOURCES, plugins__casa=PLUGIN + SOURCES)
    changed = load([own], trusted=True)
    assert changed.hints().registries[-1] == "plugins.example.org/"
    assert changed.hints().namespace == "acme"
    got = changed.plugin("plugins.example.org/acme/casa")
    assert got is not None
    assert got.id == "acme/casa"


def test_the_world_as_judging_sees_it(catalog: Catalog) -> None:
    world = catalog.world(DAY)
    assert world.states["US"].laws[0].en.startswith("CLOUD Act")
    assert not world.states["US"].adequate
    assert world.states["CH"].adequate
    assert (world.states["NO"].areas, world.states["FR"].areas) == (("EEA",), ("EEA", "EU"))
    assert world.providers["aws"] == "Amazon Web Services"
    assert world.qualifications["hds"].fr.startswith("HDS")
    assert world.areas["EEA"].fr == "Espace économique européen"


REGIONS = "{fr-par: {country: FR, source: annual}}"


def test_an_overlay_adds_and_replaces_and_leaves_the_rest(tmp_path: Path) -> None:
    scaleway = provider(
        id="scaleway", name="Scaleway", operator="aws-eusc-gmbh", regions=REGIONS
    )
    scaleway += "\nreplaces: true\n"
    own = folder(tmp_path, providers__casa=provider(), providers__scaleway=scaleway)
    changed = load([own], trusted=True)
    casa = changed.find_provider("casa cloud")
    assert casa is not None
    assert (changed.control("casa", DAY).states, casa.regions["fr-one"].country) == (
        ("FR",),
        "FR",
    )
    assert changed.control("scaleway", DAY).states == ("DE", "US")
    assert changed.find_region("scaleway", "nl-ams") is not None
    assert changed.providers["outscale"] == load().providers["outscale"]
    assert load().control("scaleway", DAY).states == ("FR",)


def test_the_later_overlay_wins(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", providers__casa=provider(name="First"))
    second = folder(tmp_path / "b", providers__casa=provider(name="Second"))
    assert load([first, second]).providers["casa"].name == "Second"
    assert load([second, first]).providers["casa"].name == "First"


def test_an_overlay_may_build_on_an_earlier_one(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", providers__casa=provider())
    upper = provider(
        id="upper",
        name="Upper",
        operator="hetzner-online",
        runs_on="[{provider: casa, source: annual}]",
        regions="",
    )
    second = folder(tmp_path / "b", providers__upper=upper)
    assert load([first, second]).control("upper", DAY).states == ("DE", "FR")
    with pytest.raises(SovlintError, match="`casa` isn't among providers"):
        load([second])


def test_a_broken_overlay_names_file_line_and_key(tmp_path: Path) -> None:
    at = folder(tmp_path, providers__casa=provider(status="alive"))
    with pytest.raises(
        SovlintError, match=r"casa\.yaml:4:1: `status` can't be 'alive'"
    ) as caught:
        load([at])
    assert "sovlint schema catalog" in caught.value.hint


def test_an_overlay_that_isnt_there(tmp_path: Path) -> None:
    with pytest.raises(SovlintError, match="is no folder"):
        load([tmp_path / "none"])


def test_the_date_is_a_day(catalog: Catalog) -> None:
    assert catalog.date == shipped.index_date() >= "2026-11-24"
    assert len(catalog.date) == 10


def copy(to: Path) -> Path:
    """A copy of the package's lower rooms, with no entry in the catalogue and no index."""
    ignore = shutil.ignore_patterns("*.yaml", "index.jsonl*", "__pycache__")
    shutil.copytree(SHIPPED, to / "sovlint" / "catalog", ignore=ignore)
    for room in ("model", "rules", "files", "documents", "settings"):
        shutil.copytree(
            SHIPPED.parent / room,
            to / "sovlint" / room,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    for module in SHIPPED.parent.glob("*.py"):
        shutil.copy(module, to / "sovlint")
    return to


def small(at: Path) -> Path:
    """The files of a small catalogue that stands on its own, with one provider."""
    entities = (
        "entities: {shop: {name: Shop, seat: FR, source: annual, owners: null}}" + SOURCES
    )
    return world(at, entities=entities, providers__casa=provider(operator="shop"))


def checkout(to: Path) -> Path:
    """The same copy with the files of a small catalogue, which it compiles itself."""
    at = copy(to)
    small(at / "sovlint" / "catalog")
    return at


def run(at: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=at, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LOAD = """
import sys
from datetime import date
from sovlint.catalog.load import load
print(load().find_region("casa", "fr-one").country, "yaml" in sys.modules)
"""


def test_a_wheel_has_the_index_and_needs_no_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = copy(tmp_path / "wheel")
    monkeypatch.setattr(shipped, "FOLDER", small(tmp_path / "written"))
    assert shipped.main([str(at / "sovlint" / "catalog" / "index.jsonl")]) == 0
    assert not list(at.rglob("*.yaml"))
    assert run(at, LOAD) == "FR False"


def test_a_wheel_without_its_index_says_so(tmp_path: Path) -> None:
    at = copy(tmp_path)
    code = "from sovlint.catalog.load import load\ntry:\n    load()\nexcept Exception as error:\n    print(error)"
    assert "index is missing" in run(at, code)


def test_a_checkout_compiles_once_and_again_when_a_file_changes(tmp_path: Path) -> None:
    at = checkout(tmp_path)
    made = at / "sovlint" / "catalog" / "index.jsonl"
    assert run(at, LOAD) == "FR True"
    assert run(at, LOAD) == "FR False"
    casa = at / "sovlint" / "catalog" / "providers" / "casa.yaml"
    casa.write_text(
        casa.read_text(encoding="utf-8").replace(
            "fr-one: {country: FR", "fr-one: {country: US"
        ),
        "utf-8",
    )
    assert run(at, LOAD).startswith("US")
    made.write_text("{half", encoding="utf-8")
    assert run(at, LOAD).startswith("US")
    assert "casa" in (index_file.read(made) or {})["providers"]


def test_a_folder_that_cant_be_written_is_no_matter(tmp_path: Path) -> None:
    at = checkout(tmp_path)
    (at / "sovlint" / "catalog" / "index.jsonl").mkdir()
    assert run(at, LOAD) == "FR True"


def test_a_catalogue_that_isnt_right_fails_the_build(tmp_path: Path) -> None:
    at = checkout(tmp_path)
    casa = at / "sovlint" / "catalog" / "providers" / "casa.yaml"
    casa.write_text(
        casa.read_text(encoding="utf-8").replace("operator: shop", "operator: shob"), "utf-8"
    )
    command = [sys.executable, "-m", "sovlint.catalog.shipped", "out.json"]
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Did you mean" in done.stderr
    assert not (at / "out.json").exists()


WORDS = """
terms:
  - {term: Dossier Médical, class: own, unless: [dossierMédical vide]}
  - {term: "n°-de-sécu", class: own}
"""


def test_the_lexicon_comes_as_folded_tokens_longest_first(tmp_path: Path) -> None:
    classes = "classes: {own: {en: Own, fr: Propre, labels: [maison], covers: [health]}}\n"
    changed = load([folder(tmp_path, classes=classes, lexicon=WORDS)], trusted=True)
    assert (changed.classes["own"].labels, changed.classes["own"].covers) == (
        ("maison",),
        ("health",),
    )
    assert changed.world(DAY).covers["own"] == ("health",)
    terms = {term.shown: term for term in changed.lexicon if term.data_class == "own"}
    assert terms["Dossier Médical"].tokens == ("dossier", "medical")
    assert terms["Dossier Médical"].unless == (("dossier", "medical", "vide"),)
    assert terms["n°-de-sécu"].tokens == ("n", "de", "secu")
    lengths = [len(term.tokens) for term in changed.lexicon]
    assert lengths == sorted(lengths, reverse=True)
