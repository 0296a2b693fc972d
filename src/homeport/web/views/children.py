"""The children one stands for, and what the law and the child's agreement let one see of their care. Nothing else."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.gate import get_rows, person_in, route, standing_in
from homeport.assessments.models import ChildIntake
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.cases.selectors import signatures_of
from homeport.cases.texts import own_texts
from homeport.core.clock import now
from homeport.encounters.models import SessionNote
from homeport.people.models import Person
from homeport.scheduling.models import Appointment
from homeport.web.presenters.children import children_of


@route(verb=Verb.LIST)
def children(request: HttpRequest) -> HttpResponse:
    """Every child, with what waits for a signature, when they are seen, and what was released to one."""
    me, standing = person_in(request), standing_in(request)
    shown: dict[str, object] = {"here": "children", "children": []}
    if standing.guards:
        whose, about = Q(), Q()
        for case_id, child_id in sorted(standing.guards):
            whose |= Q(case_id=case_id, person_id=child_id)
            about |= Q(case_id=case_id, subject_id=child_id)
        found = Participant.objects.filter(whose, until_at=None).exclude(case__status=Case.Status.CLOSED)
        parts = list(found.select_related("case", "person").order_by("person__name", "from_at", "pk"))
        coming = Q(ends_at__gt=now()) & ~Q(status=Appointment.Status.CANCELLED)
        times = get_rows(request, Appointment, about & coming)
        shown["children"] = children_of(
            parts,
            Person.objects.get(pk=me),
            signatures_of([part.pk for part in parts]),
            own_texts(),
            standing.guards_with_appointments,
            sorted(times, key=lambda one: (one.begins_at, str(one.pk))),
            get_rows(request, SessionNote, about),
            get_rows(request, ChildIntake, about & Q(author_id=me)),
        )
    return render(request, "web/children.html", shown)
