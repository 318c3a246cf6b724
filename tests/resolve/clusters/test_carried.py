"""Where files run that Terraform puts on machines which it makes: Compose projects and manifests."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import front_end as compose
from sovlint.frontends.kubernetes import manifests
from sovlint.frontends.terraform import front_end as terraform
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import joined_readings
from sovlint.resolve.resolver import resolve, settle
from tests.frontends.memory import MemoryReader
from tests.resolve.cluster_house import pod
from tests.resolve.house import DAY, catalog, shown

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
FALKENSTEIN = ("hetzner", "fsn1")
COMPOSE = "services: {web: {image: nginx}}\n"
SERVER = 'resource "hcloud_server" "a" {\n  location = "fsn1"\n'
CLOSED = SERVER + "}\n"
LOCAL = "locals { at = hcloud_server.a.ipv4_address }\n"
MACHINE = "hcloud_server.a.ipv4_address"


def _where(
    terraform_text: str, path: str = "infra/docker-compose.yml", **files: str
) -> tuple[object, object]:
    """Provider and region of the only thing that a file declares, beside a root that has a text."""
    every = {"infra/main.tf": terraform_text, path: COMPOSE, **files}
    reader, hints, options = MemoryReader(every), catalog().hints(), ReadOptions()
    reads = (terraform.read, manifests.read, compose.read)
    reading = joined_readings(read(reader, options, hints) for read in reads)
    assert reading.failures == ()
    resources, _ = settle(reading, catalog(), DAY)
    found, _ = resolve(resources, catalog(), ClassRules(), (), DAY, reading.looked_up)
    (one,) = [each for each in found if each.resource.where.span().path == path]
    (at,) = [each for each in one.placements if shown(each.role) == "compute"]
    return shown(at.provider), shown(at.region)


def _copied(source: str, host: str = MACHINE, to: str = "null_resource") -> str:
    return (
        f'resource "{to}" "up" {{\n  connection {{ host = {host} }}\n'
        f'  provisioner "file" {{\n    {source}\n    destination = "/srv/a.yml"\n  }}\n}}\n'
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (CLOSED + _copied('source = "docker-compose.yml"'), FALKENSTEIN),
        (CLOSED + _copied('source = "${path.root}/docker-compose.yml"', to="terraform_data"), FALKENSTEIN),
        (CLOSED + _copied('source = "${path.module}"'), FALKENSTEIN),
        (CLOSED + _copied('content = file("docker-compose.yml")'), FALKENSTEIN),
        (CLOSED + _copied('content = templatefile("${path.module}/docker-compose.yml", {})'), FALKENSTEIN),
        (CLOSED + LOCAL + _copied('source = "docker-compose.yml"', "local.at"), FALKENSTEIN),
        (
            SERVER + '  connection { host = self.ipv4_address }\n  provisioner "file" {\n    source = "docker-compose.yml"\n'
            '    destination = "/srv"\n  }\n}\n',
            FALKENSTEIN,
        ),
        (SERVER + '  user_data = file("docker-compose.yml")\n}\n', FALKENSTEIN),
        (SERVER + '  user_data = templatefile("a.tftpl", {b = base64encode(file("docker-compose.yml"))})\n}\n', FALKENSTEIN),
        # A machine that nobody knows, another file, a command that copies nothing.
        (f'{CLOSED}variable "host" {{}}\n' + _copied('source = "docker-compose.yml"', "var.host"), NOWHERE),
        (CLOSED + _copied('source = "docker-compose.yml"', '"10.0.0.1"'), NOWHERE),
        (CLOSED + _copied('source = "other.yml"'), NOWHERE),
        (CLOSED + 'resource "local_file" "a" {\n  content = file("docker-compose.yml")\n}\n', NOWHERE),
        (CLOSED, NOWHERE),
    ],
)  # fmt: skip
def test_a_project_runs_on_the_machine_that_it_is_put_on(
    text: str, place: tuple[object, object]
) -> None:
    found = _where(text)
    assert found == place or (place is NOWHERE and str(found[0]).startswith("no-evidence"))


def test_a_file_that_is_put_on_machines_of_two_companies_is_on_either() -> None:
    other = 'resource "scaleway_instance_server" "b" {\n  zone = "fr-par-1"\n}\n'
    copies = _copied('source = "docker-compose.yml"')
    more = _copied(
        'source = "docker-compose.yml"',
        "scaleway_instance_server.b.public_ip",
        "terraform_data",
    )
    assert _where(CLOSED + other + copies + more)[0] == {"hetzner", "scaleway"}


def test_manifests_that_are_put_on_a_machine_run_there() -> None:
    text = CLOSED + _copied('source = "k3s"')
    assert _where(text, "infra/k3s/pod.yaml", **{"infra/k3s/pod.yaml": pod()}) == FALKENSTEIN
