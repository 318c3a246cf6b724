"""What sovlint answers with, as types: the one source of ``--format json``, of ``sovlint schema`` and of ``import sovlint``.

A struct here is a JSON object there, and has the same keys. Nothing here decides anything or knows how an answer was
found, so that whoever reads an answer needs no other part of sovlint.
"""

from __future__ import annotations

from sovlint.contract.facts import Facts as Facts
from sovlint.contract.findings import Finding as Finding
from sovlint.contract.map import Map as Map
from sovlint.contract.offers import Offers as Offers
from sovlint.contract.places import Placement as Placement
from sovlint.contract.report import Report as Report
