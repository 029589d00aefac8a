"""Countries by their ISO 3166-1 code. Their names come from CLDR; what the portal says of them is written here, by
language.
"""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.search import index

from resources.models.choices import LANGUAGE_CHOICES
from resources.places import country_name


class Country(index.Indexed, ClusterableModel):
    """A country that the library holds works about. `row` and `column` place it on the tile map, counted from 1; 0
    leaves it off.
    """

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))],
    )
    is_member = models.BooleanField(_("member of ASEAN"), default=False)
    row = models.PositiveSmallIntegerField(_("row on the tile map"), default=0)
    column = models.PositiveSmallIntegerField(_("column on the tile map"), default=0)

    panels = [
        FieldPanel("code"),
        FieldPanel("is_member"),
        FieldRowPanel([FieldPanel("row"), FieldPanel("column")], heading=_("Place on the tile map")),
        InlinePanel("introductions", heading=_("Introductions"), label=pgettext_lazy("of a country", "Introduction")),
    ]
    search_fields = [index.SearchField("code"), index.AutocompleteField("code")]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return country_name(self.code)

    def introduction(self, language: str) -> tuple[str, str]:
        """What the portal says of the country, and the language it says it in: `language`, else English, else
        nothing.
        """
        texts = {item.language: item.text for item in self.introductions.all()}
        for code in (language, "en"):
            if texts.get(code):
                return texts[code], code
        return "", language


class CountryIntroduction(models.Model):
    country = ParentalKey(Country, on_delete=models.CASCADE, related_name="introductions")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [models.UniqueConstraint(fields=["country", "language"], name="one_introduction_a_language")]

    def __str__(self) -> str:
        return f"{self.country_id} ({self.language})"
