"""WHERE IT SITS, WHAT IT CARRIES, WHERE IT GOES: resources -> placements, classes, flows. Pure."""
