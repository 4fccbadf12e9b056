"""Settings of an installation that people rely on."""

from config.settings.base import *  # noqa: F403 - one settings file builds on the other
from config.settings.base import ENV
from saan.kernel import logs

# What is missing is not refused here: `manage.py check --deploy` must be able to list all of it.
# Server, worker and commands do refuse (config/checks.py).
PRODUCTION = True
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
