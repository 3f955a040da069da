"""Managing the people on a board, and choosing which board to act for."""

from django.urls import include, path

from organisations import views

board_urls = [
    path("", views.people, name="people"),
    path("new/", views.add_person, name="add_person"),
    path("list/", views.add_people, name="add_people"),
    path("<int:seat_id>/change/", views.change_seat, name="change_seat"),
    path("<int:seat_id>/end/", views.end_seat, name="end_seat"),
]
urlpatterns = [
    path("acting-for/", views.act_for, name="act_for"),
    path("organisations/<str:ods_code>/people/", include(board_urls)),
]
