"""No line of any log holds the address of a preview link."""

import logging

import pytest
from django.test import Client
from gunicorn.config import Config

from embassy.masking import MaskedFormatter, masked
from embassy.serverlog import ServerLogger
from tests.factories import make_draft, make_preview


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Not Found: /preview/AbC-_9/", "Not Found: /preview/…/"),
        ("GET /ru/preview/AbC?x=1 HTTP/1.1", "GET /ru/preview/…?x=1 HTTP/1.1"),
        ("/preview/AbC/files/xyz/40.webp", "/preview/…/files/xyz/40.webp"),
        ("Not Found: /preview//AbC/", "Not Found: /preview//…/"),
        ("next=%2Fpreview%2FAbC%2F", "next=%2Fpreview%2F…%2F"),
        ("“/preview/a” and '/preview/b'", "“/preview/… and '/preview/…'"),
        ("Not Found: /messages/preview/", "Not Found: /messages/preview/"),
        ("Not Found: /previews/9/", "Not Found: /previews/9/"),
    ],
)
def test_what_is_left_out_of_a_line(line, written):
    assert masked(line) == written


@pytest.mark.django_db
def test_the_log_of_the_site_holds_no_token(caplog):
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, MaskedFormatter))
    path, _link = make_preview(make_draft())
    with caplog.at_level("DEBUG"):
        for address in (path, path[:-2] + "/", f"{path}nothing/", f"/ru{path}files/x/y", path.replace("/", "%2F")):
            Client().get(address)
        Client().post(path)
        logging.getLogger("django.request").error("Broke: %s", path, exc_info=ValueError(path))
    written = "".join(handler.format(record) for record in caplog.records)
    assert written.count("/preview/…/") >= 4
    assert path.split("/")[2][:20] not in written


def test_the_log_of_the_server_holds_no_token(capfd):
    config = Config()
    config.set("loglevel", "debug")
    logger = ServerLogger(config)
    logger.debug("%s %s", "GET", "/preview/AbC/")
    logger.error("Error handling request %s", "/preview/AbC/")
    for handler in list(logger.error_log.handlers):
        logger.error_log.removeHandler(handler)
    written = capfd.readouterr().err
    assert written.count("/preview/…/") == 2
    assert "AbC" not in written
