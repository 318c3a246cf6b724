"""An address of which only the variable's name is known: that says whose it is, where it can be nobody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

DECLARED = {"sovlint.yaml": 'data: {paths: {"**": [health]}}\n'}


def sent(folder: Path) -> list[tuple[str, str | None]]:
    """The role and the company of all that isn't where something itself runs."""
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return [
        (each["role"], each["provider"])
        for resource in facts["resources"]
        for each in resource["placements"]
        if each["role"] != "compute"
    ]


WORKFLOW = """\
on: push
jobs:
  tell:
    steps:
      - run: |
          {run}
"""


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ('curl -X POST -d "done" "$SLACK_WEBHOOK_URL"', [("processor", "slack")]),
        ("curl -d @a ${SLACK_WEBHOOK_URL}", [("processor", "slack")]),
        ("curl -d @a ${{ secrets.SLACK_WEBHOOK_URL }}", [("processor", "slack")]),
        ("curl -d @a ${{ secrets.SLACK_WEBHOOK_OPS }}/x", [("processor", "slack")]),
        ("wget --post-data=x $SLACK_WEBHOOK_URL", [("processor", "slack")]),
        ("http POST $SLACK_WEBHOOK_URL text=x", [("processor", "slack")]),
        ('URL="$SLACK_WEBHOOK_URL"; curl -d x "$URL"', [("processor", "slack")]),
        ("curl -F file=@claims.sql $SLACK_WEBHOOK_URL", [("at-rest", "slack")]),
        # nobody knows, or anybody may answer
        ("curl -F file=@claims.sql $TEAMS_WEBHOOK_URL", [("at-rest", None)]),
        ("curl -F file=@claims.sql $WEBHOOK", [("at-rest", None)]),
        ("curl -F file=@claims.sql https://$SLACK_WEBHOOK_URL", [("at-rest", None)]),
        # it is only fetched, or known
        ("curl $SLACK_WEBHOOK_URL", []),
        ("SLACK_WEBHOOK_URL=https://chat.acme.fr/x; curl -F file=@claims.sql $SLACK_WEBHOOK_URL", [("at-rest", None)]),
    ],
)  # fmt: skip
def test_in_a_pipeline(tmp_path: Path, run: str, found: list[tuple[str, str | None]]) -> None:
    write(tmp_path, {**DECLARED, ".github/workflows/a.yml": WORKFLOW.format(run=run)})
    assert sent(tmp_path) == found


POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: tell}}
spec:
  containers:
    - name: c
      image: acme/tool
      env: [{{name: {name}, valueFrom: {{secretKeyRef: {{name: a, key: b}}}}}}]
      command: [bash, -c, 'curl -d @x "${name}"']
"""


@pytest.mark.parametrize(
    ("name", "found"),
    [("SLACK_WEBHOOK_URL", [("processor", "slack")]), ("HOOK", [("processor", None)])],
)
def test_in_a_pod_it_is_told_once(
    tmp_path: Path, name: str, found: list[tuple[str, str | None]]
) -> None:
    write(tmp_path, {"pod.yaml": POD.format(name=name)})
    assert sent(tmp_path) == found
