"""Settings of a developer's machine and of the demo: nothing needs to be set."""

from config.settings.base import *  # noqa: F403 - one settings file builds on the other
from config.settings.base import DEVELOPMENT_KEY, ENV

DEBUG = ENV.debug
# Known to everybody, so never accepted by prod.py.
SECRET_KEY = ENV.secret_key or DEVELOPMENT_KEY
ALLOWED_HOSTS = [*ENV.allowed_hosts, "127.0.0.1", "localhost", "[::1]"]
# The demo's partner page is on this machine, so its links work here.
PUBLIC_URL = ENV.public_url or "http://127.0.0.1:8000"
# A granian server without collectstatic: whitenoise looks into the app folders.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = ENV.debug
