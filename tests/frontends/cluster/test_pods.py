"""What a container is told by whole config maps and secrets: what each key says, where it stands, and by which way."""

from __future__ import annotations

from sovlint.documents.loading import load
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject, objects
from sovlint.frontends.cluster.pods import Container, containers
from sovlint.model.source import Located, SourceFile
from sovlint.model.value import Known, Unknown

POD = """apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  containers:
    - name: a
      envFrom:
        - {prefix: P_, configMapRef: {name: addresses}}
        - secretRef: {name: keys}
        - configMapRef: {name: elsewhere}
      env:
        - name: ONE
          valueFrom: {configMapKeyRef: {name: addresses, key: MAIL}}
        - name: NONE
          valueFrom: {configMapKeyRef: {name: addresses, key: GONE}}
"""
ADDRESSES = """apiVersion: v1
kind: ConfigMap
metadata: {name: addresses}
data:
  MAIL: smtp.acme.fr
  SEALED: ENC[AES256_GCM,data:x]
"""
KEYS = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {TOKEN: x, OTHER: y}\n"
)


def read(path: str, text: str) -> ManifestObject:
    (document,) = load(text.encode(), path)
    (found,) = objects(document, SourceFile(path, text.encode(), ""))
    assert isinstance(found, ManifestObject)
    return found


def told() -> Container:
    pod = read("pod.yaml", POD)
    index = Objects.of([pod, read("map.yaml", ADDRESSES), read("keys.yaml", KEYS)])
    (found,) = containers(pod, pod.get("spec"), index)
    return found


def setting(name: str) -> tuple[object, str, list[str]]:
    """What a setting says, where it stands, and what leads to it, the nearest first."""
    found = told().settings[name]
    said = found.value.value if isinstance(found.value, Known) else found.value.text()
    steps = [found.value.because]
    for step in steps:
        steps.extend(step.parents)
    return said, at(found.where), [f"{each.note.key} {at(each.where)}" for each in steps]


def at(where: Located) -> str:
    span = where.span()
    return f"{span.path}:{span.line}"


def test_what_a_config_map_says_stands_in_it_and_leads_to_the_container() -> None:
    assert setting("P_MAIL") == (
        "smtp.acme.fr", "map.yaml:5", ["kubernetes.value-of pod.yaml:8", "kubernetes.written map.yaml:5"],
    )  # fmt: skip
    assert told().settings["P_MAIL"].value.because.note.params == {
        "kind": "ConfigMap", "name": "addresses", "key": "MAIL",
    }  # fmt: skip


def test_what_is_encrypted_is_not_known_and_leads_to_the_container_too() -> None:
    assert isinstance(told().settings["P_SEALED"].value, Unknown)
    assert setting("P_SEALED")[1:] == (
        "map.yaml:6", ["kubernetes.value-of pod.yaml:8", "kubernetes.in-secret map.yaml:3"],
    )  # fmt: skip


def test_what_a_secret_says_stands_at_the_container_and_is_secret() -> None:
    assert setting("TOKEN")[1] == "pod.yaml:9"
    assert told().settings["TOKEN"].value.sensitive
    assert not told().settings["P_MAIL"].value.sensitive


def test_one_key_that_is_asked_for_stands_where_it_is_asked_for() -> None:
    assert setting("ONE") == (
        "smtp.acme.fr", "pod.yaml:12", ["kubernetes.value-of pod.yaml:13", "kubernetes.written map.yaml:5"],
    )  # fmt: skip
    assert setting("NONE")[0] == "from-environment: ConfigMap addresses/GONE"


def test_a_whole_map_that_is_not_here_may_say_anything() -> None:
    assert [each.detail for each in told().open] == ["ConfigMap elsewhere"]
    assert set(told().settings) == {"P_MAIL", "P_SEALED", "TOKEN", "OTHER", "ONE", "NONE"}
