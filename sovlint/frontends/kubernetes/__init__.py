"""The Kubernetes front end: manifests of plain YAML or JSON -> resources."""

from sovlint.frontends.kubernetes.manifests import read

__all__ = ["read"]
