"""Whether this installation is well enough to serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # for everybody: it acts for nobody, so there is nothing to guard
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view is called with the request
    """200 ``{"status": "ok"}`` when the database answers, else 503 with a plain reason and no details."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "failing", "reason": "The database does not answer."}, status=503)
    return JsonResponse({"status": "ok"})
