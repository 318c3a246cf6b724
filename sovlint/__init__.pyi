from sovlint.interface import ScanOptions as ScanOptions
from sovlint.interface import SovlintError as SovlintError
from sovlint.interface import facts as facts
from sovlint.interface import scan as scan

__version__: str
