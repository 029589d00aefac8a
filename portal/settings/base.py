"""What holds everywhere. What differs by place stands in dev.py, production.py and test.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.conf.locale
from csp.constants import NONE, SELF

from portal import env
from search.languages import LANGUAGES as PORTAL_LANGUAGES

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = env.directory("PORTAL_DATA_DIR", BASE_DIR / "var")
BASE_URL = env.address("PORTAL_BASE_URL", "http://127.0.0.1:8000")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "portal",
    "resources",
    "resources.packs",
    "resources.imports",
    "resources.intake",
    "search",
    "search.alerts",
    "search.statistics",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "resources.users_app.LibraryUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.PortalCSPMiddleware",
    "portal.middleware.private_to_visitors",
    "portal.middleware.without_null_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.bounded_bodies",
    "resources.packs.forgetting.forget_keys",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "resources.old_addresses.OldAddresses",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.portal",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {"default": env.database(DATA_DIR / "lumbung.sqlite3")}
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What is counted against misuse (search.alerts): nothing else pushes it out.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "/"
# Ten wrong passwords for one name from one address shut that pair out for an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True

# --- Languages ----------------------------------------------------------------

# Django doesn't know Lao and Filipino.
for _code, _english, _native in (("lo", "Lao", "ລາວ"), ("fil", "Filipino", "Filipino")):
    django.conf.locale.LANG_INFO[_code] = {"bidi": False, "code": _code, "name": _english, "name_local": _native}

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, language.native) for language in PORTAL_LANGUAGES]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# The admin speaks the languages Wagtail has; the portal's own words are there in all eleven.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "resources.atomic_files.AtomicFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 100, at_least=1) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Imports go on in `manage.py run_worker`; dev.py lets the server do it too.
IMPORTS_IN_THREAD = False
# How many files may be dropped on one page at a time.
DROP_MAX_FILES = env.number("DROP_MAX_FILES", 100, at_least=1)
# How many, and of how many megabytes together, one person may leave waiting to be read or decided on.
DROP_WAITING_FILES = env.number("DROP_WAITING_FILES", 2_000, at_least=1)
DROP_WAITING_MB = env.number("DROP_WAITING_MB", 10_000, at_least=1)
# How long those wait that an editor has to decide on.
DROP_UNDECIDED_DAYS = env.number("DROP_UNDECIDED_DAYS", 60, at_least=1)
# One more than the limit comes through, so that it is refused with a sentence.
DATA_UPLOAD_MAX_NUMBER_FILES = max(100, DROP_MAX_FILES) + 1

EXTRACTION_SECONDS = env.number("EXTRACTION_SECONDS", 30, at_least=1)
EXTRACTION_MEMORY_MB = env.number("EXTRACTION_MEMORY_MB", 512, at_least=64)
# Text recognition of scans, where Tesseract is installed: of one file, by the worker.
OCR_SECONDS = env.number("OCR_SECONDS", 900, at_least=1)
OCR_MEMORY_MB = env.number("OCR_MEMORY_MB", 1024, at_least=128)
OCR_PAGES = env.number("OCR_PAGES", 300, at_least=1)

# --- Wagtail --------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Lumbung"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "resources.PortalImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "resources.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# The kinds of file that the library keeps, however they come: `resources.uploads` looks into them.
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "epub", "html", "htm", "mp4", "webm", "vtt", "srt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "resources.forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "resources.forms.ImageForm"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "sign_in.html"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A version that nobody has translated yet is a draft: its text is still the original's.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Search ---------------------------------------------------------------------

SEARCH_INDEX_DIR = DATA_DIR / "index"
# What feeds and mails put before addresses.
SEARCH_BASE_URL = BASE_URL
# Off, changes wait in the outbox for `manage.py run_worker`.
SEARCH_INDEX_IMMEDIATELY = env.flag("SEARCH_INDEX_IMMEDIATELY", default=True)
# Processes that read and prepare works for a rebuild; 0 is one a processor.
SEARCH_INDEX_PROCESSES = env.number("SEARCH_INDEX_PROCESSES", 0)
# How long counts of searches are kept; 0 counts none.
SEARCH_STATISTICS_DAYS = env.number("SEARCH_STATISTICS_DAYS", 400, at_least=0)

# A second index, asked first, on a server; without an address the index in SEARCH_INDEX_DIR is the only one.
ELASTICSEARCH_URL = env.address("ELASTICSEARCH_URL", "")
ELASTICSEARCH_USER = env.text("ELASTICSEARCH_USER")
ELASTICSEARCH_PASSWORD = env.text("ELASTICSEARCH_PASSWORD")
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_CA_FILE = env.text("ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_VERIFY = env.flag("ELASTICSEARCH_VERIFY", default=True)
ELASTICSEARCH_SECONDS = env.number("ELASTICSEARCH_SECONDS", 2, at_least=1)
ELASTICSEARCH_PREFIX = env.text("ELASTICSEARCH_PREFIX", "lumbung")
ELASTICSEARCH_REPLICAS = env.number("ELASTICSEARCH_REPLICAS", 1)

# --- Security -------------------------------------------------------------------

# Wagtail lifts this for the previews of its admin.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.refused_form"
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin writes scripts and styles into its pages; it sits behind a login and keeps its own rules.
    "EXCLUDE_URL_PREFIXES": ("/admin/", "/django-admin/"),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "frame-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in ("portal", "resources", "search")},
        # Rows of an import tell of entries that can't be read; a file may hold millions of them.
        "bibtexparser": {"level": "ERROR"},
        # Search itself logs a server that fails, and how to fix it.
        "elastic_transport": {"level": "ERROR"},
    },
}
