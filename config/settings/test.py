"""Settings of the test suite: the same application, faster and stricter."""

import os

from config.env import ROOT, database
from config.settings.base import *  # noqa: F403 - one settings file builds on the other

DEBUG = False
SECRET_KEY = "test-only-secret-key-0123456789abcdef0123456789abcdef"  # noqa: S105 - of the tests
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PUBLIC_URL = "http://testserver"
VAR = ROOT / "var" / "test"
ENCRYPTION_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
ENCRYPTION_KEY_FILE = ""
DATABASES = {"default": database(os.environ.get("TEST_DATABASE_URL") or "sqlite:///:memory:")}
OWNER_DATABASE = None
APPLICATION_ROLE = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
BREACHED_PASSWORDS = ""
SECOND_FACTOR_ROLES = ()
