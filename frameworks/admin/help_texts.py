"""What each field of the admin is for, in plain words. Fields that are not here say it in their model."""

CODE = "For files and addresses. Small letters, digits and single hyphens."

HELP_TEXTS: dict[str, dict[str, str]] = {
    "framework": {
        "code": CODE + " Such as wgll.",
        "title": "Its full name, as on its cover.",
        "short_title": "Its name where there is little room, such as WGLL.",
        "publisher": "Who wrote it, such as NHS England.",
        "subject": "Whether members score their organisation or themselves.",
        "audience": "Which boards it is for, in a few words.",
        "section_label": "What the framework calls one of its sections, in small letters, such as success measure.",
        "section_label_plural": "The same for several, such as success measures.",
    },
    "frameworkversion": {
        "framework": "The framework that this is a text of.",
        "title": "What tells it apart from other versions, in a few words.",
        "state": "Only a draft can be edited. “Check and publish” and “Retire” move it on.",
        "source_url": "Where the original can be read, such as https://www.england.nhs.uk/page.",
        "licence": "On what terms its text may be used, as its publisher says.",
        "note": "What readers should know before they rely on it. May stay empty.",
    },
    "variant": {
        "code": "Whose wording this is.",
        "title": "What pages call it, such as Organisation.",
        "description": "Who is asked in this wording, in a sentence.",
    },
    "scale": {
        "version": "The draft that it belongs to.",
        "code": CODE,
        "title": "What stands above the levels.",
        "origin": "Whose scale it is, and where it comes from.",
        "display": "Which level members see first.",
    },
    "level": {
        "value": "The number that counts in averages.",
        "label": "Two or three words, such as Partly in place.",
        "description": "What is true at this level, so that members can tell it from the next.",
    },
    "band": {
        "starts_at": "The lowest average that has this word.",
        "label": "A word or two for averages from there on.",
    },
    "nonscore": {
        "code": "Which of the answers that are no level.",
        "label": "As members read it below the levels.",
        "description": "When to choose it instead of a level.",
    },
    "extrafield": {
        "code": CODE,
        "label": "What stands above the box, such as Examples.",
        "description": "What to write in it, in a sentence.",
    },
    "group": {
        "code": CODE,
        "order": "Its place among the groups, from 1; each number once.",
        "title": "The heading, as members read it above its questions.",
    },
    "glossaryterm": {
        "term": "A word or abbreviation, exactly as indicators write it.",
        "meaning": "What it means or is short for. Members can open it at the question.",
    },
    "section": {
        "version": "The draft that it belongs to.",
        "code": "Keeps it the same section through all versions. Small letters, digits and single hyphens.",
        "order": "Its place, from 1; each number once. Easier on the page of the whole draft.",
        "title": "What members, charts and reports call it.",
        "summary": "What it is about, in a sentence or two at the top of its page.",
        "summary_wording": "What its file says of how sure we are of the summary. “Check the wording” counts for more.",
        "later_title": "What later papers call it, if they call it something else.",
        "supersedes": "Codes of earlier sections whose place it takes, with commas. The trend goes on with them.",
    },
    "theme": {
        "code": CODE,
        "order": "Its place in the section, from 1; each number once.",
        "label": "What its indicators are about, in a few words.",
    },
    "indicator": {
        "section": "Where it counts.",
        "code": "Keeps it comparable through all versions. Another meaning needs another code, never used before.",
        "order": "Its place in the section, from 1; each number once. Easier on the page of the whole draft.",
        "variant": "Who is asked. Empty where the framework asks everyone the same.",
        "theme": "What it is about. Within a theme, what a trust and an ICS are asked is read side by side.",
        "group": "The heading that it stands under, if the framework has such headings.",
        "question": "Its number in the original, if it has one.",
        "text": "The one thing to score: a statement that can be more or less true.",
        "guidance": "What to look for when scoring. Members read it below the text. May stay empty.",
        "source": "Where it stands in the original, such as a page or paragraph. May stay empty.",
        "supersedes": "Codes of earlier indicators that it takes the place of, with commas. The trend breaks there.",
        "wording": "What its file says of how sure we are of the words. “Check the wording” counts for more.",
    },
}

# Where the name of the field in the model is no word of the field's readers.
TAKES_THE_PLACE = "Takes the place of"
LABELS: dict[str, dict[str, str]] = {
    "framework": {
        "supersedes": TAKES_THE_PLACE,
        "section_label": "What it calls a section",
        "section_label_plural": "What it calls several",
    },
    "frameworkversion": {"source_url": "Web address of the original"},
    "section": {
        "summary_wording": "How sure we are of the summary",
        "later_title": "Title in later papers",
        "supersedes": TAKES_THE_PLACE,
    },
    "indicator": {
        "question": "Number in the original",
        "wording": "How sure we are of the words",
        "supersedes": TAKES_THE_PLACE,
    },
}

TREE_FILTERS = {
    "words": "All of these words, in any order, in the code, the text or the guidance.",
    "variant": "Who is asked.",
    "theme": "What it is about.",
    "group": "The heading that it stands under.",
    "wording": "How sure we are of the words.",
    "warned": "What may be hard to answer.",
}
