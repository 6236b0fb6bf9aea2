"""Rectification at a glance: open, due soon, overdue, and how old the open items are."""

from briefing.load import Briefing
from briefing.rectification import OPEN, Ledger, ledger
from metrics.figures import percent
from metrics.vocabulary import Clock, IssueState
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join


def panel(here: Here, briefing: Briefing, unit: str = "") -> Markup:
    """The three figures and the bar by age."""
    issues = briefing.issues if not unit else briefing.issues[briefing.issues["unit"].str.startswith(unit)]
    counted = ledger(issues)
    return element(
        "div",
        element("h2", here.words("issues.title")),
        cards(here, counted, unit),
        age_bar(here, counted, unit),
    )


def cards(here: Here, counted: Ledger, unit: str = "") -> Markup:
    """Each figure a link to exactly those items."""
    rows = [
        ("issues.open", counted.open, OPEN, ""),
        ("issues.due_soon", counted.due_soon, Clock.DUE_SOON, "s-yellow"),
        ("issues.overdue", counted.overdue, Clock.OVERDUE, "s-red"),
        ("issues.deferred", counted.deferred, IssueState.DEFERRED, ""),
    ]
    links = [
        element(
            "a",
            element("span", here.words(label), class_="label"),
            element("span", str(count), class_=f"value {tint}"),
            href=here.address.link("rectification", show=show, u=unit),
        )
        for label, count, show, tint in rows
    ]
    rate = percent(counted.closing_rate) if counted.closing_rate is not None else "—"
    links.append(
        element(
            "span",
            element("span", here.words("issues.closing_rate"), class_="label"),
            element("span", rate, class_="value"),
            class_="card",
        )
    )
    return element("div", join(links), class_="strip")


def age_bar(here: Here, counted: Ledger, unit: str = "") -> Markup:
    """Open items by age; each part as wide as its share, with its count in it."""
    total = sum(count for _, count in counted.ages)
    if not total:
        return EMPTY
    parts = [
        element(
            "i",
            str(count),
            class_=f"a{place}",
            style=f"width:{count / total:.1%}",
            title=here.words("issues.age_part", bucket=here.words(f"issues.age.{bucket}"), count=count),
        )
        for place, (bucket, count) in enumerate(counted.ages)
        if count
    ]
    spoken = here.words(
        "issues.age_says",
        parts=here.words("list.comma").join(
            here.words("issues.age_part", bucket=here.words(f"issues.age.{bucket}"), count=count)
            for bucket, count in counted.ages
        ),
    )
    return element("div", join(parts), class_="age", role="img", aria_label=spoken) + element(
        "p", spoken, class_="quiet"
    )
