"""Repositories with which something was wrong once, each in one JSON file: ours, small, and tried again by the tests."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.fuzz.cases import Case
from tests.fuzz.seeds import Files
from tests.fuzz.trial import Options

FOLDER = Path(__file__).parent / "corpus"


def file_of(folder: Path, sign: str) -> Path:
    """Where a fault is kept."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", sign).strip("-").lower()[:70]
    return folder / f"{words}-{sha256(sign.encode()).hexdigest()[:6]}.json"


def keep(path: Path, case: Case, why: str) -> None:
    """Write a case down."""
    data = {
        "why": why,
        "room": case.room,
        "kind": case.kind,
        "seed": case.seed,
        "how": case.how._asdict(),
        "aside": list(case.aside),
        "files": _shown(case.files),
        "other": _shown(case.other or {}),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Case:
    """A case that was written down."""
    data = json.loads(path.read_text(encoding="utf-8"))
    how = data["how"]
    options = Options(**{**how, "arguments": tuple(how["arguments"])})
    return Case(
        data["room"], data["kind"], data["seed"], _files(data["files"]), options, _files(data["other"]),
        tuple(data["aside"]),
    )  # fmt: skip


def _shown(files: Files) -> dict[str, Any]:
    return {name: _text(raw) for name, raw in files.items()}


def _text(raw: bytes) -> Any:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode()}


def _files(shown: dict[str, Any]) -> Files:
    return {
        name: text.encode() if isinstance(text, str) else base64.b64decode(text["base64"])
        for name, text in shown.items()
    }
