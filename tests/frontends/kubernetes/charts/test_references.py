"""Values that refer to other values of the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.destinations.test_own_sites import sent_to

CHART = ("Chart.yaml", "apiVersion: v2\nname: claims\nversion: 1.0.0\n")
GLOBAL = "global: {dbHost: claims.postgres.database.azure.com}\n"
REFERRED = "POSTGRES_HOST: '{{ .Values.global.dbHost }}'"
GIVEN = "OTHER_DB_HOST: '{{ tpl .Values.global.dbHost $}}'"


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (f"{GLOBAL}env: {{{REFERRED}, {GIVEN}}}\n", {"POSTGRES_HOST"}),
        (f"ccd:\n  {GLOBAL}  store:\n    env: {{{REFERRED}}}\n", {"POSTGRES_HOST"}),
        (f"ccd:\n  {GLOBAL}", {"ccd.global.dbHost"}),
        (f"env: {{{REFERRED}}}\n", {"POSTGRES_HOST"}),
        (
            f"global: {{dbHost: db.partenaire-sante.fr}}\nenv: {{{REFERRED}}}\n",
            {"POSTGRES_HOST"},
        ),
        (
            f"ccd:\n  {GLOBAL}other:\n  env: {{{REFERRED}}}\n",
            {"ccd.global.dbHost", "POSTGRES_HOST"},
        ),
    ],
)
def test_a_value_is_told_once(tmp_path: Path, values: str, names: set[str]) -> None:
    assert sent_to(tmp_path, CHART, ("values.yaml", values)) == names
