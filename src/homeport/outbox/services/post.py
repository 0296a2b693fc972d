"""The letters of the rooms above this one (``homeport.core.mail``)."""

from homeport.core.mail import Letter
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.people.models import Person


class DatabasePost:
    """Writes letters down as messages."""

    def put(self, letter: Letter) -> None:
        """See :class:`homeport.core.mail.Post`."""
        put_message(
            kind=letter.kind,
            to=Person.objects.get(pk=letter.person_id) if letter.person_id else None,
            address=letter.address,
            subject=letter.subject,
            body=letter.body,
            key=letter.key,
        )

    def withdraw(self, key_prefix: str) -> None:
        """See :class:`homeport.core.mail.Post`."""
        withdraw_messages(key_prefix=key_prefix)
