from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "resources.intake"
    label = "resources_intake"
    verbose_name = _("Dropped files")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resources.intake import signals

        signals.connect()
