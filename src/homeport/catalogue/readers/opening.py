"""Opening what a person points at: a file, a folder or a zip, within limits, and nothing else.

Devices, pipes and sockets are refused before they are read; a link may not lead out of its folder; a zip is refused when
its directory promises more than a questionnaire could hold, and again when its content turns out larger than promised.
"""

import errno
import os
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath

from homeport.catalogue.readers.instrument import NotAnInstrument

LARGEST_FILE = 5_000_000  # bytes; the largest real one seen has 60,000
LARGEST_TOTAL = 20_000_000
MOST_FILES = 1_000
DEEPEST_FOLDER = 6
HIGHEST_RATIO = 100  # a zip of text rarely passes 20
ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # one that holds something, and an empty one


@dataclass(frozen=True, slots=True)
class Supplied:
    """Files by their path inside what was given. ``main`` is the one pointed at, "" for a folder or a zip."""

    name: str
    files: Mapping[str, bytes]
    main: str = ""
    packed: str = ""  # SHA-256 of the zip they came in

    @property
    def sha256(self) -> str:
        """Of the file or zip; of a folder, over its names and the hashes of their content."""
        if self.packed:
            return self.packed
        if len(self.files) == 1 and self.main:
            return sha256(self.files[self.main]).hexdigest()
        lines = [f"{name} {sha256(self.files[name]).hexdigest()}\n" for name in sorted(self.files)]
        return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def open_supplied(path: Path) -> Supplied:
    """What lies at ``path``. Raises NotAnInstrument, in one sentence, for anything that cannot be read or is too large."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return Supplied(path.name or "folder", _folder(path))
        data = _regular_file(path)
    except (OSError, ValueError) as error:
        raise NotAnInstrument(_why_not(path, error)) from None
    if data.startswith(ZIP):
        return Supplied(path.name, unzip(data), packed=sha256(data).hexdigest())
    return Supplied(path.name, {path.name: data}, path.name)


def beside(path: Path) -> Supplied:
    """The folder in which ``path`` lies, with ``main`` on it: for a file that refers to its neighbours."""
    try:
        return Supplied(path.name, _folder(path.parent), path.name)
    except (OSError, ValueError) as error:
        raise NotAnInstrument(_why_not(path.parent, error)) from None


def _why_not(path: Path, error: Exception) -> str:
    shown = "".join(character if character.isprintable() else "?" for character in str(path))[:300]
    if not isinstance(error, OSError):
        return f"{shown} is not a path."
    known = {
        errno.ENOENT: "does not exist",
        errno.ENOTDIR: "does not exist",
        errno.EACCES: "may not be read by this user",
        errno.EPERM: "may not be read by this user",
        errno.ELOOP: "is a link that leads back to itself",
        errno.ENAMETOOLONG: "is too long to be a path",
        errno.ENXIO: "is not a file",
    }
    return f"{shown} {known.get(error.errno or 0, 'cannot be read (' + (error.strerror or 'unknown') + ')')}."


def _regular_file(path: Path) -> bytes:
    # Opened without waiting, and judged after opening: what was a file a moment ago may be a pipe now.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise NotAnInstrument(f"{path.name or path} is a device, pipe or socket, not a file.")
        if found.st_size > LARGEST_FILE:
            raise NotAnInstrument(_too_large(path.name, found.st_size))
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise NotAnInstrument(_too_large(path.name, len(data)))
    return data


def _too_large(name: str, size: int) -> str:
    return f"{name[:120]} has {size / 1e6:,.0f} MB; a questionnaire has at most {LARGEST_FILE / 1e6:.0f} MB."


def _folder(root: Path) -> dict[str, bytes]:
    """Its files, hidden ones and those too large for a questionnaire left out; counted before any is opened."""
    paths = _listed(root)
    if sum(size for _, size in paths) > LARGEST_TOTAL:
        raise NotAnInstrument(
            f"{root.name or root} holds more than {LARGEST_TOTAL / 1e6:.0f} MB; point at one instrument."
        )
    return {path.relative_to(root).as_posix(): _regular_file(path) for path, _ in paths}


def _listed(root: Path) -> list[tuple[Path, int]]:
    home = root.resolve(strict=True)
    paths: list[tuple[Path, int]] = []
    seen = 0
    for here, folders, names in os.walk(root, onerror=_raise):
        place = Path(here)
        depth = len(place.relative_to(root).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and depth < DEEPEST_FOLDER)
        seen += len(folders) + len(names)
        if seen > MOST_FILES:
            raise NotAnInstrument(
                f"{root.name or root} holds more than {MOST_FILES:,} files; point at one instrument."
            )
        for path in (place / name for name in sorted(names) if not name.startswith(".")):
            if path.is_file() and path.resolve().is_relative_to(home):
                size = path.stat().st_size
                paths += [(path, size)] if size <= LARGEST_FILE else []
    return paths


def _raise(error: OSError) -> None:
    raise error


def unzip(data: bytes) -> dict[str, bytes]:
    """The files of a zip in memory. Raises NotAnInstrument for anything that smells of a trap."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_directory(entries, len(data))
            return _contents(archive, entries)
    except NotAnInstrument:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotAnInstrument(f"The zip is damaged or of an unknown kind ({_short(error)}).") from None
    except Exception as error:  # zlib, lzma and bz2 each raise errors of their own
        raise NotAnInstrument(f"The zip cannot be unpacked ({_short(error)}).") from None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80].rstrip(".") or type(error).__name__


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MOST_FILES:
        raise NotAnInstrument(f"The zip holds {len(entries):,} files; an instrument has a handful.")
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_TOTAL or (total > 1_000_000 and total > HIGHEST_RATIO * packed):
        raise NotAnInstrument(
            f"The zip would unpack to {total / 1e6:,.0f} MB: no questionnaire is that large."
        )
    names: set[str] = set()
    for entry in entries:
        name, shown = entry.filename, "".join(c if c.isprintable() else "?" for c in entry.filename)[:80]
        path = PurePosixPath(name)
        # `orig_filename` still has what zipfile cuts off at a zero byte.
        if path.is_absolute() or ".." in path.parts or "\\" in entry.orig_filename or ":" in name:
            raise NotAnInstrument(f"The zip holds a path that leads out of it: {shown}.")
        if "\x00" in entry.orig_filename or name.casefold() in names:
            raise NotAnInstrument(f"The zip holds one name twice or a broken one: {shown}.")
        if entry.flag_bits & 0x1:
            raise NotAnInstrument("The zip is locked with a password; unpack it first.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise NotAnInstrument(f"The zip holds a link: {shown}.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAnInstrument("The zip is packed in an unusual way; pack it again as an ordinary zip.")
        names.add(name.casefold())


def _contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.file_size > LARGEST_FILE:
            raise NotAnInstrument(_too_large(entry.filename, entry.file_size))
        with archive.open(entry) as file:
            data = file.read(LARGEST_FILE + 1)
        total += len(data)
        if len(data) > LARGEST_FILE or total > LARGEST_TOTAL:
            raise NotAnInstrument("The zip holds more than its directory says: it is damaged or a trap.")
        files[entry.filename] = data
    return files
