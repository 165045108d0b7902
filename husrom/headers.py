"""The one security header that neither Django nor django-csp sends: which devices a page may use (none)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

REFUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "publickey-credentials-get", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in REFUSED)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that says no to every device, since no page of ours asks for one."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return answer
