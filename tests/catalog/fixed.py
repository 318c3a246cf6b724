"""An overlay of invented companies, whose days and owners don't change with the world."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from tests.catalog.house import SHIPPED

WRITTEN = Path(__file__).with_name("fixed")


def overlay(at: Path) -> Path:
    """A folder for ``--catalog`` below ``at``: what is written in ``fixed``, and its offers beside those that ship, which
    takes ``--trust-overlay``."""
    folder = at / "fixed"
    shutil.copytree(WRITTEN, folder, ignore=shutil.ignore_patterns("offers.yml"))
    (folder / "qualifications").mkdir()
    for scheme, offers in yaml.load(
        (WRITTEN / "offers.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
    ).items():
        name = f"qualifications/{scheme}.yaml"
        shipped = yaml.load((SHIPPED / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
        shipped |= {"offers": [*shipped["offers"], *offers], "replaces": True}
        (folder / name).write_text(yaml.dump(shipped, allow_unicode=True), encoding="utf-8")
    return folder
