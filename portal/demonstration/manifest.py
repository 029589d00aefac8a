"""What media_seed/ holds, read and checked. No Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from search.languages import LANGUAGE_CODES


@dataclass(frozen=True, slots=True)
class SeedText:
    """What a work says in one language. `body` is Markdown, `fields` are those of its type."""

    language: str
    title: str
    summary: str
    body: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeedFile:
    path: Path
    language: str


@dataclass(frozen=True, slots=True)
class SeedWork:
    """A work as its YAML file has it, with its texts, the file of its cover, and its PDFs, film and captions."""

    slug: str
    type: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    audience: str
    year: int
    facts: Mapping[str, Any]
    related: tuple[str, ...]
    cover: Path
    texts: tuple[SeedText, ...]
    files: tuple[SeedFile, ...]


@dataclass(frozen=True, slots=True)
class SeedEvent:
    """An event. `starts` and `ends` are in its own time zone; `texts` are by language."""

    slug: str
    starts: datetime
    ends: datetime
    timezone: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    materials: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SeedItem:
    """An item of a pack: a work, `pages` ('1-2') of its PDF in `language`, or a `span` ('0:05-0:45') of its film."""

    work: str
    pages: str
    language: str
    span: str
    note: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeedSection:
    title: str
    items: tuple[SeedItem, ...]


@dataclass(frozen=True, slots=True)
class SeedPack:
    """A reading pack, with the `code` of its address."""

    code: str
    language: str
    title: str
    maker: str
    introduction: str
    target_minutes: int | None
    sections: tuple[SeedSection, ...]


def works(root: Path) -> Iterator[SeedWork]:
    """Every work, English first among its texts. A file that is named and isn't there raises FileNotFoundError."""
    for path in sorted((root / "works").glob("*.yaml")):
        data = _read(path)
        slug = data["slug"]
        yield SeedWork(
            slug=slug,
            type=data["type"],
            countries=tuple(data["countries"]),
            themes=tuple(data["themes"]),
            audience=data["audience"],
            year=int(data["year"]),
            facts=data.get("facts") or {},
            related=tuple(data.get("related") or ()),
            cover=_existing(root / "covers" / f"{slug}.webp"),
            texts=tuple(_text(root / "texts" / slug / f"{language}.yaml", language) for language in data["pages_in"]),
            files=tuple(_files(root / "files", slug, data["pdfs_in"])),
        )


def events(root: Path) -> Iterator[SeedEvent]:
    for path in sorted((root / "events").glob("*.yaml")):
        data = _read(path)
        zone = ZoneInfo(data["timezone"])
        folder = root / "texts" / "events" / data["slug"]
        yield SeedEvent(
            slug=data["slug"],
            starts=_moment(data["starts"], zone),
            ends=_moment(data["ends"], zone),
            timezone=data["timezone"],
            countries=tuple(data.get("countries") or ()),
            themes=tuple(data.get("themes") or ()),
            materials=tuple(data.get("materials") or ()),
            texts={text.stem: _read(text) for text in sorted(folder.glob("*.yaml")) if text.stem in LANGUAGE_CODES},
        )


def packs(root: Path) -> Iterator[SeedPack]:
    for path in sorted((root / "packs").glob("*.yaml")):
        data = _read(path)
        yield SeedPack(
            code=data["code"],
            language=data["language"],
            title=data["title"],
            maker=data["maker"],
            introduction=data["introduction"].strip(),
            target_minutes=data.get("target_minutes"),
            sections=tuple(
                SeedSection(section["title"], tuple(_item(item) for item in section["items"]))
                for section in data["sections"]
            ),
        )


def _item(data: Mapping[str, Any]) -> SeedItem:
    return SeedItem(
        work=data["work"],
        pages=str(data.get("pages", "")),
        language=data.get("in", ""),
        span=str(data.get("span", "")),
        note=data.get("note", "").strip(),
        questions=tuple(data.get("questions") or ()),
    )


def pages(root: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The project's own pages: name → language → title, summary, body."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted((root / "pages").glob("*/*.yaml")):
        found.setdefault(path.stem, {})[path.parent.name] = _read(path)
    return found


def places(root: Path) -> dict[str, dict[str, str]]:
    """Introductions of countries: code → language → text."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((root / "places").glob("*.yaml")):
        for code, text in _read(path).items():
            found.setdefault(code, {})[path.stem] = str(text).strip()
    return found


def _text(path: Path, language: str) -> SeedText:
    data = _read(path)
    return SeedText(language, data["title"], data["summary"].strip(), data["body"], data.get("fields") or {})


def _files(folder: Path, slug: str, pdfs: list[str]) -> Iterator[SeedFile]:
    for language in pdfs:
        yield SeedFile(_existing(folder / f"{slug}.{language}.pdf"), language)
    film = folder / f"{slug}.mp4"
    if film.exists():
        yield SeedFile(film, "")
    for language in LANGUAGE_CODES:
        captions = folder / f"{slug}.{language}.vtt"
        if captions.exists():
            yield SeedFile(captions, language)


def _moment(value: Any, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FileNotFoundError(f"The demonstration library lacks {path.name}: make it with `make demo-files`.")
    return path


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return data
