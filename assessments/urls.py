"""Pages about rounds and responses, grouped by what they act on."""

from django.urls import include, path

from assessments.views import (
    after_closing,
    board_actions,
    dashboard,
    discussion,
    lead,
    member,
    my_data,
    new_round,
    notices,
    preview,
    saving,
    sharing,
)

app_name = "assessments"

response_urls = [
    path("", member.task_list, name="response"),
    path("sections/<slug:code>/", member.answer_section, name="section"),
    path("answers/", saving.answers, name="answers"),
    path("check/", member.check_answers, name="check"),
    path("submit/", member.submit, name="submit"),
    path("reopen/", member.reopen, name="reopen"),
    path("receipt/", member.receipt, name="receipt"),
    path("my-answers.csv", member.answers_csv, name="answers_csv"),
    path("share/", sharing.share, name="share"),
    path("take-back/", sharing.take_back, name="take_back"),
    path("shared/", sharing.shared, name="shared"),
]

round_urls = [
    path("", lead.round_page, name="round"),
    path("answer/", member.answer_round, name="answer"),
    path("scope/", new_round.change_round, name="change_round"),
    path("members/", lead.choose_members, name="members"),
    path("members/new/", lead.new_member, name="new_member"),
    path("members/<int:response_id>/remove/", lead.remove_member, name="remove_member"),
    path("chase/", notices.chase, name="chase"),
    path("chase/remind/", notices.remind_all, name="remind_all"),
    path("chase/<int:response_id>/remind/", notices.remind, name="remind"),
    path("chase/<int:response_id>/send-again/", notices.send_again, name="send_again"),
    path("open/", lead.open_round, name="open"),
    path("closing-date/", lead.closing_date, name="closing_date"),
    path("close/", lead.close_round, name="close"),
    path("cancel/", lead.cancel_round, name="cancel"),
    path("reopen/", after_closing.reopen_round, name="reopen_round"),
    path("comments/", after_closing.comments, name="comments"),
    path("discussion/", discussion.discussion, name="discussion"),
    path("discussion/<slug:indicator_code>/", discussion.discuss, name="discuss"),
    path("discussion/<slug:indicator_code>/withdraw/", discussion.withdraw, name="withdraw_agreement"),
    path("medians/", discussion.accept_medians, name="accept_medians"),
    path("again/", new_round.as_last_time, name="as_last_time"),
    path("actions/", board_actions.round_list, name="round_actions"),
    path("actions/new/", board_actions.new_action, name="new_action"),
]

urlpatterns = [
    path("", member.home, name="home"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/download/", my_data.download, name="my_data_download"),
    path("organisations/<str:ods_code>/rounds/", dashboard.dashboard, name="dashboard"),
    path("organisations/<str:ods_code>/rounds/new/", new_round.choose_framework, name="choose_framework"),
    path("organisations/<str:ods_code>/rounds/new/<int:version_id>/", new_round.new_round, name="new_round"),
    path("organisations/<str:ods_code>/actions/", board_actions.board_list, name="actions"),
    path("organisations/<str:ods_code>/actions.csv", board_actions.board_csv, name="actions_csv"),
    path("organisations/<str:ods_code>/actions.ics", board_actions.board_calendar, name="actions_calendar"),
    path("actions/<int:action_id>/", board_actions.action_page, name="action"),
    path("actions/<int:action_id>/change/", board_actions.change_action, name="change_action"),
    path("preview/<int:version_id>/<slug:variant>/", preview.paper_form, name="paper_form"),
    path("preview/<int:version_id>/<slug:variant>/<slug:code>/", preview.preview, name="preview"),
    path("responses/<int:response_id>/", include(response_urls)),
    path("rounds/<int:round_id>/", include(round_urls)),
]
