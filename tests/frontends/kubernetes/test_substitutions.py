"""Variables that Flux puts into what it applies."""

from __future__ import annotations

from textwrap import dedent

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, Value, unroll
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

SETTINGS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: portal, namespace: apps}
data:
  HOST: "db.${region}.example.net"
  MODE: "${mode:=plain}"
  NONE: "a${nothing}b"
  SHELL: "$${region}"
"""


def applied(name: str, post_build: str) -> str:
    """A Kustomization that applies ``apps/``."""
    return (
        f"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: {name}, namespace: flux}}\n"
        f"spec:\n  path: ./apps\n  postBuild: {post_build}\n"
    ).replace("\\\n", "\n")


def config_maps(
    files: dict[str, str], address: str = "k8s:apps/ConfigMap/portal"
) -> list[Resource]:
    """The config map, as it is read for each way in which it is applied."""
    reader = MemoryReader({path: dedent(text) for path, text in files.items()})
    reading = manifests.read(reader, ReadOptions(), catalog().hints())
    assert reading.failures == ()
    return [each for each in reading.resources if each.address == address]


def config_map(files: dict[str, str]) -> Resource:
    """The config map, as it is read."""
    [found] = config_maps(files)
    return found


def value(found: Resource, key: str) -> Value:
    """What the config map holds under a key."""
    [met] = found.attributes.read(f"data.{key}")
    return met.value


def test_what_a_kustomization_substitutes_is_the_value() -> None:
    found = config_map(
        {
            "apps/a.yaml": SETTINGS,
            "clusters/prod.yaml": applied("prod", "{substitute: {region: fr-par}}"),
        }
    )
    host = value(found, "HOST")
    assert isinstance(host, Known)
    assert host.value == "db.fr-par.example.net"
    mode, none = value(found, "MODE"), value(found, "NONE")
    assert isinstance(mode, Known)
    assert isinstance(none, Known)
    assert (mode.value, none.value) == ("plain", "ab")


def hosts(files: dict[str, str]) -> dict[str | None, object]:
    """What each config map says, by what it is applied by."""
    found = config_maps(files)
    known = {each.variant: value(each, "HOST") for each in found}
    assert len(known) == len(found)
    return {
        variant: each.value if isinstance(each, Known) else each.reason
        for variant, each in known.items()
    }


BOTH = {
    "clusters/one.yaml": applied("one", "{substitute: {region: fr-par}}"),
    "clusters/two.yaml": applied("two", "{substitute: {region: us-east-1}}"),
}


def test_what_two_kustomizations_apply_has_the_values_of_each() -> None:
    each = {"flux/one": "db.fr-par.example.net", "flux/two": "db.us-east-1.example.net"}
    assert hosts({"apps/a.yaml": SETTINGS, **BOTH}) == each
    # So it is of a base, and of what a patch in it makes.
    built = (
        "resources: [../base]\n"
        "patches:\n"
        "- patch: |-\n"
        "    apiVersion: v1\n"
        "    kind: ConfigMap\n"
        "    metadata: {name: portal}\n"
        "    data: {HOST: '${region}.example.org'}\n"
    )
    files = {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": SETTINGS.replace(", namespace: apps", ""),
        "apps/kustomization.yaml": f"namespace: apps\n{built}",
        **BOTH,
    }
    patched = {"flux/one": "fr-par.example.org", "flux/two": "us-east-1.example.org"}
    assert hosts(files) == patched


def test_what_a_generator_makes_has_the_values_too() -> None:
    files = {
        "apps/kustomization.yaml": (
            "namespace: apps\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator:\n"
            "- name: portal\n  literals: ['HOST=db.${region}.example.net']\n"
        ),
        **BOTH,
    }
    assert hosts(files) == {
        "flux/one": "db.fr-par.example.net",
        "flux/two": "db.us-east-1.example.net",
    }


def test_what_names_no_variable_that_is_given_is_there_once() -> None:
    plain = SETTINGS.replace("${region}", "x")
    assert hosts({"apps/a.yaml": plain, **BOTH}) == {None: "db.x.example.net"}
    same = {path: text.replace("us-east-1", "fr-par") for path, text in BOTH.items()}
    assert hosts({"apps/a.yaml": SETTINGS, **same}) == {None: "db.fr-par.example.net"}


def test_a_default_is_said_to_be_one_of_whoever_applies_it() -> None:
    [found] = config_maps(
        {
            "apps/a.yaml": SETTINGS,
            "clusters/prod.yaml": applied("prod", "{substitute: {region: fr-par}}"),
        }
    )
    mode = value(found, "MODE")
    notes = [step.note.key for step in unroll(mode.because)]
    assert "kubernetes.flux-default" in notes
    assert "settings.default" not in notes


def test_quotes_around_the_whole_of_a_scalar_are_those_of_yaml() -> None:
    quoted = SETTINGS.replace("plain}", "'a.svc.cluster.local'}").replace(
        '"a${nothing}b"', "${none:=''}"
    )
    inner = quoted.replace('"db.${region}', "\"it's ${x:-'o'}")
    found = config_map(
        {
            "apps/a.yaml": inner,
            "clusters/prod.yaml": applied("prod", "{substitute: {region: fr-par}}"),
        }
    )
    texts = {key: value(found, key) for key in ("MODE", "NONE", "HOST")}
    assert {key: each.value for key, each in texts.items() if isinstance(each, Known)} == {
        "MODE": "a.svc.cluster.local",
        "NONE": "",
        "HOST": "it's 'o'.example.net",
    }


def test_a_variable_that_is_empty_has_its_default() -> None:
    found = config_map(
        {
            "apps/a.yaml": SETTINGS,
            "clusters/prod.yaml": applied("prod", "{substitute: {region: fr-par, mode: ''}}"),
        }
    )
    mode = value(found, "MODE")
    assert isinstance(mode, Known)
    assert mode.value == "plain"


def test_names_and_namespaces_are_filled_in_too() -> None:
    named = SETTINGS.replace("name: portal", "name: '${app}'").replace(
        "namespace: apps", "namespace: '${team}-apps'"
    )
    files = {
        "apps/a.yaml": named,
        "clusters/prod.yaml": applied(
            "prod", "{substitute: {region: fr-par, app: claims, team: red}}"
        ),
    }
    assert len(config_maps(files, "k8s:red-apps/ConfigMap/claims")) == 1


def test_what_is_applied_from_the_top_is_filled_in_below() -> None:
    top = applied("prod", "{substitute: {region: fr-par}}").replace("./apps", "./")
    assert hosts({"apps/a.yaml": SETTINGS, "clusters/prod.yaml": top}) == {
        None: "db.fr-par.example.net"
    }


def test_what_a_secret_elsewhere_gives_is_not_known() -> None:
    host = value(
        config_map(
            {
                "apps/a.yaml": SETTINGS,
                "clusters/one.yaml": applied(
                    "one", "{substituteFrom: [{kind: Secret, name: vars}]}"
                ),
            }
        ),
        "HOST",
    )
    assert isinstance(host, Unknown)
    assert host.parts == ("db.", None, ".example.net")


def test_a_config_map_here_gives_its_values() -> None:
    given = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux}\ndata: {region: nl-ams}\n"
    host = value(
        config_map(
            {
                "apps/a.yaml": SETTINGS,
                "clusters/vars.yaml": given,
                "clusters/one.yaml": applied(
                    "one", "{substituteFrom: [{kind: ConfigMap, name: vars}]}"
                ),
            }
        ),
        "HOST",
    )
    assert isinstance(host, Known)
    assert host.value == "db.nl-ams.example.net"


def test_without_a_kustomization_nothing_is_put_in() -> None:
    host = value(config_map({"apps/a.yaml": SETTINGS}), "HOST")
    assert isinstance(host, Unknown)
