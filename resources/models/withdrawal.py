"""Works that were taken back, and why. What is withdrawn says so at its addresses, and can be put back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from resources.models.choices import LANGUAGE_CHOICES


class WithdrawalReason(models.TextChoices):
    REPLACED = "replaced", _("A newer work takes its place.")
    OUTDATED = "outdated", _("What it says no longer holds.")
    ERRORS = "errors", _("It contains errors.")
    RIGHTS = "rights", _("Its rights holder asked for it.")
    PERSONAL = "personal", _("It contains personal data.")
    MISTAKE = "mistake", _("It was published by mistake.")
    OTHER = "other", _("Another reason, told below.")


class Withdrawal(models.Model):
    """A work that was withdrawn in all its languages. `texts` are the editor's own words by language, beside or in
    place of the ready-made reason. `replacement` is the key of the work that stands in for it.
    """

    work = models.UUIDField(unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=20, choices=WithdrawalReason)
    texts = models.JSONField(default=dict, blank=True)
    withdrawn_on = models.DateField(_("date"))
    replacement = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.work} ({self.reason})"

    def explanation(self, language: str | None = None) -> tuple[str, str, str]:
        """Why, for a reader of `language`: the ready-made sentence, the editors' own words, and the language of these
        (their own, else English, else any).
        """
        reader = language or get_language() or "en"
        known = WithdrawalReason(self.reason) if self.reason in WithdrawalReason.values else WithdrawalReason.OTHER
        with override(reader):
            sentence = "" if known is WithdrawalReason.OTHER else gettext(str(known.label))
        for code in (reader, "en", *self.texts):
            if text := self.texts.get(code):
                return sentence, str(text), code
        return sentence, "", reader


class WithdrawnVersion(models.Model):
    """A language version that was public until then. Its title stays known when the page is deleted; `revision` is
    what was published, and `is_open` says that everyone could see it.
    """

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="versions")
    page = models.ForeignKey("resources.ResourcePage", null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=12, choices=LANGUAGE_CHOICES)
    title = models.CharField(max_length=255)
    is_open = models.BooleanField(default=False)

    # An editor who looks where a page is used doesn't look for this.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title
