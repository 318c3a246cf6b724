"""Compares a plug-in's file in the catalogue with the schema that the plug-in publishes (``make published``).

Not part of what ships: it runs in a checkout, and needs the network only to download a package by name.
"""
