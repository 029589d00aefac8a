"""A mail server that takes mail for most, but not for one."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail.backends.locmem import EmailBackend


class RefusingBackend(EmailBackend):
    def send_messages(self, messages: Sequence[Any]) -> int:
        for message in messages:
            if any(address.startswith("refused") for address in message.to):
                raise SMTPRecipientsRefused(dict.fromkeys(message.to, (550, b"No such user")))
        return int(super().send_messages(messages) or 0)
