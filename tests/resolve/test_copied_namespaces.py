"""What is copied with a whole namespace, or with all volumes of a driver: its class goes along to the store."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import Cluster, ReadOptions
from sovlint.model.source import Span
from sovlint.resolve.resolver import resolve, settle
from sovlint.resolve.values import value_of
from tests.frontends.memory import MemoryReader
from tests.resolve.house import DAY, catalog
from tests.resolve.manifests_house import placed

SPAN = Span("sovlint.yaml", 1, 1, 1, 9)
REGIONS = (("prod", "fr-par"), ("test", "nl-ams"))
CARE = """apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: records, namespace: care, labels: {sovlint.dev/data: health, tier: data}}
spec: {storageClassName: longhorn, resources: {requests: {storage: 1Gi}}}
---
"""
LOCATION = """apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: {name: %s, namespace: velero}
spec: {provider: aws, config: {region: us-east-1}%s}
---
"""
SNAPSHOTS = """apiVersion: velero.io/v1
kind: VolumeSnapshotLocation
metadata: {name: disks, namespace: velero}
spec: {provider: aws, config: {region: us-east-1}}
---
"""
SCHEDULE = """apiVersion: velero.io/v1
kind: Schedule
metadata: {name: nightly, namespace: velero}
spec: {schedule: '0 1 * * *', template: {%s}}
---
"""


def carried(text: str) -> dict[str, list[str]]:
    """The classes that each object carries, by kind and name."""
    return {
        "/".join(each.resource.address.split("/")[1:]): [
            claim.data_class for claim in each.classes.claims
        ]
        for each in placed(text)
    }


@pytest.mark.parametrize(
    ("template", "copied"),
    [
        ("", True),
        ("includedNamespaces: ['*']", True),
        ("includedNamespaces: [care]", True),
        ("includedNamespaces: [ca*]", True),
        ("includedNamespaces: [test]", False),
        ("excludedNamespaces: [kube-system]", True),
        ("excludedNamespaces: [care]", False),
        ("labelSelector: {matchLabels: {tier: data}}", True),
        ("labelSelector: {matchLabels: {tier: web}}", False),
        ("orLabelSelectors: [{matchLabels: {tier: web}}, {matchLabels: {tier: data}}]", True),
    ],
)
def test_a_schedule_copies_the_namespaces_that_it_lists(template: str, copied: bool) -> None:
    found = carried(CARE + LOCATION % ("default", "") + SNAPSHOTS + SCHEDULE % template)
    expected = ["health"] if copied else []
    assert found["BackupStorageLocation.velero.io/default"] == expected
    assert found["VolumeSnapshotLocation.velero.io/disks"] == expected
    assert found["Schedule.velero.io/nightly"] == []


@pytest.mark.parametrize(
    ("template", "default", "used"),
    [
        ("storageLocation: away", "", "away"),
        ("", ", default: true", "away"),
        ("", "", "default"),
    ],
)
def test_a_schedule_goes_to_the_location_that_it_names_or_to_the_default_one(
    template: str, default: str, used: str
) -> None:
    found = carried(
        CARE + LOCATION % ("default", "") + LOCATION % ("away", default) + SCHEDULE % template
    )
    assert [
        name.rpartition("/")[2] for name, data in found.items() if data and "Location" in name
    ] == [used]


def test_where_the_location_is_not_here_the_schedule_itself_has_the_data() -> None:
    found = carried(CARE + SCHEDULE % "storageLocation: elsewhere")
    assert found["Schedule.velero.io/nightly"] == ["health"]


def test_a_backup_copies_as_a_schedule_does_and_gives_nothing_back() -> None:
    other = (
        CARE.replace("records", "pages")
        .replace("care", "web")
        .replace("sovlint.dev/data: health, ", "")
    )
    backup = SCHEDULE.replace("Schedule", "Backup") % ""
    found = carried(
        CARE
        + other
        + LOCATION % ("default", "")
        + backup.replace("schedule: '0 1 * * *', template: {}", "")
    )
    assert found["BackupStorageLocation.velero.io/default"] == ["health"]
    assert found["PersistentVolumeClaim/pages"] == []


def test_what_is_on_another_cluster_is_not_copied() -> None:
    velero = LOCATION % ("default", "") + SCHEDULE % ""
    files = {"prod/a.yaml": CARE, "test/a.yaml": velero}
    clusters = [
        Cluster(lambda path, on=on: path.startswith(on), "scaleway", region, SPAN)
        for on, region in REGIONS
    ]
    for declared, expected in (([], ["health"]), (clusters, [])):
        reading = manifests.read(
            MemoryReader(files), ReadOptions(clusters=tuple(declared)), catalog().hints()
        )
        resources, _ = settle(reading, catalog(), DAY)
        found = resolve(resources, catalog(), ClassRules(), (), DAY)[0]
        (store,) = [each for each in found if "Location" in each.resource.type]
        assert [claim.data_class for claim in store.classes.claims] == expected


@pytest.mark.parametrize(
    ("storage", "copied"), [("longhorn", True), ("fast", False), ("own", True)]
)
def test_volumes_of_longhorn_are_copied_to_its_backup_target(
    storage: str, copied: bool
) -> None:
    target = """apiVersion: longhorn.io/v1beta2
kind: BackupTarget
metadata: {name: default, namespace: longhorn-system}
spec: {backupTargetURL: 's3://copies@us-east-1/'}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: own}
provisioner: driver.longhorn.io
"""
    found = carried(CARE.replace("longhorn", storage) + target)
    assert found["BackupTarget.longhorn.io/default"] == (["health"] if copied else [])


LABELLED = SCHEDULE.replace(
    "namespace: velero}", "namespace: velero, labels: {sovlint.dev/data: health}}"
)


def test_what_a_schedule_is_labelled_with_goes_to_its_location() -> None:
    found = carried(LOCATION % ("default", "") + LABELLED % "")
    assert found["BackupStorageLocation.velero.io/default"] == ["health"]


@pytest.mark.parametrize(("here", "roles"), [(True, {"config"}), (False, {"backup"})])
def test_a_schedule_is_where_its_location_is(here: bool, roles: set[str]) -> None:
    text = (LOCATION % ("default", "") if here else "") + LABELLED % ""
    (schedule,) = (
        each for each in placed(text) if each.resource.type == "Schedule.velero.io"
    )
    assert {value_of(each.role) for each in schedule.placements} == roles


SOLR = """apiVersion: solr.apache.org/v1beta1
kind: SolrBackup
metadata: {name: b, namespace: care, labels: {sovlint.dev/data: health}}
spec: {solrCloud: search, repositoryName: s3}
---
"""
CLOUD = """apiVersion: solr.apache.org/v1beta1
kind: SolrCloud
metadata: {name: search, namespace: care}
spec: {backupRepositories: [{name: s3, s3: {region: us-east-1, bucket: x}}]}
"""


@pytest.mark.parametrize(("here", "roles"), [(True, {"config"}), (False, {"backup"})])
def test_a_backup_of_solr_is_where_its_cloud_says(here: bool, roles: set[str]) -> None:
    found = {each.resource.type: each for each in placed(SOLR + (CLOUD if here else ""))}
    backup = found["SolrBackup.solr.apache.org"]
    assert {value_of(each.role) for each in backup.placements} == roles
    if here:
        cloud = found["SolrCloud.solr.apache.org"].classes.claims
        assert [claim.data_class for claim in cloud] == ["health"]
