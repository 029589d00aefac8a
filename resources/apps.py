from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Library")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resources import signals, source
        from resources.roles.installing import make_roles

        signals.connect()
        source.register()
        post_migrate.connect(make_roles, sender=self)
