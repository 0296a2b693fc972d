"""Made-up words for any scoring key, so that it can be answered in a test: never the published ones."""

from homeport.catalogue.fit import Fit
from homeport.catalogue.models import InstalledWording
from homeport.catalogue.services.install_wording import install_wording
from homeport.content.instruments import Wording, WordingSource, load_key, resolve

# Read by a robot in a browser test, and at grade level: each says which question it stands in for, and no more.
LABELS = ["Not at all", "A little", "Somewhat", "A lot", "Very much", "Almost always", "Always"]


def words_for(instrument: str, *, language: str = "en", note: str = "") -> Wording:
    """A wording that fits the key of this id or alias."""
    key = load_key(resolve(instrument))
    options = {
        name: {value: LABELS[place % len(LABELS)] for place, value in enumerate(scale.values)}
        for name, scale in key.answer_scales.items()
    }
    return Wording(
        instrument=key.id,
        key_version=key.version,
        language=language,
        format=key.formats[0],
        instruction="Think of the days just past. How much does each line fit?",
        items={item.id: f"Made-up line number {item.number}.{note}" for item in key.items},
        options=options,
        item_options={},
        source=WordingSource("", "", "made-up.json", "0" * 64, "made up"),
    )


def install_words(instrument: str, *, language: str = "en", note: str = "") -> InstalledWording:
    """The same, installed."""
    wording = words_for(instrument, language=language, note=note)
    fit = Fit(
        wording=wording,
        key=load_key(wording.instrument),
        title=f"Made-up {wording.instrument}",
        kind="test",
        languages=(language,),
        kept=(),
        dropped=(),
        doubts=(),
        recognised=0,
    )
    return install_wording(fit=fit).row
