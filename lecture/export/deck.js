"use strict";
(() => {
  const query = new URLSearchParams(location.search);
  // On paper, and in the speaker's window, a video is its last frame.
  const isStill = query.has("print-pdf") || query.get("view") === "print" || query.has("receiver");
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.documentElement.classList.toggle("still", isStill);

  function file(holder) {
    const letters = atob(holder.textContent);
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: holder.dataset.kind }));
  }

  // A frame gets its page, and a video its file, when their slide is near.
  function load(slide) {
    if (!slide) return;
    const video = slide.querySelector("video[data-video]");
    if (video && !video.src && !isStill) {
      const holder = document.getElementById(video.dataset.video);
      video.src = file(holder);
      video.preload = "auto";
      holder.remove();
    }
    const frame = slide.querySelector("iframe[data-page]");
    const isDrawn = isStill && slide.querySelector(".paper");
    if (frame && !isDrawn && !frame.hasAttribute("srcdoc")) frame.srcdoc = frame.dataset.page;
  }

  // What is paused before it plays has not failed; what cannot play by itself has controls.
  function start(video) {
    video.play().catch(({ name }) => { if (name !== "AbortError") video.controls = true; });
  }

  function play(video) {
    video.currentTime = 0;
    if (isCalm) video.controls = true;
    else start(video);
  }

  function arrive() {
    const slides = Reveal.getSlides();
    const current = Reveal.getCurrentSlide();
    const at = slides.indexOf(current);
    for (const slide of [current, slides[at + 1], slides[at - 1]]) load(slide);
    for (const video of document.querySelectorAll("video")) {
      if (!current.contains(video)) video.pause();
    }
    // Keys go to the deck again, and not to a frame that was left.
    if (document.activeElement?.tagName === "IFRAME") document.activeElement.blur();
    const video = current.querySelector("video");
    if (video && !isStill) {
      play(video);
      label(video);
      wake(current);
    }
  }

  const turns = {
    PageDown: () => Reveal.next(), ArrowRight: () => Reveal.next(), ArrowDown: () => Reveal.next(),
    PageUp: () => Reveal.prev(), ArrowLeft: () => Reveal.prev(), ArrowUp: () => Reveal.prev(),
  };

  // A page tells its height. One that is higher than the slide gets a larger frame, which is shown
  // as much smaller. In a wider frame a page may be laid out otherwise and be lower: so the
  // largest scale at which all of it is there is looked for between one that fits and one that
  // does not.
  const SIZE = [1280, 720], SMALLEST = 0.4, NEAR = 0.1;
  const fitted = new Map();
  function fit(frame, height) {
    if (!(height > 0)) return;
    let { scale, fits, fails } = fitted.get(frame) ?? { scale: 1, fits: SMALLEST, fails: Infinity };
    const wanted = SIZE[1] / height;
    if (wanted < scale) {
      [fits, fails] = [fits < scale ? fits : SMALLEST, scale];
      scale = Math.max(wanted, fits);
    } else {
      fits = scale;
      if (fails - scale > NEAR) scale = Math.min(1, wanted, (scale + fails) / 2);
    }
    fitted.set(frame, { scale, fits, fails });
    [frame.style.width, frame.style.height] = SIZE.map((side) => `${side / scale}px`);
    frame.style.transform = `scale(${scale})`;
  }

  addEventListener("message", (event) => {
    const frames = [...document.querySelectorAll("iframe[data-page]")];
    const frame = frames.find((each) => each.contentWindow === event.source);
    if (!frame || typeof event.data !== "object" || event.data === null) return;
    const { type, key, height } = event.data;
    if (type === "regviz:key" && Object.hasOwn(turns, key)) turns[key]();
    if (type === "regviz:height") fit(frame, height);
  });

  // A click on a video, its button or T pauses it and lets it go on, from its end once more.
  function toggle(video) {
    if (!video || video.controls || isStill) return;
    wake(video.closest("section"));
    if (video.paused) start(video);
    else video.pause();
  }

  document.addEventListener("click", ({ target }) => {
    const clip = target.closest("video, .player")?.closest("section");
    if (clip) toggle(clip.querySelector("video"));
  });

  // The button can be seen when a slide arrives and when the mouse moves, and while it rests.
  let drowse = 0;
  function wake(clip) {
    if (!clip?.classList.contains("clip")) return;
    clip.classList.add("awake");
    clearTimeout(drowse);
    drowse = setTimeout(() => { if (!clip.querySelector("video").paused) clip.classList.remove("awake"); }, 2500);
  }
  document.addEventListener("mousemove", () => wake(Reveal.getCurrentSlide()));

  function label(video) {
    const button = video.closest("section").querySelector(".player");
    const state = video.ended ? "again" : video.paused ? "play" : "pause";
    for (const each of ["pause", "play", "again"]) button.classList.toggle(`is-${each}`, each === state);
    button.setAttribute("aria-label", button.dataset[state]);
    button.title = `${button.dataset[state]} (T)`;
    button.hidden = video.controls;
    if (state !== "pause") button.closest("section").classList.add("awake");
  }
  for (const video of document.querySelectorAll("video")) {
    for (const type of ["play", "pause", "ended"]) video.addEventListener(type, () => label(video));
  }

  function toggleCaptions() {
    const tracks = [...document.querySelectorAll("video")].flatMap((video) => [...video.textTracks]);
    const mode = tracks.some((track) => track.mode === "showing") ? "hidden" : "showing";
    for (const track of tracks) track.mode = mode;
  }

  Reveal.on("ready", () => {
    if (isStill) Reveal.getSlides().forEach(load);
    arrive();
  });
  Reveal.on("slidechanged", arrive);
  Reveal.initialize({
    width: 1280, height: 720, margin: 0, center: false, minScale: 0.1, maxScale: 8,
    controls: false, progress: true, slideNumber: true, hash: true, transition: "fade",
    transitionSpeed: "fast", scrollActivationWidth: 0, pdfSeparateFragments: false,
    plugins: [RevealNotes],
  });
  Reveal.addKeyBinding({ keyCode: 67, key: "C", description: "Captions" }, toggleCaptions);
  const pause = { keyCode: 84, key: "T", description: "Pause or play the video" };
  Reveal.addKeyBinding(pause, () => toggle(Reveal.getCurrentSlide().querySelector("video")));
})();
