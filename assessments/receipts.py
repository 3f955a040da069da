"""The mail that a member gets when they have submitted. It holds no answer: mailboxes are read by others too."""

from assessments.models import Response
from assessments.queries.sitting import sitting_for
from organisations.mail import send_mail


def send_receipt(response_id: int, address: str) -> bool:
    """Tell the member what has arrived and until when it can be changed; `address` leads back to their receipt.

    Says whether a server took the mail; a response that was reopened meanwhile gets none.
    """
    response = Response.objects.select_related("round__organisation", "person").get(pk=response_id)
    if not response.is_submitted:
        return False
    return send_mail(
        "receipt", response.person.email, {"sitting": sitting_for(response, on_board=True), "address": address}
    )
