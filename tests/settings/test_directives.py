"""nginx's directives, however they are laid out, and where each stands."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import one, read

API = "https://api.eu-west-3.amazonaws.com"
THERE = "processor aws eu-west-3"


@pytest.mark.parametrize(
    "text",
    [
        f"location / {{ proxy_pass {API}; }}",
        f"server {{ listen 80; location / {{ proxy_pass {API}; }} }}",
        f"server{{listen 80;location /{{proxy_pass {API};}}}}",
        f"location / {{\n  proxy_pass\n    {API}/v1;\n}}",
        f'location / {{ proxy_pass "{API}"; }}',
        f"location / {{ proxy_pass {API}$request_uri; }}",
        f"# all\nlocation / {{ # all; of {{it}}\n proxy_pass {API}; }}",
        f"{{% if tls %}} location / {{ proxy_pass {API}; }} {{% endif %}}",
        f'<% if ENV["A"] then b {{ c; }} end %> location / {{ proxy_pass {API}; }}',
        f"location / {{ set $a ${{b}}; proxy_pass {API}; }}",
        f"upstream api {{ server {API.removeprefix('https://')}:443 max_fails=3; }}",
    ],
)
def test_a_directive_says_where_it_hands_on(text: str) -> None:
    assert set(one("nginx.conf", text + "\n").values()) == {THERE}


@pytest.mark.parametrize(
    "text",
    [
        f"location / {{ # proxy_pass {API};\n proxy_pass http://127.0.0.1; }}",
        "location / { proxy_pass $backend; }",
        f"location / {{ return 301 {API}; proxy_pass http://api; }}",
        "location / { proxy_pass http://api",
        f"server {{ server_name {API.removeprefix('https://')}; location / {{ proxy_pass http://api; }} }}",
    ],
)
def test_what_hands_on_to_nobody(text: str) -> None:
    assert one("nginx.conf", text + "\n") == {}


def test_each_of_a_line_has_its_place() -> None:
    other = "https://eu.i.posthog.com"
    text = f"# one line\nserver {{ location / {{ proxy_pass {API}; }} location /p {{ proxy_pass {other}; }} }}\n"
    spans = [each.sends[0].where.span() for each in read({"nginx.conf": text}).resources]
    assert [(span.line, span.column) for span in spans] == [
        (2, text.partition("\n")[2].index(f"proxy_pass {each}") + 1) for each in (API, other)
    ]


def test_all_of_a_file_count() -> None:
    text = f"location / {{\n  proxy_pass {API};\n}}\nlocation /p {{\n  proxy_pass https://eu.i.posthog.com;\n}}\n"
    assert one("nginx.conf", text) == {
        "proxy_pass": THERE,
        "proxy_pass.1": "processor posthog EU",
    }


def test_an_address_that_whoever_starts_it_fills_in_is_not_known() -> None:
    text = "location / { proxy_pass https://${BACKEND}; }"
    assert one("nginx.conf", text) == {"proxy_pass": "processor ? ?"}


@pytest.mark.parametrize(
    "name", ["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"]
)
def test_every_way_of_handing_on_counts(name: str) -> None:
    host = API.removeprefix("https://")
    assert one("nginx.conf", f"location / {{ {name} {host}:443; }}") == {name: THERE}


def test_a_variable_that_the_file_sets_once_is_put_in() -> None:
    text = f"location / {{ set $api {API}; proxy_pass $api/v1; }}"
    assert one("nginx.conf", text) == {"proxy_pass": THERE}
    assert one("nginx.conf", text + " location /b { set $api http://api:80; }") == {}


def test_access_logs_go_where_a_file_says() -> None:
    host = API.removeprefix("https://")
    text = f"uwsgi_pass app:3031; access_log syslog:server={host}:514,tag=web main;"
    assert one("nginx.conf", text) == {"server": THERE}
