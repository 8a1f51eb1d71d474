"""Rendering a lesson's scene to files: `render(Request(...), folder)`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from configparser import ConfigParser
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lessons.errors import BadInput
from regviz.scenes import scene_class
from regviz.scenes.captions import Caption
from regviz.scenes.chunks import Chunk, chunks, part

if TYPE_CHECKING:
    from manim._config.utils import ManimConfig

    from regviz.scenes.base import LessonScene
    from regviz.scenes.canvas import Canvas

FORMATS = ("mp4", "webm", "mov", "gif")
TRANSPARENT_FORMATS = ("webm", "mov")

#: where parts of a video lie until they are joined
_WORKSHOP = "parts"

#: told the frames played and the frames there will be
Report = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to render.

    Attributes
    ----------
    lesson, values, lang, theme
        The lesson's slug, its parameter values, and how it is shown.
    width, height, fps
        Size in pixels, both even, and frames per second.
    transparent
        Leave the background out; `webm` and `mov` only.
    formats
        Some of `mp4`, `webm`, `mov`, `gif`.
    still
        Write the final frame only.
    sections
        Write every section as a file of its own, too.
    quiz
        Ask the story's questions.
    heard
        Seconds that each sentence takes to be heard, in order; empty without a voice.
    """

    lesson: str
    values: Mapping[str, object] = field(default_factory=dict)
    lang: str = "en"
    theme: str = "light"
    width: int = 1280
    height: int = 720
    fps: float = 30
    transparent: bool = False
    formats: tuple[str, ...] = ("mp4",)
    still: bool = False
    sections: bool = False
    quiz: bool = True
    heard: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What was rendered; every path lies in the folder given to `render`.

    Attributes
    ----------
    files
        Video by format; empty if only the still was asked for.
    still
        PNG of the final frame, if that was asked for.
    captions
        What is said, with times in seconds.
    sections
        Name, start and end of each, in seconds.
    section_files
        A video of each section, in order; empty unless asked for.
    duration, n_frames
        Length in seconds and in frames.
    """

    files: dict[str, Path]
    still: Path | None
    captions: tuple[Caption, ...]
    sections: tuple[tuple[str, float, float], ...]
    section_files: tuple[Path, ...]
    duration: float
    n_frames: int


@dataclass(frozen=True, kw_only=True)
class Filming:
    """A video, or a part of it, as it was drawn.

    Attributes
    ----------
    chunks
        What the whole is made of.
    files
        Those of its chunks that were drawn, by the frame they start with.
    captions, sections
        Of the whole, as in :class:`Rendered`.
    """

    chunks: tuple[Chunk, ...]
    files: dict[int, Path]
    captions: tuple[Caption, ...]
    sections: tuple[tuple[str, float, float], ...]


def render(request: Request, folder: Path, report: Report | None = None) -> Rendered:
    """Render a scene into a folder.

    Parameters
    ----------
    request
        What to render.
    folder
        Where; made if it is not there. Two renders side by side need two folders.
    report
        Called with the frames played and the frames there will be, after every frame.

    Raises
    ------
    BadInput
        If manim is not installed, a parameter cannot be used or the formats do not go together.
    """
    if request.still:
        return _still(request, folder)
    with _workshop(folder) as shop:
        return assembled(request, film(request, shop, report), folder)


def film(
    request: Request,
    folder: Path,
    report: Report | None = None,
    share: tuple[int, int] = (0, 1),
) -> Filming:
    """Draw a video, or one of some parts of it, into files that :func:`assembled` joins.

    Parameters
    ----------
    request, folder, report
        As for :func:`render`; what is reported is of this part.
    share
        Which part, and of how many: `(2, 8)` is the third of eight.

    Raises
    ------
    BadInput
        As for :func:`render`.
    """
    _check(request)
    folder.mkdir(parents=True, exist_ok=True)
    with _configured(request):
        scene = _scene(request)
        whole = _planned(scene, request.fps)
        mine = part(whole, *share)
        files = {
            chunk: folder / f"{whole.index(chunk):04}.{_container(request)}" for chunk in mine
        }
        total = sum(chunk.n_frames for chunk in mine)
        _draw(scene, request, files, lambda done: report(done, total) if report else None)
    return Filming(
        chunks=whole,
        files={chunk.start: path for chunk, path in files.items()},
        **_told_by(scene),
    )


def assembled(request: Request, filming: Filming, folder: Path) -> Rendered:
    """Join the parts of a video, in every format that is asked for."""
    folder = Path(folder).resolve()
    pieces = [filming.files[chunk.start] for chunk in filming.chunks]
    n_frames = sum(chunk.n_frames for chunk in filming.chunks)
    return Rendered(
        files=_formats(request, pieces, folder),
        still=None,
        captions=filming.captions,
        sections=filming.sections,
        section_files=_section_files(request, filming, folder) if request.sections else (),
        duration=n_frames / request.fps,
        n_frames=n_frames,
    )


def clock(request: Request) -> tuple[Caption, ...]:
    """Return what a scene says and when, in seconds, without drawing any of it.

    Raises
    ------
    BadInput
        If manim is not installed or a parameter cannot be used.
    """
    with _configured(request):
        scene = _scene(request)
        _planned(scene, request.fps)
    return tuple(scene.captions)


def _check(request: Request) -> None:
    for name in request.formats:
        if name not in FORMATS:
            raise BadInput(f"format {name!r} is unknown; give {', '.join(FORMATS)}.")
        if request.transparent and not request.still and name not in TRANSPARENT_FORMATS:
            raise BadInput(f"{name} cannot be transparent; give webm or mov.")
    if not request.formats and not request.still:
        raise BadInput(f"no format is given; give some of {', '.join(FORMATS)}.")
    if request.width % 2 or request.height % 2:
        raise BadInput(
            f"a video of {request.width} x {request.height} pixels has an odd side; "
            "give even numbers."
        )


def _master(request: Request) -> str:
    """Return the codec that frames are encoded by; other formats are made of its video."""
    if request.transparent:
        return "transparent mov" if "mov" in request.formats else "transparent webm"
    return "webm" if request.formats == ("webm",) else "mp4"


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Yield a folder in a folder for what is half done, which is gone afterwards."""
    folder = Path(folder).resolve()
    shop = folder / _WORKSHOP
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)


# -- the scene --------------------------------------------------------------------------------


def _scene(request: Request) -> LessonScene:
    """Return the scene, with all that will appear in it."""
    scene = scene_class(request.lesson)(
        request.values, request.lang, request.theme, quiz=request.quiz, heard=request.heard
    )
    scene.setup()
    return scene


def _planned(scene: LessonScene, rate: float) -> tuple[Chunk, ...]:
    """Tell the story without drawing it; return where the video may be cut."""
    scene.is_counting = True
    _tell(scene)
    opens = [round(one.start * rate) for one in scene.stretches]
    return chunks(scene.cuts, opens, scene.played, rate)


def _tell(scene: LessonScene) -> None:
    scene.rewind()
    scene.construct()
    scene.finish()


def _told_by(scene: LessonScene) -> dict[str, Any]:
    """Return the captions of a scene that was played, and its sections, in seconds."""
    sections = tuple((one.name, one.start, one.end) for one in scene.stretches)
    return {"captions": tuple(scene.captions), "sections": sections}


def _draw(
    scene: LessonScene,
    request: Request,
    files: dict[Chunk, Path],
    report: Callable[[int], None],
) -> None:
    from regviz.scenes.encode import CODECS
    from regviz.scenes.film import Filmed
    from regviz.scenes.reel import Reel

    rate = Fraction(request.fps).limit_denominator(1001)
    with closing(Reel(CODECS[_master(request)], request.width, request.height, rate)) as reel:
        scene.film = Filmed(_canvas(scene, request), reel, request.fps, files, report)
        _tell(scene)


def _canvas(scene: LessonScene, request: Request) -> Canvas:
    from manim import config
    from manim.utils.color import color_to_int_rgba

    from regviz.scenes.canvas import Canvas
    from regviz.scenes.colours import wide

    size = request.width, request.height
    background = color_to_int_rgba(
        scene.camera.background_color, 0.0 if request.transparent else 1.0
    )
    frame = config.frame_width, config.frame_height
    return Canvas(*size, frame, background, partial(wide, size=size))


@contextmanager
def _configured(request: Request) -> Iterator[None]:
    scene_class(request.lesson)  # says what is missing, if something is
    from manim import config, tempconfig

    # manim keeps two pictures, on which nothing is drawn here: of the least size of this shape.
    width, height = Fraction(request.width, request.height).as_integer_ratio()
    settings: dict[str, Any] = {
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": request.fps,
        "transparent": request.transparent,
        "dry_run": True,
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    unit = (config.frame_width, config.frame_height)
    with tempconfig({}):
        # A notebook may run under any settings.
        config.update(_shipped())
        config.update(settings)
        yield
    config.frame_width, config.frame_height = unit


@cache
def _shipped() -> ManimConfig:
    """Return the settings that manim ships, whatever files of a user's it has read."""
    import manim

    parser = ConfigParser()
    with open(
        Path(manim.__file__).parent / "_config" / "default.cfg", encoding="utf-8"
    ) as file:
        parser.read_file(file)
    return type(manim.config)().digest_parser(parser)


# -- files ------------------------------------------------------------------------------------


def _container(request: Request) -> str:
    from regviz.scenes.encode import CODECS

    return CODECS[_master(request)].container


def _formats(request: Request, pieces: Sequence[Path], folder: Path) -> dict[str, Path]:
    from regviz.scenes import encode

    made = pieces[0].parent / f"whole.{_container(request)}"
    encode.join(pieces, made)
    files: dict[str, Path] = {}
    for form in request.formats:
        files[form] = target = folder / f"{request.lesson}.{form}"
        if form == made.suffix[1:]:
            shutil.copyfile(made, target)
        elif form == "mov":
            encode.join([made], target)
        elif form == "webm":
            encode.webm(made, target, transparent=request.transparent)
        else:
            encode.gif(made, target)
    return files


def _section_files(request: Request, filming: Filming, folder: Path) -> tuple[Path, ...]:
    """Join the chunks of each section, named by order and section."""
    from regviz.scenes import encode

    target = folder / "sections"
    target.mkdir(exist_ok=True)
    made: list[Path] = []
    for index, (name, start, end) in enumerate(filming.sections):
        first, last = (round(time * request.fps) for time in (start, end))
        pieces = [
            filming.files[chunk.start]
            for chunk in filming.chunks
            if first <= chunk.start < last
        ]
        made.append(target / f"{index + 1}-{name}.{_container(request)}")
        encode.join(pieces, made[-1])
    return tuple(made)


def _still(request: Request, folder: Path) -> Rendered:
    """Draw the final frame alone."""
    from PIL import Image

    from regviz.scenes.film import LastPicture

    _check(request)
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with _configured(request):
        scene = _scene(request)
        whole = _planned(scene, request.fps)
        scene.film = LastPicture(whole[-1].end)
        _tell(scene)
        canvas = _canvas(scene, request)
        canvas.show([paint for shape in scene.mobjects for paint in canvas.paints(shape)])
    path = folder / f"{request.lesson}.png"
    Image.fromarray(canvas.pixels).save(path)
    return Rendered(
        files={},
        still=path,
        **_told_by(scene),
        section_files=(),
        duration=scene.n_frames / request.fps,
        n_frames=scene.n_frames,
    )
