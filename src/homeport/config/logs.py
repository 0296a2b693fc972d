"""What never reaches a log line."""

import logging


class WithoutRequest(logging.Filter):
    """Drops the request from a record, so that no formatter can print what a person sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        return True
