"""The WSGI application: `gunicorn portal.wsgi`."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from portal.request_encoding import in_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = in_utf_8(get_wsgi_application())

from search.service import warm_up  # noqa: E402 - the applications must be ready

# Before the first visitor, not while one waits.
warm_up()
# A server that forks from here must not share a connection.
connections.close_all()
# What is loaded by now stays: the collector needn't walk through it again and again, a tenth of a second each time.
gc.collect()
gc.freeze()
