"""Manifests that aren't UTF-8: told for what they are, and never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import repository, scan

MANIFEST = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: café\n  labels: {sovlint.dev/data: health}\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("affected", [False, True])
def test_a_manifest_in_another_encoding_is_a_failure(
    tmp_path: Path, encoding: str, affected: bool
) -> None:
    repository(tmp_path, {"other.yaml": "a: 1\n"})
    (tmp_path / "pod.yaml").write_bytes(MANIFEST.encode(encoding))
    report = scan(tmp_path / "pod.yaml", "--affected") if affected else scan(tmp_path)
    assert ([each["path"] for each in report["failures"]], report["code"]) == (
        ["pod.yaml"],
        2,
    )


def test_what_a_cluster_claims_is_a_failure_whatever_it_holds(tmp_path: Path) -> None:
    repository(tmp_path, {"sovlint.yaml": "clusters: [{paths: ['k8s/**'], provider: aws}]\n"})
    for folder in ("k8s", "else"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_bytes(b"\0\1\2\xff")
    report = scan(tmp_path)
    assert ([each["path"] for each in report["failures"]], report["code"]) == (
        ["k8s/a.yaml"],
        2,
    )
    assert "else/a.yaml" in {each["path"] for each in report["remarks"]}
