"""How a company, a place and the catalogue read when they are looked up."""
