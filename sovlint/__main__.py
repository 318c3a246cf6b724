"""``python -m sovlint``: the same as the ``sovlint`` command."""

from sovlint.cli import main

if __name__ == "__main__":
    main(prog_name="sovlint")
