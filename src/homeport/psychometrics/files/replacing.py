"""Writing a file whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homeport.core.errors import HomeportError
from homeport.core.ids import new_id


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A file beside ``out`` to write into. It takes the place of ``out`` at the end; any error or Ctrl-C removes it.

    Raises HomeportError when the folder is missing, may not be written to, or is full.
    """
    target = Path(os.path.realpath(out))
    if target.is_dir():
        raise HomeportError(f"{out} is a folder; the name of a file is wanted.")
    if not target.parent.is_dir():
        raise HomeportError(f"The folder {target.parent} does not exist.")
    if target.exists() and not target.is_file():
        raise HomeportError(f"{out} is not an ordinary file.")
    draft = target.with_name(f".{new_id()}.part")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise HomeportError(f"{out} could not be written: {why}.") from None
    finally:
        draft.unlink(missing_ok=True)


def check_apart(source: Path, out: Path) -> None:
    """Refuse to write over what is read, whatever the two are called. Raises HomeportError."""
    try:
        same = out.exists() and out.samefile(source)
    except OSError:
        same = False
    if same:
        raise HomeportError(f"{out} is the file that is read: give the result another name.")
