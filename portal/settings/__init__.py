"""Settings: `DEBUG=0` in the environment is production, anything else is a machine of one's own."""

from __future__ import annotations

from portal import env

if env.flag("DEBUG", default=True):
    from portal.settings.dev import *  # noqa: F403
else:
    from portal.settings.production import *  # noqa: F403
