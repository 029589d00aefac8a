"""The thesaurus in and out: SKOS in Turtle ↔ the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from modelsearch.backends import get_search_backends_with_name

from resources.thesaurus import labels
from resources.thesaurus.errors import InvalidThesaurus, NotTurtle, ThesaurusError
from resources.thesaurus.models import Concept, ConceptDefinition, ConceptLabel
from resources.thesaurus.turtle import SkosConcept, SkosThesaurus, circle, read, write
from search.indexing import outbox

SCHEME = "https://lumbung.example/themes"
"""The address of the scheme. It names the themes, and stays the same wherever the portal is served."""

__all__ = ["SCHEME", "InvalidThesaurus", "LoadReport", "NotTurtle", "ThesaurusError", "export", "load"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. `kept` counts labels and definitions on which the database differed and stayed as it was.

    `ignored` are language tags in the file that the portal doesn't speak.
    """

    created: int
    updated: int
    labels: int
    definitions: int
    kept: int
    ignored: frozenset[str]


def load(source: Path | str | bytes) -> LoadReport:
    """Put a thesaurus (a path or its bytes) into the database: all of it or nothing.

    Concepts are known by their slugs. What editors made is never deleted: a preferred label that the file replaces
    stays as another label, one that a native speaker confirmed stays preferred, a definition that is there stays. New
    labels wait for review. Raises NotTurtle, InvalidThesaurus, or OSError when the path can't be read.
    """
    thesaurus = read(source if isinstance(source, bytes) else Path(source).read_bytes())
    with transaction.atomic():
        report = _apply(thesaurus)
        if report.created or report.labels:
            outbox.enqueue_everything()
    labels.forget()
    transaction.on_commit(labels.forget)
    return report


def export() -> bytes:
    """The thesaurus of the database as Turtle, in UTF-8."""
    concepts = Concept.objects.prefetch_related("labels", "definitions", "related").select_related("broader")
    return write(tuple(_as_skos(concept) for concept in concepts), SCHEME)


def _as_skos(concept: Concept) -> SkosConcept:
    preferred: dict[str, str] = {}
    others: dict[str, tuple[str, ...]] = {}
    for label in concept.labels.all():
        if label.kind == ConceptLabel.Kind.PREFERRED:
            preferred[label.language] = label.text
        else:
            others[label.language] = (*others.get(label.language, ()), label.text)
    return SkosConcept(
        slug=concept.slug,
        broader=concept.broader.slug if concept.broader else None,
        related=frozenset(other.slug for other in concept.related.all()),
        preferred=preferred,
        others=others,
        definitions={item.language: item.text for item in concept.definitions.all()},
    )


def _apply(thesaurus: SkosThesaurus) -> LoadReport:
    there = {concept.slug: concept for concept in Concept.objects.select_for_update().order_by("pk")}
    above = dict(Concept.objects.values_list("slug", "broader__slug"))
    _check_tree(thesaurus, above)
    made = _save_concepts(thesaurus, there)
    new_labels, kept_labels = _save_labels(thesaurus, there)
    new_definitions, kept_definitions = _save_definitions(thesaurus, there)
    _index_for_choosers([item.slug for item in thesaurus.concepts])
    return LoadReport(
        created=made,
        updated=len(thesaurus.concepts) - made,
        labels=new_labels,
        definitions=new_definitions,
        kept=kept_labels + kept_definitions,
        ignored=thesaurus.ignored,
    )


def _check_tree(thesaurus: SkosThesaurus, above: dict[str, str | None]) -> None:
    """The tree as it will be: what the file says, and above what it doesn't speak of what editors made."""
    tree = above | {item.slug: item.broader or above.get(item.slug) for item in thesaurus.concepts}
    around = circle(tree)
    if around:
        raise InvalidThesaurus([f"Broader concepts go in a circle: {' → '.join(around)}."])


def _index_for_choosers(slugs: Sequence[str]) -> None:
    """Choosers of the admin find a theme by its labels, which bulk operations don't tell Wagtail of."""
    concepts = list(Concept.objects.filter(slug__in=slugs).prefetch_related("labels"))
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(Concept, concepts)


def _save_concepts(thesaurus: SkosThesaurus, there: dict[str, Concept]) -> int:
    made = 0
    for position, item in enumerate(thesaurus.concepts):
        if item.slug not in there:
            there[item.slug] = Concept.objects.create(slug=item.slug, position=position)
            made += 1
    for item in thesaurus.concepts:
        concept = there[item.slug]
        if item.broader is not None and concept.broader_id != there[item.broader].pk:
            concept.broader = there[item.broader]
            concept.save()
        if item.related:
            concept.related.add(*(there[slug] for slug in item.related))
    return made


def _save_labels(thesaurus: SkosThesaurus, there: dict[str, Concept]) -> tuple[int, int]:
    """How many labels were added, and how many preferred ones stayed although the file has others."""
    known: dict[int, dict[tuple[str, str], ConceptLabel]] = {}
    for label in ConceptLabel.objects.filter(concept__in=there.values()):
        known.setdefault(label.concept_id, {})[label.language, label.text] = label
    fresh: list[ConceptLabel] = []
    demoted: list[ConceptLabel] = []
    promoted: list[ConceptLabel] = []
    kept = 0
    for item in thesaurus.concepts:
        concept = there[item.slug]
        labels_there = known.setdefault(concept.pk, {})
        chosen = {label.language: label for label in labels_there.values() if label.kind == ConceptLabel.Kind.PREFERRED}
        for language, text in item.preferred.items():
            current, same = chosen.get(language), labels_there.get((language, text))
            kind = ConceptLabel.Kind.PREFERRED
            if current is not None and current is not same:
                if current.reviewed or (same is not None and same.reviewed):
                    kept += 1
                    kind = ConceptLabel.Kind.OTHER
                else:
                    current.kind = ConceptLabel.Kind.OTHER
                    demoted.append(current)
            if same is None:
                fresh.append(ConceptLabel(concept=concept, language=language, text=text, kind=kind))
            elif same.kind != kind and kind == ConceptLabel.Kind.PREFERRED and not same.reviewed:
                same.kind = kind
                promoted.append(same)
        for language, texts in item.others.items():
            fresh.extend(
                ConceptLabel(concept=concept, language=language, text=text, kind=ConceptLabel.Kind.OTHER)
                for text in texts
                if (language, text) not in labels_there
            )
    # One preferred label a language: the old ones step down before the new ones come.
    ConceptLabel.objects.bulk_update(demoted, ["kind"])
    ConceptLabel.objects.bulk_update(promoted, ["kind"])
    ConceptLabel.objects.bulk_create(fresh)
    return len(fresh), kept


def _save_definitions(thesaurus: SkosThesaurus, there: dict[str, Concept]) -> tuple[int, int]:
    known = {
        (concept, language): text
        for concept, language, text in ConceptDefinition.objects.values_list("concept__slug", "language", "text")
    }
    fresh: list[ConceptDefinition] = []
    kept = 0
    for item in thesaurus.concepts:
        for language, text in item.definitions.items():
            current = known.get((item.slug, language))
            if current is None:
                fresh.append(ConceptDefinition(concept=there[item.slug], language=language, text=text))
            elif current != text:
                kept += 1
    ConceptDefinition.objects.bulk_create(fresh)
    return len(fresh), kept
