"""Every setting of Homeport, driven by the environment (see ``environment``).

The default is the embedded installation: SQLite in one folder, one process, loopback only. ``homeport doctor`` says what
is missing or unsafe.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from homeport.config import environment as env
from homeport.config.secret import stored_secret_key

DEMO = env.flag("HOMEPORT_DEMO")
DEBUG = env.flag("HOMEPORT_DEBUG")

# All that this installation keeps lies in one folder; the demo practice has one of its own.
DATA = Path(env.text("HOMEPORT_DATA", "var/demo" if DEMO else "var/data")).resolve()

PRACTICE_NAME = env.text("HOMEPORT_PRACTICE_NAME", "Homeport")
CRISIS_REGION = env.text(
    "HOMEPORT_CRISIS_REGION"
)  # such as "CA-ON"; empty: only the visitor's browser is asked

HOSTS = env.names("HOMEPORT_HOSTS", "localhost,127.0.0.1,[::1]")
ALLOWED_HOSTS = HOSTS
SECRET_KEY = env.text("HOMEPORT_SECRET_KEY") or stored_secret_key(DATA)
HTTPS = env.flag("HOMEPORT_HTTPS")

INSTALLED_APPS = [
    "homeport.outbox",
    "homeport.catalogue",
    "homeport.web",
    "django_cotton",
    "csp",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "homeport.web.middleware.PrivateByDefault",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "homeport.config.urls"
ASGI_APPLICATION = "homeport.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "homeport.web.templatetags.homeport",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "homeport.web.shell.shell",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "homeport.sqlite3",
        "OPTIONS": {
            # Deferred transactions failed 9 in 10 times under 32 writers; immediate ones never did.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
            ),
        },
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ROOT = None
WHITENOISE_MAX_AGE = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

# A form of ours is small; anything larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Requests are never logged: an address, a time and a page together can tell who asked for help.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_request": {"()": "homeport.config.logs.WithoutRequest"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_request"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "homeport": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {
            "level": "CRITICAL"
        },  # a strange host or form: refused, and nobody's fault to mend
        "uvicorn.error": {"level": "ERROR"},  # below it: bytes that are no request
        "django.server": {"handlers": [], "propagate": False},
        "uvicorn.access": {"handlers": [], "propagate": False, "level": "CRITICAL"},
    },
}
