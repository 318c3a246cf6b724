"""Servers that hand on what people send: abroad it is told, inside it isn't, in every form of file."""

from __future__ import annotations

import json

import pytest

from tests.frontends.configuration.house import one

HOST = "search-acme.us-east-1.es.amazonaws.com"
THERE = "at-rest aws us-east-1"


def caddy_json(host: str) -> str:
    """Caddy's own form, with a route in a route."""
    inner = {"handle": [{"handler": "reverse_proxy", "upstreams": [{"dial": f"{host}:443"}]}]}
    outer = {"handle": [{"handler": "subroute", "routes": [inner]}]}
    return json.dumps({"apps": {"http": {"servers": {"a": {"routes": [outer]}}}}})


ENVOY = """\
admin: {{address: {{socket_address: {{address: 0.0.0.0, port_value: 9901}}}}}}
static_resources:
  clusters:
  - name: claims
    load_assignment:
      endpoints:
      - lb_endpoints:
        - endpoint: {{address: {{socket_address: {{address: {host}, port_value: 443}}}}}}
"""
FORMS = {
    "nginx.conf": "http {{ upstream be {{ server {host}:443; }} server {{ location / {{ proxy_pass https://be; }} }} }}",
    "conf.d/claims.conf": "location / {{ grpc_pass grpcs://{host}:443; }}",
    "Caddyfile": "claims.acme.fr {{\n\treverse_proxy /api/* web:80 https://{host}\n}}\n",
    "docker/Caddyfile": ":80 {{\n\treverse_proxy {{\n\t\tto {host}:443\n\t}}\n}}\n",
    "traefik/dynamic.yml": "http:\n  services:\n    a:\n      loadBalancer:\n        servers: [{{url: 'https://{host}'}}]\n",
    "traefik.toml": '[[http.services.a.loadBalancer.servers]]\nurl = "https://{host}"\n',
    "haproxy.cfg": "backend a\n  server web web:80 check\n  server b {host}:443 ssl verify required\n",
    "envoy.yaml": ENVOY,
    "httpd.conf": "<Location /a>\n  ProxyPass https://{host}/\n</Location>\n",
    "apache2.conf": "<Proxy balancer://a>\n  BalancerMember https://{host}\n</Proxy>\n",
    ".htaccess": "RewriteRule ^/a/(.*) https://{host}/b [QSA,P]\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_handed_on_abroad_is_told(name: str) -> None:
    assert set(one(name, FORMS[name].format(host=HOST)).values()) == {
        "processor aws us-east-1"
    }


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("host", ["web", "10.0.0.4", "claims.default.svc.cluster.local"])
def test_what_stays_inside_is_nothing(name: str, host: str) -> None:
    assert one(name, FORMS[name].format(host=host)) == {}


def test_caddy_hands_on_in_json() -> None:
    assert set(one("caddy.json", caddy_json(HOST)).values()) == {"processor aws us-east-1"}
    assert one("caddy.json", caddy_json("web")) == {}


def test_addresses_that_are_none_of_where_something_is_handed_on() -> None:
    assert (
        one("httpd.conf", f"ServerName {HOST}\nProxyPassReverse /a https://{HOST}/\n") == {}
    )
    assert one(".htaccess", f"RewriteRule ^(.*)$ https://{HOST}/$1 [R=301,L]\n") == {}
    assert one("haproxy.cfg", f"frontend a\n  acl b hdr(host) -i {HOST}\n") == {}


def test_an_address_in_a_public_net_is_not_known() -> None:
    assert one("nginx.conf", "location / { proxy_pass http://52.1.2.3:80; }") == {
        "proxy_pass": "processor ? ?"
    }


@pytest.mark.parametrize("written", ["{$BACKEND}", "https://{$BACKEND}", "{env.BACKEND}:443"])
def test_what_whoever_starts_caddy_fills_in_is_not_known(written: str) -> None:
    assert one("Caddyfile", f"a {{\n\treverse_proxy {written}\n}}\n") == {
        "reverse_proxy.0": "processor ? ?"
    }


def test_a_default_of_caddy_is_the_value() -> None:
    text = "a {\n\treverse_proxy {$BACKEND:https://%s}\n}\n"
    assert one("Caddyfile", text % HOST) == {"reverse_proxy.0": "processor aws us-east-1"}
    assert one("Caddyfile", text % "web") == {}


def test_a_proxy_that_signs_people_in_hands_them_on() -> None:
    text = f'provider = "oidc"\noidc_issuer_url = "https://sso.acme.fr"\nupstreams = ["https://{HOST}"]\n'
    assert one("oauth2-proxy.cfg", text)["upstreams.0"] == "processor aws us-east-1"
