"""WHAT WAS WRITTEN: syntax and scope, no geography."""
