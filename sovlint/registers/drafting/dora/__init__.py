"""The register of information of DORA: one module for each group of its sheets."""
