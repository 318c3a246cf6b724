"""Variables that Flux puts into what it applies."""

from __future__ import annotations

from textwrap import dedent

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, Value
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


def config_map(files: dict[str, str]) -> Resource:
    """The config map, as it is read."""
    reader = MemoryReader({path: dedent(text) for path, text in files.items()})
    reading = manifests.read(reader, ReadOptions(), catalog().hints())
    assert reading.failures == ()
    [found] = [
        each for each in reading.resources if each.address == "k8s:apps/ConfigMap/portal"
    ]
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


def test_two_clusters_that_give_different_values_leave_one_of_both() -> None:
    host = value(
        config_map(
            {
                "apps/a.yaml": SETTINGS,
                "clusters/one.yaml": applied("one", "{substitute: {region: fr-par}}"),
                "clusters/two.yaml": applied("two", "{substitute: {region: us-east-1}}"),
            }
        ),
        "HOST",
    )
    assert isinstance(host, Unknown)
    assert host.among is not None
    assert {each.value for each in host.among} == {
        "db.fr-par.example.net",
        "db.us-east-1.example.net",
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
