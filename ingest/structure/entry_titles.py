"""Where the title ends in a bibliography entry, and what belongs to the place of publication."""

import re

PLACE = re.compile(
    r"^(?:in\b|in:|proceedings|proc\.|arxiv|corr\b|journal|j\.|trans|ieee|acm|advances|nature|science|"
    r"international|conference|workshop|technical|tech\.|ph\.?d|master|university|springer|cambridge|oxford|"
    r"mit press|elsevier|wiley|https?:|doi|url|available|accessed|volume|vol\.|pages|pp\.|computational|"
    r"transactions|annual|\d|u\.s\.|us patent|preprint|unpublished|submitted|to appear|lecture notes|"
    r"communications|association|american|machine learning|neural)",
    re.IGNORECASE,
)
_END = re.compile(r"(?P<mark>[.?!][”\"’]?)(?=\s+\S|$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|cf|etc|al|no|vol|pp|st|dr|mr|mrs|ms|prof|inc|ltd|co|approx|fig|sec|u\.s|u\.k|ph\.d)|"
    r"(?<![\w-])[A-Z]|(?<![\w])[A-Z]\.[A-Z])$",
    re.IGNORECASE,
)
_ENDING = 12  # characters; patterns that look for the end of a long text are slow
_ABBREVIATED_JOURNAL = re.compile(
    r"(?:[A-Z][A-Za-z]*\.\s?){2,}|[A-Z][\w.]*\d+\(|\[?(?:[a-z-]+/\d{7}|https?:)"
)
_COMMA_PLACE = re.compile(
    r",\s(?=(?:in\s|in:|proceedings|proc\.|arxiv|corr\b|journal|ieee|acm\s|vol\.|pp\.|pages?\s\d|advances in|"
    r"springer|blackwell|cambridge|oxford|mit press|elsevier|wiley|association for|(?:19|20)\d\d\b|https?:))|"
    r"\s(?=pages?\s\d)",
    re.IGNORECASE,
)


def title_at_start(rest: str, *, comma: bool = False) -> str:
    """The title that the rest of an entry begins with: up to the full stop that really ends it."""
    if _ABBREVIATED_JOURNAL.match(rest):
        return ""  # "Phys. Rev. Lett. 85, 1158": the entry gives no title
    for match in _END.finditer(rest):
        head, tail = rest[: match.start()], rest[match.end() :].lstrip()
        if match["mark"].startswith(".") and _ABBREVIATED.search(head[-_ENDING:]):
            continue
        if not tail:
            return head
        if head[-1:].isdigit() and tail[:1].isdigit():
            continue  # "Qwen2. 5"
        if match["mark"][0] in "?!":
            following = _END.search(tail)
            if not PLACE.match(tail) and following and PLACE.match(tail[following.end() :].lstrip()):
                continue
            return head + match["mark"][0]
        if tail[0].islower() and not PLACE.match(tail):
            continue
        return _before_place(head) if comma else head
    return _before_place(rest)


def _before_place(title: str) -> str:
    return _COMMA_PLACE.split(title, maxsplit=1)[0]


def cleaned_title(title: str) -> str:
    """The title without the quotation marks, year or place that came along."""
    title = _COMMA_PLACE.split(title, maxsplit=1)[0] if _COMMA_PLACE.search(title[20:]) else title
    if any(map(str.isdecimal, title[-3:])):
        title = re.sub(r"(?:\s*[(\[]|,\s)(?:19|20)\d\d[a-z]?[)\]]?$", "", title)
    return title.strip(" .,;:“”\"'‘’`")
