"""Signatures over the register: Ed25519 (RFC 8032), off until somebody makes a key.

The private key is a file outside of the database (PKCS #8, PEM: RFC 5958), readable for its owner alone. What is
signed is text, frozen like the lines themselves (docs/register.md).
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from embassy import version
from news.models import RegisterKey, RegisterLine, RegisterSignature
from news.register import lines
from news.register.chain import instant_text

HEAD_LINE = "Embassy register signature 1"
KEY_LINE = "Embassy register key 1"
READABLE_BY_OTHERS = 0o077


class CannotSign(Exception):  # noqa: N818  a sentence for the operator
    """Nothing was signed or made; the text says why."""


@dataclass(frozen=True)
class Signed:
    """What was signed; whether it had been signed before."""

    position: int
    public_key: str
    is_new: bool


def head_text(position: int, chain: str, signed_at: str) -> bytes:
    """Return what a signature over the register is made over; the instant as the register writes instants."""
    return f"{HEAD_LINE}\nposition: {position}\nchain: {chain}\nsigned: {signed_at}\n".encode()


def key_text(public_key: str, added_at: str) -> bytes:
    """Return what the key before it signs to endorse a new key; the instant likewise."""
    return f"{KEY_LINE}\npublic key: {public_key}\nadded: {added_at}\n".encode()


def is_valid(public_key: str, signature: str, text: bytes) -> bool:
    """Tell whether `signature` over `text` was made with the key; False for whatever is neither."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_key(file: Path) -> str:
    """Write a new private key to `file`, which must not exist, for its owner's eyes alone; return its public half."""
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        # Never over another file: that could be the key in use, and there is no second copy of it.
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotSign(f"{file} exists already: a key is never overwritten.") from error
    except OSError as error:
        raise CannotSign(f"{file} cannot be written: {error.strerror}.") from error
    with os.fdopen(number, "wb") as opened:
        opened.write(content)
    return _public(private)


def read_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key in `file`; refuses one that others can read."""
    try:
        mode, content = file.stat().st_mode, file.read_bytes()
    except OSError as error:
        raise CannotSign(f"{file} cannot be read: {error.strerror}.") from error
    if mode & READABLE_BY_OTHERS:
        raise CannotSign(f"{file} can be read by others: chmod 600 it, and think of whether somebody has read it.")
    try:
        private = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise CannotSign(f"{file} holds no Ed25519 private key without a password, in PEM.")
    return private


def sign(
    private: Ed25519PrivateKey, *, at: datetime, before: Ed25519PrivateKey | None = None, is_fresh_start: bool = False
) -> Signed:
    """Sign the register as it is at the aware instant `at`; signing the same end twice changes nothing.

    A key that is new here needs `before`, the key that it replaces, which endorses it; or `is_fresh_start`, where that
    one is lost.
    """
    with version.raised_once():
        lines.settle(at)
        line = RegisterLine.objects.order_by("-position").first()
        if line is None:
            raise CannotSign("The register is empty: there is nothing to sign yet.")
        key = _known(private, at=at, before=before, is_fresh_start=is_fresh_start)
        is_new = not RegisterSignature.objects.filter(line=line, key=key).exists()
        if is_new:
            signature = private.sign(head_text(line.position, line.chain, instant_text(at))).hex()
            RegisterSignature.objects.create(line=line, key=key, signature=signature, signed_at=at)
    return Signed(line.position, key.public_key, is_new)


def _known(
    private: Ed25519PrivateKey, *, at: datetime, before: Ed25519PrivateKey | None, is_fresh_start: bool
) -> RegisterKey:
    """Return the row of the key; add one for a new key."""
    newest: RegisterKey | None = RegisterKey.objects.order_by("-pk").first()
    public = _public(private)
    if newest is not None and newest.public_key == public:
        return newest
    if RegisterKey.objects.filter(public_key=public).exists():
        raise CannotSign("That key was replaced by a newer one, which alone signs now.")
    endorsement = ""
    if newest is not None and not is_fresh_start:
        if before is None:
            raise CannotSign(
                "This key is new here: name the one that it replaces with --replaces FILE, "
                "or say --old-key-is-lost, and tell readers by another way."
            )
        if _public(before) != newest.public_key:
            raise CannotSign("The key that is to be replaced is not the one that signed last.")
        endorsement = before.sign(key_text(public, instant_text(at))).hex()
    key = RegisterKey(public_key=public, added_at=at, endorsement=endorsement)
    key.save()
    return key


def _public(private: Ed25519PrivateKey) -> str:
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw.hex()
