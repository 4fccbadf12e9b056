"""Settings of an installation that people rely on."""

from config.env import BadEnvironment
from config.settings.base import *  # noqa: F403
from config.settings.base import DEVELOPMENT_KEY, ENV
from saan.kernel import logs

_missing = [
    name
    for name, value in {
        "SECRET_KEY": ENV.secret_key,
        "ALLOWED_HOSTS": ENV.allowed_hosts,
        "ENCRYPTION_KEY or ENCRYPTION_KEY_FILE": ENV.encryption_key or ENV.encryption_key_file,
    }.items()
    if not value
]
if _missing:
    raise BadEnvironment("Set in the environment: " + ", ".join(_missing))

if ENV.secret_key == DEVELOPMENT_KEY:
    raise BadEnvironment("SECRET_KEY is the one of development: make your own.")

DEBUG = False
LOGGING = logs.settings(as_json=ENV.log_format != "plain", level=ENV.log_level or "INFO")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A probe asks the process itself, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_HSTS_SECONDS = 31_536_000
CSRF_TRUSTED_ORIGINS = [ENV.public_url] if ENV.public_url.startswith("https") else []
# Whoever may look at every centre does not sign in with a password alone.
SECOND_FACTOR_ROLES = (*ENV.second_factor_roles, "national", "national_admin")
