"""The pages of a document beside the text that was read from them, with what is wrong with it, for editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from resources.extraction import jobs, noting
from resources.extraction.examining import RECOGNISABLE
from resources.extraction.reasons import sentence as reason_sentence
from resources.extraction.troubles import sentence
from resources.models import Decision, PortalDocument, Recognition, RecognitionStatus, TextFinding
from resources.page_pictures import page_picture
from resources.places import native_name

PAGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FindingView:
    """`by_recognition`: the correction is to recognise the text from the pictures of the pages."""

    pk: int
    said: str
    examples: list[str]
    corrected: str
    signs: int
    outcome: str
    can_accept: bool
    can_refuse: bool
    by_recognition: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """A page or part, with its text as it is found and, if that was corrected, as it came out of the file."""

    number: int
    picture: str
    text: str
    original: str
    language: str


class PageTextsView(WagtailAdminTemplateMixin, TemplateView):
    """Five pages at a time."""

    template_name = "resources/admin/page_texts.html"
    page_title = gettext_lazy("Pages and their text")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.document = permitted(request, kwargs["document_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.document.title)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtaildocs:index"), "label": _("Documents")},
            {"url": reverse("wagtaildocs:edit", args=[self.document.pk]), "label": self.document.title},
            {"url": "", "label": str(self.page_title), "sublabel": self.document.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.document
        pages = Paginator(range(_count(document)), PAGES_SHOWN).get_page(self.request.GET.get("p"))
        recognition = Recognition.objects.filter(document=document).first()
        return super().get_context_data(
            document=document,
            findings=[_finding(finding) for finding in document.text_findings.select_related("decided_by")],
            recognition=_recognition(recognition) if recognition else "",
            pages=pages,
            shown=_pages(document, list(pages.object_list)),
            **kwargs,
        )


def permitted(request: HttpRequest, document_id: int) -> PortalDocument:
    """The document, for who may change it. Raises Http404 and PermissionDenied."""
    document = get_object_or_404(PortalDocument, pk=document_id)
    policy = policy_registry.get_by_type(PortalDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    return document


@require_safe
def picture(request: HttpRequest, document_id: int, page: int) -> HttpResponse:
    """A page as a picture, for who may change the document."""
    drawn = page_picture(permitted(request, document_id), page)
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def decide(request: HttpRequest, document_id: int, finding_id: int) -> HttpResponse:
    """Accept or refuse a correction; the file is read again with the decision, by the worker if not by this process."""
    document = permitted(request, document_id)
    accepted = request.POST.get("decision") == Decision.ACCEPTED
    with transaction.atomic():
        # Who decides at the same moment comes after this.
        PortalDocument.objects.select_for_update().get(pk=document.pk)
        finding = get_object_or_404(TextFinding.objects.exclude(decision=""), pk=finding_id, document=document)
        finding.decision = Decision.ACCEPTED if accepted else Decision.REFUSED
        finding.decided_by_id = request.user.pk
        finding.decided_at = timezone.now()
        finding.save(update_fields=["decision", "decided_by", "decided_at"])
        recognised = finding.trouble in RECOGNISABLE
        if accepted and recognised:
            noting.recognise_instead(document)
        jobs.to_be_read(document)
    jobs.extract(document)
    if not accepted:
        told = _("The text stays as it was.")
    elif recognised:
        told = _("The text of all pages will be recognised from their pictures, in a few minutes.")
    else:
        told = _("The text is corrected.")
    messages.success(request, told)
    return redirect("page_texts", document.pk)


def _count(document: PortalDocument) -> int:
    return document.pages if document.pages else document.passages.count()


def _pages(document: PortalDocument, places: list[int]) -> list[PageView]:
    """The pages at some places, counted from 0; of a file without pages its passages."""
    if not places:
        return []
    numbers = [place + 1 for place in places]
    if document.pages:
        passages = {passage.page: passage for passage in document.passages.filter(page__in=numbers)}
    else:
        passages = {passage.position + 1: passage for passage in document.passages.filter(position__in=places)}
    positions = [passage.position for passage in passages.values()]
    originals = dict(document.original_texts.filter(position__in=positions).values_list("position", "text"))
    found: list[PageView] = []
    for number in numbers:
        passage = passages.get(number)
        found.append(
            PageView(
                number=number,
                picture=reverse("page_picture", args=[document.pk, number]) if document.is_pdf else "",
                text=passage.text if passage else "",
                original=originals.get(passage.position, "") if passage else "",
                language=passage.language if passage else "",
            )
        )
    return found


def _finding(finding: TextFinding) -> FindingView:
    examples = [str(example) for example in finding.examples]
    said = str(sentence(finding.trouble))
    if finding.trouble == "other_language":
        found = examples[0] if examples else ""
        said, examples = f"{said} ({native_name(found)})", []
    outcomes = {
        Decision.MADE: _("The portal has corrected it. The original is kept."),
        Decision.PROPOSED: _("Nothing was changed. Compare the text with the page, then decide."),
        Decision.ACCEPTED: _("It is corrected, as an editor decided. The original is kept."),
        Decision.REFUSED: _("It stays as it is, as an editor decided."),
    }
    return FindingView(
        pk=finding.pk,
        said=said,
        examples=examples,
        corrected=finding.corrected,
        signs=finding.signs,
        outcome=outcomes[Decision(finding.decision)] if finding.decision else "",
        can_accept=finding.decision in (Decision.PROPOSED, Decision.REFUSED),
        can_refuse=finding.decision in (Decision.PROPOSED, Decision.MADE, Decision.ACCEPTED),
        by_recognition=finding.trouble in RECOGNISABLE,
        settled=finding.decision not in ("", Decision.PROPOSED),
    )


def _recognition(task: Recognition) -> str:
    if task.status == RecognitionStatus.WAITING:
        return _("Pages that are pictures wait for text recognition (OCR).")
    if task.status == RecognitionStatus.FAILED:
        told = _("Text recognition (OCR) found nothing. Set the language of the file, then have it read again.")
        return told if task.reason == "no_text" else f"{told} {reason_sentence(task.reason)}"
    done = _("The text of pages that are pictures comes from text recognition (OCR). Check names and numbers.")
    return done + " " + str(reason_sentence(task.reason)) if task.reason else done
