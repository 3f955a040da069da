"""Reading a closed round, on a page or as the board report; and a member's own answers to take away."""

from django.urls import path

from reports import views
from reports.agenda import views as agenda_views
from reports.counterparts import views as counterpart_views
from reports.cover import views as cover_views
from reports.exports import views as export_views
from reports.look import views as look_views
from reports.own import views as own_views
from reports.pdf import views as pdf_views
from reports.signed import verify_views
from reports.signed import views as sign_off_views

app_name = "reports"

urlpatterns = [
    path("rounds/<int:round_id>/results/", views.results, name="results"),
    path("rounds/<int:round_id>/results/indicators/", views.indicators, name="indicators"),
    path("rounds/<int:round_id>/report/", cover_views.board_report_page, name="board_report"),
    path("rounds/<int:round_id>/report/cover/", cover_views.cover, name="cover"),
    path("organisations/<str:ods_code>/report-cover/", cover_views.usual_cover, name="usual_cover"),
    path("organisations/<str:ods_code>/report-look/", look_views.look, name="look"),
    path("organisations/<str:ods_code>/report-look/logo.png", look_views.logo, name="logo"),
    path("rounds/<int:round_id>/report.pdf", pdf_views.report_pdf, name="report_pdf"),
    path("rounds/<int:round_id>/agenda.pdf", agenda_views.agenda_document, name="agenda"),
    path("rounds/<int:round_id>/report/<int:number>.pdf", pdf_views.report_version, name="report_version"),
    path(
        "rounds/<int:round_id>/report/<int:number>-archive-copy.pdf",
        pdf_views.report_version,
        {"as_archive": True},
        name="version_archive_copy",
    ),
    path("rounds/<int:round_id>/figures.<slug:suffix>", export_views.figures, name="figures"),
    path(
        "rounds/<int:round_id>/report/<int:number>-figures.<slug:suffix>",
        export_views.version_figures,
        name="version_figures",
    ),
    path("schemas/report-figures-1.json", export_views.figures_schema, name="figures_schema"),
    path("rounds/<int:round_id>/report/made/<int:drawing_id>/", pdf_views.drawing_page, name="drawing"),
    path("rounds/<int:round_id>/report/made/<int:drawing_id>.pdf", pdf_views.drawn_pdf, name="drawn_pdf"),
    path("verify/", verify_views.verify, name="verify"),
    path("rounds/<int:round_id>/sign-off/", sign_off_views.sign_off_page, name="sign_off"),
    path("rounds/<int:round_id>/sign-off/take-back/", sign_off_views.take_back, name="take_back_sign_off"),
    path("rounds/<int:round_id>/side-by-side/", counterpart_views.side_by_side, name="side_by_side"),
    path("rounds/<int:round_id>/side-by-side/take-back/", counterpart_views.take_back, name="take_back_release"),
    path("responses/<int:response_id>/my-answers.pdf", views.my_answers_pdf, name="my_answers_pdf"),
    path("responses/<int:response_id>/trend/", own_views.trend, name="my_trend"),
    path("responses/<int:response_id>/appraisal/", own_views.appraisal_page, name="appraisal"),
    path("responses/<int:response_id>/appraisal.pdf", own_views.appraisal_document, name="appraisal_pdf"),
]
