"""The SaaS front end: inventories that people write (``saas.yaml``) and CycloneDX documents -> resources."""

from sovlint.frontends.saas.front_end import read

__all__ = ["read"]
