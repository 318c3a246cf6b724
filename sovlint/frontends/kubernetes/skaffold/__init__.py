"""Skaffold: charts that its files install, with the values of each profile."""
