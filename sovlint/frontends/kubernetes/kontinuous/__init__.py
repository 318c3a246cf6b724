"""Kontinuous: values of charts that ship with the deployer, and templates, for each environment of a project."""
