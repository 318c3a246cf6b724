"""sovlint: which data lands where, who runs it, and which state can compel them."""

__version__ = "0.2.0"
