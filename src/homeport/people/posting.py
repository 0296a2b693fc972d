"""From a form to a service and back: what was typed stays, and what is wrong is said where it is wrong."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.errors import Unfit

Done = TypeVar("Done")
Theirs = list[tuple[str, str]]
UNTOLD = "version"


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also where that is nothing; None where the form was only asked for."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """What ``act`` returned, if the form is sound and the service agreed; else None, with the reason on the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Changed:
        raise
    except HomeportError as error:
        form.add_error(field_of(form, error), str(error))
        return None


def tried_beside(
    form: forms.Form, act: Callable[[], Done], fresh: Callable[[], dict[str, Any]]
) -> tuple[Done | None, Theirs]:
    """:func:`tried`, and where somebody else was faster, what stands there now (``fresh``) for :func:`beside`."""
    try:
        return tried(form, act), []
    except Changed as error:
        form.add_error(None, str(error))
        return None, beside(form, fresh())


def field_of(form: forms.Form, error: HomeportError) -> str | None:
    """The field that the error is about, where the form has it."""
    return error.field if isinstance(error, Unfit) and error.field in form.fields else None


def beside(form: forms.Form, fresh: dict[str, Any]) -> Theirs:
    """Somebody else was faster: what stands there now, as (label, value), where it differs from what was typed.

    The form keeps what was typed and takes over the new version, so that saving again means it.
    """
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[UNTOLD] = str(fresh.get(UNTOLD) or "")
    form.data = data
    differing = []
    for name, field in form.fields.items():
        if name == UNTOLD or name not in fresh:
            continue
        theirs = field.prepare_value(fresh[name])
        if field.has_changed(
            theirs, field.widget.value_from_datadict(data, form.files, form.add_prefix(name))
        ):
            differing.append((str(field.label), shown(field, theirs)))
    return differing


def shown(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        names = {str(code): str(name) for code, name in list(cast(Any, field.choices))}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(str(code), str(code)) for code in chosen if code not in (None, "")) or "–"
    return str(value) if value not in (None, "") else "–"


def status_of(form: forms.Form) -> int:
    """422 for a form that was not taken, 200 for one that was only asked for."""
    return 422 if form.is_bound else 200


def saved(request: HttpRequest, sentence: str, to: str, *args: Any) -> HttpResponse:
    """Say what was done and go on; going back in the browser sends nothing twice."""
    messages.success(request, sentence)
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def refused(request: HttpRequest, error: HomeportError, to: str, *args: Any) -> HttpResponse:
    """Say why nothing was done and go back, for a button that has no form to stand beside."""
    messages.error(request, str(error))
    return HttpResponseRedirect(resolve_url(to, *args), status=303)
