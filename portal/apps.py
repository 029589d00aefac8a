from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import sign_in_records
        from search.signals import worker_round
        from search.spreadsheets import guard_exports

        guard_exports()
        worker_round.connect(sign_in_records.on_round, dispatch_uid="portal.sign_in_records")
