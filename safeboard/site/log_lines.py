"""What the log says of a request: the page it was for. Its address may hold a token that opens something, or a key."""

import logging

from django.http import HttpRequest

NOWHERE = "an address that leads nowhere"


class WithoutAddresses(logging.Filter):
    """Puts the page's name in the place of the address of the request that a line is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = request.resolver_match
            page = match.view_name or NOWHERE if match else NOWHERE
            record.args = tuple(page if str(each).startswith("/") else each for each in record.args)
        return True
