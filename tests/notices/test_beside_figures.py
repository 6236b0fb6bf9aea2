"""What a notice says beside its figures: by what is judged, who is left out of what, titles within titles."""

from dataclasses import replace

from briefing.villages import Villages
from notices.notice import draft
from tests.notices.papers import Notice, changed, lines, told, under


def test_where_a_step_is_judged_by_its_days_the_annex_says_so(villages: Villages, notice: Notice) -> None:
    """A gap of 8.8 points is far behind there, and one of 20 is behind."""
    said = "按节点分步推进的，按滞后天数评判。"
    [note] = [text for text in lines(notice.paper, "note") if "较序时按精确值计算" in text]
    assert said in note
    cells = villages.county.cells
    on_slopes = cells["state"].mask(cells["why"].isin(("far_by_days", "behind_by_days")), "on_plan")
    paper = draft(changed(villages, cells=cells.assign(state=on_slopes)), notice.choices).paper
    [note] = [text for text in lines(paper, "note") if "较序时按精确值计算" in text]
    assert said not in note


def test_a_title_in_the_title_of_the_rule_has_the_inner_marks(villages: Villages, notice: Notice) -> None:
    rules = replace(villages.county.rules, title="关于印发《督查办法》的通知")
    paper = draft(changed(villages, rules=rules), replace(notice.choices, annexes=())).paper
    assert "评判依据为《关于印发〈督查办法〉的通知》（" in told(paper)


def test_who_is_not_ranked_at_all_is_not_left_out_of_a_ranking(notice: Notice) -> None:
    """Where nobody is ranked, to report too little leaves a unit out of the judging alone."""
    plain, ranked = (
        told(draft(notice.figures, replace(notice.choices, is_ranked=is_ranked)).paper)
        for is_ranked in (False, True)
    )
    assert "排名" not in plain and plain.count("不参与滞后评判") == 2
    assert ranked.count("不参与排名和滞后评判") == 2 and "不参与滞后评判" not in ranked


def test_what_waits_is_said_where_it_counts_as_reported(villages: Villages, notice: Notice) -> None:
    [said] = [p for p in under(notice.paper, "总体情况") if "报送率" in p.text]
    count = notice.figures.text("reports|waiting")
    assert f"已报4,371项（其中待审{count}项），报送率" in said.text
    assert "reports|waiting" in [run.key for run in said.runs]
    none = villages.county.reporting.assign(waiting=0)
    bare = draft(changed(villages, reporting=none), notice.choices)
    [said] = [p for p in under(bare.paper, "总体情况") if "报送率" in p.text]
    assert "已报4,371项，报送率" in said.text and bare.notes == ()
