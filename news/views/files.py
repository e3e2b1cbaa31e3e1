"""Pictures and documents for visitors: the check, on every request, in one query."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from embassy import moment
from news.library import serving
from news.models import Rendition


@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Answer with a stored file while a text that shows it can be read; else as if there had never been one.

    Not 410: the address tells nothing, also not that something was here.
    """
    at = moment.now()
    rendition = Rendition.objects.at_address(token, name).public(at).first()
    response: HttpResponseBase
    if rendition is None:
        page = render(request, "news/no_file.html", status=404)
        if request.method == "HEAD":
            page.headers["Content-Length"] = str(len(page.content))
            page.content = b""  # the server warns of a body that it must not send
        response = page
    else:
        response = serving.answer(request, rendition)
    # Like a page: nothing downstream outlives the minute in which it was right.
    patch_cache_control(response, public=True, max_age=moment.seconds_to_next_minute(at))
    return response
