"""The key under which a browser keeps, sealed, what it could not send yet.

The page gets it, so whoever can open the page can open what is kept; a device that is signed out, or in somebody
else's hands, cannot: the key is not on it, and everybody's is different.
"""

import base64
import hashlib
import hmac

from django.conf import settings

from assessments.models import Response
from organisations.models import User


def device_key(user: User, response: Response) -> str:
    """256 bits in base64, for AES-GCM in the browser: the same each time for this member and response."""
    about = f"kept on the device:{user.pk}:{response.pk}"
    return base64.b64encode(hmac.digest(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256)).decode()
