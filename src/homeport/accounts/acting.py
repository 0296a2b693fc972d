"""The actor behind a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from homeport.accounts.bearer import bearer_of
from homeport.accounts.models import User
from homeport.accounts.origin import origin_of
from homeport.accounts.recent import last_proof
from homeport.core.actor import Actor


def signed_in_user(request: HttpRequest) -> User:
    """The user of a page that nobody sees without a sign-in. Raises ``PermissionDenied`` should somebody after all."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor_of(request: HttpRequest, *, user: User | None = None) -> Actor:
    """Whoever sent this request: a person, a user who has not said who they are, or nobody known.

    ``user``: whom to name where the request is not signed in yet, or no longer.
    """
    match = request.resolver_match
    via = (match.view_name if match and match.view_name else "")[:120]
    origin = origin_of(request)
    if user is not None and user != request.user:
        return Actor("anonymous", user_id=user.pk, via=via, origin=origin)
    if not request.user.is_authenticated:
        return Actor("anonymous", via=via, origin=origin)
    bearer = bearer_of(request)
    return Actor(
        "person",
        user_id=request.user.pk,
        person_id=bearer.person_id if bearer else None,
        via=via,
        recent_auth_at=last_proof(request),
        origin=origin,
    )
