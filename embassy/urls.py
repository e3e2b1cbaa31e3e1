"""All addresses of the site. Public pages of further languages have a prefix; the newsroom and machines have none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from embassy import asat, instants, machines, views

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("admin/language/", set_language, name="set_language"),
    path("admin/instant/", admin.site.admin_view(instants.instant), name="instant"),
    path("admin/as-at/", admin.site.admin_view(asat.choose), name="as_at"),
    path("admin/as-at/<str:instant>/", admin.site.admin_view(asat.page), name="as_at_page"),
    path("admin/as-at/<str:instant>/<path:rest>", admin.site.admin_view(asat.page)),
    path("admin/", admin.site.urls),
    path("files/", include("news.file_urls")),
    path("favicon.ico", machines.favicon),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("", include("embassy.look.urls")),
    path("", include("news.machine_urls")),
    *i18n_patterns(
        path("site.webmanifest", machines.manifest, name="manifest"),
        path("", include("news.urls")),
        prefix_default_language=False,
    ),
]
