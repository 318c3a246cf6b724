"""Claims and the volumes declared by hand that they take: by name, reservation, selector, and class."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sovlint.model.inputs import Cluster
from sovlint.model.value import unroll
from tests.resolve.cluster_house import placed, storage_class, where
from tests.resolve.house import classes, place, shown

PARIS = Cluster(lambda path: True, "scaleway", "fr-par", None)
ABROAD = "efs.csi.aws.com"
AWS = ("aws", "no-evidence: region")
HERE = ("scaleway", "fr-par")
NOBODY = ("no-evidence: volume", "no-evidence: volume")


def _claim(name: str = "files", labels: dict[str, str] | None = None, **spec: Any) -> str:
    metadata = {"name": name, "namespace": "care", "labels": labels or {}}
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": metadata,
            "spec": spec,
        }
    )


def _volume(
    name: str, driver: str = ABROAD, labels: dict[str, str] | None = None, **spec: Any
) -> str:
    metadata = {"name": name, "labels": labels or {}}
    spec = {"csi": {"driver": driver, "volumeHandle": "a"}, **spec}
    return json.dumps(
        {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": metadata, "spec": spec}
    )


def _kept(*texts: str) -> tuple[object, object]:
    """Where the claim `files` lies."""
    files = {f"k8s/{number}.yaml": text for number, text in enumerate(texts)}
    return where(files, "PersistentVolumeClaim/files", PARIS, role="at-rest")


OURS = {"namespace": "care", "name": "files"}


@pytest.mark.parametrize(
    "storage", [{}, {"storageClassName": ""}, {"storageClassName": "fast"}]
)
def test_a_volume_that_is_reserved_for_a_claim_is_where_it_lies_whatever_its_class(
    storage: dict[str, str],
) -> None:
    fast = storage_class("csi.scaleway.com")
    assert _kept(_claim(**storage), _volume("kept", claimRef=OURS), fast) == AWS
    assert (
        _kept(_claim(**storage), _volume("kept", "csi.scaleway.com", claimRef=OURS), fast)
        == HERE
    )


def test_that_a_volume_is_taken_is_said_where_the_claim_stands() -> None:
    found, _ = placed({"a.yaml": _claim(), "b.yaml": _volume("kept", claimRef=OURS)}, [PARIS])
    (claim,) = [each for name, each in found.items() if name.startswith("a.yaml")]
    steps = [step for because in claim.placements[0].because for step in unroll(because)]
    (taken,) = [step for step in steps if step.note.key == "resolve.volume-taken"]
    assert taken.where is not None
    assert taken.where.span().path == "a.yaml"


def test_a_volume_that_is_reserved_for_another_claim_is_not_taken() -> None:
    assert (
        _kept(_claim(), _volume("kept", claimRef={"namespace": "care", "name": "other"}))
        == HERE
    )
    assert (
        _kept(_claim(), _volume("kept", claimRef={"namespace": "other", "name": "files"}))
        == HERE
    )
    other = _volume(
        "kept", claimRef={"namespace": "care", "name": "other"}, storageClassName="hand"
    )
    assert _kept(_claim(storageClassName="hand"), other) == HERE


def test_a_claim_that_names_its_volume_takes_that_before_one_that_is_reserved() -> None:
    named = _claim(volumeName="named", storageClassName="")
    both = (_volume("kept", claimRef=OURS), _volume("named", "csi.scaleway.com"))
    assert _kept(named, *both) == HERE


def test_a_selector_chooses_among_volumes_of_the_same_class() -> None:
    chosen = _claim(storageClassName="", selector={"matchLabels": {"use": "scans"}})
    assert _kept(chosen, _volume("kept", labels={"use": "scans"})) == AWS
    assert _kept(chosen, _volume("kept", labels={"use": "other"})) == NOBODY
    assert (
        _kept(chosen, _volume("kept", labels={"use": "scans"}, storageClassName="hand"))
        == NOBODY
    )
    two = (
        _volume("a", labels={"use": "scans"}),
        _volume("b", "csi.scaleway.com", labels={"use": "scans"}),
    )
    assert _kept(chosen, *two)[0] == {"aws", "scaleway"}


def test_a_volume_of_a_class_is_taken_where_nothing_makes_volumes_of_it() -> None:
    by_hand = _claim(storageClassName="hand")
    assert _kept(by_hand, _volume("kept", storageClassName="hand")) == AWS
    made = storage_class("csi.scaleway.com", name="hand")
    assert _kept(by_hand, _volume("kept", storageClassName="hand"), made) == HERE


def test_which_of_several_volumes_of_a_class_is_taken_nobody_knows() -> None:
    by_hand = _claim(storageClassName="hand", labels={"sovlint.dev/data": "health"})
    one, same = _volume("a", storageClassName="hand"), _volume("b", storageClassName="hand")
    assert _kept(by_hand, one, same) == AWS
    assert _kept(by_hand, one, _volume("b", "csi.scaleway.com", storageClassName="hand"))[
        0
    ] == {
        "aws",
        "scaleway",
    }
    found, _ = placed({"a.yaml": by_hand, "b.yaml": one, "c.yaml": same}, [PARIS])
    assert [classes(each) for name, each in found.items() if "PersistentVolume/" in name] == [
        {},
        {},
    ]


def test_what_a_claim_carries_is_at_the_volume_that_is_reserved_for_it() -> None:
    files = {
        "a.yaml": _claim(labels={"sovlint.dev/data": "health"}),
        "b.yaml": _volume("kept", claimRef=OURS),
        "c.yaml": _volume("other"),
    }
    found, _ = placed(files, [PARIS])
    carried = {each.resource.address: classes(each) for each in found.values()}
    assert carried["k8s:-/PersistentVolume/kept"] == {"health": "propagated"}
    assert carried["k8s:-/PersistentVolume/other"] == {}


def test_a_volume_that_is_reserved_for_a_claim_of_a_template_carries_what_the_workload_does() -> (
    None
):
    templates = [
        {"metadata": {"name": name}, "spec": {"storageClassName": "own"}}
        for name in ("data", "logs")
    ]
    metadata = {"name": "db", "namespace": "care", "labels": {"sovlint.dev/data": "health"}}
    workload = {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata}
    files = {
        "a.yaml": json.dumps(
            {
                **workload,
                "spec": {"volumeClaimTemplates": templates, "template": {"spec": {}}},
            }
        ),
        "b.yaml": _volume("kept", claimRef={"namespace": "care", "name": "data-db-0"}),
        "c.yaml": _volume("other", claimRef={"namespace": "care", "name": "data-dbx-0"}),
    }
    found, _ = placed(files, [PARIS])
    by_address = {each.resource.address: each for each in found.values()}
    assert classes(by_address["k8s:-/PersistentVolume/kept"]) == {"health": "propagated"}
    assert classes(by_address["k8s:-/PersistentVolume/other"]) == {}
    # Its other replicas and templates lie by their class all the same.
    at_rest = [
        place(each)
        for each in by_address["k8s:care/StatefulSet/db"].placements
        if shown(each.role) == "at-rest"
    ]
    assert at_rest == [HERE]
