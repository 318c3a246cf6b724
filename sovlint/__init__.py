"""sovlint: which data lands where, who runs it, and which state can compel them. ``docs/python.md`` has an example."""

from importlib import import_module

__all__ = ["ScanOptions", "SovlintError", "__version__", "facts", "scan"]
__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    """What programs import is loaded when they ask for it: a command mustn't wait for that. ``__init__.pyi`` has types."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("sovlint.interface"), name)
