"""Reading what a visitor's form sent, whatever it is."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from homeport.web.visitor.seal import Opened, unseal
from homeport.web.visitor.state import StateError

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LONGEST_FIELD = 200


class Unreadable(StateError):
    """What came is no form of ours. ``status``: the HTTP status that says so."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that could be read."""

    fields: QueryDict

    def word(self, name: str) -> str:
        """One short field, "" where it is missing or too long to be ours."""
        value = self.fields.get(name, "")
        return value if len(value) <= LONGEST_FIELD else ""

    def words(self, name: str) -> set[str]:
        """Every short value of a field that may come more than once."""
        return {value for value in self.fields.getlist(name) if len(value) <= LONGEST_FIELD}

    def opened(self) -> Opened:
        """The visit in the page. Raises StateError."""
        return unseal(self.fields.get("visit", ""))


def read_form(request: HttpRequest) -> Posted:
    """The posted form. Raises Unreadable with one sentence for anything else."""
    if request.content_type not in FORMS:
        raise Unreadable("This page only understands its own form.", 415)
    try:
        return Posted(request.POST)
    except RequestDataTooBig as error:
        raise Unreadable("That was far more than this page ever sends.", 413) from error
    except (
        BadRequest,
        SuspiciousOperation,
        MultiPartParserError,
        UnreadablePostError,
        UnicodeError,
    ) as error:
        raise Unreadable("The form arrived broken on the way.") from error
