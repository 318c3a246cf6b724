"""What reads as an inventory of INI, and what is a file of another program."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes.ansible.inventories import is_ini
from sovlint.model.source import SourceFile


@pytest.mark.parametrize(
    "text",
    [
        "[web]\nw1\nw2 ansible_host=10.0.0.1\n",
        "[web:vars]\ndsn = a\n",
        "localhost\n",
        "10.0.0.1 ansible_user=a\n",
        'local ansible_connection=local ansible_python_interpreter="/usr/bin/env python3"\n',
        "# hosts\n\n[web]\n",
        "w[01:20].acme.fr\n",
    ],
)
def test_an_inventory(text: str) -> None:
    assert is_ini(SourceFile("inventory", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "6.24.0\n",
        "[pytest]\naddopts = -v --cov app\n",
        "[general]\nignore=B6\ncontrib = a\n",
        "FROM debian:13\n",
        "all: build\n",
        "",
    ],
)
def test_a_file_of_another_program(text: str) -> None:
    assert not is_ini(SourceFile("VERSION", text.encode()))
