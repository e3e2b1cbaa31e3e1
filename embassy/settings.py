"""Settings, top to bottom: what operators choose, then what the project fixes. Production values are the defaults."""

import sqlite3
import zoneinfo
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf import locale as django_locale

from embassy.environment import Environment, wrong
from embassy.secretkey import read_or_make

# ---- what operators choose (described in embassy/environment.py) ------------------------------------------------

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).absolute()
SECRET_KEY = env.text("SECRET_KEY") or read_or_make(DATA_DIR / "secret-key")
if len(SECRET_KEY) < 50:
    raise wrong("SECRET_KEY", f"has {len(SECRET_KEY)} characters; write at least 50, or none to have one made.")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = env.switch("HTTPS")
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0, 0, 9)
SECOND_FACTOR = env.choice("SECOND_FACTOR", "required", ("required", "off"))
SECURITY_CONTACTS = env.contacts("SECURITY_CONTACT")
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
WEB_CONCURRENCY = env.whole("WEB_CONCURRENCY", 2, 1, 64)
WEB_THREADS = env.whole("WEB_THREADS", 4, 1, 64)

_codes = env.names("LANGUAGES", "en,ru")
for _code in _codes:
    if _code not in django_locale.LANG_INFO or "name_local" not in django_locale.LANG_INFO[_code]:
        raise wrong("LANGUAGES", f"holds {_code!r}, which is no language code that Django knows (such as en, ru, ar).")
LANGUAGES = [(code, str(django_locale.LANG_INFO[code]["name_local"])) for code in dict.fromkeys(_codes)]
LANGUAGE_CODE = LANGUAGES[0][0]

TIME_ZONE = env.text("TIME_ZONE", "UTC")
if TIME_ZONE not in zoneinfo.available_timezones() - {"Factory", "localtime"}:
    raise wrong("TIME_ZONE", f"is {TIME_ZONE!r}, which is no IANA time zone (such as Europe/London).")

# ---- database ----------------------------------------------------------------------------------------------------


def _has_safe_wal(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite is free of the race that can corrupt a file in WAL mode (fixed in 3.51.3)."""
    return version >= (3, 51, 3) or any(fix <= version < (3, fix[1] + 1, 0) for fix in ((3, 50, 7), (3, 44, 6)))


_database: dict[str, Any] = env.database("DATABASE_URL", DATA_DIR / "embassy.sqlite3")
if _database["ENGINE"].endswith("sqlite3"):
    _journal = "WAL" if _has_safe_wal(sqlite3.sqlite_version_info) else "DELETE"
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": f"PRAGMA journal_mode={_journal}; PRAGMA synchronous=FULL;",
    }
else:
    _database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # A demoted primary still answers: ask for one that takes writes.
    _database["OPTIONS"] = {"connect_timeout": 5, "target_session_attrs": "read-write"} | _database.get("OPTIONS", {})
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- the program -------------------------------------------------------------------------------------------------

DEBUG = False
ROOT_URLCONF = "embassy.urls"
WSGI_APPLICATION = "embassy.wsgi.application"
INSTALLED_APPS = [
    "embassy",
    "news",
    "counters",
    "embassy.accounts.apps.NewsroomAdminConfig",  # django.contrib.admin, its site behind the second factor
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "embassy.accounts",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "modelsearch",
    "ckeditor",
    "csp",
    "i18nfield",
]
MIDDLEWARE = [
    "embassy.health.health_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "embassy.accounts.middleware.address_middleware",
    "embassy.middleware.moment_middleware",
    "embassy.middleware.language_middleware",
    "embassy.middleware.cache_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "embassy.accounts.middleware.session_middleware",
    "django_otp.middleware.OTPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
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
            ],
        },
    },
]
# The project's own form widgets have their templates beside the others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Where news finds the numbers for {days:slug}, and counters whether a slug is in use: neither app imports the other.
NEWS_DAYS_BY_SLUG = "counters.models.days_by_slug"
COUNTERS_IS_SLUG_USED = "news.models.is_counter_used"

# Finding words: the database itself, unless operators name an outside engine (docs/search.md).
MODELSEARCH_BACKENDS = {"default": env.search("SEARCH_URL") or {"BACKEND": "news.search.engines"}}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}

# ---- languages, times, static files ------------------------------------------------------------------------------

# Operators add languages in the second (docs/languages.md). Ours comes first: there `makemessages` writes.
LOCALE_PATHS = [BASE_DIR / "locale", DATA_DIR / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# No MEDIA_URL: what is stored is answered by news.views.file alone, after its check.
MEDIA_ROOT = DATA_DIR / "media"
# A text of news.models.limits.LONGEST_BODY letters that are not Latin: a form sends each as six bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["news.library.uploads.KeepInMemory"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CKEDITOR_BASEPATH = "/static/ckeditor/ckeditor/"

# ---- who gets in (docs/adr/0005-who-gets-in.md) -------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_HANDLER = "embassy.accounts.lockout.Lockout"
# Wrong guesses at one name from one address, and from one address at whatever name; forgotten after a while.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
LOCKOUT_ADDRESS_LIMIT = 50
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Who is locked out and goes on knocking does not wait longer for it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "embassy.accounts.address.lockout_address"
AXES_CLIENT_STR_CALLABLE = "embassy.accounts.lockout.client_in_server_log"
AXES_USERNAME_CALLABLE = "embassy.accounts.lockout.name_key"
AXES_LOCKOUT_CALLABLE = "embassy.accounts.lockout.locked_out_page"
# What it keeps of a guess (until the next one after AXES_COOLOFF_TIME) holds nothing that was typed.
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "csrfmiddlewaretoken", "next"]
# The log of the newsroom says who came in; screens of its own would let rows be deleted.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# ---- security ----------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
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
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
# The editor's end of life is known and weighed: docs/adr/0003-the-editor.md.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
if not HTTPS:
    # Without TLS in front these four cannot hold; the README says so beside HTTPS.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

# ---- log: one line an event, on standard error -------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "embassy.masking.MaskedFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Every sign-in is in the log of the newsroom; here stands what operators may want to act on.
        "axes": {"handlers": [], "level": "WARNING", "propagate": True},
        # Scanners ask with made-up host names all day; each would leave a traceback.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
