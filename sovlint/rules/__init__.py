"""Engines that say of settings, commands and configurations where data goes, by rules of the catalogue."""
