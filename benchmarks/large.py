"""A generated repository of which hardly anything matters: sources, pages, images, YAML and JSON of other things."""

from __future__ import annotations

import os
from pathlib import Path

FILES = 50_000
"""Files of the repository."""
MATTER = 300
"""As many of them declare something: a third each is Terraform's, Kubernetes' and env files."""
TAKES = (5.0, 500.0)
"""What reading it may take: seconds and MB."""

_PER_FOLDER = 40
_IGNORED = (
    "/build/\n/dist\n*.log\n*.py[cod]\n__pycache__/\n.idea/\n!keep.log\n**/target/\n"
    + "".join(f"*.made-{n}\nmade-{n}/\n/out/{n}.txt\n" for n in range(50))
)
"""As long as what people copy from others."""

_TERRAFORM = """\
resource "aws_s3_bucket" "claims_{n}" {{
  bucket = "claims-{n}"
  tags   = {{ data_class = "health" }}
}}
"""
MANIFEST = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: claim-{n}
  labels: {{sovlint.dev/data: health}}
spec:
  resources: {{requests: {{storage: 1Gi}}}}
"""
_ENV = """\
# settings of service {n}
LOG_LEVEL=info
SENTRY_DSN=https://public@o{n}.ingest.de.sentry.io/{n}
"""

_PYTHON = "def function_{at}(value: int) -> int:\n    return value * {at}\n\n\n"
_JAVA = "    public int method{at}(int value) {{ return value * {at}; }}\n"
_TEXTS = '  message-{at}: "Text number {at} of the pages, with a place for {{name}}"\n'
_OTHERS: tuple[tuple[str, bytes], ...] = tuple(
    (ending, (head + "".join(line.format(at=at) for at in range(count)) + tail).encode())
    for ending, head, line, count, tail in (
        (".py", '"""A module."""\n\n', _PYTHON, 40, ""),
        (".java", "public class Service {\n", _JAVA, 40, "}\n"),
        (".ts", "", "export const value{at} = {at};\n", 60, ""),
        (".py", '"""Tests."""\n\n', _PYTHON, 20, ""),
        (".java", "public class Test {\n", _JAVA, 60, "}\n"),
        (
            ".md",
            "# A page\n\n",
            "Line {at} says something about kind: and apiVersion: in prose.\n",
            40,
            "",
        ),
        (
            ".json",
            "{\n",
            '  "key-{at}": ["some", "text", {at}],\n',
            60,
            '  "last": null\n}\n',
        ),
        (".yaml", "fr:\n", _TEXTS, 50, ""),
        (
            ".yml",
            "openapi: 3.1.0\npaths:\n",
            "  /items/{at}:\n    get: {{summary: Item {at}}}\n",
            40,
            "",
        ),
        (".png", "\x89PNG\0", "\0\1\2\3 pixels {at}", 200, ""),
    )
)
"""What the other files are: how their names end, and what they hold."""


def generate(folder: Path) -> int:
    """Such a repository, a service for each folder of sources; its files."""
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    matter = [
        (f"{place}/{name.format(n=n)}", text.format(n=n).encode())
        for place, name, text in (
            ("infrastructure", "claims-{n}.tf", _TERRAFORM),
            ("deploy", "claim-{n}.yaml", MANIFEST),
            ("services", "service-{n}/.env.production", _ENV),
        )
        for n in range(MATTER // 3)
    ]
    others = []
    for n in range(FILES - MATTER - 1):
        ending, content = _OTHERS[n % len(_OTHERS)]
        service, package = divmod(n // _PER_FOLDER, 12)
        others.append(
            (
                f"services/service-{service}/src/main/package-{package}/file-{n}{ending}",
                content,
            )
        )
    for path, content in (*matter, *others):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return len(matter) + len(others) + 1


def forget(folder: Path) -> None:
    """Make the system forget what stands in the files, as far as it lets anybody: the next reading is from the disk."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file() and hasattr(os, "posix_fadvise"):
            with path.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
