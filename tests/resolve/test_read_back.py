"""What a command reads back from a database of this repository brings its class along."""

from __future__ import annotations

from pathlib import Path

from tests.exceptions.house import repository, scan

MAIN = """
provider "aws" {
  region = "eu-west-3"
}
resource "aws_db_instance" "claims" {
  engine = "postgres"
  tags   = { data_class = "health" }
}
resource "aws_instance" "reports" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  user_data     = <<EOT
#!/bin/bash
%s
EOT
}
"""
READS = "psql -h ${aws_db_instance.claims.address} -U app -c 'select * from claims'"
NOTHING = "psql -h localhost -U app -c 'select 1'"


def classes(tmp_path: Path, script: str) -> set[str]:
    """The classes of what the machine keeps or computes, by what is found of it."""
    folder = repository(tmp_path, {"main.tf": MAIN % script})
    found = scan(folder, "--show", "compliant")["findings"]
    mine = (each for each in found if each["address"] == "aws_instance.reports")
    return {name for each in mine for name in each["data"]}


def test_who_reads_a_database_carries_what_is_in_it(tmp_path: Path) -> None:
    assert classes(tmp_path, READS) == {"health"}


def test_who_reads_another_doesnt(tmp_path: Path) -> None:
    assert classes(tmp_path, NOTHING) == set()
