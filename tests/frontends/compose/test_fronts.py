"""What stands in front of services of a project, by words, files and labels; odd ones too."""

from __future__ import annotations

import pytest

from sovlint.frontends.compose import front_end
from sovlint.model.inputs import ReadOptions
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

PROXY = "  web: {{image: '{image}', volumes: ['{mount}']}}\n"


def fronts(body: str, **files: str) -> set[tuple[str, str]]:
    """The calls from one service to another: what is behind, and what is in front."""
    text = (
        f"services:\n  claims: {{image: acme/claims}}\n  site: {{image: acme/site}}\n{body}"
    )
    found = front_end.read(
        MemoryReader({"compose.yaml": text, **files}), ReadOptions(), catalog().hints()
    )
    return {
        (each.address.removeprefix("compose:"), link.address.removeprefix("compose:"))
        for each in found.resources
        for link in each.links
        if link.kind == "call"
    }


WORDS = [
    ("image: cloudflare/cloudflared, command: tunnel --url http://claims:8080", {"claims"}),
    ("image: cloudflare/cloudflared, command: [tunnel, run], environment: {TUNNEL_URL: 'http://claims'}", {"claims"}),
    ("image: cloudflare/cloudflared, command: version", set()),
    ("image: cloudflare/cloudflared, command: tunnel --url http://elsewhere:80", set()),
    ("image: cloudflare/cloudflared, command: tunnel --url http://${NAME}:80", set()),
    ("image: cloudflare/cloudflared, command: tunnel run", {"claims", "site"}),
    ("image: cloudflare/cloudflared, command: tunnel run, network_mode: host", set()),
    ("image: cloudflare/cloudflared, command: tunnel --url http://localhost, network_mode: 'service:site'", {"site"}),
    ("image: ngrok/ngrok, command: http claims:80", {"claims"}),
    ("image: ngrok/ngrok, command: [http, 'https://site']", {"site"}),
    ("image: node, command: npx lt --port 80 --local-host claims", {"claims"}),
    ("image: acme/app, command: serve --url http://claims", set()),
]  # fmt: skip


@pytest.mark.parametrize(("tunnel", "behind"), WORDS)
def test_a_tunnel(tunnel: str, behind: set[str]) -> None:
    found = fronts(f"  tunnel: {{{tunnel}}}\n")
    assert {each for each, front in found if front == "tunnel"} == behind
    assert not {front for each, front in found if each == "tunnel"} & behind


FILES = [
    ("nginx:1.27", "upstream a { server claims:8080 weight=2; }\n", {"claims"}),
    ("nginx", "# nothing\nserver { server_name claims.acme.fr; root /site; }\n", set()),
    ("caddy:2", "claims.acme.fr {\n  reverse_proxy /api/* claims:8080\n}\n", {"claims"}),
    ("haproxy", "backend a\n  server one claims:8080 check\n  server two 10.0.0.1:80\n", {"claims"}),
    ("traefik:v3", "http:\n  services:\n    a: {loadBalancer: {servers: [{url: 'http://claims:80'}]}}\n", {"claims"}),
    ("httpd", "ProxyPass /api http://claims:8080/\nProxyPassReverse /api http://site/\n", {"claims"}),
    ("envoyproxy/envoy:v1", "socket_address:\n  address: claims\n", {"claims"}),
    ("acme/app", "proxy_pass http://claims;\n", set()),
]  # fmt: skip


@pytest.mark.parametrize(("image", "text", "behind"), FILES)
@pytest.mark.parametrize(
    "mount",
    ["./web/a.conf:/etc/a", "./web:/etc/web", "web:/etc/web", "/srv/web:/etc/web", "..:/etc"],
)
def test_a_proxy_by_the_files_that_it_mounts(
    image: str, text: str, behind: set[str], mount: str
) -> None:
    found = fronts(PROXY.format(image=image, mount=mount), **{"web/a.conf": text})
    expected = behind if mount.startswith("./") else set()
    assert found == {(each, "web") for each in expected}


def test_labels_and_variables_that_tell_a_proxy() -> None:
    told = "  api: {image: a, labels: [traefik.enable=true]}\n"
    told += "  off: {image: a, labels: {traefik.enable: 'False', traefik.port: 80}}\n"
    assert fronts(f"{told}  door: {{image: 'traefik:v3'}}\n") == {("api", "door")}
    assert fronts(told) == set()
    hosted = "  api: {image: a, environment: {VIRTUAL_HOST: api.acme.fr}}\n"
    assert fronts(f"{hosted}  door: {{image: nginxproxy/nginx-proxy}}\n") == {("api", "door")}
