"""What a custom resource stands for: the type and the arguments of another plug-in, and no cluster."""

from __future__ import annotations

import pytest

from sovlint.model.resources.resource import TRUE, Binding, Named, Resource
from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.resolve.places.known_resources import stand_in
from tests.resolve.house import catalog
from tests.resolve.names.test_here import Given

WHERE = Span("k8s/claims.yaml", 3, 1, 3, 9)
CROSSPLANE = "kubernetes/crossplane-scaleway"
GROUP = "rdb.scaleway.upbound.io"


def custom(kind: str, plugin: str | None, **said: object) -> Resource:
    """A custom resource in a cluster at OVHcloud; ``said``: its ``spec``, with two underscores for each dot."""
    values = {f"spec.{path.replace('__', '.')}": Known(value) for path, value in said.items()}
    binding = None if plugin is None else Binding(plugin, Given({"a": Known("b")}), WHERE)
    cluster = Named(Known("ovhcloud"), Known("gra"))
    return Resource(
        "k8s:-/x", kind, "kubernetes", None, None, False, TRUE, WHERE, Given(values), binding, cluster
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "type_there"),
    [
        (f"Instance.{GROUP}", "scaleway_rdb_instance"),
        (f"Nothing.{GROUP}", f"Nothing.{GROUP}"),  # of the same company, whatever it is
    ],
)
def test_it_is_of_the_other_plug_in_and_in_no_cluster(kind: str, type_there: str) -> None:
    found = stand_in(custom(kind, CROSSPLANE, initProvider={"nodeType": "x"}), catalog())
    assert (found.type, found.address, found.named) == (type_there, "k8s:-/x", None)
    assert found.binding is not None
    assert (found.binding.plugin, found.binding.where) == ("scaleway/scaleway", WHERE)
    assert found.binding.settings.read("a") == ()
    assert texts(found, "node_type") == ["x"]


def texts(resource: Resource, path: str) -> list[object]:
    values = (each.value for each in resource.attributes.read(path))
    return [each.value for each in values if isinstance(each, Known)]


@pytest.mark.parametrize(
    ("kind", "plugin", "said", "region"),
    [
        (f"Instance.{GROUP}", CROSSPLANE, {"forProvider": {"region": "a"}, "initProvider": {"region": "b"}}, ["a"]),
        (f"Instance.{GROUP}", CROSSPLANE, {"forProvider": {}, "initProvider": {"region": "b"}}, ["b"]),
        (f"Instance.{GROUP}", CROSSPLANE, {"region": "a", "forProvider__locationConstraint": "b"}, []),
        ("Bucket.s3.aws.crossplane.io", "kubernetes/crossplane-aws-classic",
         {"region": "a", "forProvider__locationConstraint": "b"}, ["b"]),
    ],
)  # fmt: skip
def test_its_region_stands_where_the_catalogue_says(
    kind: str, plugin: str, said: dict[str, object], region: list[str]
) -> None:
    assert texts(stand_in(custom(kind, plugin, **said), catalog()), "region") == region


@pytest.mark.parametrize(
    ("kind", "plugin"),
    [
        ("ProviderConfig.scaleway.upbound.io", CROSSPLANE),  # a type of its own
        ("scaleway_rdb_instance", "scaleway/scaleway"),
        (f"Instance.{GROUP}", "acme/unknown"),
        (f"Instance.{GROUP}", None),
    ],
)
def test_what_stands_for_nothing_is_itself(kind: str, plugin: str | None) -> None:
    own = custom(kind, plugin)
    assert stand_in(own, catalog()) is own
