"""A pack in the making: sections of items, each a work, pages of a document or a span of a video."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models import PortalDocument
from resources.models.choices import LANGUAGE_CHOICES
from resources.packs.codes import new_code
from resources.packs.content import ItemKind

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000
MOST_ITEMS = 200


class Pack(models.Model):
    """`code` is its public address. `edit_hash` is of the secret that opens it for editing; whoever has an account may
    own it besides. `recommended_number` is the edition that editors recommend; what its makers hand out later is not
    recommended by that. `hidden_reason` says why editors closed it to the public.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    introduction = models.TextField(_("introduction"), max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(_("language of the learners"), max_length=12, choices=LANGUAGE_CHOICES)
    maker = models.CharField(_("made by"), max_length=120, blank=True)
    target_minutes = models.PositiveSmallIntegerField(_("target length in minutes"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="packs"
    )
    edit_hash = models.CharField(max_length=64, editable=False)
    based_on = models.ForeignKey(
        "packs.Edition", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies", editable=False
    )
    recommended = models.BooleanField(_("recommended"), default=False, db_index=True)
    recommended_number = models.PositiveIntegerField(null=True, blank=True)
    hidden = models.BooleanField(_("closed to the public"), default=False)
    hidden_reason = models.CharField(_("reason"), max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reading pack")
        verbose_name_plural = _("reading packs")
        ordering = ["-updated"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recommended=True, recommended_number__isnull=False)
                | models.Q(recommended=False, recommended_number__isnull=True),
                name="recommended_by_edition",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.code


class Section(models.Model):
    """A heading and the items below it. Every pack has one, whose title may be empty."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=12, default=new_code, editable=False)
    position = models.PositiveIntegerField()
    title = models.CharField(_("section"), max_length=LONGEST_TITLE, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="one_section_a_key")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """`work` is the key of a work in all its translations. `document` is what `PAGES` and `SPAN` are of: its pages
    `first_page` to `last_page`, counted from 1, or its seconds `start` to `end`. `language` is the version that the
    maker wants, "" for each reader's own. `questions` stand one a line.

    `decisions` says by number of a document what the maker decided about a file that changed after it was handed out:
    `{"checksum": of the new file, "accept": whether the next edition takes it}`.
    """

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=12, default=new_code, editable=False)
    position = models.PositiveIntegerField()
    work = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in ItemKind])
    document = models.ForeignKey(PortalDocument, null=True, on_delete=models.SET_NULL, related_name="+")
    first_page = models.PositiveIntegerField(null=True)
    last_page = models.PositiveIntegerField(null=True)
    start = models.FloatField(null=True)
    end = models.FloatField(null=True)
    language = models.CharField(_("version to use"), max_length=12, choices=LANGUAGE_CHOICES, blank=True)
    note = models.TextField(_("note to the reader"), max_length=LONGEST_TEXT, blank=True)
    questions = models.TextField(_("questions for discussion"), max_length=LONGEST_TEXT, blank=True)
    decisions = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["section__position", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="one_item_a_key")]

    def __str__(self) -> str:
        return f"{self.pack_id}:{self.key}"
