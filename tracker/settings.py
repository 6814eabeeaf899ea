"""The one settings file: everything that differs between a desk and a server comes from the environment.

Development needs no variable. Production (DEBUG=0) refuses to start without its secrets.
Every variable is explained in .env.example; what can be judged only later is a system check (tracker/checks.py).
"""

import re
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tracker import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")  # a missing file is fine

DEBUG = env.bool("DEBUG", default=True)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", default="") or ("only-for-development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY in the environment: with DEBUG=0 there is no default.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS (comma separated host names): with DEBUG=0 there is no default.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = (env.str("SITE_URL", default="") or "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "tracker",
    "transcripts",
    "commitments",
    "tracker.apps.DeskConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "django_structlog",
    "corsheaders",
    "django_htmx",  # for the file of htmx it brings along
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.languages.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tracker.context.site",
            ],
        },
    }
]

# Storage: SQLite beside the code for one desk, PostgreSQL by DATABASE_URL for a team.
_embedded = f"sqlite:///{VAR_DIR / 'toegezegd.sqlite3'}"
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or _embedded)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers wait for each other instead of failing, and readers never wait for a writer.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that does not answer is an error after seconds, not a page that waits for minutes.
    # And no machine code: with many rows PostgreSQL takes seconds to compile what it answers in milliseconds.
    _given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off", **_given, "connect_timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Tasks run in this process after commit, unless there is a Redis for a worker to listen to.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = env.int("TASK_TIME_LIMIT", default=600)
CELERY_TASK_SOFT_TIME_LIMIT = max(1, CELERY_TASK_TIME_LIMIT - 30)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Who queues a task while the queue is away waits a second or two, not for ever: what waits is found again from the
# database. A worker goes on trying.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 2,
    "interval_start": 0,
    "interval_step": 0.5,
    "interval_max": 1,
    "socket_connect_timeout": 5,
}
CELERY_TIMEZONE = "Europe/Brussels"

LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "tracker" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR_DIR / "media"

# Mail: files in var/mail unless EMAIL_URL names a server (smtp://user:password@host:port).
MAIL_DIR = VAR_DIR / "mail"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or "Toegezegd <toegezegd@localhost>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

REST_FRAMEWORK = {
    # The first one says how to come in where nobody is known: 401, and not 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "commitments.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_THROTTLE_CLASSES": ["commitments.api.throttling.Throttle"],
    "EXCEPTION_HANDLER": "commitments.api.problems.as_problem",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 100,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Toegezegd",
    "DESCRIPTION": "What ministers promised in the Flemish Parliament, by when, and what came of it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "validatorUrl": None},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "commitments.api.examples.with_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CommitmentKind": "commitments.models.Kinds",
        "DocumentKind": "transcripts.models.Document.Kind",
        "CommitmentStatus": "commitments.models.Commitment.Status",
        "ClosingStatus": "commitments.api.deciding_serializers.CLOSING",
        "StatementState": "commitments.models.Statement.State",
        "FollowUpState": "commitments.models.FollowUp.State",
        "FollowUpKind": "commitments.models.FollowUp.Kind",
        "EventKind": "commitments.models.Event.Kind",
    },
}

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "start"
AUTHENTICATION_BACKENDS = [
    "commitments.roles.RightsBackend",
    "django.contrib.auth.backends.ModelBackend",  # who logged in before there was the one above stays logged in
    "commitments.roles.RoleBackend",
]

# How often one may ask the API, and which other sites' pages may ask it (commitments/api/throttling.py).
API_RATE_ADDRESS = env.str("API_RATE_ADDRESS", default="300/minute")
API_RATE_KEY = env.str("API_RATE_KEY", default="1200/minute")
for _name, _rate in (("API_RATE_ADDRESS", API_RATE_ADDRESS), ("API_RATE_KEY", API_RATE_KEY)):
    if _rate and not re.fullmatch(r"[1-9]\d*/(second|minute|hour|day)", _rate):
        raise ImproperlyConfigured(f"{_name} is {_rate!r}: write 300/minute (or /second, /hour, /day), or nothing.")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = env.str("API_ORIGINS", default="").strip() == "*"
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else env.list("API_ORIGINS", default=[])
CORS_ALLOW_CREDENTIALS = False  # a page elsewhere never asks in the name of who is logged in here
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified", "Link", "Retry-After", "X-Request-ID"]

# Networks of our own into which webhooks may be sent all the same (tracker/outward.py); http goes to these alone.
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])
for _name in WEBHOOK_NETWORKS:
    try:
        ip_network(_name)
    except ValueError:
        raise ImproperlyConfigured(f"WEBHOOK_NETWORKS names {_name!r}: write networks as 10.1.0.0/16.") from None

# HTTPS: a proxy in front speaks TLS and sets X-Forwarded-Proto. Without one, say HTTPS=0.
HTTPS = env.bool("HTTPS", default=not DEBUG)
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Proxies in front that add the visitor's address to X-Forwarded-For; without one that header is anybody's to write.
REST_FRAMEWORK["NUM_PROXIES"] = env.int("PROXIES", default=1 if HTTPS else 0)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# What a page may load and run: what this site serves, and nothing that is written into the page itself.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],  # one's own mail, as it would be sent
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The log: lines for a desk, JSON for a server (tracker/logs.py).
LOG_FORMAT = env.str("LOG_FORMAT", default="") or (logs.LINE if DEBUG else logs.JSON)
if LOG_FORMAT not in logs.FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}: write {' or '.join(logs.FORMATS)}.")
LOG_LEVEL = env.str("LOG_LEVEL", default="") or "WARNING"
if LOG_LEVEL not in logs.LEVELS:
    raise ImproperlyConfigured(f"LOG_LEVEL is {LOG_LEVEL!r}: write {', '.join(logs.LEVELS)}.")
LOGGING = logs.configuration(form=LOG_FORMAT, level=LOG_LEVEL)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # who did what stands in the events

# Errors nobody expected go to a Sentry, or to what speaks like it, where one is named.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    from tracker.errors import report_to

    try:
        report_to(SENTRY_DSN, environment=env.str("SENTRY_ENVIRONMENT", default="") or "production")
    except ValueError as error:
        raise ImproperlyConfigured(f"SENTRY_DSN is no address of a Sentry: {error}") from None

# Policy of the house.
CHECK_AFTER_MONTHS = env.int("CHECK_AFTER_MONTHS", default=3)
DUE_SOON_DAYS = env.int("DUE_SOON_DAYS", default=30)
SILENT_MONTHS = env.int("SILENT_MONTHS", default=6)
LAPSE_NOTICE_DAYS = env.int("LAPSE_NOTICE_DAYS", default=30)
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", default=50)
FILE_UPLOAD_HANDLERS = [
    "transcripts.uploads.LimitUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a folder of reports in one go, where the page cannot send them one by one

# The open-data web service of the parliament; asked by itself only where that is switched on.
PARLIAMENT_URL = (env.str("PARLIAMENT_URL", default="") or "https://ws.vlpar.be/e/opendata").rstrip("/")
if not PARLIAMENT_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(f"PARLIAMENT_URL is {PARLIAMENT_URL!r}: begin it with https://.")
PARLIAMENT_RATE = env.float("PARLIAMENT_RATE", default=2.0)
if not 0 < PARLIAMENT_RATE <= 100:
    raise ImproperlyConfigured(
        f"PARLIAMENT_RATE is {PARLIAMENT_RATE}: write questions per second, above 0, at most 100."
    )
PARLIAMENT_COMMITTEES = env.list("PARLIAMENT_COMMITTEES", default=[])
PARLIAMENT_FILE_HOSTS = env.list("PARLIAMENT_FILE_HOSTS", default=["docs.vlaamsparlement.be"])
PARLIAMENT_SYNC = env.bool("PARLIAMENT_SYNC", default=False)

# The day the site counts as today: the demo is set on one; None is the Brussels day of the clock.
_day = env.str("TODAY", default="")
try:
    TODAY: date | None = date.fromisoformat(_day) if _day else None
except ValueError:
    raise ImproperlyConfigured(f"TODAY is {_day!r}: write a day as 2026-03-16, or leave it out.") from None
