"""Reading a closed round, on a page or as the board report; and a member's own answers to take away."""

from django.urls import path

from reports import (
    agenda_views,
    drawing_views,
    export_views,
    look_views,
    own_views,
    paper_views,
    sign_off_views,
    verify_views,
    views,
)

app_name = "reports"

urlpatterns = [
    path("rounds/<int:round_id>/results/", views.results, name="results"),
    path("rounds/<int:round_id>/results/indicators/", views.indicators, name="indicators"),
    path("rounds/<int:round_id>/report/", paper_views.board_report_page, name="board_report"),
    path("rounds/<int:round_id>/report/cover/", paper_views.cover, name="cover"),
    path("organisations/<str:ods_code>/report-cover/", paper_views.usual_cover, name="usual_cover"),
    path("organisations/<str:ods_code>/report-look/", look_views.look, name="look"),
    path("organisations/<str:ods_code>/report-look/logo.png", look_views.logo, name="logo"),
    path("rounds/<int:round_id>/report.pdf", drawing_views.report_pdf, name="report_pdf"),
    path("rounds/<int:round_id>/agenda.pdf", agenda_views.agenda_document, name="agenda"),
    path("rounds/<int:round_id>/report/<int:number>.pdf", drawing_views.report_version, name="report_version"),
    path("rounds/<int:round_id>/figures.<slug:suffix>", export_views.figures, name="figures"),
    path(
        "rounds/<int:round_id>/report/<int:number>-figures.<slug:suffix>",
        export_views.version_figures,
        name="version_figures",
    ),
    path("schemas/report-figures-1.json", export_views.figures_schema, name="figures_schema"),
    path("rounds/<int:round_id>/report/made/<int:drawing_id>/", drawing_views.drawing_page, name="drawing"),
    path("rounds/<int:round_id>/report/made/<int:drawing_id>.pdf", drawing_views.drawn_pdf, name="drawn_pdf"),
    path("verify/", verify_views.verify, name="verify"),
    path("rounds/<int:round_id>/sign-off/", sign_off_views.sign_off_page, name="sign_off"),
    path("rounds/<int:round_id>/sign-off/take-back/", sign_off_views.take_back, name="take_back_sign_off"),
    path("responses/<int:response_id>/my-answers.pdf", views.my_answers_pdf, name="my_answers_pdf"),
    path("responses/<int:response_id>/trend/", own_views.trend, name="my_trend"),
    path("responses/<int:response_id>/appraisal/", own_views.appraisal_page, name="appraisal"),
    path("responses/<int:response_id>/appraisal.pdf", own_views.appraisal_document, name="appraisal_pdf"),
]
