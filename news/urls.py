"""Addresses of statements and of the archive (DESIGN: pages and addresses)."""

from django.urls import path, register_converter

from news import views


class YearConverter:
    """A year in which a statement can be dated; a register number of four digits outside of it is a number."""

    regex = "(?:19|20|21)[0-9]{2}"

    def to_python(self, value: str) -> int:
        """Return the year."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return four digits."""
        return f"{value:04d}"


class MonthConverter:
    """A month: two digits."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        """Return the month, 1 to 12."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return two digits."""
        return f"{value:02d}"


class NumberConverter:
    """A register or sequence number: from 1, without leading zeros, small enough for the database."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return its digits."""
        return str(value)


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(NumberConverter, "number")

app_name = "news"
urlpatterns = [
    path("", views.home, name="home"),
    path("messages/", views.messages, name="messages"),
    path("messages/<year:year>/", views.year, name="year"),
    path("messages/<year:year>/<month:month>/", views.month, name="month"),
    path("messages/<number:number>/", views.statement, name="number"),
    path("messages/<number:number>/editions/<number:sequence>/", views.edition, name="edition"),
    path("messages/<number:number>/editions/<number:sequence>/card.png", views.card, name="card"),
    path("messages/<number:number>/<str:slug>/", views.statement, name="statement"),
    path("category/<slug:slug>/", views.category, name="category"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/atom.xml", views.atom_feed, name="atom"),
    path("feeds/rss.xml", views.rss_feed, name="rss"),
    path("feeds/feed.json", views.json_feed, name="json"),
    path("feeds/<slug:slug>/atom.xml", views.atom_feed, name="atom"),
    path("feeds/<slug:slug>/rss.xml", views.rss_feed, name="rss"),
    path("feeds/<slug:slug>/feed.json", views.json_feed, name="json"),
    # Short enough to be typed from paper; it answers like the number under messages/.
    path("<number:number>", views.statement, name="short"),
    path("<number:number>/", views.statement),
    path("press/", views.press, name="press"),
    path("verify/", views.verify, name="verify"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("preview/<str:secret>/files/<str:token>/<str:name>", views.preview_file, name="preview_file"),
]
