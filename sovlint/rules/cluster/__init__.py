"""What the catalogue says of objects of a cluster besides where they lie: what stands in front, and what is switched on."""
