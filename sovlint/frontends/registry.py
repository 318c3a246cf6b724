"""Every front end, to read top to bottom. One that finds nothing to read, going by names, isn't imported."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.frontends import compose, configuration, kubernetes, saas, terraform
from sovlint.frontends.base import FrontEnd

FRONT_ENDS: Mapping[str, FrontEnd] = {
    "terraform": terraform.read,
    "kubernetes": kubernetes.read,
    "compose": compose.read,
    "saas": saas.read,
    "configuration": configuration.read,
}
