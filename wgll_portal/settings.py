"""All settings, read from the environment. Safe by default; loud when something is missing.

Every variable is listed in dotenv-sample. Other code imports `django.conf.settings`, never this file.
"""

from importlib.util import find_spec
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()  # lets admin classes and forms be typed

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what a running portal writes: database, collected static files, mail of the demonstration

env = environ.Env()

# --- what the environment decides -------------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters (see dotenv-sample).")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # invented people as sign-in buttons, mail kept in files: never with real data
HTTPS = env.bool("HTTPS", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # trust the proxy's X-Forwarded-Proto and X-Forwarded-For
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of the portal, separated by commas.")
# Where people reach the portal: e-mails that no request has asked for hold whole addresses too.
PORTAL_URL = env.str("PORTAL_URL", default="").rstrip("/") or "{}://{}".format(
    "https" if HTTPS else "http", next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_NAME = "Board self-assessment"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{PORTAL_NAME} <portal@localhost>")

# --- database ---------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured("DATABASE_URL is not a database address such as postgres://user:password@host/name.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DEMO and DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
    raise ImproperlyConfigured("DEMO lets anybody sign in as anybody: it runs on a SQLite file of its own only.")
if DEMO and Path(str(DATABASES["default"]["NAME"])).name == "portal.sqlite3":
    raise ImproperlyConfigured("DEMO lets anybody sign in as anybody: give it another file than portal.sqlite3.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing (IMMEDIATE, timeout), readers do not wait (WAL), and a save that was
    # acknowledged survives a power cut (FULL): docs/adr/0002-sqlite-for-concurrent-writers.md
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Sign-in limits are counted here, so that they hold for all worker processes together. `migrate` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # a flood of made-up addresses must not push a count out
    }
}

# --- applications -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "reports",
    "assessments",
    "frameworks",
    "organisations",
    "crispy_forms",
    "allauth.socialaccount",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "wgll_portal.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wgll_portal.middleware.LimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.SessionTimeMiddleware",
    "organisations.middleware.SignInRequiredMiddleware",
    "organisations.middleware.NoStoreMiddleware",
    "organisations.acting.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organisations.middleware.SecondFactorMiddleware",
    "frameworks.history.writer.WriterMiddleware",
]

ROOT_URLCONF = "wgll_portal.urls"
WSGI_APPLICATION = "wgll_portal.wsgi.application"

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
                "wgll_portal.context.portal",
                "organisations.single_sign_on.context.single_sign_on",
            ],
            "libraries": {"nhsuk": "wgll_portal.nhsuk"},
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "nhsuk"
CRISPY_TEMPLATE_PACK = "nhsuk"
CRISPY_FAIL_SILENTLY = False

# --- people and sessions ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "assessments:home"
LOGOUT_REDIRECT_URL = "sign_in"

ACCOUNT_ADAPTER = "organisations.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the sign-in code itself proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # NHS mail is scanned before it is delivered
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": False, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail whenever somebody's second factors change
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# One window for all, so that the lock-out page can say when it ends. A whole board may sit behind one network address.
# docs/adr/0006-limits-and-second-factors.md
SIGN_IN_LOCKOUT_MINUTES = 15
ACCOUNT_RATE_LIMITS = {
    action: f"{per_network}/{SIGN_IN_LOCKOUT_MINUTES}m/ip,{per_person}/{SIGN_IN_LOCKOUT_MINUTES}m/key"
    for action, per_network, per_person in (
        ("request_login_code", 60, 5),
        ("confirm_login_code", 180, 15),
        ("login_failed", 180, 10),  # second factors
        ("audit_lock_out", 20, 1),  # lines in the audit trail that say so
    )
} | {
    "reauthenticate": f"20/{SIGN_IN_LOCKOUT_MINUTES}m/user",
    "verify_report": f"60/{SIGN_IN_LOCKOUT_MINUTES}m/ip",  # the one page that does work for people who are signed out
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whether X-Forwarded-For says who is asking

MFA_ADAPTER = "organisations.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_TOTP_TOLERANCE = 1  # half a minute for slow typing and telephones whose clock is off
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # signing in by code is the proof; addresses are kept on the person only
MFA_RATE_LIMITS = {"webauthn_login": f"60/{SIGN_IN_LOCKOUT_MINUTES}m/ip"}

SESSION_COOKIE_AGE = 8 * 60 * 60  # whatever is done in it
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves; no script reads the cookie
CSRF_FAILURE_VIEW = "wgll_portal.errors.csrf_failure"
if HTTPS:  # browsers take a cookie of such a name only over HTTPS and from this very host
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10  # seconds: nobody waits for ever on the sign-in page
ANYMAIL_PROVIDER = env.str("ANYMAIL_PROVIDER", default="")
ANYMAIL = env.dict("ANYMAIL_SETTINGS", default={})  # the provider's own settings, such as POSTMARK_SERVER_TOKEN
if ANYMAIL_PROVIDER and not DEMO:
    EMAIL_BACKEND = f"anymail.backends.{ANYMAIL_PROVIDER}.EmailBackend"
    if find_spec(f"anymail.backends.{ANYMAIL_PROVIDER}") is None:
        raise ImproperlyConfigured("ANYMAIL_PROVIDER is not one that django-anymail knows, such as postmark.")

# --- transport and content security ------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# The longest section has 17 questions with two boxes of 2,000 characters, each sent with what it had shown: 1.3 MB if
# every character takes nine bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    3 * 1024 * 1024
)  # bytes of a form without its files; all in all: wgll_portal/middleware.py
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; a larger file goes to the system's temporary folder

# --- static files -------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty until collectstatic; whitenoise warns when it is not there
STATICFILES_DIRS = [path for path in (BASE_DIR / "static", BASE_DIR / "build") if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# --- single sign-on: docs/SIGN-IN.md -----------------------------------------------------------------------------

SOCIALACCOUNT_ADAPTER = "organisations.single_sign_on.adapter.SocialAccountAdapter"
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_TRUST_EMAIL = env.bool("OIDC_TRUST_EMAIL", default=False)  # its risk: docs/SIGN-IN.md
if any((OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)):
    if not all((OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)):
        raise ImproperlyConfigured(
            "Set OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them."
        )
    if not OIDC_ISSUER.startswith("https://" if HTTPS else ("https://", "http://")) or len(OIDC_ISSUER) > 200:
        raise ImproperlyConfigured("OIDC_ISSUER is not an https:// address of at most 200 characters.")

# --- language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "wgll_portal.formats"

# --- log ----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"pikepdf": {"level": "WARNING"}},  # it says that it was loaded
}
