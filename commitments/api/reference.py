"""The reference that answers: every address of the API on one page, to be tried there, with nothing from elsewhere."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView

# Its icons are written into its own style sheet.
ICONS = {"img-src": [SELF, "data:"]}


@method_decorator(csp_update(ICONS), name="dispatch")
class ReferenceView(SpectacularSwaggerSplitView):
    """The page, and at ?script= the lines that start it: no script is written into a page here."""

    url_name = "api:schema"
    template_name = "pages/reference.html"
