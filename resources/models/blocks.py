"""What a body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "blocks/figure.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quotation.html"


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Note in a box")
        template = "blocks/note.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"))
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
    )
    note = blocks.CharBlock(label=_("Note or source"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    """Headings, paragraphs, figures, quotations, notes, tables and files, in any order."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="blocks/heading.html", max_length=200)
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=RICH_TEXT, template="blocks/paragraph.html"
    )
    figure = FigureBlock()
    quotation = QuotationBlock()
    note = NoteBlock()
    table = TableBlock()
    file = DocumentChooserBlock(label=_("File"), template="blocks/file.html")

    class Meta:
        required = False
