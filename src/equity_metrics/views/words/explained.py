"""Plain text in; the same as HTML whose terms are explained on hover, on focus and in a list below, out."""

import re
from html import escape

from equity_metrics.catalogue.glossary import GLOSSARY, Term
from equity_metrics.views.words.next_steps import NEXT_STEP

STYLE = """<style>
.em-explorer abbr[title]{text-decoration:underline dotted 1px;text-underline-offset:.18em;cursor:help}
.em-explorer abbr[title]:focus{outline:2px solid #005eb8;outline-offset:2px}
.em-explorer abbr[title]:focus::after{content:" (" attr(title) ")";font-size:.85em;font-weight:normal}
.em-words summary{cursor:pointer;min-height:24px}
</style>"""
FORMS: dict[str, Term] = {form: term for term in GLOSSARY.values() for form in term.in_sentences}


def _either_case(form: str) -> str:
    """Match a form also where it begins a sentence."""
    first = form[0]
    return f"[{first}{first.upper()}]{re.escape(form[1:])}" if first.islower() else re.escape(form)


FOUND = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_either_case, sorted(FORMS, key=len, reverse=True)))})(?![\w-])")


class Explained:
    """Writes the texts of one answer as HTML: each term explained where it first stands, the next step easy to find."""

    def __init__(self) -> None:
        self.terms: dict[str, Term] = {}

    def __call__(self, text: str) -> str:
        """Write one text.

        Parameters
        ----------
        text
            Plain text.

        Returns
        -------
        str
            HTML; without its tags it is the same text.
        """
        html, end = [], 0
        for found in FOUND.finditer(text):
            form = found.group()
            term = FORMS[form if form in FORMS else form[0].lower() + form[1:]]
            if term.word in self.terms:
                continue
            self.terms[term.word] = term
            html.append(escape(text[end : found.start()]))
            html.append(f'<abbr tabindex="0" title="{escape(term.meaning)}">{escape(form)}</abbr>')
            end = found.end()
        return "".join([*html, escape(text[end:])]).replace(NEXT_STEP, f"<b>{NEXT_STEP}</b>")

    def words_html(self) -> str:
        """Write every term that was explained so far, for those who cannot or do not hover."""
        if not self.terms:
            return ""
        listed = "".join(f"<li><b>{escape(t.word)}</b>: {escape(t.meaning)}</li>" for t in self.terms.values())
        return f'<details class="em-notes em-words"><summary>What these words mean</summary><ul>{listed}</ul></details>'
