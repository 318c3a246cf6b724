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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", "cloudformation"),
        ("\"AWSTemplateFormatVersion\" : '2010-09-09'\n", "cloudformation"),
        ("{\n  'AWSTemplateFormatVersion': '2010-09-09'\n}", "cloudformation"),
        ("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", "cloudformation"),
        ("Resources:\r\n  A:\r\n    Type: AWS::S3::Bucket\r\n", "cloudformation"),
        ("Transform: 'AWS::Serverless-2016-10-31'\nAWSTemplateFormatVersion: a\n", "sam"),
        ("Transform:\n  - AWS::Serverless-2016-10-31\n", "sam"),
        ("  Resources:\n    A:\n      Type: AWS::S3::Bucket\n", None),
        ("text: |\n  AWSTemplateFormatVersion: a\n", None),
        ("Resources: a\n", None),
        ("# AWSTemplateFormatVersion: is what they begin with\n", None),
        ("", None),
        (
            '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}',
            "arm",
        ),
        (
            '{"$schema":"https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#"}',
            "arm",
        ),
        (
            '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}',
            None,
        ),
    ],
)
def test_shipped_heads(text: str, kind: str | None) -> None:
    assert load().unread.begun(text.encode()) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("main.TF", "terraform-misnamed"),
        ("infra/prod.TFVARS", "terraform-misnamed"),
        ("main.tf.tpl", "terraform-template"),
        ("roles/a/templates/app.yaml.j2", "yaml-template"),
        ("values.yaml.gotmpl", "yaml-template"),
        ("helmfile.d/a.yaml.gotmpl", "helmfile"),
        ("chart/templates/_helpers.tpl", None),
        ("page.html.j2", None),
    ],
)
def test_names_of_templates(path: str, kind: str | None) -> None:
    found = load().unread.of(path)
    assert (found.id if found else None) == kind


def test_what_is_only_counted_is_never_listed() -> None:
    kinds = UnreadKinds(load()._index["unread"])
    assert kinds.of("src/app.ts") is None
    assert kinds.endings["ts"].id == "typescript"
    assert kinds.is_of("src/app.ts", "typescript")
    assert kinds.of("a.ipynb") is not None  # where somebody names it
    assert kinds.endings["ipynb"].id == "notebook"
