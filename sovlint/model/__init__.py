"""THE VOCABULARY: the types that travel between the rooms. Standard library only."""
