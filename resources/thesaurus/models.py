"""Themes: concepts of a SKOS thesaurus, with labels and definitions in every language."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from resources.models.choices import LANGUAGE_CHOICES
from resources.thesaurus.forms import ConceptForm


class Concept(index.Indexed, ClusterableModel):
    """A theme. `broader` makes the tree that facets show; `position` orders siblings."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Its name in addresses and in imports."))
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    related = models.ManyToManyField("self", verbose_name=_("related themes"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldPanel("slug"),
        FieldPanel("broader"),
        FieldPanel("related"),
        FieldPanel("position"),
        InlinePanel("labels", heading=_("Labels"), label=_("Label")),
        InlinePanel("definitions", heading=_("Definitions"), label=_("Definition")),
    ]
    base_form_class = ConceptForm
    search_fields = [
        index.SearchField("slug"),
        index.AutocompleteField("slug"),
        index.RelatedFields("labels", [index.SearchField("text"), index.AutocompleteField("text")]),
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label()

    def clean(self) -> None:
        super().clean()
        above, seen = self.broader, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"broader": _("A theme can’t be placed below itself.")})
            seen.add(above.pk)
            above = above.broader

    def label(self, language: str | None = None) -> str:
        """The preferred label in `language` (by default the one in force), else in English, else the slug."""
        labels = {item.language: item.text for item in self.labels.all() if item.kind == ConceptLabel.Kind.PREFERRED}
        return labels.get(language or get_language() or "en") or labels.get("en") or self.slug

    def definition(self, language: str) -> tuple[str, str]:
        """What the theme means and the language that is said in: `language`, else English, else nothing."""
        texts = {item.language: item.text for item in self.definitions.all()}
        for code in (language, "en"):
            if texts.get(code):
                return texts[code], code
        return "", language


class ConceptLabel(models.Model):
    """One name of a theme. What the project wrote itself waits as `reviewed=False` for a native speaker."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("Preferred")
        OTHER = "other", _("Other")

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.PREFERRED)
    text = models.CharField(_("label"), max_length=200)
    reviewed = models.BooleanField(_("confirmed by a native speaker"), default=False)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="a_label_once_a_language"),
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(kind="preferred"),
                name="one_preferred_label_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"


class ConceptDefinition(models.Model):
    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="definitions")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    text = models.TextField(_("definition"))

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        constraints = [models.UniqueConstraint(fields=["concept", "language"], name="one_definition_a_language")]

    def __str__(self) -> str:
        return f"{self.concept_id} ({self.language})"
