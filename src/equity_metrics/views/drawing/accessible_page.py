"""The picture's words in; a page on which keyboard and screen reader work as they should out."""

import anywidget
import traitlets

from equity_metrics.views.drawing.patience import PATIENCE

# JupyterLab takes arrow keys and letters for its own shortcuts even while a drop-down list has the focus, unless
# that element itself carries this attribute. Plotly draws its picture without a name for screen readers.
SCRIPT = """
function render({ model, el }) {
  const explorer = () => el.closest(".em-explorer");
  let quiet, behind;
  // Each choice has a number, which the box bears as a class and the picture as its meta.
  const follow = (box) => {
    const chosen = Number(box.className.match(/em-choice-(\\d+)/)?.[1] ?? 0);
    const late = [...box.querySelectorAll(".js-plotly-plot")].some(({ layout }) => (layout?.meta ?? 0) !== chosen);
    clearTimeout(behind);
    if (!late) el.replaceChildren();
    else behind = setTimeout(() => {
      const told = document.createElement("p");
      told.className = "em-behind";
      told.setAttribute("role", "alert");
      told.textContent = "%s";
      el.replaceChildren(told);
    }, 3000);
  };
  const name = () => {
    const box = explorer();
    if (!box) return;
    follow(box);
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
  const seen = new MutationObserver((changes) => changes.every(({ target }) => el.contains(target)) || name());
  const chosen = new MutationObserver(() => follow(explorer()));
  const start = () => {
    const box = explorer();
    if (!box) return requestAnimationFrame(start);
    seen.observe(box, { childList: true, subtree: true });
    chosen.observe(box, { attributeFilter: ["class"] });
    name();
  };
  start();
  model.on("change:alt", name);
  return () => {
    seen.disconnect();
    chosen.disconnect();
  };
}
export default { render };
"""
BEHIND = (
    "The picture still shows an earlier choice; the sentence and the table are right. Load the page again to see the "
    "picture of this choice."
)
# Plotly's buttons show on hover only, and a named picture may hold none; what they save would bear no source.
# A list of choices is never wider than its page.
CSS = """
.em-explorer .modebar-container { display: none; }
.em-explorer .em-behind { margin: 0; padding: 0.5em 0.8em; border-left: 6px solid #8a5a00; background: #fff4d6; }
.em-explorer .widget-dropdown, .em-explorer .widget-dropdown > select { max-width: 100%; min-width: 0; }
"""


class AccessiblePage(anywidget.AnyWidget):
    """A part of an explorer: frees the keyboard, names the picture, tells when it is drawn and when it stays behind."""

    _esm = PATIENCE + SCRIPT % BEHIND
    _css = CSS
    alt = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Bool(False).tag(sync=True)
