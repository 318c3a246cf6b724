"""Jinja's templates and expressions with values that may be unknown: Jinja's own parser, evaluated here."""
