"""What machines read of a statement: a NewsArticle in the words of schema.org (https://schema.org/NewsArticle)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from embassy import mission, moment
from news import citing, texttokens
from news.cards import cards
from news.models import Edition

Node = dict[str, Any]


@dataclass(frozen=True)
class Article:
    """The edition of a statement's page, with what the page already knows of it."""

    edition: Edition
    # Of the statement and of its translations, by language.
    addresses: Mapping[str, str]
    # The newest first.
    notes: Sequence[Edition]
    earlier: Sequence[Edition]
    numbers: Mapping[str, texttokens.Count]
    absolute: citing.Absolute
    picture: str = ""

    @property
    def first_public_at(self) -> datetime:
        """When the statement could first be read, as far back as its earlier texts can be."""
        oldest = self.earlier[-1] if self.earlier else self.edition
        assert oldest.public_from is not None  # noqa: S101  what can be read has one
        return oldest.public_from

    @property
    def told_at(self) -> datetime:
        """When readers were last told of it."""
        assert self.edition.announced_at is not None  # noqa: S101  what can be read has one
        return self.edition.announced_at


def data(article: Article) -> Node:
    """Return the statement as JSON-LD, in the active language: the edition's; instants with the home zone's offset."""
    edition, address = article.edition, article.absolute(article.edition.get_absolute_url())
    found: Node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": texttokens.as_text(edition.title, article.numbers),
        "description": citing.description(edition, article.numbers),
        "inLanguage": edition.language,
        "datePublished": _instant(article.first_public_at),
        "dateModified": _instant(max(article.told_at, article.first_public_at)),
        "isAccessibleForFree": True,
        "publisher": _publisher(article),
        "author": _publisher(article),
        "identifier": _identifiers(edition),
        "version": edition.sequence,
        "image": [article.absolute(path) for path in (cards.address(edition), article.picture) if path],
        "articleSection": str(edition.category) if edition.category else "",
        "creativeWorkStatus": "Withdrawn" if edition.withdrawal_notice else "",
        "correction": _corrections(article),
    }
    found |= _translations(article)
    return {name: value for name, value in found.items() if value not in ("", [])}


def _instant(instant: datetime) -> str:
    return moment.local(instant, moment.home_zone()).isoformat(timespec="seconds")


def _publisher(article: Article) -> Node:
    return {
        "@type": "GovernmentOrganization",
        "name": mission.name(),
        "url": article.absolute(reverse("news:home")),
    }


def _identifiers(edition: Edition) -> list[str | Node]:
    number = {"@type": "PropertyValue", "propertyID": "register number", "value": str(edition.statement.number)}
    return [number, edition.statement.tag or ""]


def _corrections(article: Article) -> list[Node]:
    said = [(note.change_note, note.public_from) for note in article.notes]
    if article.edition.withdrawal_notice:
        said.insert(0, (article.edition.withdrawal_notice, article.edition.public_from))
    return [
        {"@type": "CorrectionComment", "text": text, "datePublished": _instant(begun)} for text, begun in said if begun
    ]


def _translations(article: Article) -> Node:
    """Name the original, or the translations, that can be read; never both: siblings are the original's to name."""
    statement = article.edition.statement
    original = statement.translation_of
    if original:
        works = [_work(article, original.language)] if original.language in article.addresses else []
        return {"translationOfWork": works[0]} if works else {}
    others = [language for language in article.addresses if language != statement.language]
    return {"workTranslation": [_work(article, language) for language in others]}


def _work(article: Article, language: str) -> Node:
    address = article.absolute(article.addresses[language])
    return {"@type": "NewsArticle", "@id": address, "url": address, "inLanguage": language}
