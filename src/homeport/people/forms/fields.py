"""Fields that several forms share."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from homeport.content.crisis import places
from homeport.content.jurisdictions import ELSEWHERE, GIVEN_BY_REGION, all_minors, regions
from homeport.core.words import LineField, VersionField, WordsField
from homeport.people.languages import language_code, language_name
from homeport.people.policies import zones

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = object
Choices = Iterable[tuple[str, Text]]
EARLIEST, LATEST, TOO_FAR = date(1900, 1, 1), date(2200, 1, 1), _("That day is too far away.")


def line(label: Text, *, empty: Text | None = None, longest: int = 120, **more: Any) -> forms.CharField:
    """One line of words; ``empty`` is what is said where it was left out, None where it may be."""
    said: dict[str, Text] = {"required": empty or "", "max_length": _("That is too long.")}
    return LineField(label=label, max_length=longest, required=empty is not None, error_messages=said, **more)


class ShortWords(forms.Textarea):
    """Room for a sentence or two."""

    lines = 2


def words(label: Text, *, empty: Text | None = None, longest: int = 4_000, **more: Any) -> forms.CharField:
    """Several lines of words."""
    return WordsField(
        label=label,
        empty=empty or "",
        longest=longest,
        required=empty is not None,
        widget=forms.Textarea(attrs={"rows": 4}),
        **more,
    )


def one_of(label: Text, choices: Callable[[], Choices] | Choices, **more: Any) -> forms.ChoiceField:
    """One of some choices, in a list that folds away."""
    said = {"required": _("Please choose one."), "invalid_choice": _("Please choose one from the list.")}
    return forms.ChoiceField(label=label, choices=choices, error_messages=said, **more)


def one_shown(label: Text, choices: Callable[[], Choices] | Choices, **more: Any) -> forms.ChoiceField:
    """One of a few choices, all of them in sight."""
    return one_of(label, choices, widget=forms.RadioSelect, **more)


def some_of(label: Text, choices: Callable[[], Choices] | Choices, **more: Any) -> forms.MultipleChoiceField:
    """As many of some choices as one likes."""
    said = {
        "required": _("Please choose at least one."),
        "invalid_choice": _("Please choose from the list."),
        "invalid_list": _("Please choose from the list."),
    }
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=said, **more
    )


def day(label: Text, *, empty: Text | None = None, **more: Any) -> forms.DateField:
    """A day of the calendar that can be counted from and to: 1900 to 2200."""
    said: dict[str, Text] = {"required": empty or "", "invalid": _("Write the day as 2027-03-31.")}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    near = [MinValueValidator(EARLIEST, TOO_FAR), MaxValueValidator(LATEST, TOO_FAR)]
    return forms.DateField(
        label=label, required=empty is not None, error_messages=said, widget=widget, validators=near, **more
    )


def yes(label: Text, **more: Any) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, **more)


def version() -> forms.IntegerField:
    """Which state of the thing this form began with; nothing where there was none."""
    return VersionField(required=False)


def whole(label: Text, *, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number between two."""
    wrong = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
    said = {"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong}
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=said, **more)


def mail(label: Text, *, empty: Text | None = None, **more: Any) -> forms.EmailField:
    """An e-mail address."""
    said: dict[str, Text] = {
        "required": empty or "",
        "invalid": _("That does not look like an e-mail address."),
    }
    return forms.EmailField(
        label=label, max_length=254, required=empty is not None, error_messages=said, **more
    )


class LanguagesField(forms.CharField):
    """Languages by their names, with commas between them; a list of codes once it is clean."""

    def __init__(self, label: Text, **more: Any) -> None:
        hint = more.pop("help_text", _("With commas between them, such as: English, French."))
        said = {"required": _("Write at least one language.")}
        super().__init__(label=label, max_length=300, help_text=hint, error_messages=said, **more)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(language_name, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = [part.strip() for part in str(super().clean(value)).split(",") if part.strip()]
        codes = [language_code(part) for part in typed]
        for part, code in zip(typed, codes, strict=True):
            if code is None:
                raise forms.ValidationError(_("We know no language called “%s”.") % part[:40])
        return list(dict.fromkeys(code for code in codes if code))


def zone_choices() -> list[tuple[str, str]]:
    """Every time zone, as people read it."""
    shown = [name for name in zones() if not name.startswith("Etc/")]
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in shown]


def jurisdiction_choices() -> list[tuple[str, str]]:
    """Every place whose rules for minors we know, and every other country and region that we know of."""
    known = {code: place.name for code, place in all_minors().items() if code != ELSEWHERE}
    for place in places():
        code = f"{place.country}-{place.region}" if place.region else place.country
        known[code] = f"{place.country_name} / {place.region_name}" if place.region else place.country_name
    for code, (country, name) in regions().items():
        known.setdefault(code, f"{known[country]} / {name}")
    ordered = sorted(known.items(), key=lambda entry: entry[1].casefold())
    return [*ordered, (ELSEWHERE, str(_("Somewhere else")))]


def licence_choices() -> list[tuple[str, str]]:
    """The places that give licences: the regions, and not the country, where each region gives its own."""
    return [(code, name) for code, name in jurisdiction_choices() if code not in GIVEN_BY_REGION]


def crisis_choices() -> list[tuple[str, str]]:
    """Every place whose crisis lines we know."""
    return [
        (code, name) for code, name in jurisdiction_choices() if code != ELSEWHERE and code in _with_lines()
    ]


def _with_lines() -> set[str]:
    return {f"{place.country}-{place.region}" if place.region else place.country for place in places()}
