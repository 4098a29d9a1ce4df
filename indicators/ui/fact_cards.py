"""Single figures as cards, each with where it is printed: filtered by topic and place, never drawn on an axis."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from indicators.language.facts import Fact
from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.ui.html_tables import original
from indicators.ui.shell import plain, write_link

TOPIC, PLACE = "topic", "place"
OWN_PARAMS = (TOPIC, PLACE)
_FIRST = 9


def show_facts(facts: Sequence[Fact], language: Language, *, key: str) -> None:
    """Cards of facts, with pills for the topics and places among them; the first few until all are asked for."""
    topics = Counter(fact.topic for fact in facts)
    places = Counter(fact.region for fact in facts)
    names = {fact.region: fact.place for fact in facts}
    topic = _pick(
        text(language, "facts.topic"),
        {code: f"{text(language, f'category.{code}')} {count}" for code, count in topics.items()},
        TOPIC,
        language,
        key=key,
    )
    place = _pick(
        text(language, "facts.place"),
        {code: f"{names[code]} {count}" for code, count in places.items()},
        PLACE,
        language,
        key=key,
    )
    chosen = [f for f in facts if topic in (None, f.topic) and place in (None, f.region)]
    is_whole = topic is not None or st.session_state.get(f"{key}.all", False)
    shown = chosen if is_whole else chosen[:_FIRST]
    if not chosen:
        st.info(text(language, "facts.none_chosen"), icon=":material/info:")
    st.html(f'<div class="facts">{"".join(_card(fact, language) for fact in shown)}</div>')
    if len(shown) < len(chosen):
        st.button(
            text(language, "facts.show_all", count=len(chosen)),
            key=f"{key}.more",
            on_click=lambda: st.session_state.update({f"{key}.all": True}),
        )


def _pick(label: str, names: dict[str, str], param: str, language: Language, *, key: str) -> str | None:
    """One of several as the link has it, or all of them; nothing to choose where there is only one."""
    asked = st.query_params.get(param, "")
    if asked and asked not in names:
        st.info(text(language, "facts.unknown", label=label, found=plain(asked[:60])), icon=":material/info:")
        del st.query_params[param]
    if len(names) < 2:
        return None
    name = f"{key}.{param}"
    st.session_state[name] = asked if asked in names else None
    return st.pills(
        label,
        list(names),
        key=name,
        format_func=names.__getitem__,
        on_change=lambda: write_link(param, st.session_state[name] or ""),
    )


def _card(fact: Fact, language: Language) -> str:
    """What, how much, of whom and when; then how sure, as printed, and where."""
    whose = " · ".join(part for part in (fact.place, fact.subject) if part)
    mark = f'<span class="fact-mark">{escape(text(language, "facts.internal"))}</span>' if fact.is_internal else ""
    doubt = f'<span class="fact-doubt">{escape(fact.doubt)}</span>' if fact.doubt else ""
    printed = escape(text(language, "facts.printed", printed="{printed}")) if fact.printed else ""
    printed = printed.replace("{printed}", original(fact.printed, language, is_told=False))
    basis = escape(text(language, "facts.basis", basis=fact.basis)) if fact.basis else ""
    lines = "".join(f"<p>{line}</p>" for line in (printed, basis, original(fact.note, language)) if line)
    return (
        f'<article class="fact fact-{escape(fact.status)}"><h3>{escape(fact.name)}</h3>'
        f'<p class="fact-amount">{escape(fact.amount)}{doubt}</p>'
        f'<p class="fact-whose">{escape(whose)}<span>{escape(fact.when)}</span></p>{lines}'
        f'<p class="fact-source">{mark}{escape(fact.source)} · {original(fact.locator, language)}</p></article>'
    )
