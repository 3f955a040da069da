"""Where frameworks are read."""

from django.urls import path

from frameworks import crosswalk_views, views

app_name = "frameworks"

urlpatterns = [
    path("", views.framework_list, name="list"),
    path("<slug:code>/", views.current_version, name="current_version"),
    path("<slug:code>/<slug:version_code>/", views.version, name="version"),
    path("<slug:code>/<slug:version_code>/changes/", views.changes, name="changes"),
    path("<slug:code>/<slug:version_code>/compare/", views.compare_variants, name="compare_variants"),
    path("<slug:code>/<slug:version_code>/crosswalk/", crosswalk_views.crosswalk_page, name="crosswalk"),
    path("<slug:code>/<slug:version_code>/crosswalk.csv", crosswalk_views.crosswalk_file, name="crosswalk_file"),
    path("<slug:code>/<slug:version_code>/print/", views.print_version, name="print_version"),
]
