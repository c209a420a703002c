import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.catalogue.glossary import GLOSSARY
from equity_metrics.views.words.explained import FORMS, Explained
from equity_metrics.views.wres.explorer import WresExplorer

TEXTS = st.lists(st.one_of(st.sampled_from(sorted(FORMS)), st.text(max_size=12)), max_size=12).map(" ".join)


def without_tags(html: str) -> str:
    return unescape(re.sub(r"</?(abbr|b)\b[^<>]*>", "", html))


@given(TEXTS)
def test_the_text_itself_is_never_changed(text):
    assert without_tags(Explained()(text)) == text


@given(st.lists(TEXTS, max_size=4))
def test_each_term_is_explained_once_and_again_in_the_list(texts):
    explained = Explained()
    html = "".join(map(explained, texts))
    titles = re.findall(r'title="([^"]*)"', html)
    assert len(titles) == len(set(titles)) == len(explained.terms)
    assert all(f"</b>: {title}</li>" in explained.words_html() for title in titles)


def test_a_term_is_explained_where_it_first_stands():
    explained = Explained()
    html = explained("A gap, White / BME: 1.20 (95 % interval 1.05 to 1.37).")
    assert html.startswith(f'A <abbr tabindex="0" title="{GLOSSARY["gap"].meaning}">gap</abbr>, White')
    assert [*explained.terms] == ["gap", "BME", "interval"]
    assert "<abbr" not in explained("BME and the interval again")
    assert Explained()("Gap").endswith(">Gap</abbr>")


def test_the_next_step_is_easy_to_find():
    assert Explained()("It was 3. Next step: ask.") == "It was 3. <b>Next step:</b> ask."


def test_words_that_only_hold_a_term_are_left_alone():
    explained = Explained()
    assert explained("gapless, non-WRES and intervallic & <b>") == "gapless, non-WRES and intervallic &amp; &lt;b&gt;"
    assert explained.words_html() == ""


def test_only_a_live_explorer_explains_and_what_is_saved_stays_plain(released):
    explorer = WresExplorer(released, organisation="Alder", indicator="2")
    assert ">Relative likelihood</abbr>" in explorer._sentence.value
    assert "<li><b>relative likelihood</b>:" in explorer._notes.value
    assert "<abbr" not in explorer.answer._repr_mimebundle_()["text/html"]
    assert "<abbr" not in explorer.answer.notes_html()
