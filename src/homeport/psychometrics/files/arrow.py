"""pyarrow, where it is installed: imported by the first function that needs it, never by the library itself."""

import importlib
from types import ModuleType

from homeport.core.errors import HomeportError


def arrow(part: str = "") -> ModuleType:
    """``pyarrow`` or one of its parts (``csv``, ``parquet``). Raises HomeportError where the extra is missing."""
    try:
        return importlib.import_module(f"pyarrow.{part}" if part else "pyarrow")
    except ImportError:
        raise HomeportError(
            "Reading answers from files needs the extra `science`: install Homeport with "
            "`pip install 'homeport[science]'`."
        ) from None
