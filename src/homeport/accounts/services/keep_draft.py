"""Keep what somebody typed when their session had timed out."""

from uuid import UUID

from homeport.accounts.bearer import find_bearer
from homeport.accounts.models import KeptDraft

MOST_KEPT = 20


def keep_draft(*, user_id: UUID, address: str, fields: list[tuple[str, str]]) -> KeptDraft:
    """Keep (name, value) pairs that were posted to ``address``, sealed to the person behind the user."""
    bearer = find_bearer(user_id)
    draft = KeptDraft(user_id=user_id, person_id=bearer.person_id if bearer else None)
    draft.content = {"address": address, "fields": fields}
    draft.save(force_insert=True)
    kept = KeptDraft.objects.filter(user_id=user_id).order_by("-created_at").values("pk")[:MOST_KEPT]
    KeptDraft.objects.filter(user_id=user_id).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return draft


def drop_draft(*, user_id: UUID, draft_id: UUID) -> bool:
    """Let go of a draft of this user. Returns False where there is none such."""
    return bool(KeptDraft.objects.filter(user_id=user_id, pk=draft_id).delete()[0])
