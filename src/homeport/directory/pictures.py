"""Pictures as we keep them: drawn anew in two sizes, so that nothing of the file that was sent is kept but what one sees."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from homeport.people.errors import Unfit

KINDS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/webp"
HEAVIEST = 8_000_000  # bytes, of what is sent
MOST_PIXELS = 40_000_000
LARGE, SMALL = (640, 800), (240, 300)  # 4 to 5, as the pages frame them
QUALITY = 80


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture in two sizes, WebP."""

    large: bytes
    small: bytes


def draw_anew(sent: bytes) -> Drawn:
    """Decode, turn upright, cut to shape, encode. Raises ``Unfit`` for no such picture, or one far too large."""
    from PIL import Image, ImageOps

    if len(sent) > HEAVIEST:
        raise Unfit("photo", _("This picture is too large. Send one of at most 8 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(sent), formats=KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Unfit("photo", _("This picture has too many dots. Send a smaller one."))
                if min(opened.size) < SMALL[0]:
                    raise Unfit("photo", _("This picture is too small. Send one at least 240 dots wide."))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except Unfit:
        raise
    except Exception as error:  # whatever a decoder may say of a broken file, it is one thing to its sender
        raise Unfit("photo", _("We cannot read this picture. Send a JPEG, PNG or WebP file.")) from error
    return Drawn(_encoded(upright, LARGE), _encoded(upright, SMALL))


def _encoded(picture: Any, size: tuple[int, int]) -> bytes:
    from PIL import ImageOps

    # The face is most often above the middle.
    cut = ImageOps.fit(picture, size, centering=(0.5, 0.35))
    out = io.BytesIO()
    cut.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
