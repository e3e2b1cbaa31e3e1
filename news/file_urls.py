"""The one address of what is stored, the same in every language."""

from django.urls import path

from news.library import converter  # noqa: F401  knows <file_token:…>
from news.views import file

app_name = "files"
urlpatterns = [path("<file_token:token>/<str:name>", file, name="file")]
