"""Kinds of files that nobody reads, told by their names."""

from __future__ import annotations

import pytest

from sovlint.catalog.load import load
from sovlint.model.unread import UnreadKinds

TITLE = {"en": "X", "fr": "X"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("helmfile.yaml", "helmfile"),
        ("a/b/helmfile.yaml.gotmpl", "helmfile"),
        ("helmfile.d/10-services.yaml", "helmfile"),
        ("deploy/helmfile.d/10-services.yaml", "helmfile"),
        ("helmfile.d/values/postgres.yaml", None),
        ("nothelmfile.d/10-services.yaml", None),
        ("infra/Pulumi.yaml", "pulumi"),
        ("infra/Pulumi.prod.yaml", None),
        ("infra/main.bicep", "bicep"),
        ("playbooks/site.yml", "ansible"),
        ("ansible/playbooks/prod/site.yaml", "ansible"),
        ("roles/web/tasks/main.yml", "ansible"),
        ("roles/web/defaults/main.yml", None),
        ("env/main.jsonnet", "jsonnet"),
        ("cdk.json", "cdk"),
        ("job.nomad.hcl", "nomad"),
        ("job.hcl", None),
        ("Vagrantfile", "vagrant"),
        ("base.pkr.hcl", "packer"),
        ("main.tf", None),
        ("", None),
        ("bicep", None),
        ("folder/", None),
    ],
)
def test_shipped_kinds(path: str, kind: str | None) -> None:
    found = load().unread.of(path)
    assert (found.id if found else None) == kind


def test_a_glob_is_a_name_or_an_ending_below_folders() -> None:
    kinds = UnreadKinds({"x": {"title": TITLE, "files": ["Xfile", "x.d/**/*.x"]}})
    met = [
        path
        for path in ("Xfile", "a/Xfile", "Xfile.md", "x.d/a.x", "x.d/b/c/a.x", "a.x", "x.d/x")
        if kinds.of(path)
    ]
    assert met == ["Xfile", "a/Xfile", "x.d/a.x", "x.d/b/c/a.x"]


def test_no_kinds() -> None:
    assert UnreadKinds({}).of("Xfile") is None
