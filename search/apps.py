from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks  # noqa: F401
        from search.indexing.upgrade import rebuild_if_unfit

        post_migrate.connect(rebuild_if_unfit, sender=self)
