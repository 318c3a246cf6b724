"""From whole small repositories, manifests and Terraform together, to where each object is; the shipped catalogue."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import replace

from sovlint.frontends.kubernetes import manifests
from sovlint.frontends.terraform import front_end
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions, RootOption
from sovlint.model.offers import Offers
from sovlint.model.placement import Placed
from sovlint.model.resources.reading import Remark, joined_readings
from sovlint.resolve.clusters.clusters import undeclared
from sovlint.resolve.resolver import resolve, settle
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog, shown


def placed(
    files: dict[str, str],
    clusters: Sequence[Cluster] = (),
    offers: Offers | None = None,
    roots: Sequence[RootOption] = (),
) -> tuple[dict[str, Placed], list[Remark]]:
    """Placed resources by path and address, and what is said of clusters."""
    reader, hints = MemoryReader(files), catalog().hints()
    options = ReadOptions(clusters=tuple(clusters), roots=tuple(roots))
    of_terraform = front_end.read(reader, options, hints)
    options = replace(options, installed=of_terraform.installed)
    reading = joined_readings((of_terraform, manifests.read(reader, options, hints)))
    assert reading.failures == ()
    resources, remarks = settle(reading, catalog(), DAY, offers)
    found, _ = resolve(resources, catalog(), ClassRules(), (), DAY, reading.looked_up, offers)
    by_name = {
        f"{each.resource.where.span().path} {each.resource.address}": each for each in found
    }
    return by_name, [*remarks, *undeclared(iter(resources))]


def where(
    files: dict[str, str],
    of: str,
    *clusters: Cluster,
    role: str = "compute",
    offers: Offers | None = None,
) -> tuple[object, object]:
    """Provider and region of the only object whose path and address end so, in one role."""
    (at,) = everywhere(files, of, *clusters, role=role, offers=offers)
    return at


def everywhere(
    files: dict[str, str],
    of: str,
    *clusters: Cluster,
    role: str = "compute",
    offers: Offers | None = None,
) -> list[tuple[object, object]]:
    """The same of an object that is on several clusters: each of these places, sorted."""
    found, _ = placed(files, clusters, offers)
    (one,) = [each for name, each in found.items() if name.endswith(of)]
    places = [
        (shown(each.provider), shown(each.region))
        for each in one.placements
        if shown(each.role) == role
    ]
    return sorted(places, key=str)


def said(files: dict[str, str], *clusters: Cluster) -> list[str]:
    """The keys of what is said of clusters."""
    return [remark.note.key for remark in placed(files, clusters)[1]]


def pod(name: str = "api", **spec: object) -> str:
    """A pod with more in its spec."""
    return _object("v1", "Pod", {"name": name}, spec={"containers": [], **spec})


def storage_class(provisioner: str, name: str = "fast", **more: object) -> str:
    """A storage class."""
    return _object(
        "storage.k8s.io/v1", "StorageClass", {"name": name}, provisioner=provisioner, **more
    )


def claim(storage: str | None, name: str = "files") -> str:
    """A claim of a class, or of none."""
    spec = {} if storage is None else {"storageClassName": storage}
    return _object("v1", "PersistentVolumeClaim", {"name": name}, spec=spec)


def volume(driver: str) -> str:
    """A volume declared by hand, kept by a driver."""
    return _object(
        "v1",
        "PersistentVolume",
        {"name": "kept"},
        spec={"csi": {"driver": driver, "volumeHandle": "a"}},
    )


def stateful(*classes: str | None) -> str:
    """A workload with a claim template of each class."""
    templates = [json.loads(claim(each, f"c{number}")) for number, each in enumerate(classes)]
    return _object(
        "apps/v1",
        "StatefulSet",
        {"name": "db"},
        spec={"volumeClaimTemplates": templates, "template": {}},
    )


def annotated(
    kind: str, annotations: dict[str, str], version: str = "v1", **more: object
) -> str:
    """An object with annotations."""
    return _object(version, kind, {"name": "lb", "annotations": annotations}, **more)


def flux(name: str, path: str, **spec: object) -> str:
    """An object by which Flux applies a path."""
    return _object(
        "kustomize.toolkit.fluxcd.io/v1",
        "Kustomization",
        {"name": name},
        spec={"path": path, **spec},
    )


def argo(path: str, **destination: str) -> str:
    """An object by which Argo CD applies a path."""
    spec = {"source": {"path": path}, "destination": destination}
    return _object("argoproj.io/v1alpha1", "Application", {"name": "app"}, spec=spec)


def _object(version: str, kind: str, metadata: dict[str, object], **more: object) -> str:
    return json.dumps(
        {"apiVersion": version, "kind": kind, "metadata": metadata, **more}, indent=1
    )
