"""The second factor: a phone's codes (django-otp's TOTP, RFC 6238) and recovery codes. Knows nothing of requests."""

import hashlib
import secrets
from base64 import b32encode
from datetime import datetime
from math import ceil
from urllib.parse import quote, urlencode

import django_otp
import qrcode
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy import log, moment
from embassy.accounts import sessions
from embassy.accounts.deeds import Deed
from embassy.accounts.models import RecoveryCode

HOW_MANY_CODES = 10
# After the n-th wrong code in a row django-otp waits 2^(n-1) seconds. Without an end to that, somebody who stole a
# password could keep the phone of its owner out for days: so never more than four minutes.
MOST_FAILURES = 9


class TooSoonError(Exception):
    """Too many wrong codes: the next one is looked at after this many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def is_required() -> bool:
    """Tell whether this site asks for a second factor at all."""
    return bool(settings.SECOND_FACTOR == "required")


def is_verified(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether the user of this request has given a code in this session."""
    return getattr(user, "otp_device", None) is not None


def phone_of(user: User) -> TOTPDevice | None:
    """Return the phone that the user set up; there is one at most."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").last()
    return found


def new_key() -> str:
    """Return a new secret of 160 bits, as hex."""
    return secrets.token_hex(20)


def key_in_groups(key: str) -> str:
    """Return the secret as authenticator apps want it typed: Base32, in groups of four."""
    return _in_groups(b32encode(bytes.fromhex(key)).decode().lower())


def qr_code(user: User, key: str, site: str) -> dict[str, str | int]:
    """Return the QR code of the secret: the size of a square, and the path in it that is dark (one unit a module)."""
    name = quote(f"{site.replace(':', ' ').strip()}:{user.get_username()}")
    parameters = {"secret": b32encode(bytes.fromhex(key)).decode(), "issuer": site, "digits": 6, "period": 30}
    code = qrcode.QRCode(border=4)
    code.add_data(f"otpauth://totp/{name}?{urlencode(parameters, quote_via=quote)}")
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": path}


def set_up(user: User, key: str, typed: str, *, replaces: bool) -> TOTPDevice | None:
    """Make this the user's phone where the code is right; the old phone's codes end, and so does this one code.

    Without `replaces` there must be no phone yet: of two people with one password, only the first sets one up.
    """
    step = _step_of(key, typed)
    if step is None:
        return None
    with transaction.atomic():
        _one_at_a_time(user)
        if phone_of(user) and not replaces:
            return None
        TOTPDevice.objects.filter(user=user).delete()
        device: TOTPDevice = TOTPDevice.objects.create(user=user, name="phone", key=key, confirmed=True, last_t=step)
    return device


def is_right(user: User, phone: TOTPDevice, typed: str) -> bool:
    """Tell whether the code is the phone's, and use it up. Raises TooSoonError while the next one must wait."""
    allowed, reason = phone.verify_is_allowed()
    if not allowed:
        raise TooSoonError(max(1, ceil((reason["locked_until"] - moment.machine()).total_seconds())))
    typed = plain(typed)
    if looks_like_a_phones(typed) and django_otp.verify_token(user, phone.persistent_id, typed):
        return True
    TOTPDevice.objects.filter(pk=phone.pk, throttling_failure_count__gt=MOST_FAILURES).update(
        throttling_failure_count=MOST_FAILURES
    )
    return False


def make_codes(user: User) -> list[str]:
    """Return ten new recovery codes, which are never shown again; the old ones end."""
    codes = [b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(HOW_MANY_CODES)]
    with transaction.atomic():
        _one_at_a_time(user)
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return [_in_groups(code) for code in codes]


def use_code(user: User, typed: str) -> bool:
    """Tell whether this is an unused recovery code of the user, and use it up."""
    deleted, _ = RecoveryCode.objects.filter(user=user, digest=_digest(plain(typed))).delete()
    return deleted == 1


def reset(user: User, *, by: User | None, at: datetime) -> None:
    """Forget phone and recovery codes, so that the user sets up anew; and end the sessions: whoever held one could."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        sessions.end_all(user)
        log.write(Deed.FACTOR_RESET, by=by, at=at, title=user.get_username())


def plain(typed: str) -> str:
    """Return a code without what people put between its groups."""
    return "".join(typed.split()).replace("-", "").lower()


def looks_like_a_phones(code: str) -> bool:
    """Tell a phone's code from a recovery code: six digits."""
    return len(code) == 6 and code.isascii() and code.isdigit()


def _one_at_a_time(user: User) -> None:
    """Let no other request change the user's second factor until this transaction ends."""
    User.objects.select_for_update().get(pk=user.pk)


def _step_of(key: str, typed: str) -> int | None:
    typed = plain(typed)
    if not looks_like_a_phones(typed):
        return None
    totp = TOTP(bytes.fromhex(key))
    totp.time = moment.machine().timestamp()
    return int(totp.t()) if totp.verify(int(typed), tolerance=1) else None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _in_groups(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
