"""One section of an intake as a page, and the page after it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from homeport.content.intake import Intake, Section
from homeport.people.posting import status_of
from homeport.web.beginnings.reaching import Mine


def section_page(
    request: HttpRequest,
    held: Mine,
    asked: Intake,
    one: Section,
    form: forms.Form,
    theirs: list[tuple[str, str]],
) -> HttpResponse:
    """One section as a page, with how far along it is."""
    shown = {
        "here": "home",
        "mine": held,
        "section": one,
        "number": asked.sections.index(one) + 1,
        "of": len(asked.sections),
        "form": form,
        "theirs": theirs,
    }
    return render(request, "beginnings/section.html", shown, status=status_of(form))


def page_after(request: HttpRequest, held: Mine, asked: Intake, one: Section) -> str:
    """Where somebody goes who sent this section: onward, or to the overview when they stop for now."""
    if request.POST.get("then") == "stop":
        return reverse("before", args=[held.part.pk])
    return next_address(held, asked, one)


def next_address(held: Mine, asked: Intake, one: Section) -> str:
    """The page after this section: the next one, after the last the overview."""
    after = asked.sections[asked.sections.index(one) + 1 :]
    if after:
        return reverse("intake-section", args=[held.part.pk, after[0].id])
    return reverse("before", args=[held.part.pk])
