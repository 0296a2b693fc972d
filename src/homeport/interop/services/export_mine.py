"""Everything about me, to take along."""

import io
import json
import zipfile

from django.template.loader import render_to_string

from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.interop.gathering import everything_about
from homeport.interop.reading import sections
from homeport.people.models import Person


def export_mine(*, actor: Actor, person: Person) -> bytes:
    """A zip of one page to read and one file for machines. It is in the audit before it leaves.

    Raises ``PermissionError`` for anybody but the person: nobody exports for another here.
    """
    if actor.person_id != person.pk:
        raise PermissionError("An export is made by the person it is about.")
    gathered = everything_about(person)
    record_apart(actor=actor, verb=Verb.EXPORT, material="everything about me", subject_id=person.pk)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("everything.json", json.dumps(gathered, ensure_ascii=False, indent=1)),
            (
                "everything.html",
                render_to_string("interop/everything.html", {"sections": sections(gathered)}),
            ),
        ):
            # The moment of the export, not of the machine's clock: two exports of one moment are equal to the byte.
            archive.writestr(zipfile.ZipInfo(name, now().timetuple()[:6]), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
