"""Docker Compose: project files -> services and volumes, as the Compose specification reads them."""

from sovlint.frontends.compose.front_end import FRONT_END, read

__all__ = ["FRONT_END", "read"]
