"""The ASGI application that `homeport serve` runs."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
# Static files leave through whitenoise, whose files are read whole here: they are small, and cached for ever.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = get_asgi_application()
