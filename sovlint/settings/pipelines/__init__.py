"""Configurations of pipelines (logs, metrics, traces, alerts) and of what keeps them: the outlets that are in use."""
