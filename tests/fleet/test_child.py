"""Reading one repository of a fleet: what comes of it is what a scan of a fresh clone prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.fleet.child import read
from sovlint.fleet.result import RepositoryResult, Status
from tests.fleet.house import BUCKET, DAY, ROOT, WAIVED, committed, repository, task
from tests.git_house import git

ADDRESS = "https://git.mutuelle.example/claims/platform.git"


def scanned(clone: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    """What ``sovlint scan`` prints for who stands in a clone."""
    monkeypatch.chdir(clone)
    given = ["scan", "--format", "json", "--as-of", DAY.isoformat(), "--lang", "en", *options]
    environment = {name: None for name in os.environ if name.startswith("SOVLINT_")}
    return CliRunner(env=environment).invoke(main, given).stdout


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """What a clone may have that a folder of files hasn't: links, a submodule, ignored files that are tracked."""
    inside = repository(tmp_path / "inside", {"main.tf": BUCKET})
    made = repository(
        tmp_path / "odd",
        {
            "main.tf": BUCKET,
            ".gitignore": "*.yaml\n",
            "sovlint.yaml": WAIVED,
            "deploy/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
            "Größe/é.tf": BUCKET.replace('"a"', '"b"'),
        },
        ADDRESS,
    )
    (made / "link.tf").symlink_to("main.tf")
    (made / "out.tf").symlink_to("/etc/passwd")
    (made / "up").symlink_to("../../elsewhere")
    (made / "broken").symlink_to("nowhere")
    git(made, "submodule", "-q", "add", str(inside), "modules/inside")
    return committed(made)


FIXTURES = ("mutuelle", "kubernetes/own-hosts", "sets/2-attested", "saas/handed-on")


@pytest.mark.parametrize("fixture", [*FIXTURES, "odd"])
def test_it_is_what_a_scan_of_a_fresh_clone_prints(
    fixture: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if fixture == "odd":
        origin: Path = request.getfixturevalue("odd")
    else:
        origin = repository(tmp_path / "origin", ROOT / "fixtures" / fixture, ADDRESS)
    clone = tmp_path / "fresh"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(clone, "remote", "set-url", "origin", ADDRESS)
    printed = scanned(clone, monkeypatch)
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(origin), str(bare))
    git(bare, "remote", "set-url", "origin", ADDRESS)
    for place in (origin, bare):
        result = read(task(place))
        assert result.document == printed
        assert (result.status, result.as_of) == (Status.READ, DAY.isoformat())
    provenance = json.loads(printed)["provenance"]
    assert (provenance["clean"], provenance["repository"]) == (True, ADDRESS)


def test_what_is_not_committed_has_no_part_in_it(tmp_path: Path) -> None:
    made = repository(tmp_path / "a", {"main.tf": BUCKET})
    before = read(task(made)).document
    (made / "other.tf").write_text(BUCKET.replace('"a"', '"b"'))
    (made / "main.tf").write_text("")
    assert read(task(made)).document == before


def test_by_itself_it_reads_what_it_is_told(tmp_path: Path) -> None:
    made = task(repository(tmp_path / "a", {"main.tf": BUCKET}))
    ran = subprocess.run(
        [sys.executable, "-m", "sovlint.fleet.child"],
        input=msgspec.json.encode(made), capture_output=True, check=True,
    )  # fmt: skip
    result = msgspec.json.decode(ran.stdout, type=RepositoryResult)
    assert (result.status, ran.stderr) == (Status.READ, b"")
    assert result.facts["schema"] == "sovlint-facts/1"


@pytest.mark.parametrize(
    ("files", "status", "reason"),
    [
        (
            {"sovlint.yaml": "polcies: []\n"},
            Status.REFUSED,
            "sovlint.yaml:1:1: unknown key `polcies`",
        ),
        ({"README.md": "x"}, Status.EMPTY, ""),
    ],
)
def test_what_is_wrong_there_is_a_row(
    files: dict[str, str], status: Status, reason: str, tmp_path: Path
) -> None:
    result = read(task(repository(tmp_path / "a", files)))
    assert result.status is status
    assert result.reason.startswith(reason)
    assert str(tmp_path) not in result.reason


def test_a_clone_without_that_commit_is_broken(tmp_path: Path) -> None:
    given = task(repository(tmp_path / "a", {"main.tf": BUCKET}))
    result = read(
        replace(given, repository=replace(given.repository, commit="", revision="v9"))
    )
    assert (result.status, result.holds_until) == (Status.BROKEN, "0001-01-01")
    assert result.reason == "Its clone has no revision `v9`, or git can't read it."


def test_a_commit_whose_objects_are_gone_is_broken(tmp_path: Path) -> None:
    made = repository(tmp_path / "a", {"main.tf": BUCKET})
    given = task(made)
    blob = git(made, "rev-parse", "HEAD^{tree}")
    (made / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    result = read(given)
    assert (result.status, result.holds_until) == (Status.BROKEN, "0001-01-01")
    assert result.reason


def test_what_is_asked_and_offered_holds_no_secret(tmp_path: Path) -> None:
    token = "ghp_" + "0123456789abcdefghijABCDEFGHIJ123456"
    deployer = f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: a}}
spec:
  source: {{repoURL: "https://u:{token}@git.acme-x.fr/a/b.git", path: .}}
  destination: {{server: "https://user:{token}@k8s.acme-x.fr:6443"}}
"""
    pod = f"""apiVersion: v1
kind: Pod
metadata: {{name: a, labels: {{data-classification: health}}}}
spec: {{containers: [{{name: a, image: "registry.acme-x.fr/{token}/x:1"}}]}}
"""
    bucket = BUCKET.replace("claims", token) + f'output "a" {{ value = "{token}" }}\n'
    files = {"app.yaml": deployer, "pod.yaml": pod, "main.tf": bucket}
    result = read(task(repository(tmp_path / "a", files)))
    assert {each.key for each in result.asks} == {"https://k8s.acme-x.fr"}
    told = msgspec.json.encode(result).decode().casefold()
    assert token.casefold() not in told
