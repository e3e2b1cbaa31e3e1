"""What the pages of the newsroom show beside the stock admin."""

from typing import Any

from django import template
from django.template import Context

from embassy import moment
from news import permissions
from news.admin import start

register = template.Library()


@register.inclusion_tag("admin/news/_start.html", takes_context=True)
def newsroom_start(context: Context) -> dict[str, Any]:
    """Print what waits for the person who looks, and what the public sees now."""
    user, at = context["request"].user, moment.now()
    if not permissions.may_read(user):
        return {"is_shown": False}
    return {
        "is_shown": True,
        "may_add": user.has_perm("news.add_statement"),
        "sections": start.sections(user, at),
        "public": start.public(at),
        "clocks": start.clocks(at),
        "may_withdraw": permissions.may_release(user),
    }
