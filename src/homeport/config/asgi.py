"""The ASGI application that `homeport serve` runs."""

import gc
import os
import threading
import warnings

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

from homeport.config.bounds import Bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
# Static files leave through whitenoise, whose files are read whole here: they are small, and cached for ever.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = Bounded(get_asgi_application())


def _learn() -> None:
    """What pages for everybody say of the practice, asked for once: they themselves ask the database nothing."""
    from django.db import DatabaseError, connection

    from homeport.people.selectors import the_practice

    try:
        the_practice()
    except DatabaseError:
        pass  # no tables yet: whoever lays them starts again
    finally:
        connection.close()


# Apart from the server's own loop, in which Django would not ask the database.
_learner = threading.Thread(target=_learn)
_learner.start()
_learner.join()

# What starting left stays as long as the process. Without this a full collection walks through all of it again and again,
# for a tenth of a second each time, in the middle of somebody's page.
get_resolver().url_patterns  # noqa: B018 - reads every room's pages, which the first page would otherwise
gc.collect()
gc.freeze()
