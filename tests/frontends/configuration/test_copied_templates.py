"""Templates of settings that a pipeline copies to where they are read: what they say is sure then, even an unlisted host."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import told

ADDRESS = "DATABASE_URL=postgres://u@db.partenaire-sante.fr/claims\n"
SURE = {"app/.env.template#DATABASE_URL": "at-rest ? ?"}
JOBS = {
    ".github/workflows/deploy.yml": "on: push\njobs: {{{job}: {{steps: [{{run: '{line}'}}]}}}}\n",
    ".gitlab-ci.yml": "{job}: {{script: ['{line}']}}\n",
}


@pytest.mark.parametrize("path", JOBS)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cp app/.env.template app/.env", SURE),
        ("cd app && cp .env.template .env", SURE),
        ("mv app/.env.template .env.production", SURE),
        ("cat app/.env.template > app/.env", SURE),
        ("sed -e s/a/b/ app/.env.template > app/.env", SURE),
        ("cd app; envsubst < .env.template > .env", SURE),
        ("cp app/.env.template /tmp/kept", {}),
        ("cat app/.env.template", {}),
        ("cp other/.env.template other/.env", {}),
        ("diff app/.env.template app/.env", {}),
    ],
)
def test_what_a_pipeline_copies(path: str, line: str, expected: dict[str, str]) -> None:
    text = JOBS[path].format(job="ship", line=line)
    found = told({"app/.env.template": ADDRESS, path: text})
    assert {key: each for key, each in found.items() if key.startswith("app/")} == expected


def test_what_a_job_of_tests_copies_says_nothing() -> None:
    text = JOBS[".gitlab-ci.yml"].format(job="test", line="cp .env.example .env")
    assert told({".env.example": ADDRESS, ".gitlab-ci.yml": text}) == {}


def test_what_people_copy_says_nothing() -> None:
    files = {".env.example": ADDRESS, "Makefile": "setup:\n\tcp .env.example .env\n"}
    assert told(files) == {}


def test_a_company_that_is_known_is_sure_too() -> None:
    bucket = "LAKE=https://acme.s3.us-east-1.amazonaws.com\n"
    text = JOBS[".gitlab-ci.yml"].format(job="ship", line="cp .env.example .env")
    assert told({".env.example": bucket}) == {
        ".env.example#LAKE": "at-rest aws us-east-1 if used"
    }
    copied = told({".env.example": bucket, ".gitlab-ci.yml": text})
    assert copied == {".env.example#LAKE": "at-rest aws us-east-1"}
