"""The table of what Helm says, and how Helm is asked."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from sovlint.expressions.templates.functions.arguments import text_of
from sovlint.expressions.templates.functions.formats.reading import from_yaml
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.values import Int64, List, Map
from tests.expressions.templates.executions import LoneExecution, hole

FOLDER = Path(__file__).parent / "helm"
VALUES = (FOLDER / "values.yaml").read_text()
ANSWERS: list[dict[str, str]] = [
    json.loads(line) for line in (FOLDER / "answers.jsonl").read_text().splitlines()
]
"""``template``, and what it ``gives``, if it doesn't fail."""

_STRIDES = (1, 1, 2, 4)
"""By the number of arguments, one in how many of the odd ones is tried."""


def values() -> Any:
    """The values that all templates get."""
    return from_yaml(LoneExecution(), VALUES)


def odd_calls(name: str) -> Iterator[tuple[Any, ...]]:
    """Calls of a function that neither give anything nor fail as templates do."""
    for count in range(4):
        for chosen in product(range(0, len(_odd()), _STRIDES[count]), repeat=count):
            arguments = [_odd()[number] for number in chosen]
            try:
                FUNCTIONS[name](LoneExecution(purse=1_000_000), *arguments)
            except TemplateError:
                continue
            except Exception as error:
                yield (*arguments, repr(error))


def _odd() -> list[Any]:
    """New ones each time, since some functions change what they get."""
    single = [None, True, 0, -1, Int64(7), 1.5, "", "a-b", "é\n", hole()]
    return [*single, List(["a", 1]), Map({"a": Map()}), List([hole()])]


def asked(helm: Path, folder: Path, templates: Sequence[str]) -> list[str | None]:
    """What Helm gives of each template; ``None`` where it fails."""
    left = dict(enumerate(templates))
    chart = _chart(folder, left)
    while True:
        done = subprocess.run(
            [helm, "template", "release-name", chart],
            capture_output=True,
            text=True,
            env={"HOME": str(folder)},
            check=False,
        )
        if done.returncode == 0:
            break
        failed = re.search(r"templates/(\d{4})\.yaml", done.stderr)
        assert failed is not None, done.stderr
        del left[int(failed[1])]
        (chart / "templates" / f"{failed[1]}.yaml").unlink()
    found = {
        int(each["id"]): text_of(b64decode(each["out"]))
        for each in yaml.safe_load_all(done.stdout)
    }
    return [found.get(number) for number in range(len(templates))]


def _chart(folder: Path, templates: dict[int, str]) -> Path:
    """A chart with a template for each case. What it gives stands there in digits, so that it is read as it is."""
    chart = folder / "chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 1.0.0\n")
    (chart / "values.yaml").write_text(VALUES)
    for number, template in templates.items():
        define = f'{{{{- define "case{number}" }}}}{template}{{{{ end -}}}}\n'
        shown = f'id: "{number}"\nout: {{{{ include "case{number}" . | b64enc | quote }}}}\n'
        (chart / "templates" / f"{number:04}.yaml").write_text(define + shown)
    return chart
