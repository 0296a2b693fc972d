"""When to be reminded: one's own choice, and what the practice does by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.people.models import Person
from homeport.people.posting import posted, saved, status_of, tried_beside
from homeport.scheduling.models import ReminderTimes
from homeport.scheduling.reminder_forms import RemindersForm
from homeport.scheduling.reminders import BY_ITSELF
from homeport.scheduling.services.choose_reminders import choose_reminders


@route(verb=Verb.SETTING, methods=FORM)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own."""
    return _page(request, Person.objects.get(pk=person_in(request)), "scheduling/reminders.html", "account")


@route(verb=Verb.SETTING, methods=FORM)
def practice(request: HttpRequest) -> HttpResponse:
    """Of everybody who chose nothing themselves."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    return _page(request, None, "scheduling/practice_reminders.html", "practice")


def _page(request: HttpRequest, person: Person | None, template: str, home: str) -> HttpResponse:
    form = RemindersForm(posted(request), initial=RemindersForm.values(_chosen(person)))
    done, theirs = tried_beside(
        form, lambda: _choose(request, person, form), lambda: RemindersForm.values(_chosen(person))
    )
    if done:
        return saved(request, _("Saved."), home)
    if person is None:
        form.fields["minutes"].label, form.fields["by_text"].help_text = (
            _("Remind people"),
            _("Where they allow texts."),
        )
    shown = {"here": home, "form": form, "theirs": theirs}
    return render(request, template, shown, status=status_of(form))


def _choose(request: HttpRequest, person: Person | None, form: RemindersForm) -> ReminderTimes:
    minutes, by_text, version = form.said()
    return choose_reminders(
        actor=actor_in(request), person=person, minutes=minutes, by_text=by_text, version=version
    )


def _chosen(person: Person | None) -> ReminderTimes:
    """What stands: their own choice, else the practice's, else ours; with version 0 where it is not their own."""
    own = ReminderTimes.objects.filter(person=person).first()
    if own is not None:
        return own
    usual = ReminderTimes.objects.filter(person=None).first()
    return ReminderTimes(minutes=usual.minutes if usual else list(BY_ITSELF), version=0)
