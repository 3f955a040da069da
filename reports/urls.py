"""Reading a closed round: on a page, or as the board report."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("rounds/<int:round_id>/results/", views.results, name="results"),
    path("rounds/<int:round_id>/report.pdf", views.report_pdf, name="report_pdf"),
]
