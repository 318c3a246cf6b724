"""Jenkinsfiles: environments and scripts, each in its stage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents.syntaxes.jenkins import trees
from sovlint.model.source import SourceFile
from sovlint.model.value import Known
from sovlint.rules.files.configuration import Format
from sovlint.settings.entries import entries
from tests.frontends.configuration.house import one, read

STORE = "claims.abc.us-east-1.rds.amazonaws.com"


def plain_format() -> Format:
    """A format that changes nothing."""
    return Format(id="a", files=("a",), source="a", positive=(), negative=())


def told(text: str) -> dict[str, object]:
    """What stands at each path; ``None`` for what isn't known."""
    (tree,) = trees(SourceFile("Jenkinsfile", text.encode()))
    return {
        "/".join(each.path): each.value.value if isinstance(each.value, Known) else None
        for each in entries(tree, plain_format())
    }


def test_environments_and_scripts_are_those_of_their_stage() -> None:
    text = """\
pipeline {
  environment { A = 'b'  // C = 'd'
    KEY = credentials('key') }
  stages {
    stage('one') { steps { sh 'make' ; sh(script: "x { y", returnStdout: true) } }
    stage('two') {
      environment { A = "c" }
      steps { withEnv(['E=f']) { bat '''one
two''' } }
    }
  }
  post { always { sh label: 'end', script: 'end' } }
}
def G = 'no variable of the environment'
"""
    assert told(text) == {
        "environment/A": "b",
        "environment/KEY": None,
        "stages/0/steps/0": "make",
        "stages/0/steps/1": "x { y",
        "stages/1/environment/A": "c",
        "stages/1/environment/E": "f",
        "stages/1/steps/0": "one\ntwo",
        "steps/0": "end",
    }


def test_a_stage_sends_by_its_variables_and_its_scripts() -> None:
    # The variable says what the command says: that is told once.
    text = f"""\
pipeline {{
  environment {{ EXPORT = 'https://acme.s3.us-east-1.amazonaws.com' }}
  stages {{ stage('a') {{ environment {{ H = '{STORE}' }} steps {{ sh "pg_dump -h ${{H}} claims" }} }} }}
}}
"""
    assert one("Jenkinsfile", text) == {
        "environment.EXPORT": "at-rest aws us-east-1",
        "stages.0.pg_dump": "at-rest aws us-east-1",
    }


def test_it_counts_as_a_file_of_which_more_isnt_read() -> None:
    text = "pipeline { environment { SMTP_HOST = 'smtp.acme.fr' } }\n"
    reading = read({"Jenkinsfile": text})
    assert len(reading.resources) == 1
    assert reading.files == ()


@given(st.text(alphabet="shenviroment{}()[]'\"=/* \nstage", max_size=300))
def test_whatever_stands_in_it_it_ends(text: str) -> None:
    told(text)
