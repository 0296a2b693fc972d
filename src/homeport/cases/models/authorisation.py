"""A participant's permission to give the joint record to somebody."""

from django.db import models

from homeport.cases.models.case import Case
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class Authorisation(Lasting):
    """A joint record is released only with every adult's; withdrawing one (ending it) stops further release."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authorisations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"authorisation {self.id}"
