"""Every front end, to read top to bottom."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.frontends.base import FrontEnd
from sovlint.frontends.compose import front_end as compose
from sovlint.frontends.kubernetes import manifests
from sovlint.frontends.saas import front_end as saas
from sovlint.frontends.terraform import front_end as terraform

FRONT_ENDS: Mapping[str, FrontEnd] = {
    "terraform": terraform.read,
    "kubernetes": manifests.read,
    "compose": compose.read,
    "saas": saas.read,
}
