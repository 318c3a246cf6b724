"""What shows where a cluster is: each entry must show something that exists, and the front end gets it by name."""

from __future__ import annotations

import pytest

from sovlint.catalog.checks import references
from sovlint.catalog.checks.mentions import unlisted
from sovlint.catalog.load import load

PROVIDERS: dict[str, object] = {"scaleway": {}, "aws": {}}


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"seen": "provisioner", "provider": "scaleway"}, ""),
        ({"seen": "provisioner", "provider": "scalway"}, "Did you mean `scaleway`?"),
        ({"seen": "provisioner", "or": ["aws"]}, "say `provider`"),
        (
            {"seen": "provisioner", "provider": "aws", "among": ["aws", "scaleway"]},
            "say `provider`",
        ),
        ({"seen": "node-label"}, "shows nothing"),
        ({"seen": "node-label", "value": "(?P<region>.+)"}, ""),
        ({"seen": "node-label", "value": "(.+)"}, "shows nothing"),
        ({"seen": "annotation", "provider": "aws"}, "say on which kinds"),
    ],
)
def test_an_entry_that_shows_nothing_or_nobody_is_refused(
    entry: dict[str, object], wrong: str
) -> None:
    parts = {"providers": PROVIDERS}
    faults = (*references.evidence("casa", entry, parts), *unlisted("evidence", entry, parts))
    messages = " ".join(message for _, message in faults)
    assert wrong in messages
    assert bool(messages) == bool(wrong)


def test_what_has_an_exact_name_says_more_than_what_it_begins_with() -> None:
    labels = load().cluster_hints.node_labels
    assert [hint.id for hint in labels.of("eks.amazonaws.com/nodegroup")] == ["aws-nodes"]
    assert {hint.id for hint in labels.of("eks.amazonaws.com/compute-type")} == {
        "aws-hybrid-nodes",
        "aws-other-nodes",
    }
    assert labels.of("kubernetes.io/os") == ()


def test_file_systems_that_are_mounted_over_a_network_show_no_machines() -> None:
    drivers = load().cluster_hints.provisioners
    (files,) = drivers.of("efs.csi.aws.com")
    (disks,) = drivers.of("ebs.csi.aws.com")
    assert (files.nodes, disks.nodes) == (False, True)
