"""A question, a first call, a wish to begin: what is asked of whoever asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.directory.services.put_request import LONGEST
from homeport.people.forms.fields import line, mail, one_shown, words, yes
from homeport.people.offers import Together


class QuestionForm(forms.Form):
    """A question to one therapist. Nothing but the question and a way to answer it must be said."""

    words = words(
        _("Your question"),
        empty=_("Write what you would like to ask."),
        longest=LONGEST,
        help_text=_("Say as little as you like. Names of others are not needed."),
    )
    called = line(_("What may we call you?"), help_text=_("Any name will do."))
    contact = mail(
        _("Your e-mail address"),
        empty=_("Write an e-mail address that we can answer to."),
        help_text=_("Only for the answer. Choose one that nobody else reads."),
    )
    share = yes(
        _("Send what I chose along"),
        help_text=_("What brings me, and what I wish for. It can save you telling it twice."),
    )


class CallForm(QuestionForm):
    """A free first call at a time that is free."""

    words = words(
        _("What should they know before?"), longest=LONGEST, help_text=_("You can leave this empty.")
    )
    time = one_shown(_("When?"), [])

    field_order = ("time", "called", "contact", "words", "share")


class BeginForm(forms.Form):
    """The wish to begin, of somebody who is signed in."""

    format = one_shown(_("Who would come?"), Together.choices)
    words = words(_("What should they know?"), longest=LONGEST, help_text=_("You can leave this empty."))
    share = yes(_("Send what I chose along"), help_text=_("What brings me, and what I wish for."))


class ChangeForm(forms.Form):
    """The wish for another therapist. No reason is asked for."""

    words = words(
        _("Is there something intake should know?"),
        longest=LONGEST,
        help_text=_("You can leave this empty. Only intake reads it. Whom you see now never does."),
    )
