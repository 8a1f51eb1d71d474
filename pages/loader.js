// Unpacks the page's script, which stands in it deflated; the page's policy allows it by its hash.
// Where that cannot be, the still picture stays.

(async () => {
  const still = document.getElementById("still");
  still.hidden = true;
  try {
    const packed = Uint8Array.from(atob(document.getElementById("code").textContent), (letter) => letter.charCodeAt(0));
    const script = document.createElement("script");
    script.textContent = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    document.head.append(script);
  } catch {
    still.hidden = false;
  }
})();
