"""What a browser says of itself, in the few words by which its owner knows it."""

import re

# In this order: most of them also claim to be the ones below.
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_FIRST = re.compile(r"[A-Za-z][\w.+-]{0,39}")


def in_words(user_agent: str) -> str:
    """Return `Firefox, Windows` for a User-Agent; of an unknown program its first word; empty where it says nothing.

    Names only, so they read the same in every language.
    """
    program = next((name for mark, name in PROGRAMS if f"{mark}/" in user_agent), "")
    if not program:
        found = _FIRST.match(user_agent)
        program = found[0] if found else ""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (program, system) if part)
