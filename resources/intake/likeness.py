"""Texts that say nearly the same: MinHash signatures (A. Broder, 1997), found again by bands that an index holds.

Shingles are made of the terms that search stores, so that a text without spaces between its words has some too. See
docs/decisions/texts-that-say-the-same.md.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import transaction
from django.db.models import F, Q

from resources.extraction import ExtractedText
from resources.intake.models import SignatureBand, TextSignature
from resources.models import ExtractionStatus, PortalDocument
from search.analysis import index_terms

PERMUTATIONS = 128
BANDS, ROWS = 20, 6
"""Two texts that share four fifths of their shingles share a band with 99.8 %, half of them with 27 %."""
SHINGLE = 4
FEWEST = 20
"""A text of fewer shingles is known by no signature: two short texts are alike by chance."""
MOST_TERMS = 60_000
ALIKE = 0.7
"""The share of shingles from which on two texts are pointed out."""
MOST_ALIKE = 5
_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that says the same: `share` of its shingles, estimated, 1 for the same bytes."""

    document: int
    title: str
    share: float


def signature(pages: Iterable[str], language: str) -> bytes:
    """The signature of a text in `language`; empty for one that is too short."""
    # Loading it loads SciPy: only who signs a text pays for that.
    from datasketch import MinHash

    shingles = set(_shingles(pages, language or "en"))
    if len(shingles) < FEWEST:
        return b""
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
    minhash.update_batch(sorted(shingles))
    return np.asarray(minhash.hashvalues, dtype="<u4").tobytes()


def signature_of(text: ExtractedText, language: str) -> bytes:
    return signature((passage.text for passage in text.passages), language)


def bands(hashes: bytes) -> list[int]:
    """The bands of a signature as signed 64-bit numbers; none of an empty one."""
    size = 4 * ROWS
    return [
        struct.unpack("<q", hashlib.blake2b(hashes[at : at + size], digest_size=8, salt=bytes([number])).digest())[0]
        for number, at in enumerate(range(0, BANDS * size if hashes else 0, size))
    ]


def keep(document: PortalDocument, hashes: bytes) -> None:
    """Note by what the text of a document is known again."""
    with transaction.atomic():
        TextSignature.objects.update_or_create(
            document=document, defaults={"checksum": document.checksum, "hashes": hashes}
        )
        SignatureBand.objects.filter(signature_id=document.pk).delete()
        SignatureBand.objects.bulk_create(
            [SignatureBand(signature_id=document.pk, key=key) for key in dict.fromkeys(bands(hashes))]
        )


def alike(hashes: bytes, *, besides: int | None = None) -> list[Alike]:
    """The documents whose text says nearly the same, the nearest first: two queries, however many there are."""
    if not hashes:
        return []
    near = SignatureBand.objects.filter(key__in=bands(hashes)).exclude(signature_id=besides)
    candidates = list(near.values_list("signature_id", flat=True).distinct()[:_COMPARED])
    rows = TextSignature.objects.filter(pk__in=candidates).values_list("document_id", "document__title", "hashes")
    found = [Alike(document, title, _nearly(share(hashes, bytes(other)))) for document, title, other in rows]
    return sorted((one for one in found if one.share >= ALIKE), key=lambda one: (-one.share, one.document))[:MOST_ALIKE]


def _nearly(estimated: float) -> float:
    # Of the same bytes alone it is said that they are the same.
    return min(round(estimated, 2), 0.99)


def same_bytes(checksum: str) -> list[Alike]:
    """The documents with the same bytes."""
    rows = PortalDocument.objects.filter(checksum=checksum).order_by("pk").values_list("pk", "title")
    return [Alike(document, title, 1.0) for document, title in rows[:MOST_ALIKE]]


def share(one: bytes, other: bytes) -> float:
    """The estimated share of shingles that two texts have in common (Jaccard)."""
    if not one or len(one) != len(other):
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def sign_waiting(most: int = 20) -> int:
    """Sign documents that came another way, or got another file; how many there were."""
    unsigned = Q(text_signature=None) | ~Q(text_signature__checksum=F("checksum"))
    waiting = PortalDocument.objects.filter(unsigned, extraction_status=ExtractionStatus.EXTRACTED).order_by("pk")
    documents = list(waiting[:most])
    for document in documents:
        pages = document.passages.order_by("position").values_list("text", flat=True)
        keep(document, signature(pages.iterator(), document.text_language))
    return len(documents)


def _shingles(pages: Iterable[str], language: str) -> Iterator[bytes]:
    terms: list[str] = []
    for page in pages:
        terms += islice(index_terms(page, language).words.split(), MOST_TERMS - len(terms))
        if len(terms) >= MOST_TERMS:
            break
    for at in range(len(terms) - SHINGLE + 1):
        yield " ".join(terms[at : at + SHINGLE]).encode("utf-8", "surrogatepass")
