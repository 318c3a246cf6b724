"""THE WORLD: who runs what, who can compel them, where it is, what it holds; data with sources and dates."""
