import pytest

from news.previews import browsers


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Slackbot-LinkExpanding 1.0", "Slackbot-LinkExpanding"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_in_words(agent, words):
    assert browsers.in_words(agent) == words
