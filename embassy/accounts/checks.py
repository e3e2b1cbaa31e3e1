"""Sentences at every start for settings that do not fit together."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004  Django's name


@register(Tags.security)
def check_second_factor(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:
    """Warn where a site that the world can reach lets people in with a password alone."""
    if settings.HTTPS and settings.SECOND_FACTOR == "off":
        return [
            Warning(
                "SECOND_FACTOR=off with HTTPS=on: whoever guesses one password writes the mission's statements.",
                hint="Leave SECOND_FACTOR out, or write SECOND_FACTOR=required.",
                id="embassy.W001",
            )
        ]
    return []


@register(Tags.security)
def check_proxies(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:
    """Warn where every visitor would seem to come from the proxy."""
    if settings.HTTPS and settings.TRUSTED_PROXIES == 0:
        return [
            Warning(
                "HTTPS=on says that a proxy is in front, but TRUSTED_PROXIES is 0: everybody seems to come from the "
                "proxy, so the log cannot tell from where, and one who guesses locks others out.",
                hint="Write TRUSTED_PROXIES=1 for one proxy that sets X-Forwarded-For.",
                id="embassy.W002",
            )
        ]
    return []
