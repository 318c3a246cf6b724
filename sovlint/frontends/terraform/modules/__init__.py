"""Modules and their instances: who calls whom, and what names mean in each."""
