"""One setting says how mail leaves."""

from pathlib import Path

import pytest

from homeport.config.mail import mail_settings
from homeport.core.errors import HomeportError

FOLDER = Path("/data/mail")


def test_by_default_mail_lies_in_a_folder_beside_the_data() -> None:
    assert mail_settings("", FOLDER) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": "/data/mail",
    }
    assert mail_settings("file:///elsewhere", FOLDER)["EMAIL_FILE_PATH"] == "/elsewhere"
    assert mail_settings("console:", FOLDER)["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://u%40x:p%2Fw@mail.example.org", 587, True, False),
        ("smtp://mail.example.org:2525", 2525, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp://localhost:25?tls=no", 25, False, False),
    ],
)
def test_a_mail_server_is_spoken_to_under_encryption(address: str, port: int, tls: bool, ssl: bool) -> None:
    made = mail_settings(address, FOLDER)
    assert (made["EMAIL_PORT"], made["EMAIL_USE_TLS"], made["EMAIL_USE_SSL"]) == (port, tls, ssl)
    if "u%40x" in address:
        assert (made["EMAIL_HOST_USER"], made["EMAIL_HOST_PASSWORD"]) == ("u@x", "p/w")


@pytest.mark.parametrize(
    "address", ["mail.example.org", "smtp://", "http://mail.example.org", "smtp://far.example.org?tls=no"]
)
def test_what_is_unclear_or_unsafe_is_refused(address: str) -> None:
    with pytest.raises(HomeportError):
        mail_settings(address, FOLDER)
