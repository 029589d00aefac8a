"""A maker at a browser of his own: opens the arranging page, fills its form in, presses its buttons."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

from resources.packs import actions
from resources.packs.models import Pack


class Maker:
    """Somebody who came in by the shared edit link; `language` is that of the interface."""

    def __init__(self, pack: Pack, secret: str, language: str = "en", **more: Any) -> None:
        self.client = Client(**more)
        self.pack, self.language = pack, language
        address = f"/{language}/packs/join/{pack.code}/{secret}/"
        proof = self.page(self.client.get(address)).xpath("//input[@name='proof']/@value")[0]
        assert self.client.post(address, {"proof": proof}).status_code == 303

    def address(self, place: str = "") -> str:
        return f"/{self.language}/packs/edit/{self.pack.code}/{place}"

    def page(self, response: Any) -> Any:
        return html.fromstring(response.content.decode())

    def form(self, response: Any = None, **typed: str) -> dict[str, Any]:
        """What the form on the arranging page would send, with some fields `typed` anew."""
        told = self.page(response or self.client.get(self.address()))
        (found,) = told.xpath("//form[@id='arrange']")
        long = {each.name for each in found.iter("textarea")}
        sent: dict[str, Any] = {}
        for name, value in found.form_values():
            # As browsers do: the first line end of such a field is none of its text.
            sent.setdefault(name, []).append(value.removeprefix("\n") if name in long else value)
        unknown = set(typed) - set(sent)
        assert not unknown, unknown
        return {**sent, **typed}

    def press(self, do: str, sent: dict[str, Any] | None = None, **typed: str) -> Any:
        """Press a button of a form that was opened before (`sent`), by default of one opened now."""
        data = {**(sent if sent is not None else self.form()), **typed, "do": do}
        return self.client.post(self.address(), data)


def makers(pack: Pack, *languages: str, **more: Any) -> list[Maker]:
    """Several makers with the same link."""
    secret = actions.renew_secret(pack=pack)
    return [Maker(pack, secret, language, **more) for language in languages]
