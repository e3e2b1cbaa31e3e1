"""Working in the admin as press staff do: posting its forms, reading its messages."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from news.models import Edition
from tests.reading import lines


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def verified(user: User) -> Client:
    """Return a client that gave a code of the user's phone too: what opens where the second factor is required."""
    phone, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "phone"})
    client = signed_in(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = phone.persistent_id
    session.save()
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:news_statement_{name}", args=args)


def form(button: str, **fields: Any) -> dict[str, Any]:
    """Return what the statement's form sends when `button` is pressed."""
    words = {"title": "A title", "summary": "A summary", "body": "<p>A body</p>", "date": date(2021, 10, 25)}
    return {"language": "en", **words, f"_{button}": "1"} | fields


def minute(name: str, day: str, time: str, zone: str) -> dict[str, str]:
    """Return what a field for a minute on a city's clock sends."""
    return {f"{name}_day": day, f"{name}_time": time, f"{name}_zone": zone}


def approve(user: User, edition: Edition, when: str = "now", **time: str) -> Any:
    """Approve, as somebody who has just read the text."""
    seen = Edition.objects.get(pk=edition.pk).changed_at.isoformat()
    return signed_in(user).post(address("approve", edition.statement_id), {"when": when, "seen": seen} | time)


def said(response: Any) -> list[str]:
    """Return the messages at the top of the page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response: Any) -> dict[str, list[str]]:
    """Return what the form refused, by field."""
    found: dict[str, list[str]] = response.context["adminform"].form.errors
    return found


def buttons(response: Any) -> list[str]:
    """Return the words on the buttons of a statement’s page."""
    html = response.content.decode()
    return lines(html.split('class="submit-row verbs"')[1].split("</div>")[0].split(">", 1)[1])
