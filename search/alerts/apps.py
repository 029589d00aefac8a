from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "search.alerts"
    label = "search_alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.alerts import rounds
        from search.alerts.log_filter import KEYS
        from search.log_filter import hide
        from search.signals import worker_round

        worker_round.connect(rounds.on_round, dispatch_uid="search.alerts")
        hide(KEYS)
