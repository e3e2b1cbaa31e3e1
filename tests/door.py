"""Getting in as staff do: password, the code of a phone, recovery codes."""

import re
from base64 import b32decode
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy import moment
from embassy.log import LogRow
from tests.conftest import PASSWORD


def code_of(key: str, step: int = 0) -> str:
    """Return what a phone with the hex key shows now, or shows `step` half minutes later."""
    totp = TOTP(bytes.fromhex(key), drift=step)
    totp.time = moment.machine().timestamp()
    return f"{totp.token():06}"


def wrong_code(key: str) -> str:
    """Return six digits that the phone shows neither now nor soon."""
    shown = {code_of(key, step) for step in range(-4, 5)}
    return next(code for code in ("000000", *map(str, range(100000, 100020))) if code not in shown)


def key_on(html: str) -> str:
    """Return the key that the set-up page shows, as hex."""
    found = re.search(r'<code class="key">([a-z2-7 ]+)</code>', html)
    assert found
    return b32decode(found[1].replace(" ", "").upper()).hex()


def codes_on(html: str) -> list[str]:
    """Return the recovery codes that the page shows."""
    return re.findall(r"<li><code>([a-z2-7 ]+)</code></li>", html)


def phone(user: User) -> TOTPDevice:
    """Return the phone of the user, set up where there is none."""
    device: TOTPDevice
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "phone"})
    return device


def give_password(client: Client, name: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **extra)


def give_code(client: Client, code: str, **extra: Any) -> Any:
    return client.post(reverse("admin:second_factor"), {"code": code}, **extra)


def is_in(client: Client) -> bool:
    """Tell whether the newsroom opens."""
    status: int = client.get(reverse("admin:index")).status_code
    assert status in {200, 302}
    return status == 200


def verbs() -> list[str]:
    """Return the verbs of the log, oldest first."""
    return list(LogRow.objects.order_by("pk").values_list("verb", flat=True))
