"""Telling what `terraform show -json` and state files hold from other JSON, without parsing it.

Shared by the front ends: what is a plan or a state is no manifest, whatever stands in it.
"""

from __future__ import annotations

_OF_SHOW = (b'"planned_values"', b'"resource_changes"', b'"values"', b'"prior_state"')
_OF_STATE = (b'"version"', b'"serial"', b'"lineage"', b'"resources"')
_OF_OLD_STATE = (b'"version"', b'"serial"', b'"modules"')
_ENCRYPTED = (b'"encrypted_data"', b'"encryption_version"')
_FIRST = ((b'"format_version"', b'"terraform_version"'), (b'"serial"', b'"lineage"'))


def is_plan_or_state(data: bytes) -> bool:
    """Whether a text is what Terraform or OpenTofu print of a plan or a state, or a state file (the JSON formats that
    both document)."""
    if data[:1024].lstrip()[:1] != b"{":
        return False
    if b'"format_version"' in data and b'"terraform_version"' in data:
        return any(key in data for key in _OF_SHOW)
    return is_state(data)


def is_state(data: bytes) -> bool:
    """Whether a text is a state file, of whatever version, or OpenTofu's encrypted one."""
    return any(
        all(key in data for key in keys) for keys in (_OF_STATE, _OF_OLD_STATE, _ENCRYPTED)
    )


def begins_as_plan_or_state(head: bytes) -> bool:
    """Whether a text of which no more than the beginning is known may be one: what tells it stands first."""
    return head[:1024].lstrip()[:1] == b"{" and any(
        all(key in head for key in keys) for keys in _FIRST
    )
