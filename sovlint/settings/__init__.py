"""WHAT FILES OF SETTINGS SAY: their syntax, to names, values and places. No geography, and nothing is ever executed."""
