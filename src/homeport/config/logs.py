"""What never reaches a log line: which page was asked for, by whom, and what was sent."""

import logging
import traceback
from types import TracebackType

# Loggers whose messages name the page or quote the request.
_OF_REQUESTS = ("django.request", "django.security", "django.server")


class WithoutRequest(logging.Filter):
    """Leaves of a record what a fault of ours needs, the place in the code and the kind of error, and no more.

    The request goes, the message of a logger that speaks of requests ("Internal Server Error: /library/…") goes, and so
    do the words of an exception, since they may quote what a person typed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if record.name.startswith(_OF_REQUESTS):
            record.msg, record.args = "A page could not be answered.", ()
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            record.exc_info, record.exc_text = None, _without_words(kind, trace)
        return True


def _without_words(kind: type[BaseException], trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
