"""Packs begin empty or as a copy, belong to whoever holds their secret, and may be claimed by an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from resources.models import PortalDocument
from resources.packs.codes import hashed, new_code, new_secret
from resources.packs.content import PackContent
from resources.packs.models import Edition, Item, Pack, Section

_TRIES = 5


def begin(*, language: str, title: str = "", owner: AbstractBaseUser | None = None) -> tuple[Pack, str]:
    """A new pack with one section, and the secret that opens it; the secret is kept nowhere."""
    secret = new_secret()
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                pack = Pack.objects.create(
                    code=new_code(),
                    title=title,
                    language=language,
                    owner_id=getattr(owner, "pk", None),
                    edit_hash=hashed(secret),
                )
                Section.objects.create(pack=pack, position=0)
        except IntegrityError:
            # Somebody has that code already: 3 in a thousand million, for a million packs.
            if attempt == _TRIES:
                raise
        else:
            return pack, secret
    raise AssertionError("The last attempt returns or raises.")


def copy(*, edition: Edition, content: PackContent, language: str) -> tuple[Pack, str]:
    """A pack of one's own that begins as `content`, an edition as it is shown; it credits the edition it came from."""
    with transaction.atomic():
        pack, secret = begin(language=language, title=content.title)
        Pack.objects.filter(pk=pack.pk).update(
            introduction=content.introduction, target_minutes=content.target_minutes, based_on=edition
        )
        pack.sections.all().delete()
        there = set(
            PortalDocument.objects.filter(
                pk__in={file.document for item in content.items for file in item.files}
            ).values_list("pk", flat=True)
        )
        for position, told in enumerate(content.sections):
            section = Section.objects.create(pack=pack, position=position, title=told.title)
            Item.objects.bulk_create(
                Item(
                    pack=pack,
                    section=section,
                    key=item.key,
                    position=at,
                    work=UUID(item.work),
                    kind=item.kind.value,
                    document_id=next(
                        (file.document for file in item.files if not file.is_captions and file.document in there), None
                    )
                    if item.first_page or item.end
                    else None,
                    first_page=item.first_page,
                    last_page=item.last_page,
                    start=item.start,
                    end=item.end,
                    language=item.language,
                    note=item.note,
                    questions="\n".join(item.questions),
                )
                for at, item in enumerate(told.items)
                if not item.gone
            )
        if not content.sections:
            Section.objects.create(pack=pack, position=0)
        pack.refresh_from_db()
    return pack, secret


def claim(*, pack: Pack, by: AbstractBaseUser) -> bool:
    """Let an account own a pack that nobody owns yet; whether it does now."""
    Pack.objects.filter(pk=pack.pk, owner=None).update(owner=by.pk)
    pack.refresh_from_db(fields=["owner"])
    return pack.owner_id == by.pk


def renew_secret(*, pack: Pack) -> str:
    """A new secret in place of the old one, which opens nothing any more."""
    secret = new_secret()
    pack.edit_hash = hashed(secret)
    pack.save(update_fields=["edit_hash", "updated"])
    return secret
