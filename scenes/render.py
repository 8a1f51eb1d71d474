"""Rendering a lesson's scene to files: `render(Request(...), folder)`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from configparser import ConfigParser
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lessons.errors import BadInput
from regviz.scenes import scene_class
from regviz.scenes.captions import Caption

if TYPE_CHECKING:
    from manim._config.utils import ManimConfig

    from regviz.scenes.base import LessonScene

FORMATS = ("mp4", "webm", "mov", "gif")
TRANSPARENT_FORMATS = ("webm", "mov")

#: where manim works; gone when the render is done
_WORKSHOP = "manim"

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
        PNG of the final frame.
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
    still: Path
    captions: tuple[Caption, ...]
    sections: tuple[tuple[str, float, float], ...]
    section_files: tuple[Path, ...]
    duration: float
    n_frames: int


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
    _check(request)
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _render(request, folder, report)
    finally:
        shutil.rmtree(folder / _WORKSHOP, ignore_errors=True)


def _render(request: Request, folder: Path, report: Report | None) -> Rendered:
    if request.still:
        scene = _play(request, folder, "png", report=None)
        return _rendered(
            request, scene, files={}, still=_still(request, scene, folder), parts=()
        )
    total = _counted(request, folder).n_frames if report else 0
    master = _master_format(request)
    scene = _play(request, folder, master, report and (lambda done: report(done, total)))
    made = Path(scene.renderer.file_writer.final_file_path)
    return _rendered(
        request,
        scene,
        files=_formats(request, made, master, folder),
        still=_still(request, scene, folder),
        parts=_section_files(scene, folder) if request.sections else (),
    )


def clock(request: Request, folder: Path) -> tuple[Caption, ...]:
    """Return what a scene says and when, in seconds, without drawing any of it.

    Raises
    ------
    BadInput
        If manim is not installed or a parameter cannot be used.
    """
    return tuple(_counted(request, folder).captions)


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


def _master_format(request: Request) -> str:
    """Return the one format that manim renders; the others are made from its frames."""
    if request.transparent:
        return "mov" if "mov" in request.formats else "webm"
    return "webm" if request.formats == ("webm",) else "mp4"


# -- manim ------------------------------------------------------------------------------------


def _play(
    request: Request, folder: Path, form: str, report: Callable[[int], None] | None
) -> LessonScene:
    """Run the scene once, writing one format, and return it as it ended."""
    with _configured(request, folder, form):
        from manim.renderer.cairo_renderer import CairoRenderer

        from regviz.scenes.colours import Writer

        renderer = CairoRenderer(file_writer_class=Writer)
        scene = _scene(request, renderer=renderer)
        if report is not None:
            scene.on_frame = report
        scene.render()
    return scene


def _counted(request: Request, folder: Path) -> LessonScene:
    """Run the scene without playing anything, and return it as it ended.

    Its texts are kept by :mod:`regviz.scenes.typeset`, and are not set again by the real run.
    """
    with _configured(request, folder, "none"):
        scene = _scene(request)
        scene.is_counting = True
        scene.render()
    return scene


def _scene(request: Request, **manim_arguments: Any) -> LessonScene:
    return scene_class(request.lesson)(
        request.values,
        request.lang,
        request.theme,
        quiz=request.quiz,
        heard=request.heard,
        **manim_arguments,
    )


@contextmanager
def _configured(request: Request, folder: Path, form: str) -> Iterator[None]:
    scene_class(request.lesson)  # says what is missing, if something is
    from manim import config, tempconfig

    from regviz.scenes.encode import MP4_OPTIONS, WEBM_OPTIONS

    settings: dict[str, Any] = {
        "pixel_width": request.width,
        "pixel_height": request.height,
        "frame_rate": request.fps,
        "transparent": request.transparent,
        "media_dir": str(folder / _WORKSHOP),
        "output_file": request.lesson,
        "format": form,
        "save_sections": request.sections and form not in ("none", "png"),
        # its cache keeps frames that are no longer true; whole outputs are cached by others
        "disable_caching": True,
        "video_encoder_options": {"mp4": MP4_OPTIONS, "webm": WEBM_OPTIONS}.get(form, {}),
        "verbosity": "ERROR",
        "progress_bar": "none",
        "preview": False,
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


def _formats(request: Request, made: Path, master: str, folder: Path) -> dict[str, Path]:
    from regviz.scenes import encode

    files: dict[str, Path] = {}
    for form in request.formats:
        files[form] = target = folder / f"{request.lesson}.{form}"
        if form == master or form == "mov":
            encode.remux(made, target)
        elif form == "webm":
            encode.webm(made, target, transparent=request.transparent)
        else:
            encode.gif(made, target)
    return files


def _still(request: Request, scene: LessonScene, folder: Path) -> Path:
    """Write the final frame, drawn afresh so that it is the same after a video and alone."""
    path = folder / f"{scene.lesson}.png"
    with _configured(request, folder, "png"):
        scene.renderer.static_image = None
        scene.renderer.update_frame(scene)
        scene.renderer.camera.get_image().save(path)
    return path


def _section_files(scene: LessonScene, folder: Path) -> tuple[Path, ...]:
    """Move the sections out of manim's folder, named by order and section."""
    writer = scene.renderer.file_writer
    target = folder / "sections"
    target.mkdir(exist_ok=True)
    moved: list[Path] = []
    for index, section in enumerate(part for part in writer.sections if part.video is not None):
        made = writer.sections_output_dir / section.video
        moved.append(target / f"{index + 1}-{section.name}{made.suffix}")
        made.replace(moved[-1])
    return tuple(moved)


def _rendered(
    request: Request,
    scene: LessonScene,
    files: dict[str, Path],
    still: Path,
    parts: tuple[Path, ...],
) -> Rendered:
    return Rendered(
        files=files,
        still=still,
        captions=tuple(scene.captions),
        sections=tuple((part.name, part.start, part.end) for part in scene.stretches),
        section_files=parts,
        duration=scene.n_frames / request.fps,
        n_frames=scene.n_frames,
    )
