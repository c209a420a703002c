from equity_metrics.measures.fairness.decisions import Verdict
from equity_metrics.views.words.next_steps import NEXT_STEPS, WITHHELD, next_step


def test_every_verdict_has_one_and_none_waits_for_data_alone():
    assert set(NEXT_STEPS) == set(Verdict)
    assert all(step.startswith("Next step: ") and "more data" not in step for step in NEXT_STEPS.values())
    assert next_step(str(Verdict.NOT_ENOUGH), "").endswith("Not being able to tell is no reason to wait.")


def test_what_is_withheld_leads_to_a_wider_look_and_no_comparison_to_nothing():
    assert next_step("", "1 to 4 staff") == WITHHELD
    assert next_step("", "") == ""
