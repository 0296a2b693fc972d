"""Groups with places: for whoever would like one, and for whoever leads them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import (
    FORM,
    WRITES,
    Hidden,
    actor_in,
    get_case,
    person_in,
    require_duty,
    route,
    standing_in,
)  # fmt: skip
from homeport.access.on_cases import CaseAct, cases_for
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.cases.selectors import case_with_people, cases_with_people
from homeport.core.errors import HomeportError
from homeport.people.models import Person
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.scheduling.forms.groups import GroupForm, PlaceForm
from homeport.scheduling.groups import free_places, groups_for
from homeport.scheduling.models import Group, Offering, Waiting
from homeport.scheduling.namesakes import people_apart
from homeport.scheduling.services.join_group import join_group, leave_group, wait_for_place
from homeport.scheduling.services.keep_group import change_group, open_group


@route(verb=Verb.LIST)
def mine(request: HttpRequest) -> HttpResponse:
    """The groups that one is in, waits for or may join."""
    person = Person.objects.get(pk=person_in(request))
    found = groups_for(standing_in(request), person)
    return render(request, "scheduling/groups.html", {"here": "appointments", "groups": found})


@route(verb=Verb.CREATE, methods=WRITES)
def join(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Take a place."""
    group, me = _group(group_id), person_in(request)
    called = request.POST.get("called", "")[:60]
    try:
        join_group(actor=actor_in(request), group=group, person_id=me, called=called)
    except HomeportError as error:
        return refused(request, error, "groups")
    return saved(request, _("You have a place. The times stand among your appointments."), "groups")


@route(verb=Verb.CREATE, methods=WRITES)
def wait(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Wait for a place."""
    wait_for_place(actor=actor_in(request), group=_group(group_id), person_id=person_in(request))
    return saved(request, _("We write to you as soon as a place is free."), "groups")


@route(verb=Verb.WITHDRAW, methods=WRITES)
def leave(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Give one's place back."""
    leave_group(actor=actor_in(request), group=_group(group_id), person_id=person_in(request))
    return saved(request, _("You have left the group."), "groups")


@route(verb=Verb.LIST)
def led(request: HttpRequest) -> HttpResponse:
    """The groups that one leads."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    ids = cases_for(standing_in(request), CaseAct.ARRANGE)
    groups = Group.objects.filter(case_id__in=ids).select_related("offering").order_by("name", "pk")
    rows = [(group, group.places - max(0, free_places(group))) for group in groups]
    context = {"here": "week", "groups": rows, "offers": bool(_offerings(request))}
    return render(request, "scheduling/groups_led.html", context)


@route(verb=Verb.CREATE, methods=FORM)
def add(request: HttpRequest) -> HttpResponse:
    """A new group."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    offerings = _offerings(request)
    if not offerings:
        raise Hidden
    choices = [(str(one.pk), one.get_way_display()) for one in offerings]
    form = GroupForm(posted(request), offerings=choices)

    def act() -> Group:
        chosen = next(one for one in offerings if str(one.pk) == form.cleaned_data["offering"])
        return open_group(actor=actor_in(request), offering=chosen, **form.said())

    made = tried(form, act) if request.method == "POST" else None
    if made is not None:
        return saved(request, _("The group is there. Now book its times."), "group", made.pk)
    return render(
        request, "scheduling/group_new.html", {"here": "week", "form": form}, status=status_of(form)
    )


@route(verb=Verb.CHANGE, methods=FORM)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: what it is, who is in it, who waits."""
    found, case = _led(request, group_id)
    names = ("name", "about", "places", "is_open", "version")
    stands = {name: getattr(found, name) for name in names} | {"names": case.members_know_names}
    form = GroupForm(posted(request), initial=stands)

    def act() -> bool:
        version = form.cleaned_data["version"] or 0
        change_group(actor=actor_in(request), group=found, version=version, **form.said())
        return True

    if request.method == "POST":
        try:
            done = tried(form, act)
        except HomeportError as error:  # somebody was faster
            form.add_error(None, str(error))
            done = None
        if done:
            return saved(request, _("Saved."), "group", group_id)
    return _page(request, found, case, form, status_of(form))


@route(verb=Verb.GRANT, methods=WRITES)
def place(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Give one of one's clients a place."""
    found, case = _led(request, group_id)
    form = PlaceForm(request.POST, people=_clients(request, case, members=True))
    if not form.is_valid():
        return refused(request, HomeportError(_("Choose one of your clients.")), "group", group_id)
    try:
        join_group(actor=actor_in(request), group=found, person_id=UUID(form.cleaned_data["person"]))
    except HomeportError as error:
        return refused(request, error, "group", group_id)
    return saved(request, _("They have a place, and hear of the times."), "group", group_id)


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, group_id: UUID, person_id: UUID) -> HttpResponse:
    """End somebody's place."""
    found, _case = _led(request, group_id)
    leave_group(actor=actor_in(request), group=found, person_id=person_id)
    return saved(request, _("Their place is free."), "group", group_id)


def _page(request: HttpRequest, found: Group, case: Case, form: GroupForm, status: int) -> HttpResponse:
    waits = Waiting.objects.filter(group=found, ended_at=None).select_related("person")
    context = {
        "here": "week",
        "group": found,
        "case": case,
        "form": form,
        "members": case_with_people(case).participants,
        "waiting": waits.order_by("since", "pk"),
        "free": max(0, free_places(found)),
        "clients": _clients(request, case),
        "placing": PlaceForm(people=_clients(request, case)),
    }
    return render(request, "scheduling/group.html", context, status=status)


def _clients(request: HttpRequest, case: Case, *, members: bool = False) -> list[tuple[str, str]]:
    """Whom one treats in open cases, who is not in the group; ``members``: whoever is, too."""
    here = (
        set()
        if members
        else set(Participant.objects.filter(case=case, until_at=None).values_list("person_id", flat=True))
    )
    together = cases_with_people(standing_in(request).cares_for)
    found = people_apart(
        part
        for each in together
        if each.case.status == Case.Status.OPEN and each.case.kind != Case.Kind.GROUP
        for part in each.participants
        if part.person_id not in here
    )
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _group(group_id: UUID) -> Group:
    found = Group.objects.filter(pk=group_id).select_related("offering").first()
    if found is None:
        raise Hidden
    return found


def _led(request: HttpRequest, group_id: UUID) -> tuple[Group, Case]:
    found = _group(group_id)
    return found, get_case(request, found.case_id, CaseAct.ARRANGE)


def _offerings(request: HttpRequest) -> list[Offering]:
    kinds = Offering.objects.filter(
        therapist__person_id=person_in(request), kind=Offering.Kind.GROUP, is_open=True
    )
    return list(kinds.order_by("way", "pk"))
