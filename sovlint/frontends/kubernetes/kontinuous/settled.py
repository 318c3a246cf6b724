"""The objects of one environment, settled: whose secrets they are, and in which namespace."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated
from sovlint.frontends.cluster.made_secrets import made_names
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.value import Unknown


def forget_made(objects: list[ManifestObject], before: int) -> None:
    """Take away secrets that a chart makes where templates say what is in them: the chart leaves those as they are."""
    there = {
        name
        for each in objects[:before]
        for name in ((each.name,) if each.type == "Secret" else made_names(each))
    }
    made_here = objects[before:]
    objects[before:] = [
        each for each in made_here if each.type != "Secret" or each.name not in there
    ]


def in_namespace(objects: list[ManifestObject]) -> list[ManifestObject]:
    """Objects in the environment's namespace where they name none: that which the others name, if it is one."""
    named = {each.namespace for each in objects if _is_known(each)} - {""}
    if len(named) != 1:
        return [each if _is_known(each) else replace(each, namespace="") for each in objects]
    (namespace,) = named
    return [
        each if each.namespace and _is_known(each) else replace(each, namespace=namespace)
        for each in objects
    ]


def _is_known(found: ManifestObject) -> bool:
    """Whether all of the namespace is known that an object names."""
    written = found.get("metadata", "namespace").data
    return not (isinstance(written, Evaluated) and isinstance(written.given, Unknown))
