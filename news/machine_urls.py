"""What machines ask for by a fixed address, the same in every language."""

from django.urls import path

from news import urls, views  # noqa: F401  urls knows <number:…>

app_name = "machines"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-pages.xml", views.pages_sitemap, name="pages_sitemap"),
    path("sitemap-news.xml", views.news_sitemap, name="news_sitemap"),
    path("sitemap-<number:part>.xml", views.sitemap_part, name="sitemap_part"),
    path("register.json", views.register, name="register"),
    path(
        "messages/<number:number>/editions/<number:sequence>/canonical.txt",
        views.canonical_text,
        name="canonical_text",
    ),
]
