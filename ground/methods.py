"""The methods that a page with a form answers. Any other is refused (405)."""

from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
