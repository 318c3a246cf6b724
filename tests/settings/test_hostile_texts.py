"""Texts that make a careless reader take the square of their length end in time, and their neighbours are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_hostile import run, tree

LONG = 300_000
HOSTILE = {
    "tags of Ruby left open": (
        "config/database.yml",
        "production:\n  url: <%= " + "<%= " * LONG,
    ),
    "a tag of Ruby with blanks": (
        "config/database.yml",
        'production:\n  url: <%= ENV["A"]' + " " * LONG + "x %>\n",
    ),
    "a key of TOML with many parts": ("fly.toml", "a." * LONG + "a = 1\n"),
    "a quoted key of TOML with many parts": ("fly.toml", '"a" . ' * 60_000 + "a = 1\n"),
    "tables of TOML in each other": (
        "fly.toml",
        "app = 'a'\nx = " + "[" * 990 + "]" * 990 + "\n",
    ),
    "blank lines in a collector's file": (
        "otel-collector-config.yaml",
        "receivers:\n" + "\n" * LONG,
    ),
    "braces left open": ("logstash.conf", "output { " * LONG),
    "commands in commands": (
        ".github/workflows/a.yml",
        "on: push\njobs: {a: {steps: [{run: '" + "$(" * LONG + "'}]}}",
    ),
    "quotes left open": (".env.production", "A='" * LONG),
    "references in references": ("application.yml", "a: " + "${a:" * 50_000),
    "quotes of an image left open": ("Dockerfile", "FROM a\nENV A=1" + ' B="' * LONG),
    "an instruction that goes on": ("Dockerfile", "FROM a\nRUN a \\\n" * 60_000),
    "texts that nobody ends": ("Dockerfile", "FROM a\n" + "RUN <<A <<B\n" * 30_000),
    "quotes of a unit left open": (
        "a.service",
        "[Service]\nEnvironment=" + '"A=b ' * 100_000,
    ),
    "stages left open": ("Jenkinsfile", "stage('a') { withEnv([" * 40_000),
    "scripts left open": ("Jenkinsfile", 'sh """a' * 100_000),
    "signs at the end of a line": ("a.conf", "a = https://a.acme.com" + ";," * LONG + "x"),
    "blanks before nothing": ("a.conf", "https://a.acme.com\n" + "a" + " " * LONG),
    "addresses after each other": ("Caddyfile", "a {\n reverse_proxy " + "{$A:" * LONG),
    "servers after each other": ("haproxy.cfg", "server a " + "a-" * LONG + ":80"),
    "labels of a host": ("nginx.conf", "proxy_pass " * 100_000 + "a." * 100_000 + ";"),
    "rules that hand on": (
        "apache2.conf",
        "RewriteRule a " + "https://" * 100_000 + " [" + "P," * 1_000,
    ),
    "statements of SQL": (
        "db/a.sql",
        "CREATE SUBSCRIPTION " * 40_000 + "CONNECTION 'host=" * 20_000,
    ),
    "files that include files": ("nginx/a.conf", "include *;" * 50_000),
    "calls after each other": (
        ".github/workflows/a.yml",
        "jobs:\n"
        + "".join(
            f"  a{n}: {{uses: ./.github/workflows/a.yml, with: {{a: '{n}'}}}}\n"
            for n in range(5_000)
        ),
    ),
    "elements in elements": ("web.config", "<configuration>" + "<a>" * LONG),
}


@pytest.mark.endless
@pytest.mark.timed
@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends(name: str, tmp_path: Path) -> None:
    path, text = HOSTILE[name]
    env = "SENTRY_DSN=https://k@o1.ingest.us.sentry.io/1\n"
    done = run(tree(tmp_path / "repository", {".env": env, path: text}), command="facts")
    assert done.exit_code == 0, done.output[-500:]
    assert "config:.env#SENTRY_DSN" in done.stdout
