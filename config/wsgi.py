"""The WSGI application that granian serves. With a wrong key, or without what it needs, it does not."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

application = get_wsgi_application()


def _may_serve() -> None:
    """Say what is wrong and stop, before anything is shown wrongly or written over."""
    from django.db import connections

    from config.checks import refuse_to_serve
    from saan.centres import key_care
    from saan.kernel import clock

    refuse_to_serve()
    key_care.require(now=clock.now())
    connections.close_all()


_may_serve()
