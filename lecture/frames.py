"""What lets a frame be as tall as the page in it, which tells its height in a message."""

from __future__ import annotations

#: a script for the page around, to stand before its frames; the README gives the same lines
SCRIPT = """\
addEventListener("message", ({ data, source }) => {
  for (const frame of document.querySelectorAll("iframe")) if (data?.type === "regviz:height" && frame.contentWindow === source) frame.style.height = `${data.height}px`;
});"""  # noqa: E501
