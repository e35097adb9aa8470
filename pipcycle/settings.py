"""Settings, read from the environment; a missing secret or a bad value stops the start with one clear line."""

from pathlib import Path

import environ
import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from pipcycle.mail import mailer_from_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def required(name: str) -> str:
    """Return the environment variable, or stop with a line that says which one to set."""
    value = str(env.str(name, default=""))
    if not value:
        message = f"PIPCycle cannot start: set the environment variable {name} (see docs/deploy.md)."
        raise ImproperlyConfigured(message)
    return value


DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("PIPCYCLE_DEMO", default=DEBUG)
SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL: str = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
VAR_DIR = Path(env.str("PIPCYCLE_VAR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "pipcycle.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_rls_tenants",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "django_cotton",
    "django_filters",
    "lucide",
    "pipcycle",
    "people",
    "reminders",
    "documents",
    "metrics",
    "goals",
    "feedback",
    "pips",
    "development",
    "reviews",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "pipcycle.body_limit.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.TenantMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "pipcycle.urls"
WSGI_APPLICATION = "pipcycle.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_ISOLATE_BY_DEFAULT = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context_processors.tenant",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------
required("DATABASE_URL")
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RLS_TENANTS = {
    "TENANT_MODEL": "people.Organization",
    "TENANT_FK_FIELD": "organization",
    "TENANT_PK_TYPE": "bigint",
    "STRICT_MODE": True,
    "TENANT_HEADER": None,
    "TENANT_SESSION_KEY": None,
    # The context is set inside each transaction, so it never stays on a pooled connection.
    "USE_LOCAL_SET": True,
    # One-to-one references: the target is of the same tenant by its composite foreign key, so no value leaks.
    "UNIQUE_ACROSS_TENANTS": {
        "documents.Acknowledgement": ["document"],
        "people.Employee": ["membership"],
        "pips.AccommodationDetail": ["request"],
        "pips.Appeal": ["plan"],
        "people.EmployeeDemographics": ["employee"],
        "people.LeaveReason": ["leave"],
        "metrics.ObservationBatch": ["upload"],
        "pips.DisciplinaryAppeal": ["action"],
        "pips.ExpectationResult": ["expectation"],
        "pips.PlanDecision": ["plan"],
        "reviews.PlanReview": ["follow_up"],
    },
}

# The context lives in the event row itself, under the row's own tenant policy; there is no shared context table
# (docs/adr/0001-tenancy.md).
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True

# --- Cache, broker --------------------------------------------------------------------------------
CELERY_BROKER_URL = required("CELERY_BROKER_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": env.str("CELERY_KEY_PREFIX", default="")}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TIMEZONE = "UTC"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", default=CELERY_BROKER_URL),
        "KEY_PREFIX": env.str("CACHE_KEY_PREFIX", default="pipcycle"),
    }
}

# --- People and sign-in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front_door"
ACCOUNT_ADAPTER = "people.adapters.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "login": "pipcycle.ui.forms.SignInForm",
    "reset_password": "pipcycle.ui.forms.PasswordResetForm",
    "reset_password_from_key": "pipcycle.ui.forms.NewPasswordForm",
    "change_password": "pipcycle.ui.forms.ChangePasswordForm",
}
# A reset for an unknown address says the same on the page and sends nothing: strangers cannot make us write mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "signup": "20/m/ip",
}
# How many of our own proxies stand before the application: the visitor's address is read behind them.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int(
    "TRUSTED_PROXY_COUNT", default=1 if env.bool("BEHIND_PROXY", default=False) else 0
)
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pipcycle.ui.errors.csrf_failure"

# --- Mail -----------------------------------------------------------------------------------------
MAILERS = {"default": mailer_from_url(env.str("EMAIL_URL", default="smtp://localhost:25"), folder=VAR_DIR / "mail")}
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="PIPCycle <no-reply@pipcycle.example>")
# How long a worker may hold messages it has claimed; another takes them over after that.
MAIL_LEASE_SECONDS: int = env.int("MAIL_LEASE_SECONDS", default=300)

# --- Language, time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
# A trial run serves the files where they lie; a deployment collects, names by content and compresses them once.
WHITENOISE_USE_FINDERS = DEBUG or DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = str(VAR_DIR / "media")

# --- Uploads --------------------------------------------------------------------------------------
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
IMPORT_MAX_BYTES: int = env.int("IMPORT_MAX_BYTES", default=100 * 1024 * 1024)

# --- Documents ------------------------------------------------------------------------------------
# Processes that draw PDFs beside each process (0: it draws by itself), and how many pages may wait for one.
DOCUMENT_RENDERERS: int = env.int("DOCUMENT_RENDERERS", default=1)
DOCUMENT_QUEUE: int = env.int("DOCUMENT_QUEUE", default=1)

# --- API ------------------------------------------------------------------------------------------
API_MAX_BYTES: int = env.int("API_MAX_BYTES", default=5_000_000)
API_MAX_ROWS: int = env.int("API_MAX_ROWS", default=10_000)
API_REQUESTS_PER_MINUTE: int = env.int("API_REQUESTS_PER_MINUTE", default=60)
# What is held in memory of a body without files: the largest is the API's.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(2 * 1024 * 1024, API_MAX_BYTES)

# --- Security -------------------------------------------------------------------------------------
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS_ONLY: bool = env.bool("HTTPS_ONLY", default=not DEBUG and not DEMO)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Log: one line an event on standard output, without personal data ---------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django_rls_tenants.audit": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
