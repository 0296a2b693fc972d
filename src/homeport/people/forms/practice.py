"""The practice: its first start, its settings, its words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import (
    LanguagesField,
    crisis_choices,
    jurisdiction_choices,
    line,
    mail,
    one_of,
    version,
    whole,
    yes,
    zone_choices,
)
from homeport.people.models import Practice
from homeport.people.set_up_code import is_set_up_code
from homeport.people.words import LONGEST, OURS

NAME = _("The name of the practice")
WHERE = _("Where it is")
LAW = _("Its law sets the defaults for minors and for keeping records.")
YEARS = _("Years to keep a closed record")


class SetUpForm(forms.Form):
    """Everything that is asked at the first start, in one page."""

    code = line(
        _("The set-up code"),
        empty=_("Write the code that Homeport showed when it started."),
        longest=40,
        help_text=_("Homeport shows it where it was started. It keeps strangers out."),
    )
    name = line(NAME, empty=_("Give the practice a name."))
    jurisdiction = one_of(WHERE, jurisdiction_choices, help_text=LAW)
    zone = one_of(_("Time zone"), zone_choices)
    languages = LanguagesField(_("Languages spoken"))
    crisis_region = one_of(
        _("Crisis lines of"),
        crisis_choices,
        required=False,
        help_text=_(
            "Shown where a visitor’s own place is not known. Those of the practice’s place, if you leave it open."
        ),
    )
    retention_years = whole(
        YEARS, least=1, most=100, initial=10, help_text=_("Ten is common. Ask your college.")
    )
    manager_name = line(_("Your name"), empty=_("Write your name."))
    manager_email = mail(_("Your e-mail address"), empty=_("Write the address you will sign in with."))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_set_up_code(code):
            raise forms.ValidationError(_now("That is not the code of this installation."))
        return code

    def clean_crisis_region(self) -> str:
        """The lines of the place itself, or of its country, where none were chosen."""
        said: str = self.cleaned_data["crisis_region"]
        here = str(self.cleaned_data.get("jurisdiction", ""))
        known = {code for code, _name in crisis_choices()}
        found = next((code for code in (said, here, here.partition("-")[0]) if code in known), "")
        if not found and here:
            raise forms.ValidationError(_now("We know no lines there. Choose those that come closest."))
        return found

    def said(self) -> dict[str, Any]:
        """What was filled in, without the code."""
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}


class PracticeForm(forms.Form):
    """What can be changed later."""

    name = line(NAME, empty=_("Give the practice a name."))
    jurisdiction = one_of(WHERE, jurisdiction_choices, help_text=LAW)
    zone = one_of(_("Time zone"), zone_choices)
    languages = LanguagesField(_("Languages spoken"))
    crisis_region = one_of(_("Crisis lines of"), crisis_choices)
    retention_years = whole(YEARS, least=1, most=100)
    retention_years_minor = whole(
        _("Years to keep a minor’s record"),
        least=1,
        most=100,
        help_text=_("Counted from the day they come of age."),
    )
    neutral_sender = line(
        _("Sender of neutral mail"),
        longest=60,
        help_text=_("A name that gives nothing away, for those who asked for that."),
    )
    uses_outcomes = yes(
        _("Let lists of therapists look at outcomes"),
        help_text=_(
            "A little, from fifteen people on, and with the margin of error in words. Off until you decide."
        ),
    )
    version = version()

    @staticmethod
    def values(practice: Practice) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(practice, name) for name in PracticeForm.base_fields}


class WordsForm(forms.Form):
    """The practice's own words for three of ours."""

    client_one = line(_("One client"), longest=LONGEST)
    client_many = line(_("Many clients"), longest=LONGEST)
    session_one = line(_("One session"), longest=LONGEST)
    session_many = line(_("Many sessions"), longest=LONGEST)
    plan_one = line(_("One plan"), longest=LONGEST)
    plan_many = line(_("Many plans"), longest=LONGEST)
    version = version()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in OURS:
            one, many = said.get(f"{name}_one", ""), said.get(f"{name}_many", "")
            if bool(one) != bool(many):
                self.add_error(f"{name}_{'many' if one else 'one'}", _now("Write both, or neither."))
        return said

    def said(self) -> dict[str, list[str]]:
        """The words as the practice keeps them: those left empty are ours."""
        said = self.cleaned_data
        return {name: [said[f"{name}_one"], said[f"{name}_many"]] for name in OURS if said[f"{name}_one"]}

    @staticmethod
    def values(practice: Practice) -> dict[str, Any]:
        """What the form shows at first."""
        shown: dict[str, Any] = {"version": practice.version}
        for name, (one, many) in practice.words.items():
            shown |= {f"{name}_one": one, f"{name}_many": many}
        return shown
