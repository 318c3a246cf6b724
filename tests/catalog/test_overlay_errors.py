"""Overlays that are wrong: each problem has file, line and what was expected, and a collision names both entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.load import load, overlay_problems
from sovlint.errors import SovlintError

SOURCES = "sources:\n  docs: {url: 'https://example.org', date: '2026-11-24', supports: it, basis: read}\n"


def provider(name: str, alias: str, title: str) -> str:
    return (
        f"id: {name}\nname: {title}\naliases: [{alias}]\n"
        f"kind: iaas\nstatus: active\noperator: hetzner-online\n{SOURCES}"
        "regions:\n  par1: {country: FR, source: docs}\n"
    )


def plugin(name: str, local: str, more: str = "") -> str:
    return (
        f"id: {name}\n{more}local_name: {local}\nprefixes: [{local}]\nprovider: {{candidates: [hetzner]}}\n{SOURCES}"
        f"source: docs\ntypes:\n  {local}_store: {{role: at-rest, service: s}}\n"
    )


CASA = {"providers/casa.yaml": provider("casa", "casa cloud", "Casa")}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"providers/casa.yaml": "id: [\n"}, "providers/casa.yaml:2:1: "),
        (
            {"providers/casa.yaml": ""},
            "providers/casa.yaml:1:1: a catalogue file holds one document, a mapping.",
        ),
        (
            {"providers/casa.yaml": "- a\n"},
            "providers/casa.yaml:1:1: a catalogue file holds one document, a mapping.",
        ),
        ({"provider/casa.yaml": "id: casa\n"}, "`provider/casa.yaml` is no catalogue file"),
        (
            {"providers/casa.yaml": provider("casa", "casa", "Casa") + "nmae: x\n"},
            "providers/casa.yaml:11:1: unknown key `nmae`. Did you mean `name`?",
        ),
        (
            {"providers/casa.yaml": provider("casa", "casa", "Casa").replace("[casa]", "3")},
            "providers/casa.yaml:3:1: `aliases` must be of type array, not 3.",
        ),
        (
            {
                "providers/casa.yaml": provider("casa", "casa", "Casa").replace(
                    "source: docs", "source: dcos"
                )
            },
            "no source `dcos` under `sources`. Did you mean `docs`?",
        ),
        (
            {
                "providers/casa.yaml": provider("casa", "casa", "Casa").replace(
                    "hetzner-online", "hetzner-onlin"
                )
            },
            "providers/casa.yaml:6:1: `hetzner-onlin` isn't among entities. Did you mean `hetzner-online`?",
        ),
        (
            {"providers/casa.yaml": provider("casa", "Hetzner Cloud", "Casa")},
            "providers/casa.yaml:3:11: `hetznercloud` means hetzner already (in the shipped catalogue).",
        ),
        (
            {**CASA, "providers/casb.yaml": provider("casb", "casa cloud", "Casb")},
            "providers/casa.yaml:3).",
        ),
        (
            {**CASA, "providers/casb.yaml": provider("casa", "other", "Other")},
            "providers/casb.yaml:1:1: `casa` is also in ",
        ),
        (
            {
                "plugins/a.yaml": plugin("acme/casa", "casa"),
                "plugins/b.yaml": plugin("acme/casb", "casb", "sources_of: [Acme/Casa]\n"),
            },
            "plugins/b.yaml:2:14: `acme/casa` means acme/casa already (at ",
        ),
        (
            {
                "plugins/a.yaml": plugin(
                    "acme/casa", "casa", "sources_of: [datadog/datadog]\n"
                )
            },
            "plugins/a.yaml:2:14: `datadog/datadog` means datadog/datadog already (in the shipped catalogue).",
        ),
        (
            {"plugins/a.yaml": plugin("acme/casa", "datadog")},
            "plugins/a.yaml:2:1: `local name datadog` means datadog/datadog already (in the shipped catalogue).",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_loaded(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    found = [each.message for each in overlay_problems([tmp_path])]
    assert any(said in each for each in found), found
    assert all(each.startswith(str(tmp_path)) for each in found)
    with pytest.raises(SovlintError):
        load([tmp_path])
    assert load().find_provider("casa cloud") is None
