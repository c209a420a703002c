"""The picture's words in; a page on which keyboard and screen reader work as they should out."""

import anywidget
import traitlets

# JupyterLab takes arrow keys and letters for its own shortcuts even while a drop-down list has the focus, unless
# that element itself carries this attribute. Plotly draws its picture without a name for screen readers.
SCRIPT = """
function render({ model, el }) {
  const explorer = () => el.closest(".em-explorer");
  let quiet;
  const name = () => {
    const box = explorer();
    if (!box) return;
    for (const control of box.querySelectorAll("select, input, button")) {
      control.setAttribute("data-lm-suppress-shortcuts", "true");
    }
    // The knob of a slider is not tied to the label that stands beside it.
    for (const knob of box.querySelectorAll("[role=slider]")) {
      const label = knob.closest(".widget-inline-hbox")?.querySelector(".widget-label");
      if (label) knob.setAttribute("aria-label", label.textContent);
    }
    // A region is told when its content changes, not when it is new itself: so the box that stays is the region.
    for (const told of box.querySelectorAll(".em-sentence[role]")) {
      told.closest(".widget-html").setAttribute("role", "status");
      told.removeAttribute("role");
      told.removeAttribute("aria-live");
    }
    for (const picture of box.querySelectorAll(".js-plotly-plot")) {
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", model.get("alt"));
    }
    // Plotly draws in several steps; it is done when nothing has changed for a while.
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      if (model.get("drawn") || !box.querySelector(".js-plotly-plot .main-svg")) return;
      model.set("drawn", true);
      model.save_changes();
    }, 300);
  };
  const seen = new MutationObserver(name);
  const start = () => {
    const box = explorer();
    if (!box) return requestAnimationFrame(start);
    seen.observe(box, { childList: true, subtree: true });
    name();
  };
  start();
  model.on("change:alt", name);
  return () => seen.disconnect();
}
export default { render };
"""
# Plotly's buttons show on hover only, and a named picture may hold none; what they save would bear no source.
# A list of choices is never wider than its page.
CSS = """
.em-explorer .modebar-container { display: none; }
.em-explorer .widget-dropdown, .em-explorer .widget-dropdown > select { max-width: 100%; min-width: 0; }
"""


class AccessiblePage(anywidget.AnyWidget):
    """An invisible part of an explorer: frees the keyboard, names the picture, tells when it is drawn."""

    _esm = SCRIPT
    _css = CSS
    alt = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Bool(False).tag(sync=True)
