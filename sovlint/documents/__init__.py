"""YAML and JSON documents as plain data with positions, and their validation against a schema, for people.

Used by every room that reads YAML (configuration, policies, catalogue, manifests, inventories).
"""

from __future__ import annotations

from sovlint.documents.document import Document
from sovlint.documents.errors import MAX_DEPTH, MAX_DOCUMENTS, DocumentError, TooLargeError
from sovlint.documents.loading import load, tagged
from sovlint.documents.places import Path
from sovlint.documents.scalars import scalar
from sovlint.documents.validation import closest, faults, problems

__all__ = [
    "MAX_DEPTH",
    "MAX_DOCUMENTS",
    "Document",
    "DocumentError",
    "Path",
    "TooLargeError",
    "closest",
    "faults",
    "load",
    "problems",
    "scalar",
    "tagged",
]
