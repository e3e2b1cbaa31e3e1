"""The guide for press staff is true: its pictures are there, and what it quotes stands on the screens."""

import re
from pathlib import Path

import django
from django.apps import apps

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "newsroom.md").read_text()
FOLDER = ROOT / "docs" / "newsroom"
# Bold for emphasis, not as a word on the screen: whole sentences and the headings of the worst day.
SENTENCE = re.compile(r"(?m)\*\*[^*]+\.\*\*|^\*\*[^*]+\*\*(?: \(|:)|^- \*\*[^*]+\*\*:")


def labels() -> set[str]:
    """Return every text that templates and code, or Django's admin, put on a screen; and what our models are called."""
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "news").rglob("*.py"), *(ROOT / "embassy").rglob("*.py")]
    found = {str(model._meta.verbose_name_plural).capitalize() for model in apps.get_models()}
    for source in sources:
        found |= set(re.findall(r"(?:translate |_lazy\(|\b_\()\s*[\"']([^\"'\n]+)[\"']", source.read_text()))
    catalogue = Path(django.__file__).parent / "contrib/admin/locale/en/LC_MESSAGES/django.po"
    return found | set(re.findall(r'^msgid "(.+)"$', catalogue.read_text(), re.MULTILINE))


def test_every_picture_named_is_there_and_every_one_there_is_named_and_small():
    named = re.findall(r"!\[([^\]]+)\]\(newsroom/([\w-]+\.png)\)", GUIDE)
    files = {file.name: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert sorted(name for _words, name in named) == sorted(files)
    assert max(files.values()) <= 80 * 1024
    assert sum(files.values()) < 500 * 1024
    widths = {int.from_bytes((FOLDER / name).read_bytes()[16:20], "big") for name in files}
    assert widths == {1280}


def test_every_label_quoted_in_bold_is_one_that_the_newsroom_has():
    quoted = {" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", SENTENCE.sub("", GUIDE))}
    assert len(quoted) > 25
    assert quoted - labels() == set()


def test_the_guide_is_two_pages():
    assert 900 <= len(GUIDE.split()) <= 1300
