"""A chart of this repository whose pod is handed a database, and what each deployer makes of it."""

from __future__ import annotations

import json

from tests.frontends.kubernetes.charts.house import Files, placed, places, reading

VIRGINIA = "db.x.us-east-1.rds.amazonaws.com"
PARIS = "db.x.eu-west-3.rds.amazonaws.com"

THERE = "at-rest aws us-east-1"
HERE = "at-rest aws eu-west-3"

CHART: Files = {
    "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
    "charts/api/values.yaml": f"database: {{host: {PARIS}}}\nextra: {{}}\n",
    "charts/api/templates/pod.yaml": """apiVersion: v1
kind: Pod
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec:
  containers:
    - name: api
      image: api
      env:
        - {name: DATABASE_HOST, value: {{ .Values.database.host | quote }}}
""",
}
"""Handed a database in Paris by its own values."""


def databases(files: Files, name: str = "Pod/api") -> list[str]:
    """The databases that the pods of a name are handed, in the order of their variants."""
    found = {
        key: each for key, each in placed({**CHART, **files}).items() if key[0].endswith(name)
    }
    return [
        place
        for key in sorted(found, key=str)
        for place in places(found[key])
        if place.startswith("at-rest")
    ]


def said(files: Files) -> list[str]:
    """The keys of the remarks."""
    return [each.note.key for each in reading({**CHART, **files}).remarks]


def document(version: str, kind: str, name: str, **more: object) -> str:
    """A document of an object in the namespace ``apps``."""
    head = {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": "apps"},
    }
    return f"---\n{json.dumps({**head, **more}, indent=1)}\n"
