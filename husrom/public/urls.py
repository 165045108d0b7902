"""The public addresses: one view, since the plan of the site knows them all."""

from django.urls import re_path

from husrom.public import views

app_name = "public"
urlpatterns = [re_path(r"(?s)^(?P<path>.*)\Z", views.page, name="page")]
