"""An archive copy of a report: the same pages, the figures attached, and a file that is PDF/A-3a as well as PDF/UA-1.

It is made of the finished PDF and not drawn anew, so that the copy of what was signed off shows what was signed off.
PDF/A-3 is ISO 19005-3; what it wants beyond a tagged PDF whose fonts are embedded is done here.
"""

import datetime as dt
import io
from dataclasses import dataclass
from importlib.resources import files
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

PRINTED = 4  # the flag of an annotation that prints (ISO 32000-1, table 165)
PROFILE = "sRGB2014.icc"

# Both claims. PDF/A wants a property that it does not know itself, PDF/UA's, to be described in the file.
CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
SOURCE = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:source>{}</dc:source></rdf:Description>
"""
END = "</rdf:RDF>"


@dataclass(frozen=True, slots=True)
class Attached:
    """The figures that go with a copy: the CSV as the portal gives it, its file name, and when it was made."""

    content: bytes
    name: str
    made_at: dt.datetime


def archive_copy(pdf: bytes, figures: Attached, source: str = "") -> bytes:
    """The copy of a report's finished PDF. `source` says in its metadata what it is a copy of; "" says nothing.

    The same makes the same bytes.
    """
    copy = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _attach(document, figures)
        _say_which_colours(document)
        _print_annotations(document)
        _plain_images(document)
        _claim(document, SOURCE.format(escape(source)) if source else "")
        document.save(copy, deterministic_id=True)
    return copy.getvalue()


def _attach(document: Pdf, figures: Attached) -> None:
    """As what the report's tables and charts are made of (ISO 19005-3, 6.8)."""
    at = pikepdf.models.metadata.encode_pdf_date(figures.made_at)
    attached = AttachedFileSpec(
        document,
        figures.content,
        filename=figures.name,
        description="The figures of this report, as a table (CSV).",
        mime_type="text/csv",
        creation_date=at,
        mod_date=at,
    )
    attached.relationship = Name.Data
    document.attachments[figures.name] = attached
    document.Root.AF = Array([attached.obj])


def _say_which_colours(document: Pdf) -> None:
    """The pages' red, green and blue are sRGB (6.2.3); the profile is the one that WeasyPrint brings."""
    profile = document.make_stream((files("weasyprint.pdf") / PROFILE).read_bytes(), N=3)
    document.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )


def _print_annotations(document: Pdf) -> None:
    """What is on the screen is on paper too, links included (6.3.2)."""
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            annotation.F = PRINTED


def _plain_images(document: Pdf) -> None:
    """No picture is smoothed by whoever shows it (6.2.8)."""
    for thing in document.objects:
        if isinstance(thing, Stream) and thing.get("/Interpolate"):
            thing.Interpolate = False


def _claim(document: Pdf, more: str) -> None:
    """What the file conforms to, in its metadata."""
    said = document.Root.Metadata.read_bytes().decode()
    claimed = said.replace(END, CLAIMS + more + END).encode()
    document.Root.Metadata = document.make_stream(claimed, Type=Name.Metadata, Subtype=Name.XML)
