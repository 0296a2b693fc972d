"""From files to a fitted wording, with its source on record. Writes nothing."""

from pathlib import Path

from homeport.catalogue.fetching import NotFetched, fetch_source
from homeport.catalogue.fit import Fit
from homeport.catalogue.readers.instrument import ReadInstrument
from homeport.catalogue.readers.opening import Supplied
from homeport.catalogue.readers.reading import read, read_path
from homeport.catalogue.services.fit_wording import fit_wording
from homeport.catalogue.sources import public_source, sources_of
from homeport.content.instruments import WordingSource, load_key
from homeport.core.errors import HomeportError


def fit_path(path: Path, *, name: str = "", language: str = "", order: str = "", form: str = "") -> Fit:
    """Read what lies at ``path`` and fit it to the key called ``name``, or to the one it is recognised as."""
    supplied, found = read_path(path, language=language, form=form)
    return _fit(supplied, found, name=name, language=language, order=order)


def fit_public(name: str, *, language: str = "", order: str = "") -> Fit:
    """Fetch the first public source of an instrument that can be had, and fit it. Raises NotFetched for none."""
    key = load_key(name)
    sources = sources_of(key.id, language)
    if not sources:
        what = f"in {language} " if language and sources_of(key.id) else ""
        raise HomeportError(
            f"No public source of the {key.abbreviation} {what}is on record. If you hold its wording, give the file: "
            f"homeport instruments install {key.id} --from PATH"
        )
    failed: NotFetched | None = None
    for source in sources:
        try:
            supplied = fetch_source(source)
        except NotFetched as error:
            failed = failed or error
            continue
        found = read(supplied, language=language if len(source.languages) > 1 else "")
        return _fit(supplied, found, name=key.id, language=language or source.languages[0], order=order)
    assert failed is not None
    raise failed


def _fit(supplied: Supplied, found: ReadInstrument, *, name: str, language: str, order: str) -> Fit:
    public = public_source(supplied)
    if public is not None:
        source, known = public.recorded(), public.known
    else:
        shown = supplied.name.encode("utf-8", "replace").decode()[:300]
        source, known = WordingSource("", "", shown, supplied.sha256, found.licence), ()
    return fit_wording(found, source=source, name=name, language=language, order=order, known=known)
