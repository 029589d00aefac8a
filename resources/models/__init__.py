"""What the library holds: one model, one file."""

from __future__ import annotations

from resources.models.approval import CountryApprovalTask
from resources.models.base import RelatedWork, ResourcePage, ResourceTheme
from resources.models.choices import Audience, ExtractionStatus, Licence
from resources.models.country import Country, CountryIntroduction
from resources.models.event import EventMaterial, EventPage
from resources.models.fact_sheet import FactSheetPage
from resources.models.file_version import DocumentVersion
from resources.models.files import Passage, PortalDocument, PortalImage, PortalRendition, ResourceFile
from resources.models.good_practice import GoodPracticePage
from resources.models.publication import PublicationPage
from resources.models.reading_notes import Decision, OriginalText, Recognition, RecognitionStatus, TextFinding
from resources.models.roles import MadeOnce, Remit, Role, RoleKey
from resources.models.sections import CountryIndexPage, EventIndexPage, LibraryPage, ShelfPage, ThemeIndexPage
from resources.models.short_id import ShortId
from resources.models.study_visit import StudyVisitReportPage
from resources.models.video import VideoPage
from resources.models.withdrawal import Withdrawal, WithdrawalReason, WithdrawnVersion
from resources.thesaurus.models import Concept, ConceptDefinition, ConceptLabel

RESOURCE_TYPES: tuple[type[ResourcePage], ...] = (
    FactSheetPage,
    VideoPage,
    StudyVisitReportPage,
    GoodPracticePage,
    PublicationPage,
)

__all__ = [
    "RESOURCE_TYPES",
    "Audience",
    "Concept",
    "ConceptDefinition",
    "ConceptLabel",
    "Country",
    "CountryApprovalTask",
    "CountryIndexPage",
    "CountryIntroduction",
    "Decision",
    "DocumentVersion",
    "EventIndexPage",
    "EventMaterial",
    "EventPage",
    "ExtractionStatus",
    "FactSheetPage",
    "GoodPracticePage",
    "LibraryPage",
    "Licence",
    "MadeOnce",
    "OriginalText",
    "Passage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PublicationPage",
    "Recognition",
    "RecognitionStatus",
    "RelatedWork",
    "Remit",
    "ResourceFile",
    "ResourcePage",
    "ResourceTheme",
    "Role",
    "RoleKey",
    "ShelfPage",
    "ShortId",
    "StudyVisitReportPage",
    "TextFinding",
    "ThemeIndexPage",
    "VideoPage",
    "Withdrawal",
    "WithdrawalReason",
    "WithdrawnVersion",
]
