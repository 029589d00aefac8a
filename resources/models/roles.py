"""Who does what in the library: the groups that it came with, and what a person's part is limited to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.choices import LANGUAGE_CHOICES
from resources.models.country import Country


class RoleKey(models.TextChoices):
    """The roles that are made on installation, each a group."""

    CONTRIBUTOR = "contributor", _("Contributors")
    FOCAL_POINT = "focal-point", _("Country focal points")
    TRANSLATOR = "translator", _("Translators")
    EDITOR = "editor", _("Library editors")
    ADMINISTRATOR = "administrator", _("Administrators")


class Role(models.Model):
    """A group that came with the library. It is known by `key`, whatever it is renamed to; one that was deleted isn't
    made again.
    """

    key = models.CharField(max_length=20, primary_key=True, choices=RoleKey)
    group = models.OneToOneField(Group, null=True, on_delete=models.SET_NULL, related_name="library_role")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return self.key


class MadeOnce(models.Model):
    """Something else that installation made, by a name: it isn't made again when an administrator took it away."""

    key = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.key


class Remit(models.Model):
    """What a focal point or a translator is limited to. Without a country a focal point may do nothing, and without
    languages a translator.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="library_remit")
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)

    # Of use to a country is what tells of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("remit")
        verbose_name_plural = _("remits")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.country_id or '–'} {', '.join(self.languages)}"

    def speaks(self, language: str) -> bool:
        return language in dict(LANGUAGE_CHOICES) and language in self.languages
