"""Which processors of an inventory are asked for a contract: one scan, each entry judged by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sovlint.lint import lint
from sovlint.model.request import Request
from sovlint.stages.run import Run
from tests.scratch import write

SERVICES = """\
services:
  - {id: nothing, vendor: Zendesk, data: [health]}
  - {id: claims-count-as-health, vendor: Zendesk, data: [contact, claims]}
  - {id: contract-alone, vendor: Zendesk, data: [health], contract: {reference: C-1}}
  - {id: agreement-alone, vendor: Zendesk, data: [health], dpa: {reference: C-1 annex 2}}
  - {id: no-health-data, vendor: Zendesk, data: [contact, nir]}
  - {id: claims-by-its-name-alone, vendor: Zendesk, purpose: health claims}
  - {id: run-by-ourselves, vendor: Sentry, self_hosted: true, data: [health]}
  - {id: over, vendor: Zendesk, data: [health], end: 2026-06-30}
  - id: whose-papers-are-the-vendors
    vendor: Brevo
    data: [health]
    contract: {reference: C-2}
    sub_processors: [{name: Éditique du Ponant, data: [health]}]
"""
DOCUMENT = """\
{"bomFormat": "CycloneDX", "specVersion": "1.6", "services": [
  {"bom-ref": "listed", "name": "listed", "provider": {"name": "Zendesk"}, "endpoints": ["https://a.zendesk.com"],
   "data": [{"flow": "inbound", "classification": "health"}]}]}
"""


def test_only_processors_of_health_data_without_any_paper(tmp_path: Path) -> None:
    write(tmp_path, {"saas.yaml": SERVICES, "bom.json": DOCUMENT})
    report = lint(Run(Request(paths=(tmp_path,), as_of=date(2026, 11, 24))))
    assert "saas:listed" in {each.resource.address for each in report.findings}
    found = [
        each.resource.address
        for each in report.findings
        if each.policy == "saas-processor-contract"
    ]
    assert found == ["saas:claims-count-as-health", "saas:nothing"]
