"""Headers that keep a visit private unless a page says it is for everybody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from homeport.core.open_pages import open_page

# Everything a page could ask of the device. Only names that browsers know: others fill their consoles with warnings.
_FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "otp-credentials", "payment", "picture-in-picture"),
    *("screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking"),
)
# Passkeys: for pages of our own.
_OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join(
    [*(f"{feature}=()" for feature in _FEATURES), *(f"{feature}=(self)" for feature in _OURS)]
)


class PrivateByDefault:
    """Nothing is kept by browsers and caches, nor indexed, unless its view was marked by :func:`open_page`.

    A view that asks for caching in any other way is overruled: forgetting to mark a page must never publish it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        seconds = _open_for(request, response)
        headers = response.headers
        headers["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-store"
        if seconds is None:
            headers["X-Robots-Tag"] = "noindex, nofollow"
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> None:
        """Note on the request how open the matched view is."""
        request.homeport_open_for = getattr(view, "open_for", None)  # type: ignore[attr-defined]


def _open_for(request: HttpRequest, response: HttpResponseBase) -> int | None:
    """Seconds a response may be kept, 0 for "indexed, never kept", None for "private"."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return None
    return getattr(request, "homeport_open_for", None)


__all__ = ["PERMISSIONS_POLICY", "PrivateByDefault", "open_page"]
