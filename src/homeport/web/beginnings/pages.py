"""One section of an intake as a page, the page after it, and the one that leads to help: one's own, or that of a child."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.content.crisis import place_by_code
from homeport.content.intake import Intake, Section
from homeport.core import clock
from homeport.people.posting import Theirs, saved, status_of
from homeport.safety.selectors import anyone_reading_now
from homeport.web.beginnings.reaching import Mine
from homeport.web.lines import emergency_lines, groups

# Whom somebody calls who is afraid, or does not want to live, or fears for a child.
LISTENING = ("violence", "suicide", "emotional_support", "text", "sexual_harm")
FOR_A_CHILD = ("child_abuse", "youth", *LISTENING)


def section_of(asked: Intake, section_id: str) -> Section:
    """The section of that name. Raises ``Hidden`` where there is none."""
    found = asked.section(section_id)
    if found is None:
        raise Hidden
    return found


def section_page(
    request: HttpRequest,
    held: Mine,
    asked: Intake,
    one: Section,
    form: forms.Form,
    theirs: Theirs,
) -> HttpResponse:
    """One section as a page, with how far along it is."""
    shown = {
        "here": "home" if held.is_own else "children",
        "mine": held,
        "section": one,
        "number": asked.sections.index(one) + 1,
        "of": len(asked.sections),
        "form": form,
        "theirs": theirs,
    }
    return render(request, "beginnings/section.html", shown, status=status_of(form))


def section_kept(
    request: HttpRequest, held: Mine, asked: Intake, one: Section, *, leads_to_help: bool = False
) -> HttpResponse:
    """The section was kept: on to the next; by the private way first where what was said leads there."""
    if leads_to_help:
        name = "private-way" if held.is_own else "child-private-way"
        return HttpResponseRedirect(reverse(name, args=[held.part.pk, one.id]), status=303)
    return saved(request, _("Kept. You can change it at any time."), page_after(request, held, asked, one))


def page_after(request: HttpRequest, held: Mine, asked: Intake, one: Section) -> str:
    """Where somebody goes who sent this section: onward, or to the overview when they stop for now."""
    if request.POST.get("then") == "stop":
        return reverse("before", args=[held.part.pk])
    return next_address(held, asked, one)


def next_address(held: Mine, asked: Intake, one: Section) -> str:
    """The page after this section: the next one, after the last the overview."""
    after = asked.sections[asked.sections.index(one) + 1 :]
    if after:
        name = "intake-section" if held.is_own else "child-section"
        return reverse(name, args=[held.part.pk, after[0].id])
    return reverse("before", args=[held.part.pk])


def private_page(request: HttpRequest, held: Mine, asked: Intake, one: Section) -> HttpResponse:
    """Help now, in the place of the case. It says nothing of what was said."""
    place, today = place_by_code(held.part.case.jurisdiction), clock.today()
    listening = LISTENING if held.is_own else FOR_A_CHILD
    shown = {
        "here": "home" if held.is_own else "children",
        "mine": held,
        "emergency": emergency_lines(place, today),
        "groups": [each for each in groups(place, today) if each.kind in listening],
        "reading": anyone_reading_now(),
        "onward": next_address(held, asked, one),
    }
    return render(request, "beginnings/private_way.html", shown)
