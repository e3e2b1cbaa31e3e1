"""What the forms ask while somebody types a time, so that the zone rules and the words are the server's alone."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from embassy import zoned


@never_cache
@require_GET
def instant(request: HttpRequest) -> HttpResponse:
    """Answer with what the form would say of `day`, `time`, `zone` and `which`; with `future`, the past is refused."""
    typed = [request.GET.get(name, "") for name in ("day", "time", "zone", "which")]
    reading = zoned.read(typed, is_future="future" in request.GET)
    return JsonResponse(
        {
            "words": reading.words,
            "problem": reading.problem,
            "choices": [{"value": value, "label": label} for value, label in reading.choices],
            "chosen": reading.chosen,
        }
    )
