"""SKOS in Turtle → frozen concepts, all checked. No database. (SKOS reference: https://www.w3.org/TR/skos-reference/)"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

from resources.language_tags import language_of
from resources.thesaurus.errors import InvalidThesaurus, NotTurtle

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 80
LABEL_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SkosConcept:
    """A concept as the file has it. `others` are the labels beside the preferred one, by language."""

    slug: str
    broader: str | None
    related: frozenset[str]
    preferred: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SkosThesaurus:
    """Concepts in the order in which lists show them. `ignored` are language tags that the portal doesn't speak."""

    concepts: tuple[SkosConcept, ...]
    ignored: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reading:
    """What is found on the way: problems are gathered, so that one run names them all."""

    graph: Graph
    problems: list[str] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)


def read(data: bytes) -> SkosThesaurus:
    """Read a thesaurus. Raises NotTurtle or InvalidThesaurus, whose problems are all that is wrong with it."""
    reading = _Reading(_parse(data))
    slugs = _slugs(reading)
    concepts = [_concept(node, slug, slugs, reading) for node, slug in slugs.items()]
    if not slugs and not reading.problems:
        reading.problems.append("There is no skos:Concept in it.")
    if reading.problems:
        raise InvalidThesaurus(reading.problems)
    order = {slug: position for position, slug in enumerate(_ordered(reading.graph, slugs))}
    concepts.sort(key=lambda concept: (order.get(concept.slug, len(order)), concept.slug))
    return SkosThesaurus(tuple(concepts), frozenset(reading.ignored))


def circle(broader: Mapping[str, str | None]) -> list[str]:
    """The first chain of broader concepts that comes back to where it began; empty if there is none."""
    cleared: set[str] = set()
    for start in broader:
        path: list[str] = []
        slug: str | None = start
        while slug is not None and slug not in cleared:
            if slug in path:
                return [*path[path.index(slug) :], slug]
            path.append(slug)
            slug = broader.get(slug)
        cleared.update(path)
    return []


def _parse(data: bytes) -> Graph:
    graph = Graph()
    try:
        graph.parse(data=data.decode("utf-8-sig"), format="turtle")
    except UnicodeDecodeError as error:
        raise NotTurtle(["The file is no text in UTF-8."]) from error
    except Exception as error:
        # rdflib's parser raises its own BadSyntax, but also IndexError, AssertionError and others on odd input.
        raise NotTurtle([f"The file can’t be read as Turtle: {_first_line(error)}"]) from error
    return graph


def _first_line(error: Exception) -> str:
    """What a parser says, as one line: rdflib quotes the file around the place."""
    return " ".join(str(error).split())[:300] or type(error).__name__


def _slugs(reading: _Reading) -> dict[Node, str]:
    """Each concept's slug: its notation, else the last part of its address."""
    found: dict[Node, str] = {}
    taken: dict[str, Node] = {}
    for node in sorted(set(reading.graph.subjects(RDF.type, SKOS.Concept)), key=str):
        notations = sorted(str(value) for value in reading.graph.objects(node, SKOS.notation))
        if not notations and not isinstance(node, URIRef):
            reading.problems.append("A concept has neither an address nor a skos:notation.")
            continue
        slug = notations[0] if notations else re.split(r"[/#:]", str(node).rstrip("/#"))[-1]
        if not SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
            reading.problems.append(
                f"‘{slug[:100]}’ can’t be a theme’s name: small letters, digits, single hyphens, at most {SLUG_LENGTH}."
            )
        elif slug in taken:
            reading.problems.append(f"Two concepts are named {slug}.")
        else:
            found[node] = slug
            taken[slug] = node
    return found


def _concept(node: Node, slug: str, slugs: Mapping[Node, str], reading: _Reading) -> SkosConcept:
    graph = reading.graph
    above = {*graph.objects(node, SKOS.broader), *graph.subjects(SKOS.narrower, node)}
    if len(above) > 1:
        reading.problems.append(f"{slug} has {len(above)} broader concepts; the library’s tree has room for one.")
    for other in above - slugs.keys():
        reading.problems.append(f"{slug} stands below {other}, which isn’t in the file.")
    beside = {*graph.objects(node, SKOS.related), *graph.subjects(SKOS.related, node)}
    preferred: dict[str, str] = {}
    for language, text in _texts(node, SKOS.prefLabel, slug, reading):
        if preferred.setdefault(language, text) != text:
            reading.problems.append(
                f"{slug} has two preferred labels in {language}: ‘{preferred[language]}’ and ‘{text}’."
            )
    others: defaultdict[str, list[str]] = defaultdict(list)
    for language, text in _texts(node, SKOS.altLabel, slug, reading):
        if text != preferred.get(language) and text not in others[language]:
            others[language].append(text)
    if not preferred:
        reading.problems.append(f"{slug} has no preferred label in a language of the portal.")
    for text in (*preferred.values(), *(text for texts in others.values() for text in texts)):
        if len(text) > LABEL_LENGTH:
            reading.problems.append(f"A label of {slug} is longer than {LABEL_LENGTH} characters: ‘{text[:60]}…’.")
    definitions: dict[str, str] = {}
    for language, text in _texts(node, SKOS.definition, slug, reading):
        if definitions.setdefault(language, text) != text:
            reading.problems.append(f"{slug} has two definitions in {language}.")
    return SkosConcept(
        slug=slug,
        broader=next((slugs[other] for other in above if other in slugs), None),
        related=frozenset(slugs[other] for other in beside if other in slugs and other != node),
        preferred=preferred,
        others={language: tuple(texts) for language, texts in others.items()},
        definitions=definitions,
    )


def _texts(node: Node, predicate: Node, slug: str, reading: _Reading) -> Iterator[tuple[str, str]]:
    """(language, text) of a property in the portal's languages, in a fixed order."""
    for value in sorted(reading.graph.objects(node, predicate), key=str):
        if not isinstance(value, Literal) or not value.language:
            reading.problems.append(f"A text of {slug} doesn’t say its language: ‘{str(value)[:60]}’.")
            continue
        language = language_of(value.language)
        text = " ".join(str(value).split())
        if language is None:
            reading.ignored.add(value.language)
        elif text:
            yield language, text


def _ordered(graph: Graph, slugs: Mapping[Node, str]) -> list[str]:
    """The slugs as a skos:OrderedCollection of the file has them."""
    found: list[str] = []
    for head in graph.objects(None, SKOS.memberList):
        seen: set[Node] = set()
        for node in _members(graph, head, seen):
            if node in slugs and slugs[node] not in found:
                found.append(slugs[node])
    return found


def _members(graph: Graph, head: Node, seen: set[Node]) -> Iterator[Node]:
    # Walked by hand: a list that leads back into itself must end.
    while head != RDF.nil and head not in seen:
        seen.add(head)
        member = graph.value(head, RDF.first, any=True)
        if member is not None:
            yield member
        following = graph.value(head, RDF.rest, any=True)
        if following is None:
            return
        head = following


def write(concepts: tuple[SkosConcept, ...], scheme: str) -> bytes:
    """Turtle of `concepts`, whose addresses begin with `scheme` and a slash."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("theme", f"{scheme}/")
    whole = URIRef(scheme)
    graph.add((whole, RDF.type, SKOS.ConceptScheme))
    nodes = {concept.slug: URIRef(f"{scheme}/{concept.slug}") for concept in concepts}
    order = URIRef(f"{scheme}/order")
    graph.add((order, RDF.type, SKOS.OrderedCollection))
    listed = Collection(graph, BNode(), list(nodes.values()))
    graph.add((order, SKOS.memberList, listed.uri))
    for concept in concepts:
        node = nodes[concept.slug]
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, whole))
        graph.add((node, SKOS.notation, Literal(concept.slug)))
        if concept.broader is None:
            graph.add((node, SKOS.topConceptOf, whole))
            graph.add((whole, SKOS.hasTopConcept, node))
        else:
            graph.add((node, SKOS.broader, nodes[concept.broader]))
        for slug in concept.related:
            graph.add((node, SKOS.related, nodes[slug]))
        for language, text in concept.preferred.items():
            graph.add((node, SKOS.prefLabel, _literal(text, language)))
        for language, texts in concept.others.items():
            for text in texts:
                graph.add((node, SKOS.altLabel, _literal(text, language)))
        for language, text in concept.definitions.items():
            graph.add((node, SKOS.definition, _literal(text, language)))
    return graph.serialize(format="turtle", encoding="utf-8")


def _literal(text: str, language: str) -> Literal:
    return Literal(text, lang=language.replace("-hans", "-Hans"))
