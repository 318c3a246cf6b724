"""Kustomize in the project itself: kustomizations -> the objects that ``kustomize build`` would print, with where each
field was written last. Nothing is fetched or run: what lies elsewhere is told and stays unknown."""
