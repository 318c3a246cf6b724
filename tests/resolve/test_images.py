"""What an image says of data: software for health records has health data; lookalikes say nothing."""

from __future__ import annotations

import pytest

from tests.resolve.house import classes
from tests.resolve.manifests_house import placed


def found(image: str, kind: str = "Deployment", name: str = "a") -> dict[str, str]:
    """Classes of a workload that runs an image."""
    (only,) = placed(
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n  template:\n    spec:\n"
        f"      containers: [{{name: c, image: '{image}'}}]\n"
    )
    return classes(only)


@pytest.mark.parametrize(
    "image",
    [
        "hapiproject/hapi:v7.4.0", "docker.io/hapiproject/hapi", "registry.acme.example:5000/mirror/hapiproject/hapi:1",
        "hapiproject/hapi@sha256:0123", "hapiproject/hapi:${TAG}", "{{ .Values.registry }}/hapiproject/hapi:1",
        "ghcr.io/acme/hapi-fhir-jpaserver-starter:main", "orthancteam/orthanc:24.6.1", "jodogne/orthanc-plugins",
        "dcm4che/dcm4chee-arc-psql:5.34.1-secure", "openmrs/openmrs-reference-application-3-backend:qa",
        "openemr/openemr:7.0.2", "nextgenhealthcare/connect:4.5", "mcr.microsoft.com/healthcareapis/r4-fhir-server",
        "docker.smilecdr.com/smilecdr:2026.05.R01", "jembi/openhim-core:8", "samply/blaze",
    ],
)  # fmt: skip
def test_software_for_health_records(image: str) -> None:
    assert found(image) == {"health": "intrinsic"}


@pytest.mark.parametrize(
    "image",
    [
        "acme/orthanc-explorer-docs", "orthanc", "hapi:7", "acme/hapi", "hapiproject/hapi-cli-tool:1",
        "nginx:hapiproject-hapi", "openmrs/openmrs-reference-application-3-frontend", "ohif/app:v3", "acme/blaze",
        "hapiproject/hapi${SUFFIX}", "${IMAGE}", "connect:4", "firely/server/docs", "dcm4che/ldap:1",
    ],
)  # fmt: skip
def test_lookalikes(image: str) -> None:
    assert found(image) == {}


def test_software_that_as_often_has_no_persons_is_a_guess() -> None:
    assert found("dhis2/core:42") == {"health": "inferred"}


def test_an_image_of_an_init_container_counts_and_one_in_a_custom_resource_does_not() -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  initContainers: [{name: i, image: samply/blaze}]\n"
    assert classes(placed(text)[0]) == {"health": "intrinsic"}
    text = "apiVersion: acme.dev/v1\nkind: Thing\nmetadata: {name: a}\nspec: {image: samply/blaze}\n"
    assert classes(placed(text)[0]) == {}
