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
