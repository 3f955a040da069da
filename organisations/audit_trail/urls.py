"""Where an organisation's audit trail is read."""

from django.urls import path

from organisations.audit_trail import views

urlpatterns = [
    path("organisations/<str:ods_code>/audit/", views.audit_trail, name="audit_trail"),
    path("organisations/<str:ods_code>/audit.csv", views.audit_export, name="audit_export"),
]
