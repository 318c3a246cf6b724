"""WHAT IS WRITTEN FOR PEOPLE TO GO ON WITH: drafts of their files, from what a run found. Pure, as reports are."""
