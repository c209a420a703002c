for (const link of document.querySelectorAll('nav[aria-label="Questions"] a')) {
  if (location.pathname.endsWith("/" + link.getAttribute("href"))) link.setAttribute("aria-current", "page");
}
window.voila_process = (cell, cells) => {
  const bar = document.getElementById("counted");
  if (bar) Object.assign(bar, { max: cells, value: cell });
};

// A table or picture wider than the page scrolls in its own box: the keyboard must reach that box, and it needs a name.
const reach = () => {
  for (const box of document.querySelectorAll(".widget-html, .jp-RenderedHTML, .js-plotly-plot")) {
    const wide = box.scrollWidth > box.clientWidth + 1;
    if (wide === (box.tabIndex === 0)) continue;
    wide ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex");
    const caption = box.querySelector("caption");
    if (!caption) continue;
    wide ? box.setAttribute("role", "region") : box.removeAttribute("role");
    wide ? box.setAttribute("aria-label", caption.textContent) : box.removeAttribute("aria-label");
  }
};
let soon;
const later = () => {
  clearTimeout(soon);
  soon = setTimeout(reach, 200);
};
new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", later);

// Pictures are drawn 840 pixels wide; on a page they grow as far as its width allows, and the screen's height too: so that
// all of a picture is seen at once, unless its words would stay too small for that.
const LARGEST = 1.45, READABLE = 1.2, OF_THE_SCREEN = 0.92;
const grow = (picture) => {
  const wide = picture.parentElement.clientWidth / picture.offsetWidth;
  const high = (OF_THE_SCREEN * innerHeight) / picture.offsetHeight;
  const scale = Math.max(1, Math.min(LARGEST, wide, high < READABLE ? wide : high));
  picture.style.transform = `scale(${scale})`;
  picture.style.marginBottom = `${(scale - 1) * picture.offsetHeight}px`;
};
const sizes = new ResizeObserver((changed) => changed.forEach(({ target }) => grow(target)));
const pictures = document.getElementsByClassName("js-plotly-plot"), watched = new WeakSet();
const watch = () => {
  // A picture that is watched anew is told of at once, changed or not.
  for (const picture of pictures) {
    if (watched.has(picture)) continue;
    watched.add(picture);
    sizes.observe(picture);
  }
};
new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", () => [...pictures].forEach(grow));
