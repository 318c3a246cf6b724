"""No secret of a configuration file is ever printed: in no format, whatever the file and however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

SECRET = "hunter2hunter2"
URL = f"postgres://u:{SECRET}@db.acme.fr/claims?token={SECRET}"

FILES = {
    ".env": f"DATABASE_URL={URL}\nOPENAI_API_KEY={SECRET}\nREDIS_HOST=cache.acme.fr:6380,password={SECRET},ssl=True\n"
    f"SENTRY_DSN=https://{SECRET}:{SECRET}@o1.ingest.sentry.io/4\nKAFKA_BROKERS=a b password={SECRET}\n"
    f'SLACK_WEBHOOK_URL=https://hooks.slack.com/services/T/{SECRET}\nSMTP_HOST="${{X}}{SECRET}@mail.acme.fr"\n',
    "application.yml": f"spring:\n  datasource:\n    url: jdbc:postgresql://db.acme.fr/x?password={SECRET}\n"
    f"  redis.host: ENC({SECRET})\nsentry.dsn: vault:{SECRET}\nspring.mail.host: ${{{SECRET}}}\n",
    "bootstrap.properties": f"spring.rabbitmq.addresses=amqp://u:{SECRET}@queue.acme.fr,amqp://u:{SECRET}@b.acme.fr\n",
    "appsettings.json": (
        f'{{"ConnectionStrings": {{"A": "Server=db.acme.fr;User Id=u;Password={SECRET}"}}}}'
    ),
    "sovlint.yaml": "data:\n  paths: {'**': [health]}\n",
}


@pytest.mark.parametrize(
    "output",
    [
        "text",
        "json",
        "sarif",
        "github",
        "markdown",
        "junit",
        "gitlab-sast",
        "gitlab-codequality",
    ],
)
def test_reports(output: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert SECRET not in _run(tmp_path, "scan", "--format", output)


@pytest.mark.parametrize("output", ["json", "table", "csv", "cyclonedx", "cyclonedx-xml"])
def test_facts(output: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert SECRET not in _run(tmp_path, "facts", "--format", output)


def test_drafts(tmp_path: Path) -> None:
    write(tmp_path, {name: text for name, text in FILES.items() if name != "sovlint.yaml"})
    assert SECRET not in _run(tmp_path, "init", "--print")


def _run(folder: Path, command: str, *options: str) -> str:
    (folder / ".git").mkdir()
    done = CliRunner().invoke(main, [command, str(folder), *options])
    assert done.exit_code in (0, 1), done.output
    assert "config:" in done.output or "db.acme.fr" in done.output or command == "init", (
        done.output
    )
    return done.output
