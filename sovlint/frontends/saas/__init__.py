"""The SaaS front end: inventories that people write (``saas.yaml``) -> resources."""

from sovlint.frontends.saas.inventory import read

__all__ = ["read"]
