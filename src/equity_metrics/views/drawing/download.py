"""Bytes in; a file that the browser saves, without one on the server, out."""

import anywidget
import traitlets

SCRIPT = """
function render({ model, el }) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const link = document.createElement("a");
  el.append(said, " ", link);
  let address;
  const drop = () => { if (address) URL.revokeObjectURL(address); address = undefined; };
  const say = () => { said.textContent = model.get("said"); };
  const offer = () => {
    drop();
    const content = model.get("content");
    link.hidden = !content || !content.byteLength;
    if (link.hidden) return;
    address = URL.createObjectURL(new Blob([content], { type: model.get("kind") }));
    link.href = address;
    link.download = model.get("name");
    link.textContent = "Save it again";
  };
  const save = () => { offer(); if (!link.hidden) link.click(); };
  say();
  offer();
  model.on("change:said", say);
  model.on("change:content", save);
  return drop;
}
export default { render };
"""
CSS = ".em-take-away a { color: #005eb8; text-decoration: underline; }"


class Download(anywidget.AnyWidget):
    """A sentence that screen readers are told, and a link to a file that the browser saves as soon as it is there."""

    _esm = SCRIPT
    _css = CSS
    said = traitlets.Unicode("").tag(sync=True)
    name = traitlets.Unicode("").tag(sync=True)
    kind = traitlets.Unicode("").tag(sync=True)
    content = traitlets.Bytes(b"").tag(sync=True)
