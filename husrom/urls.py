"""The only place that knows all rooms. The public pages take every address that no other room has."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("husrom.public.urls"))]

handler400 = "husrom.public.views.bad_request"
handler404 = "husrom.public.views.not_found"
