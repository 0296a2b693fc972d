"""The library: shelves, search and articles, for adults and for those under 16."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from homeport.content.articles import Article, find_article, related, search, sections
from homeport.safety.crisis_text import speaks_of_danger
from homeport.web.middleware import open_page
from homeport.web.shelves import emblem_for, place_of, section_title

LONGEST_QUERY = 200
KEPT_FOR = 600  # seconds a browser may keep an article: long enough to go back to it, gone soon after


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the shelves show it."""

    article: Article
    address: str
    emblem: str


@open_page()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every section with its articles, or what fits ``?q=``."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    found = [(_entry(each.article), each.snippet) for each in search(query, _language())] if query else []
    context = {
        "here": "library",
        "query": query,
        "danger": speaks_of_danger(query),
        "found": found,
        "shelves": _shelves("adult"),
    }
    return render(request, "web/library.html", context)


@open_page(cache_seconds=KEPT_FOR)
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article for adults; one for young people has its own address."""
    return _article(request, slug, "adult")


@open_page()
@require_safe
def youth(request: HttpRequest) -> HttpResponse:
    """The shelf for those under 16."""
    return render(request, "web/youth.html", {"here": "youth", "shelves": _shelves("youth")})


@open_page(cache_seconds=KEPT_FOR)
@require_safe
def youth_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article for those under 16."""
    return _article(request, slug, "youth")


def address_of(article: Article) -> str:
    """Where an article is read."""
    return reverse("article" if article.audience == "adult" else "youth-article", args=[article.slug])


def featured(slugs: tuple[str, ...]) -> list[Entry]:
    """The named articles as the shelves show them, in that order; a name without an article is left out."""
    articles = (find_article(slug, _language()) for slug in slugs)
    return [_entry(each) for each in articles if each]


def _article(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    page = find_article(slug, _language())
    if page is None:
        raise Http404
    if page.audience != audience:
        return redirect(address_of(page))
    context = {
        "here": "library" if audience == "adult" else "youth",
        "article": page,
        "section": section_title(page.section),
        "emblem": emblem_for(page.section, page.slug),
        "body": _body(page.slug, page.language),
        "headings": [heading for heading in page.headings if heading.level == 2],
        "related": [_entry(each) for each in related(page) if each.audience == audience],
    }
    return render(request, "web/article.html", context)


@lru_cache(maxsize=256)
def _body(slug: str, language: str) -> str:
    """The body's HTML. Wide tables scroll by themselves and can be reached by keyboard."""

    def link(other: str) -> str:
        page = find_article(other, language)
        return address_of(page) if page else reverse("library")

    page = find_article(slug, language)
    html = page.html_with(link) if page else ""
    return html.replace("<table>", '<div class="table-scroll" tabindex="0" role="group"><table>').replace(
        "</table>", "</table></div>"
    )


def _shelves(audience: str) -> list[tuple[str, str, list[Entry]]]:
    """(key, title, entries) of each section that has something for this audience."""
    shelves = []
    for key, articles in sorted(sections(_language()), key=lambda shelf: place_of(shelf[0])):
        entries = [_entry(each) for each in articles if each.audience == audience]
        if entries:
            shelves.append((key, section_title(key), entries))
    return shelves


def _entry(article: Article) -> Entry:
    return Entry(article, address_of(article), emblem_for(article.section, article.slug))


def _language() -> str:
    return get_language() or "en"
