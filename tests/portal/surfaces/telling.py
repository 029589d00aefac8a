"""Asks every address, and sees of which works an answer tells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdf
from django.http import HttpResponseBase
from django.test import Client

from tests.portal.surfaces.addresses import LISTS, SURFACES, Site
from tests.portal.surfaces.works import SHELF, Work

FOUND = (200, 206, 304)


@dataclass(frozen=True)
class Answer:
    """What came of asking an address. `headers` and `body` are text, that of what is packed too."""

    route: str
    address: str
    status: int
    headers: str
    body: str

    @property
    def is_file(self) -> bool:
        """Whether what was asked for itself is there: a file, a picture."""
        return self.status in FOUND and self.route.startswith(("documents/<", "^media", "library/cite"))

    def says(self, signs: Iterable[str]) -> bool:
        """Whether it holds one of them, other than by repeating its address."""
        return any((sign in self.body or sign in self.headers) and sign not in self.address for sign in signs)


@dataclass(frozen=True)
class Telling:
    """An answer tells of the work with that word."""

    route: str
    address: str
    word: str


def walked(site: Site, client: Client, surfaces: Iterable[str] = SURFACES) -> Iterator[Answer]:
    for route in surfaces:
        for address in SURFACES[route](site):
            response = client.get(address)
            headers = "\n".join(f"{name}: {value}" for name, value in response.items())
            yield Answer(route, address, response.status_code, headers, "\n".join(_texts(_content(response))))


def _content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from _texts(packed.read(name))
    elif content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield str(reader.metadata)
        yield from (page.extract_text() for page in reader.pages)
    else:
        yield content.decode("utf-8", "replace")


def told(answers: Iterable[Answer], works: Sequence[Work], files_of: Sequence[Work] = ()) -> set[Telling]:
    """What answers tell of works, or of the file of one of `files_of`."""
    found: set[Telling] = set()
    for answer in answers:
        for work in works:
            if answer.says(work.signs) or (answer.is_file and _is_of(work, answer.address)):
                found.add(Telling(answer.route, answer.address, work.word))
        for work in files_of:
            if answer.says(work.signs_of_file) or (answer.is_file and _is_file_of(work, answer.address)):
                found.add(Telling(answer.route, answer.address, work.word))
    return found


def _is_file_of(work: Work, address: str) -> bool:
    return f"/documents/{work.document.pk}/" in address


def _is_of(work: Work, address: str) -> bool:
    cited = any(f"/cite/{page}/" in address for page in work.pages)
    return cited or _is_file_of(work, address) or address in work.renditions


_CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|shown)" value="[^"]+"|"(?:took_ms|score)": ?[\d.]+|\d{4}-\d\d-\d\dT[\d:.+Z-]+'
)
"""What differs from one answer to the next whatever is in the library."""


def listed(site: Site, client: Client) -> dict[str, str]:
    """What lists and counts say, by address."""
    own = [SHELF, *(work.english.slug for work in site.works)]
    return {
        answer.address: f"{answer.status} {_CHANGING.sub('', answer.body)}"
        for answer in walked(site, client, LISTS)
        if not any(f"/{slug}/" in answer.address for slug in own)
    }
