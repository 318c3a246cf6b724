"""Where snapshots and volumes lie, and what they carry: by their class, as its driver's documentation says."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.source import Span
from sovlint.resolve.resolver import resolve, settle
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog, shown

CLAIM = """apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: records, namespace: care, labels: {sovlint.dev/data: health}}
spec: {resources: {requests: {storage: 1Gi}}}
---
"""
SNAPSHOT = """apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: nightly, namespace: care}
spec: {volumeSnapshotClassName: kept, source: {persistentVolumeClaimName: records}}
---
"""
CLASS = """apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: {name: kept}
deletionPolicy: Retain
"""
NAMELESS = SNAPSHOT.replace("volumeSnapshotClassName: kept, ", "")
NOWHERE = ("no-evidence", "no-evidence")


def placed(text: str, provider: str, region: str) -> dict[str, Placed]:
    """The objects of a manifest in a declared cluster, by kind."""
    clusters = (
        Cluster(lambda path: True, provider, region, Span("sovlint.yaml", 1, 1, 1, 9)),
    )
    reading = manifests.read(
        MemoryReader({"a.yaml": text}), ReadOptions(clusters=clusters), catalog().hints()
    )
    assert reading.failures == ()
    resources, _ = settle(reading, catalog(), DAY)
    found = resolve(resources, catalog(), ClassRules(), (), DAY)[0]
    return {each.resource.type.partition(".")[0]: each for each in found}


@pytest.mark.parametrize(
    ("cluster", "driver", "expected"),
    [
        (
            ("google", "europe-west9"),
            "driver: pd.csi.storage.gke.io\nparameters: {storage-locations: us-east1}\n",
            ("google-cloud", "us-east1"),
        ),
        (
            ("google", "europe-west9"),
            "driver: pd.csi.storage.gke.io\n",
            ("google-cloud", "europe-west9"),
        ),
        (("aws", "eu-west-3"), "driver: ebs.csi.aws.com\n", ("aws", "eu-west-3")),
        # Outside its own cloud nothing says in which region the driver works.
        (("scaleway", "fr-par"), "driver: ebs.csi.aws.com\n", ("aws", "no-evidence")),
        (
            ("azure", "francecentral"),
            "driver: disk.csi.azure.com\nparameters: {location: eastus2}\n",
            ("microsoft-azure", "eastus2"),
        ),
        (("scaleway", "fr-par"), "driver: csi.scaleway.com\n", ("scaleway", "fr-par")),
        (
            ("scaleway", "fr-par"),
            "driver: snapshots.example.net\n",
            ("not-in-catalogue", "not-in-catalogue"),
        ),
        (
            ("scaleway", "fr-par"),
            "driver: driver.longhorn.io\nparameters: {type: snap}\n",
            ("scaleway", "fr-par"),
        ),
        (
            ("scaleway", "fr-par"),
            "driver: driver.longhorn.io\nparameters: {type: bak}\n",
            NOWHERE,
        ),
    ],
)
def test_a_snapshot_lies_where_its_class_has_it_kept(
    cluster: tuple[str, str], driver: str, expected: tuple[str, str]
) -> None:
    found = placed(CLAIM + SNAPSHOT + CLASS + driver, *cluster)["VolumeSnapshot"]
    (only,) = found.placements
    assert shown(only.role) == "backup"
    assert (
        tuple(str(shown(fact)).partition(":")[0] for fact in (only.provider, only.region))
        == expected
    )
    assert [(claim.data_class, claim.how.value) for claim in found.classes.claims] == [
        ("health", "propagated")
    ]


RELEASE = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: db, namespace: care}
spec: {chart: {spec: {chart: db}}, values: {primary: {persistence: {enabled: true%s}}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: away}
provisioner: efs.csi.aws.com
"""


@pytest.mark.parametrize(
    ("named", "provider"),
    [
        ("", "scaleway"),
        (", storageClass: ''", "scaleway"),
        (", storageClass: own", "scaleway"),
        (", storageClass: away", "aws"),
        (", storageClassName: away", "aws"),
        (", storageClass: '${CLASS}'", "templated: ${CLASS}"),
    ],
)
def test_a_volume_of_a_chart_lies_where_its_storage_class_keeps_it(
    named: str, provider: str
) -> None:
    found = placed(RELEASE % named, "scaleway", "fr-par")["HelmRelease"].placements
    shown_as = {str(shown(each.role)): str(shown(each.provider)) for each in found}
    assert shown_as == {"compute": "scaleway", "at-rest": provider}


INGRESS = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: api, namespace: care, labels: {sovlint.dev/data: health}}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: out, port: {number: 443}}}}]}}]}
---
apiVersion: v1
kind: Service
metadata: {name: out, namespace: care}
spec: {type: ExternalName, externalName: o1.ingest.sentry.io}
"""


def test_what_comes_in_by_an_ingress_goes_to_the_service_behind_it() -> None:
    service = placed(INGRESS, "scaleway", "fr-par")["Service"]
    assert [claim.data_class for claim in service.classes.claims] == ["health"]
    assert [str(shown(each.provider)) for each in service.placements][1:] == ["sentry"]


def test_without_a_name_the_default_class_is_meant() -> None:
    default = CLASS.replace(
        "{name: kept}",
        "{name: kept, annotations: {snapshot.storage.kubernetes.io/is-default-class: 'true'}}",
    )
    away = "driver: pd.csi.storage.gke.io\nparameters: {storage-locations: us}\n"
    (only,) = placed(CLAIM + NAMELESS + default + away, "google", "europe-west9")[
        "VolumeSnapshot"
    ].placements
    assert shown(only.region) != "europe-west9"
    (only,) = placed(CLAIM + NAMELESS + CLASS + away, "google", "europe-west9")[
        "VolumeSnapshot"
    ].placements
    assert shown(only.region) == "europe-west9"


def test_a_class_that_is_not_here_is_taken_for_the_clusters_own() -> None:
    (only,) = placed(CLAIM + SNAPSHOT, "aws", "eu-west-3")["VolumeSnapshot"].placements
    assert (shown(only.provider), shown(only.region)) == ("aws", "eu-west-3")


def test_a_content_made_by_hand_is_of_its_snapshot_and_where_its_driver_is() -> None:
    content = """apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotContent
metadata: {name: kept}
spec: {driver: ebs.csi.aws.com, source: {snapshotHandle: snap-1}, volumeSnapshotRef: {name: nightly, namespace: care}}
---
"""
    found = placed(CLAIM + SNAPSHOT + content, "scaleway", "fr-par")["VolumeSnapshotContent"]
    (only,) = found.placements
    assert (shown(only.provider), shown(only.region)) == ("aws", "no-evidence: region")
    assert [claim.data_class for claim in found.classes.claims] == ["health"]
