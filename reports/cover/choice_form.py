"""The form on which a reader says which board report they want; what it sends, `choices.from_query` reads."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse

from assessments.models import Round
from reports.content.choices import ARCHIVE, PDF, Kind

IN_IT = {
    Kind.FULL: "cover, summary, profile, every section, what stands out, actions, method",
    Kind.SUMMARY: "cover, summary, profile, where the board differs, what it could not judge",
    Kind.SECTION: "cover, one section with all its indicators, method",
    Kind.APPENDIX: "cover, every section with all its indicators, method",
}
BESIDE = "; trust and ICS side by side, once the other board has released its figures"
FILES = (
    (PDF, "A PDF for the board pack"),
    (ARCHIVE, "An archive copy with the figures attached (PDF/A-3): the same pages, and a table of all figures (CSV)"),
)
COMMENTS = (("yes", "With them"), ("no", "Without them"))


class ChoicesForm(forms.Form):
    """All choices have an answer from the start, so that whatever is sent is a report."""

    kind = forms.ChoiceField(label="Which report?", widget=forms.RadioSelect, initial=Kind.FULL.value)
    section = forms.ChoiceField(label="Which section?", help_text="Counts only if you choose one section.")

    def __init__(self, *, round_: Round) -> None:
        super().__init__()
        framework = round_.version.framework
        kinds = [kind for kind in Kind if not (kind is Kind.APPENDIX and framework.is_individual)]
        self._offer("kind", [(kind.value, _words(kind, of_board=not framework.is_individual)) for kind in kinds])
        self._offer("section", list(round_.sections.order_by("order").values_list("code", "title")))
        if not framework.is_individual:
            self.fields["comments"] = forms.ChoiceField(
                label="Members' comments that were chosen for the report",
                help_text="They stand in the full report only.",
                choices=COMMENTS,
                widget=forms.RadioSelect,
                initial="yes",
            )
        self.fields["file"] = forms.ChoiceField(
            label="Which kind of file?", choices=FILES, widget=forms.RadioSelect, initial=PDF
        )
        self.helper = FormHelper()
        self.helper.form_action = reverse("reports:report_pdf", args=[round_.pk])
        self.helper.add_input(Submit("take", "Get the report (PDF)"))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def _words(kind: Kind, *, of_board: bool) -> str:
    """As "One section: cover, one section with all its indicators, method"."""
    return f"{kind.words}: {IN_IT[kind]}{BESIDE if of_board and kind is Kind.FULL else ''}"
