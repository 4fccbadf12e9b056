"""Settings that hold everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.constants import NONCE, NONE, SELF

from config import checks
from config.env import ROOT, application_role, database, mail_server, owner_database, read
from saan.kernel import logs

if TYPE_CHECKING:
    from pathlib import Path

ENV = read()
#: Known to everybody: for dev.py, refused in production.
DEVELOPMENT_KEY = "development-only-secret-key-0123456789abcdef0123456789"

#: Whether people rely on it (prod.py).
PRODUCTION = False
checks.register()

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = list(ENV.allowed_hosts)
PUBLIC_URL = ENV.public_url
VAR = ENV.var
READ_ONLY = ENV.read_only
ENCRYPTION_KEY = ENV.encryption_key
ENCRYPTION_KEY_FILE = ENV.encryption_key_file
BACKUP_DIR = ENV.backup_dir
BACKUP_KEEP = ENV.backup_keep
#: Time of day in Bangkok; "" is never.
BACKUP_AT = ENV.backup_at

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_vite",
    "template_partials",
    "saan.work",
    "saan.audit",
    "saan.places",
    "saan.backups",
    "saan.accounts",
    "saan.centres",
    "saan.notices",
    "saan.search",
    "saan.people",
    "saan.partners",
    "saan.cases",
    "saan.placements",
    "saan.statistics",
    "saan.jobs",
    "saan.demo",
    "saan.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "saan.web.kit.logs.AccessLog",
    "saan.web.health.without_cookies.WithoutCookies",
    # Pages shrink to a fifth on a slow phone; Django pads each answer against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "saan.web.kit.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "saan.web.setup.first.SetupFirst",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "saan.web.accounts.gate.LastSeen",
    "saan.web.kit.safe_methods.SafeMethodsDoNotWrite",
    "saan.web.kit.actors.ActorMiddleware",
    "saan.web.accounts.gate.Gate",
    "saan.web.kit.read_only.ReadOnlyMiddleware",
    "saan.web.kit.errors.OwnPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
# Our widgets are templates beside our pages and use our components.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "saan" / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "saan.web.kit.context.shell",
            ],
            "builtins": ["saan.web.templatetags.kit"],
        },
    }
]

#: The same database by the role that owns the tables, and the role it gives rights to.
OWNER_DATABASE = owner_database(ENV)
APPLICATION_ROLE = application_role(ENV)
DATABASES = {
    "default": OWNER_DATABASE if ENV.as_owner and OWNER_DATABASE else database(ENV.database_url)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "saan.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "saan.accounts.passwords.NotOneself"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "saan.accounts.passwords.NotBreached"},
]
#: A file of passwords that are known from breaches: docs/how-to/sign-in.md.
BREACHED_PASSWORDS = ENV.breached_passwords
#: Roles that need a second factor wherever they act; a centre may add its own.
SECOND_FACTOR_ROLES = ENV.second_factor_roles
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "saan.web.accounts.adapter.StaffAdapter"
ACCOUNT_LOGOUT_ON_GET = False
# Axes counts failures; allauth's own limiter would need a shared cache to be right.
ACCOUNT_RATE_LIMITS = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/pages/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Failures stay known until the sign-in that follows them, which tells the owner.
AXES_ENABLE_ACCESS_FAILURE_LOG = True
# The name and the e-mail of one account are counted together.
AXES_USERNAME_CALLABLE = "saan.web.accounts.adapter.counted_name"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "saan.web.kit.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = ENV.var / "static"
STATICFILES_DIRS = [("build", ROOT / "saan" / "web" / "static" / "build")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
DJANGO_VITE = {
    "default": {
        "static_url_prefix": "build",
        "manifest_path": ROOT / "saan" / "web" / "static" / "build" / "manifest.json",
    }
}
# Vite already put a hash into these names: they may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+-[0-9A-Za-z_-]{8}\..+$"


def _for_every_page(headers: Any, _path: str, url: str) -> None:
    """The script that shows a page of ours without a signal looks after every address."""
    if url.endswith("/saan/offline.js"):
        headers["Service-Worker-Allowed"] = "/"


WHITENOISE_ADD_HEADERS_FUNCTION = _for_every_page

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MAIL = mail_server(ENV.email_url)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = MAIL.use_ssl, MAIL.use_tls, 10
DEFAULT_FROM_EMAIL = ENV.email_from or "saan@localhost"

# Plain words for a developer; prod.py writes one JSON object a line, without personal data.
LOGGING = logs.settings(as_json=ENV.log_format == "json", level=ENV.log_level or "WARNING")
