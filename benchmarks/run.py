"""``make bench``: how long sovlint takes, and how much memory, each run a fresh process.

Generated repositories of growing size show how it grows. Folders given as arguments are scanned as well.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import catalogue
import large

ROOT = Path(__file__).parents[1]
SOVLINT = (sys.executable, "-m", "sovlint")
os.environ.pop(
    "PYTHONDONTWRITEBYTECODE", None
)  # an installed sovlint has its bytecode: compiling it isn't what it does
RUNS = 7
GROWN = 10
"""How many times as large a catalogue is loaded, beside the one that ships."""
LOADING = 0.03
"""What loading the catalogue may add to a start, in seconds, however large it is."""

SMALL = """\
provider "aws" {
  region = "eu-west-3"
}

resource "aws_s3_bucket" "claims" {
  bucket = "claims"
  tags   = { data_class = "health" }
}
"""


def timed(arguments: Sequence[str], cwd: Path, runs: int = RUNS) -> tuple[float, float]:
    """The least and the median time of a command in seconds. What it finds doesn't matter."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        done = subprocess.run(
            [*SOVLINT, *arguments], cwd=cwd, capture_output=True, text=True, check=False
        )
        times.append(time.perf_counter() - begun)
        if not done.stdout or "internal error" in done.stderr:
            raise SystemExit(f"it printed nothing, or broke:\n{done.stderr}")
    return min(times), statistics.median(times)


def line(what: str, seconds: tuple[float, float], target: float | None) -> str:
    """One line of the table; the target is compared with the median."""
    least, median = seconds
    goal = (
        ""
        if target is None
        else f"  to reach {target:.2f} s: {'yes' if median <= target else 'NO'}"
    )
    return f"{what:<34} {least:6.3f} s  {median:6.3f} s{goal}"


SIZES = (10, 100, 1000)
"""Modules of the generated repositories; each is called by one environment, twice."""

MODULE = """\
variable "region" {{ type = string }}
variable "tags" {{ default = {{}} }}

locals {{
  name = "store-{n}-${{var.region}}"
  tags = merge({{ data_class = "health", module = "m{n}" }}, var.tags)
}}

resource "aws_s3_bucket" "files" {{
  bucket = local.name
  region = var.region
  tags   = local.tags
}}

resource "aws_db_instance" "db" {{
  count      = 2
  identifier = "${{local.name}}-${{count.index}}"
  tags       = local.tags
}}

resource "aws_iam_role" "role" {{
  name = upper(replace(local.name, "-", "_"))
}}

output "bucket" {{ value = aws_s3_bucket.files.id }}
"""

ENVIRONMENT = """\
terraform {{
  backend "s3" {{ region = "eu-west-3" }}
}}

provider "aws" {{
  region = var.region
}}

variable "region" {{ default = "eu-west-3" }}
variable "extra" {{}}
"""

CALL = """
module "{name}_{n}" {{
  source = "../../modules/m{n}"
  region = {region}
  tags   = {{ environment = "{name}" }}
}}
"""


def generate(folder: Path, modules: int) -> int:
    """A repository with this many modules, environments of ten modules each, and a manifest a module; its files."""
    files: dict[str, str] = {
        "sovlint.yaml": "clusters:\n  - {paths: [k8s/**], provider: scaleway, region: fr-par}\n"
    }
    for n in range(modules):
        files[f"modules/m{n}/main.tf"] = MODULE.format(n=n)
        files[f"k8s/claim-{n}.yaml"] = large.MANIFEST.format(n=n)
        environment = f"envs/e{n // 10}/main.tf"
        calls = CALL.format(name="a", n=n, region="var.region") + CALL.format(
            name="b", n=n, region="var.extra"
        )
        files[environment] = files.get(environment, ENVIRONMENT.format()) + calls
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return len(files)


APP = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{n}
  namespace: team-{team}
  labels: {{app: app-{n}, sovlint.dev/data: health}}
spec:
  replicas: 2
  selector:
    matchLabels: {{app: app-{n}}}
  template:
    metadata:
      labels: {{app: app-{n}}}
      annotations:
        prometheus.io/scrape: "true"
    spec:
      serviceAccountName: app-{n}
      containers:
        - name: api
          image: registry.example.org/team-{team}/app-{n}:1.4.{n}
          args: [--listen, ":8080", --log, info]
          ports:
            - {{name: http, containerPort: 8080}}
          env:
            - name: DATABASE_HOST
              value: db-{n}.team-{team}.svc.cluster.local
            - name: S3_ENDPOINT
              value: https://s3.fr-par.scw.cloud
            - name: PASSWORD
              valueFrom:
                secretKeyRef: {{name: app-{n}, key: password}}
          envFrom:
            - configMapRef: {{name: app-{n}}}
          resources:
            requests: {{cpu: 100m, memory: 128Mi}}
            limits: {{memory: 256Mi}}
          readinessProbe:
            httpGet: {{path: /healthz, port: http}}
          volumeMounts:
            - {{name: data, mountPath: /data}}
      volumes:
        - name: data
          persistentVolumeClaim: {{claimName: app-{n}}}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: app-{n}
  namespace: team-{team}
"""

REST = """\
apiVersion: v1
kind: {kind}
metadata:
  name: app-{n}
  namespace: team-{team}
{rest}
"""

KINDS = {
    "Service": "spec:\n  selector: {app: app}\n  ports:\n    - {name: http, port: 80, targetPort: http}",
    "ConfigMap": "data:\n"
    + "".join(f"  SETTING_{at}: value {at}\n" for at in range(12))
    + "  application.yaml: |\n    server:\n      port: 8080\n    logging:\n      level: info",
    "PersistentVolumeClaim": "spec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}",
}
"""What the other files of an application hold."""

MANIFESTS = 5000
"""Manifests of a repository of nothing else, and what reading it may take: seconds and MB."""
MANIFESTS_TAKE = (12.0, 500.0)


def generate_manifests(folder: Path, count: int) -> int:
    """A repository of this many manifests, four to an application, ten applications to a team; its files."""
    text = "clusters:\n  - {paths: [apps/**], provider: scaleway, region: fr-par}\n"
    (folder / "sovlint.yaml").write_text(text, encoding="utf-8")
    for n in range(count // 4):
        place = folder / "apps" / f"team-{n // 10}" / f"app-{n}"
        place.mkdir(parents=True)
        (place / "deployment.yaml").write_text(
            APP.format(n=n, team=n // 10), encoding="utf-8"
        )
        for kind, rest in KINDS.items():
            said = REST.format(kind=kind, n=n, team=n // 10, rest=rest)
            (place / f"{kind.lower()}.yaml").write_text(said, encoding="utf-8")
    return count // 4 * 4


def measured(arguments: Sequence[str], cwd: Path) -> tuple[float, float, float]:
    """Seconds, those of them that a processor worked for it, and peak memory (MB) of one run."""
    output = cwd / "report.out"
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*SOVLINT, *arguments, "-o", str(output)], cwd=cwd, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if not output.exists():
        raise SystemExit("it wrote no report")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def scanned(what: str, folder: Path, takes: tuple[float, float] | None = None) -> str:
    """One line of the table: a scan of a generated repository, and whether it took no more than ``takes``."""
    seconds, worked, memory = measured(["scan", "--format", "json", str(folder)], folder)
    goal = ""
    if takes is not None:
        reached = seconds <= takes[0] and memory <= takes[1]
        goal = f"  to reach {takes[0]:.0f} s, {takes[1]:.0f} MB: {'yes' if reached else 'NO'}"
    return f"{f'scan of {what}':<34} {seconds:6.2f} s  ({worked:5.2f} s of a processor)  {memory:6.0f} MB{goal}"


def main(folders: Sequence[str]) -> None:
    """Time everything and print a table."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}; each {RUNS} times in a fresh process"
    )
    print(f"{'':<34} {'least':>8}  {'median':>8}")
    with tempfile.TemporaryDirectory(prefix="sovlint-bench-") as name:
        folder = Path(name)
        (folder / "main.tf").write_text(SMALL, encoding="utf-8")
        timed(
            ["scan", "main.tf"], folder, runs=1
        )  # the catalogue is compiled and the modules are cached by now
        print(line("sovlint --version", timed(["--version"], ROOT), 0.15))
        print(line("scan of one small file", timed(["scan", "main.tf"], folder), 0.40))
        for what, seconds in catalogue.tables(GROWN):
            print(line(what, seconds, LOADING))
        for modules in SIZES:
            grown = folder / f"grown-{modules}"
            grown.mkdir()
            files = generate(grown, modules)
            print(scanned(f"{files} generated files", grown))
        manifests = folder / "manifests"
        manifests.mkdir()
        files = generate_manifests(manifests, MANIFESTS)
        print(scanned(f"{files} manifests", manifests, MANIFESTS_TAKE))
        many = folder / "many"
        many.mkdir()
        files = large.generate(many)
        large.forget(many)
        print(scanned(f"{files} files, cold", many, large.TAKES))
    for given in ("fixtures/mutuelle", *folders):
        path = (
            (ROOT / given).resolve()
            if given.startswith("fixtures/")
            else Path(given).resolve()
        )
        print(line(f"scan of {given[-26:]}", timed(["scan", str(path)], path, runs=3), None))


if __name__ == "__main__":
    main(sys.argv[1:])
