"""The report on paper: see sovlint/report/README.md."""
