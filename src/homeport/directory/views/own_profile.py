"""A therapist's own profile: change it, look at it as others would, put it up, take it down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.directory.forms.profile import PhotoForm, ProfileForm
from homeport.directory.models import Profile
from homeport.directory.pictures import HEAVIEST
from homeport.directory.policies import lacks
from homeport.directory.selectors import photo_of, profile_of
from homeport.directory.services.keep_photo import drop_photo, set_photo
from homeport.directory.services.keep_profile import begin_profile, change_profile
from homeport.directory.services.show_profile import hide_profile, publish_profile
from homeport.directory.views.therapist import SIZES, as_picture, shown_page
from homeport.people.models import Therapist
from homeport.people.posting import posted, refused, saved, status_of, tried, tried_beside
from homeport.people.selectors import therapist_of


@route(verb=Verb.CHANGE, methods=FORM)
def profile(request: HttpRequest) -> HttpResponse:
    """Everything in one's own words. What one offers and one's licences have pages of their own."""
    therapist = _own(request)
    standing = profile_of(person_in(request)) or Profile(therapist=therapist, version=0)
    form = ProfileForm(posted(request), initial=_values(standing))
    done, theirs = tried_beside(
        form,
        lambda: _changed(request, therapist, form),
        lambda: _values(profile_of(person_in(request)) or standing),
    )
    if done:
        return saved(request, _("Saved. Look at it as others would."), "profile-preview")
    shown = {
        "here": "work",
        "form": form,
        "theirs": theirs,
        "profile": standing,
        "photo": PhotoForm(initial={"alt": getattr(standing, "photo_alt", "")}),
    }
    return render(request, "directory/own_profile.html", shown, status=status_of(form))


@route(verb=Verb.READ)
def preview(request: HttpRequest) -> HttpResponse:
    """The page as everybody would see it, and what keeps it from being seen."""
    standing = _standing(request)
    offers = bool(vars(standing)["formats"])
    shown = {
        **shown_page(standing),
        "here": "work",
        "preview": True,
        "lacks": lacks(standing, offers_formats=offers),
        "licensed": bool(vars(standing.therapist)["standing"]),
    }
    return render(request, "directory/preview.html", shown)


@route(verb=Verb.RELEASE, methods=WRITES)
def publish(request: HttpRequest) -> HttpResponse:
    """Put it up."""
    standing = _standing(request)
    try:
        publish_profile(actor=actor_in(request), profile=standing, version=_version(request, standing))
    except HomeportError as error:
        return refused(request, error, "profile-preview")
    return saved(request, _("Your page is up."), "profile-preview")


@route(verb=Verb.WITHDRAW, methods=WRITES)
def hide(request: HttpRequest) -> HttpResponse:
    """Take it down."""
    standing = _standing(request)
    try:
        hide_profile(actor=actor_in(request), profile=standing, version=_version(request, standing))
    except HomeportError as error:
        return refused(request, error, "profile-preview")
    return saved(request, _("Nobody sees your page now."), "profile-preview")


@route(verb=Verb.CHANGE, methods=WRITES)
def photo_set(request: HttpRequest) -> HttpResponse:
    """Keep a picture, or the words about it."""
    therapist = _own(request)
    form = PhotoForm(request.POST, request.FILES)
    sent = request.FILES.get("photo")
    if tried(form, lambda: _pictured(request, therapist, form, sent)):
        return saved(request, _("Saved."), "profile")
    standing = profile_of(person_in(request)) or Profile(therapist=therapist, version=0)
    shown = {
        "here": "work",
        "form": ProfileForm(initial=_values(standing)),
        "profile": standing,
        "photo": form,
    }
    return render(request, "directory/own_profile.html", shown, status=422)


@route(verb=Verb.ERASE, methods=WRITES)
def photo_drop(request: HttpRequest) -> HttpResponse:
    """Take the picture away."""
    drop_photo(actor=actor_in(request), profile=_standing(request))
    return saved(request, _("The picture is gone."), "profile")


@route(verb=Verb.READ)
def photo(request: HttpRequest, size: str) -> HttpResponse:
    """One's own picture, whether it is shown to others or not."""
    _own(request)
    if size not in SIZES:
        raise Hidden
    return as_picture(photo_of(person_in(request), size))


def _changed(request: HttpRequest, therapist: Therapist, form: ProfileForm) -> Profile:
    profile = begin_profile(actor=actor_in(request), therapist=therapist)
    version = form.cleaned_data["version"] or profile.version
    return change_profile(
        actor=actor_in(request),
        profile=profile,
        version=version,
        changes=form.changes(),
        places=form.places(),
    )


def _pictured(request: HttpRequest, therapist: Therapist, form: PhotoForm, sent: object) -> object:
    profile = begin_profile(actor=actor_in(request), therapist=therapist)
    # One byte more than we take is enough to know that it is too much.
    content = sent.read(HEAVIEST + 1) if sent is not None else None  # type: ignore[attr-defined]
    return set_photo(actor=actor_in(request), profile=profile, alt=form.cleaned_data["alt"], sent=content)


def _values(profile: Profile) -> dict[str, object]:
    return ProfileForm.values(profile) if profile.version else {"region": ""}


def _version(request: HttpRequest, profile: Profile) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else profile.version


def _own(request: HttpRequest) -> Therapist:
    require_duty(request, Duty.KEEP_OWN_WORK)
    found = therapist_of(person_in(request))
    if found is None:
        raise Hidden
    return found


def _standing(request: HttpRequest) -> Profile:
    _own(request)
    found = profile_of(person_in(request))
    if found is None:
        raise Hidden
    return found
