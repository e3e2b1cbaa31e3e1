"""What a statement's page says to those who cite it, share it, or read it by machine."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from news import citing, richtext, structured
from news.cards import cards
from news.models import Edition

register = template.Library()


@register.simple_tag(takes_context=True)
def citation(context: Context) -> citing.Citation:
    """Return the citation of the page's edition; a page that has a `latest` beside it shows a superseded one."""
    absolute = context["request"].build_absolute_uri
    is_superseded = "latest" in context
    return citing.citation(context["edition"], context["numbers"], absolute=absolute, is_superseded=is_superseded)


@register.simple_tag(takes_context=True)
def article_data(context: Context) -> SafeString:
    """Print what machines read of the statement's page."""
    lead: Any = context["files"].lead
    article = structured.Article(
        edition=context["edition"],
        addresses=context["alternates"],
        notes=context["notes"],
        earlier=context["earlier"],
        numbers=context["numbers"],
        absolute=context["request"].build_absolute_uri,
        picture=lead.src if lead else "",
    )
    return richtext.data_block(structured.data(article))


@register.simple_tag(takes_context=True)
def description(context: Context) -> str:
    """Return in one plain line what the page's edition is about."""
    return citing.description(context["edition"], context["numbers"])


@register.filter
def card_address(edition: Edition) -> str:
    """Return the path of the edition's card."""
    return cards.address(edition)
