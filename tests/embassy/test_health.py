import pytest


@pytest.mark.parametrize(("path", "text"), [("/healthz", "ok\n"), ("/readyz", "ready\n")])
@pytest.mark.django_db
def test_probes_are_answered_whatever_host_and_scheme_they_call(client, settings, path: str, text: str):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["press.example"]
    response = client.get(path, HTTP_HOST="10.0.0.7:8000")
    assert (response.status_code, response.content.decode()) == (200, text)


@pytest.mark.django_db
def test_other_pages_still_look_at_the_host(client, settings):
    settings.ALLOWED_HOSTS = ["press.example"]
    assert client.get("/", HTTP_HOST="10.0.0.7:8000").status_code == 400
