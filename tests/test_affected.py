"""``--affected``: changed files are mapped to what they can affect, and nothing else is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import PROVIDER, bucket, repository, run, scan

MODULE = 'variable "class" { type = string }\n' + bucket("m").replace('"health"', "var.class")
CALL = 'module "m" {\n  source = "../../modules/m"\n  class  = %s\n}\n'
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {%s}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Two roots that call a module, one that doesn't; manifests, an inventory, and files that functions read."""
    return repository(
        tmp_path,
        {
            "modules/m/main.tf": MODULE,
            "roots/a/main.tf": PROVIDER + CALL % '"health"',
            "roots/b/main.tf": PROVIDER
            + CALL % 'yamldecode(file("${path.module}/b.yaml")).class',
            "roots/b/b.yaml": "class: health\n",
            "roots/c/main.tf": PROVIDER + bucket("c"),
            "roots/d/main.tf": PROVIDER
            + 'variable "class" { type = string }\n'
            + CALL % "var.class",
            "roots/d/terraform.tfvars": 'class = "health"\n',
            "k8s/ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {sovlint.dev/data: health}}\n",
            "k8s/app.yaml": DEPLOYMENT % "name: d, namespace: n",
            "k8s/other.yaml": DEPLOYMENT % "name: o, labels: {sovlint.dev/data: health}",
            "saas.yaml": "services: [{id: s, vendor: datadog, data: [health]}]\n",
            "sovlint.yaml": "clusters: [{paths: ['k8s/**'], provider: aws, region: eu-west-3}]\n",
            "README.md": "hello\n",
            "values.yaml": "a: 1\n",
        },
    )


A, B, C, D = "roots/a", "roots/b", "roots/c", "roots/d"


@pytest.mark.parametrize(
    ("changed", "roots", "others"),
    [
        (["roots/a/main.tf"], {A}, set()),
        (["modules/m/main.tf"], {A, B, D}, set()),
        (["modules/m/gone.tf"], {A, B, D}, set()),
        (["roots/b/b.yaml"], {B}, set()),
        (["roots/d/terraform.tfvars"], {D}, set()),
        (["roots/c/main.tf", "roots/a/main.tf"], {A, C}, set()),
        (["k8s/app.yaml"], set(), {"k8s:n/Deployment/d"}),
        (["k8s/ns.yaml"], set(), {"k8s:n/Deployment/d"}),
        (["saas.yaml"], set(), {"saas:s"}),
        (["roots"], {A, B, C, D}, set()),
        (
            ["sovlint.yaml"],
            {A, B, C, D},
            {"k8s:n/Deployment/d", "k8s:-/Deployment/o", "saas:s"},
        ),
        (["README.md", "values.yaml"], set(), set()),
    ],
)
def test_what_a_change_can_affect(
    repo: Path, changed: list[str], roots: set[str], others: set[str]
) -> None:
    report = scan(repo / changed[0], *(repo / path for path in changed[1:]), "--affected")
    found = report["findings"]
    assert {each["root"] for each in found if each["root"] is not None} == roots
    assert {each["address"] for each in found if each["root"] is None} == others
    assert report["code"] == (1 if found else 0)


def test_nothing_affected_is_quiet_and_clean(repo: Path) -> None:
    result = run(repo / "README.md", "--affected")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Only what the changed files can affect is told." in result.stdout
    assert "NOTHING WAS JUDGED" not in result.stdout


def test_a_file_that_is_broken_elsewhere_is_not_the_business_of_this_change(
    repo: Path,
) -> None:
    repository(repo, {"roots/e/main.tf": "resource {"})
    assert scan(repo / "saas.yaml", "--affected", "--exit-zero")["failures"] == []
    assert run(repo / "roots/e/main.tf", "--affected").exit_code == 2


def test_a_module_that_is_broken_is_that_of_its_callers(repo: Path) -> None:
    repository(repo, {"modules/m/broken.tf": "resource {"})
    report = scan(repo / "roots/a/main.tf", "--affected")
    assert ([each["path"] for each in report["failures"]], report["code"]) == (
        ["modules/m/broken.tf"],
        2,
    )


def test_labels_are_missing_where_they_always_were(repo: Path) -> None:
    repository(repo, {"roots/c/main.tf": PROVIDER + 'resource "aws_s3_bucket" "c" {}\n'})
    assert "NOTHING WAS JUDGED" in run(repo / "roots/c/main.tf", "--affected").stderr


def test_exceptions_elsewhere_are_not_told(repo: Path) -> None:
    unused = '# sovlint: ignore[health-data-in-eea] reason="moves"\n'
    repository(repo, {"roots/c/main.tf": PROVIDER + unused + bucket("c")})
    assert scan(repo / "saas.yaml", "--affected")["exceptions"] == []
    assert [
        each["state"] for each in scan(repo / "roots/c/main.tf", "--affected")["exceptions"]
    ] == ["unused"]


def test_own_policies_waivers_and_baselines_affect_everything(repo: Path) -> None:
    own = "id: own\ntitle: Own\nseverity: error\ndata: [contact]\nroles: [at-rest]\nrequire: {area: EEA}\n"
    files = {
        "own/p.yaml": own,
        "w.yaml": "waivers: []\n",
        "b.json": '{"schema": "sovlint-baseline/1", "entries": []}',
    }
    config = (
        repo / "sovlint.yaml"
    ).read_text() + "policies: [own]\nwaivers: w.yaml\nbaseline: b.json\n"
    repository(repo, {**files, "sovlint.yaml": config})
    everything = {each["fingerprint"] for each in scan(repo)["findings"]}
    for path in files:
        assert {
            each["fingerprint"] for each in scan(repo / path, "--affected")["findings"]
        } == everything, path


def test_without_any_file_nothing_is_affected(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo)
    result = run("--affected")
    assert (result.exit_code, "No changed file was given" in result.stderr) == (0, True)


def test_a_file_listed_by_a_function_is_affected_by_new_neighbours(repo: Path) -> None:
    text = (
        PROVIDER
        + 'resource "aws_s3_bucket" "f" {\n  for_each = fileset(path.module, "*.json")\n'
    )
    repository(
        repo,
        {
            "roots/f/main.tf": text + '  tags = { data_class = "health" }\n}\n',
            "roots/f/x.json": "{}",
        },
    )
    assert {
        each["root"] for each in scan(repo / "roots/f/x.json", "--affected")["findings"]
    } == {"roots/f"}


def affected(repo: Path, *changed: str) -> set[str | None]:
    """The roots with a finding that a change of these files can affect."""
    report = scan(
        *(repo / path for path in changed[:1]),
        *(repo / path for path in changed[1:]),
        "--affected",
    )
    return {each["root"] for each in report["findings"]}


@pytest.mark.parametrize(
    "path",
    ["roots/d/terraform.tfvars", "roots/d/environments/eu.tfvars", "roots/d/x.auto.tfvars"],
)
def test_values_that_are_gone(repo: Path, path: str) -> None:
    (repo / path).unlink(missing_ok=True)
    (repo / "roots/d/main.tf").write_text(
        PROVIDER + 'variable "class" { default = "health" }\n' + CALL % "var.class"
    )
    assert affected(repo, path) == {D}


def test_a_module_that_is_gone(repo: Path) -> None:
    (repo / "modules/m/main.tf").unlink()
    report = scan(repo / "modules/m/main.tf", "--affected")
    assert report["coverage"]["unplaced"] == 3  # a call in each of the roots
    said = [each["message"] for each in report["remarks"]]
    assert "count as deleted: 1" in said[0]
    assert all("no module at the path `../../modules/m`" in each for each in said[1:])


def test_links_to_what_changed(repo: Path) -> None:
    repository(
        repo,
        {
            "shared/p.tf": PROVIDER,
            "roots/e/main.tf": bucket("e"),
            "roots/f/main.tf": CALL % '"health"',
        },
    )
    (repo / "roots/e/p.tf").symlink_to("../../shared/p.tf")
    assert affected(repo, "shared/p.tf") == {"roots/e"}
    (repo / "modules/link").symlink_to("m")
    (repo / "roots/f/main.tf").write_text(
        PROVIDER + (CALL % '"health"').replace("modules/m", "modules/link")
    )
    assert "roots/f" in affected(repo, "modules/link")


@pytest.mark.parametrize("name", ["buckets/new.json", "buckets/gone.json"])
def test_a_folder_that_a_function_lists(repo: Path, name: str) -> None:
    text = (
        PROVIDER
        + 'resource "aws_s3_bucket" "f" {\n  for_each = fileset("${path.module}/buckets", "*.json")\n'
    )
    files = {
        "roots/f/main.tf": text + '  tags = { data_class = "health" }\n}\n',
        "roots/f/buckets/new.json": "{}",
    }
    assert affected(repository(repo, files), f"roots/f/{name}") == {"roots/f"}
    assert affected(repo, "roots/a/main.tf") == {A}


@pytest.mark.parametrize(
    "change", [".", ".gitignore", "Chart.yaml", "own/set.yaml", "gone/sovlint.yaml"]
)
def test_what_bears_on_everything(repo: Path, change: str) -> None:
    config = (repo / "sovlint.yaml").read_text() + "policy_set: own/set.yaml\n"
    own = "id: own\ntitle: Own\npolicies: [health-data-under-eu-control]\n"
    repository(repo, {"sovlint.yaml": config, "own/set.yaml": own})
    everything = {each["fingerprint"] for each in scan(repo, configured=True)["findings"]}
    assert {
        each["fingerprint"]
        for each in scan(repo / change, "--affected", configured=True)["findings"]
    } == everything


KEPT = 'terraform {\n  backend "s3" {\n    bucket = "s"\n    key = "%s"\n  }\n}\n'
READ = 'data "terraform_remote_state" "e" {\n  backend = "s3"\n  config = { bucket = "s", key = "e" }\n}\n'


@pytest.mark.parametrize(
    ("changed", "roots"),
    [
        ("roots/e/main.tf", {"roots/f"}),
        ("roots/e/values.yaml", {"roots/f"}),  # read by a function of the other root
        ("roots/e/terraform.tfvars", {"roots/f"}),
        ("roots/g/backend.tf", {"roots/f"}),  # may be the state that is read, tomorrow
        ("roots/g/main.tf", set()),
        ("roots/f/main.tf", {"roots/f"}),
    ],
)
def test_the_state_of_another_root(repo: Path, changed: str, roots: set[str]) -> None:
    kept = 'locals {\n  v = yamldecode(file("${path.module}/values.yaml"))\n}\n'
    text = PROVIDER + bucket("f").replace(
        '"health"', "data.terraform_remote_state.e.outputs.class"
    )
    files = {
        "roots/e/main.tf": KEPT % "e"
        + kept
        + 'output "class" {\n  value = local.v.class\n}\n',
        "roots/e/values.yaml": "class: health\n",
        "roots/f/main.tf": KEPT % "f" + READ + text,
        "roots/g/main.tf": PROVIDER,
        "roots/g/backend.tf": KEPT % "g",
    }
    repository(repo, files)
    assert affected(repo, changed) == roots
    report = scan(repo / "roots/f")
    assert any(
        each["path"] == "roots/e/main.tf"
        for finding in report["findings"]
        for each in finding["because"]
    )


def test_names_from_the_git_root_in_a_subfolder(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo / "roots")
    assert {
        each["root"] for each in scan(Path("roots/a/main.tf"), "--affected")["findings"]
    } == {A}
    assert len(scan(Path(".."), "--affected")["findings"]) == len(scan(repo)["findings"])


def test_the_configuration_is_that_of_the_root_whatever_changed(repo: Path) -> None:
    repository(repo, {"modules/sovlint.yaml": "policy_set: statutory\n"})
    assert affected(repo, "modules/m/main.tf") == {A, B, D}


def test_without_git_nothing_else_is_listed(tmp_path: Path) -> None:
    for name in ("one", "other", "third"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(PROVIDER + bucket("x"))
    report = scan(tmp_path / "one/main.tf", tmp_path / "other/main.tf", "--affected")
    assert report["coverage"]["files"] == 2


CREATES = """
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_k8s_cluster" "c" {
  name = "c"
}
provider "kubernetes" {
  host = scaleway_k8s_cluster.c.kubeconfig[0].host
}
"""
SHOWS = {
    "infra/main.tf": CREATES,
    "apps/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {sovlint.dev/data: health}}\n",
    "apps/claim.yaml": "apiVersion: v1\nkind: PersistentVolumeClaim\n"
    "metadata: {name: c, labels: {sovlint.dev/data: health}}\nspec: {storageClassName: nas}\n",
    "apps/class.yaml": "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: nas}\n"
    "provisioner: efs.csi.aws.com\n",
}
POINTED = {
    "infra/cluster/main.tf": 'resource "scaleway_k8s_cluster" "c" {}\n'
    'output "c" {\n  value = scaleway_k8s_cluster.c\n}\n',
    "infra/main.tf": 'module "c" {\n  source = "./cluster"\n}\n'
    'provider "kubernetes" {\n  host = module.c.c.kubeconfig[0].host\n}\n',
    "apps/pod.yaml": SHOWS["apps/pod.yaml"],
    "made/eks.yaml": "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: eks}\n",
    "argo/web.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n"
    "spec: {source: {path: web}, destination: {name: eks}}\n",
    "web/pod.yaml": SHOWS["apps/pod.yaml"].replace("name: p,", "name: web,"),
}
POD, CLAIMED = "k8s:-/Pod/p", "k8s:-/PersistentVolumeClaim/c"


@pytest.mark.parametrize(
    ("changed", "addresses"),
    [
        ("infra/main.tf", {POD, CLAIMED}),
        ("apps/class.yaml", {CLAIMED}),
        ("apps/pod.yaml", {POD}),
    ],
)
def test_what_shows_where_data_lies_bears_on_all_that_lies_there(
    tmp_path: Path, changed: str, addresses: set[str]
) -> None:
    repo = repository(tmp_path, SHOWS)
    found = {each["address"] for each in scan(repo / changed, "--affected")["findings"]}
    assert found - {"scaleway_k8s_cluster.c"} == addresses


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ("infra/cluster/main.tf", POD),
        ("infra/main.tf", POD),
        ("made/eks.yaml", "k8s:-/Pod/web"),
        ("argo/web.yaml", "k8s:-/Pod/web"),
    ],
)
def test_what_makes_a_cluster_and_what_points_at_it_bear_on_what_lands_there(
    tmp_path: Path, changed: str, address: str
) -> None:
    repo = repository(tmp_path, POINTED)
    assert address in {
        each["address"] for each in scan(repo / changed, "--affected")["findings"]
    }
