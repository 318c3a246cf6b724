"""Our own configuration: ``sovlint.yaml`` or ``[tool.sovlint]``, and files of waivers."""
