"""A third language for tests: Arabic, which is written from the right and has six forms for a number."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polib  # type: ignore[import-untyped]

SOURCE = Path(__file__).with_name("django.po")
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ar", "العربيّة")]


def compile_into(folder: Path) -> Path:
    """Compile the catalogue into a folder for catalogues, as an operator would put it there; return the folder."""
    place = folder / "ar" / "LC_MESSAGES"
    place.mkdir(parents=True)
    polib.pofile(str(SOURCE)).save_as_mofile(str(place / "django.mo"))
    return folder


@contextmanager
def speaking_arabic(settings: Any, folder: Path) -> Iterator[None]:
    """Let the site speak Arabic too: the setting and the catalogue, nothing else."""
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, compile_into(folder / "locale")]
    settings.LANGUAGES = LANGUAGES
    yield
