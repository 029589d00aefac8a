from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "resources.packs"
    label = "packs"
    verbose_name = _("Reading packs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resources.packs import signals, source
        from resources.packs.log_filter import SECRETS
        from search.log_filter import hide

        signals.connect()
        source.register()
        hide(SECRETS)
