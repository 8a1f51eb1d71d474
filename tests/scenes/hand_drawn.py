"""How tests tell a scene that is drawn by hand, and read what it drew."""

import hashlib

import av

from regviz.scenes.render import Request, render

#: most characters of a caption in a second
RATES = {"en": 17, "ko": 11}
SIZES = {"16:9": (192, 108), "4:3": (144, 108), "1:1": (108, 108), "9:16": (108, 192)}


def told(lesson, lang, folder, size="16:9", **values):
    width, height = SIZES[size]
    request = Request(
        lesson=lesson, lang=lang, values=values, width=width, height=height, fps=4, still=True
    )
    return render(request, folder)


def frames(path):
    with av.open(str(path)) as video:
        pictures = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    return [hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures]
