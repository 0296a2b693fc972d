"""Every setting of Homeport, driven by the environment (see ``environment``).

The default is the embedded installation: SQLite in one folder, one process, loopback only. ``homeport doctor`` says what
is missing or unsafe.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from homeport.config import databases
from homeport.config import environment as env
from homeport.config.mail import mail_settings
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
# Where people reach this installation: links in mail begin with it. `homeport serve` says on which port it listens.
_HERE = f"http://localhost:{env.text('HOMEPORT_PORT', '8000')}"
ADDRESS = (env.text("HOMEPORT_ADDRESS") or (f"https://{HOSTS[0]}" if HTTPS and HOSTS else _HERE)).rstrip("/")

# The installation's key set, which wraps the keys that seal what people write: a file unless one of the others is named.
KEYS = env.text("HOMEPORT_KEYS")
KEY_PROGRAM = env.text("HOMEPORT_KEY_PROGRAM")
KEY_FILE = Path(env.text("HOMEPORT_KEY_FILE") or DATA / "installation-keys")

INSTALLED_APPS = [
    "homeport.core",
    "homeport.audit",
    "homeport.accounts",
    "homeport.people",
    "homeport.cases",
    "homeport.access",
    "homeport.safety",
    "homeport.assessments",
    "homeport.scheduling",
    "homeport.directory",
    "homeport.encounters",
    "homeport.exercises",
    "homeport.interop",
    "homeport.outbox",
    "homeport.catalogue",
    "homeport.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_cotton",
    "csp",
    "django.contrib.auth",  # allauth and axes stand on its signals; rights are the room `access`'s
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost: what is refused before anything else looks at it (a strange host) is closed to everything foreign too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "homeport.web.middleware.PrivateByDefault",
    # Nothing of the next ones reads or writes anything on a page for everybody: they wait to be asked.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "homeport.accounts.middleware.SignedIn",
    "homeport.web.actors.WhoActs",
    "allauth.account.middleware.AccountMiddleware",
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
                "django.contrib.messages.context_processors.messages",
                "homeport.web.shell.shell",
            ],
        },
    }
]

# The data keys lie apart: their backups are short-lived, so that destroying a key erases.
DATABASES = {"default": databases.practice(DATA), "keys": databases.keys(DATA)}
# What this process is to PostgreSQL, and what the three roles are called there.
DATABASE_ROLE, DATABASE_ROLE_NAMES = databases.role(), databases.role_names()
DATABASE_ROUTERS = ["homeport.core.keys.models.KeysRouter"]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What allauth counts its tries in: the processes of an installation share it.
CACHES = {"default": {"BACKEND": "homeport.accounts.shared.SharedCache"}}

# Signing in (see the room `accounts`). Cookies are set under the addresses of accounts and of signed-in pages alone.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "homeport.accounts.backends.SignInBackend"]
PASSWORD_HASHERS = ["homeport.accounts.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"
WELCOME_URL = "about-me"  # where somebody says who they are, first of all
SIGN_UP_OPEN = env.flag("HOMEPORT_SIGN_UP", default=True)

SESSION_ENGINE = "homeport.accounts.sessions"
SESSION_COOKIE_AGE = 60 * env.number("HOMEPORT_IDLE_MINUTES", 30, least=5, most=720)
SESSION_LONGEST_SECONDS = 60 * 60 * env.number("HOMEPORT_SESSION_HOURS", 12, least=1, most=168)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The prefix makes browsers refuse these cookies from anywhere but this very host, over HTTPS.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-form" if HTTPS else "form"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "homeport.accounts.views.refused.not_sure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "homeport.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Nobody in the demo has anything to show again who they are with: there the click that signed in does.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60 if not DEMO else 12 * 60 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "homeport.accounts.forms.LoginForm",
    "signup": "homeport.accounts.forms.SignupForm",
    "request_login_code": "homeport.accounts.forms.RequestLoginCodeForm",
    "reset_password": "homeport.accounts.forms.ResetPasswordForm",
    "add_email": "homeport.accounts.forms.AddEmailForm",
}
# By network alone: a limit by address could be used up by somebody else to keep its owner out. See accounts.throttle.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": None,
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "20/m/ip",
}
MFA_ADAPTER = "homeport.accounts.mfa_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_RECOVERY_CODE_DIGITS = 12
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "authenticate": "homeport.accounts.forms.SecondStepForm",
    "reauthenticate": "homeport.accounts.forms.AskAgainForm",
}
AXES_HANDLER = "homeport.accounts.lockout.Handler"
AXES_VERBOSE = False
# Its middleware would answer in place of our page; its own counting by address is not used.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]

# Mail says nothing of therapy: neither in its sender nor in its subject.
MAIL_NAME = env.text("HOMEPORT_MAIL_NAME", "Homeport")
DEFAULT_FROM_EMAIL = env.text("HOMEPORT_MAIL_FROM", "no-reply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
globals().update(mail_settings(env.text("HOMEPORT_MAIL_URL", "console:" if DEMO else ""), DATA / "mail"))
# What sends texts (see ``homeport.outbox.gateways``); nothing where it is empty.
TEXTS = env.text("HOMEPORT_TEXTS", "console:" if DEMO else "")
# Whether therapists' other calendars may be fetched from machines of the practice's own network, too.
CALENDARS_INSIDE = env.flag("HOMEPORT_CALENDARS_INSIDE")

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
# The longest page: four hundred meetings of days that are closed, each named twice.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

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
