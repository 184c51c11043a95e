"""The one file of settings, read from the environment; every name is in docs/self-hosting.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

import brobygget.web.languages as languages

PACKAGE = Path(__file__).resolve().parent


def setting(name: str, default: str = "") -> str:
    """One setting from the environment."""
    return os.environ.get(f"BROBYGGET_{name}", default)


def secret(file: Path) -> str:
    """A secret kept in a file of its own, readable by its owner only; made on the first start."""
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if (DATA / "brobygget.sqlite3").exists():
            raise ImproperlyConfigured(
                f"{file} is missing, and {DATA} holds a house that was made with it. Put the key back; a new one"
                " would not open what the old one closed."
            ) from None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = secrets.token_urlsafe(48)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
                opened.write(new)
        except FileExistsError:
            return secret(file)
        return new


DATA = Path(setting("DATA", "var/house")).resolve()
KEYS = Path(setting("KEYS", str(DATA.parent / f"{DATA.name}-keys"))).resolve()

DEBUG = setting("DEBUG") == "1"
TESTING = setting("TESTING") == "1"
DEMO = setting("DEMO") == "1"
BEHIND_PROXY = setting("BEHIND_PROXY") == "1"
SECRET_KEY = setting("SECRET_KEY") or secret(KEYS / "secret.key")
# Personal links and sealed fields have keys of their own, so that changing SECRET_KEY breaks neither.
LINK_KEY = setting("LINK_KEY") or secret(KEYS / "link.key")
SEAL_KEY = setting("SEAL_KEY") or secret(KEYS / "seal.key")

ADDRESS = setting("ADDRESS", "http://localhost:8000").rstrip("/")
IS_HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [
    urlsplit(ADDRESS).hostname or "localhost",
    *setting("HOSTS", "localhost 127.0.0.1 [::1]").split(),
]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "brobygget.home",
    "brobygget.operations",
    "brobygget.openhouse",
    "brobygget.associations",
    "brobygget.ideas",
    "brobygget.circles",
    "brobygget.house",
    "brobygget.people",
    "brobygget.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]

MIDDLEWARE = [
    "brobygget.web.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "brobygget.web.unchanged.UnchangedMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "brobygget.people.request.ParticipantMiddleware",
    "brobygget.house.request.HouseMiddleware",
    "brobygget.web.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "brobygget.urls"
WSGI_APPLICATION = "brobygget.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "brobygget.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "brobygget.web.languages.language_context",
                "brobygget.home.navigation.navigation",
            ],
        },
    }
]


def database() -> dict[str, object]:
    """SQLite in the data folder, or PostgreSQL where DATABASE_URL names one."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                "DATABASE_URL is not the address of a PostgreSQL database, such as"
                " postgres://user:password@host:5432/name."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "TEST": {"NAME": f"test_{parts.path.lstrip('/')}"},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "brobygget.sqlite3",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(DATA / "tests.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A vote that was acknowledged survives a power cut: FULL is a promise, see docs/self-hosting.md.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON;PRAGMA cell_size_check=ON;"
            "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=67108864;"
            "PRAGMA cache_size=-20000;",
        },
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What Fritidskortet gives in a year, in kronor: to every child, and to families with housing allowance.
FRITIDSKORT = setting("FRITIDSKORT", "500 2000").split()

# -- who signs in ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "brobygget.people.signing_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# The code that signs somebody in is the proof that the address is theirs.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {"request_login_code": "brobygget.people.forms_sign_in.CodeRequestForm"}
MFA_ADAPTER = "brobygget.people.signing_in.PasskeyAdapter"
MFA_FORMS = {"add_webauthn": "brobygget.people.forms_sign_in.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# -- languages and time ----------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = [(language.code, language.own_name) for language in languages.LANGUAGES]
LANGUAGES_BIDI = [language.code for language in languages.LANGUAGES if language.is_right_to_left]
LOCALE_PATHS = [PACKAGE / "locale"]
languages.register()

# -- files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(setting("STATIC", str(DATA / "static"))).resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING  # tests serve the files from where they lie
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- mail ------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = setting("MAIL_FROM", "brobygget@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = str(DATA / "mail")
if setting("SMTP"):
    _smtp = urlsplit(setting("SMTP"))
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

# -- safety ----------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
# Not "no-referrer": browsers then send forms with `Origin: null`, and they are refused. See decision 0007.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
CSRF_FAILURE_VIEW = "brobygget.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# No address of a visitor in any log, ever; see docs/self-hosting.md.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "brobygget.web.security.PlacesOnly",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%d %H:%M",
        }
    },
    "filters": {"no_secrets": {"()": "brobygget.web.security.NoSecretsInLogs"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_secrets"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
