"""No line that a report quotes shows a part of a secret that is put together there."""

from __future__ import annotations

from pathlib import Path

from sovlint.commands.parts import settled
from sovlint.lint import lint
from sovlint.model.request import Request

TEXT = """\
resource "aws_lambda_function" "f" {
  function_name = "f"
  tags          = { data_class = "health" }
  environment {
    variables = {
      DATABASE_URL = format("postgres://acme:%s@db.partenaire-sante.fr/a", join("", ["zeb", "razebra77"]))
      OTHER_STORE  = replace("postgres://acme:XX@db.partenaire-b.fr/a", "XX", "giraffe-giraffe-9")
    }
  }
}
"""


def test_a_quoted_line_has_no_part_of_a_secret(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(TEXT, encoding="utf-8")
    report = lint(settled.run(Request(paths=(tmp_path,), allow_failures=True)))
    shown = "\n".join(report.excerpts.values())
    assert "DATABASE_URL" in shown
    assert "OTHER_STORE" in shown
    assert "razebra77" not in shown
    assert "giraffe" not in shown
