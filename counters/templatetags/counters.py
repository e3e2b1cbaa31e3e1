"""The banners of every page."""

import json
from typing import Any

from django import template

from counters.models import Counter
from embassy import moment

register = template.Library()

# A number for each plural category of CLDR that picks this category's form in every language that has it.
_SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


@register.inclusion_tag("counters/_counters.html")
def counters() -> dict[str, Any]:
    """Print the counters shown now, each with what the page needs to turn it at home midnight."""
    at = moment.now()
    return {"banners": [_banner(counter, at) for counter in Counter.objects.shown(at).in_order()]}


def _banner(counter: Counter, at: Any) -> dict[str, Any]:
    count = counter.count(at)
    before, number, after = counter.phrase(count.days, has_ended=count.has_ended).partition("{days}")
    forms = {name: counter.phrase(n, has_ended=False) for name, n in _SAMPLES.items()}
    # A language has few of the six; the page falls back to `other`.
    forms = {name: form for name, form in forms.items() if name == "other" or form != forms["other"]}
    if counter.ended_on:
        # A page that is open when the count ends says so.
        forms["ended"] = counter.phrase((counter.ended_on - counter.date).days, has_ended=True)
    return {
        "count": count,
        "before": before,
        "has_number": bool(number),
        "after": after,
        "until": counter.shown_until,
        "forms": "" if count.has_ended else json.dumps(forms, ensure_ascii=False),
    }
