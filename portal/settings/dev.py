"""A machine of one's own: `make run`. Errors are shown in full, mail is printed."""

from __future__ import annotations

from portal import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import MIDDLEWARE

DEBUG = True
MIDDLEWARE = [*MIDDLEWARE, "portal.middleware.OwnNotFound"]
SECRET_KEY = env.text("SECRET_KEY") or "only-for-a-machine-of-ones-own-" + "x" * 40
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# No worker needs to run beside a server of one's own: a lease keeps the two from doing the same.
IMPORTS_IN_THREAD = True
