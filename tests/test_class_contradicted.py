"""A data class that a variable declares stays declared, whatever other values of that variable stand here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.exceptions.house import EEA, committed, counting, scan

ROOT: Final = """\
variable "it" {
  default = DEFAULT
}
provider "aws" {
  region = "us-east-1"
}
resource "aws_s3_bucket" "a" {
  bucket = "a"
  tags   = TAGS
}
"""
WORD: Final = ('"health"', "{ data_class = var.it }")
MAP: Final = ('{ data_class = "health" }', "var.it")
PLAN: Final = "plan:\n\tterraform plan -var '%s'\n"


@pytest.mark.parametrize(
    ("default", "tags", "path", "text"),
    [
        (*WORD, "Makefile", PLAN % "it=anonymous"),
        (*WORD, "Makefile", PLAN % "it=$(CLASS)"),
        (*WORD, ".envrc", "export TF_VAR_it=$CLASS\n"),
        (WORD[0], "{ data_class = upper(var.it) }", "Makefile", PLAN % "it=anonymous"),
        (WORD[0], "{ data_class = upper(var.it) }", "Makefile", PLAN % "it=$(CLASS)"),
        (WORD[0], '{ data_class = "${var.it}" }', "Makefile", PLAN % "it=$(CLASS)"),
        (
            "true",
            '{ data_class = var.it ? "health" : "anonymous" }',
            "Makefile",
            PLAN % "it=false",
        ),
        (*MAP, "envs/dev.tfvars", 'it = { data_class = "anonymous" }\n'),
        (*MAP, "Makefile", PLAN % "it=$(TAGS)"),
        (MAP[0], 'merge(var.it, { team = "claims" })', "Makefile", PLAN % "it=$(TAGS)"),
    ],
)
def test_what_another_value_here_contradicts(
    tmp_path: Path, default: str, tags: str, path: str, text: str
) -> None:
    main = ROOT.replace("DEFAULT", default).replace("TAGS", tags)
    committed(tmp_path, {"main.tf": main, path: text})
    assert (EEA, "aws_s3_bucket.a") in counting(scan(tmp_path))


def test_that_nothing_personal_is_in_it_is_not_sure_then(tmp_path: Path) -> None:
    main = ROOT.replace("DEFAULT", '"anonymous"').replace("TAGS", WORD[1])
    committed(tmp_path, {"main.tf": main, "Makefile": PLAN % "it=health"})
    assert counting(scan(tmp_path)) == {("data-class-known", "aws_s3_bucket.a")}
