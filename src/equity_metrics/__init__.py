"""Race equality for NHS staff: WRES and Staff Survey indicators with honest uncertainty.

Names are loaded when they are first used, so that importing the package costs little more than nothing.
"""

from importlib import import_module

_HOMES = {
    "change.agreed_effects": ("agreed_effects", "effects_by_method"),
    "change.charts.publishable_series": ("publishable_series",),
    "cubes.kept_release": ("kept_release",),
    "cubes.released_cube": ("released_cube",),
    "measures.fairness.band_clusters": ("band_clusters", "representation_tables"),
    "measures.fairness.chance_outside_range": ("chance_outside_range",),
    "measures.comparisons": ("gaps", "relative_likelihoods"),
    "measures.fairness.decisions": ("Decision", "Verdict"),
    "measures.intervals.differences": ("newcombe_gap", "welch_gap"),
    "measures.fairness.disparity_ratio": ("disparity_ratio", "disparity_ratios"),
    "measures.fairness.funnels": ("expected_funnel", "likelihood_funnel", "proportion_funnel"),
    "measures.intervals.intervals": ("wilson",),
    "measures.fairness.mantel_haenszel": ("mantel_haenszel_ratio", "within_strata"),
    "measures.fairness.many_comparisons": ("benjamini_hochberg", "chance_words", "many_comparisons", "score_p_values"),
    "measures.mergers": ("merged_counts",),
    "measures.fairness.missing_ethnicity": ("allotted_ratios", "missing_ethnicity"),
    "measures.fairness.opposite_stories": ("opposite_stories",),
    "measures.fairness.overdispersion": ("overdispersion",),
    "measures.own_grouping": ("own_grouping",),
    "measures.disclosure.parts_of_whole": ("gaps_from_whole",),
    "measures.fairness.peer_funnels": ("peer_funnels",),
    "measures.places": ("places_of",),
    "measures.fairness.pooling": ("pooled", "pooled_proportions"),
    "measures.presentation": ("presented",),
    "measures.proportions": ("proportions",),
    "measures.fairness.ranks": ("ranks",),
    "measures.intervals.rates": ("byar", "event_limits", "exact_poisson", "rate_limits"),
    "measures.intervals.ratios": ("katz_ratio", "koopman_ratio"),
    "measures.disclosure.release": ("check_released", "release"),
    "measures.representation": ("representation",),
    "measures.survey.respondent_answers": ("scored_respondents",),
    "measures.survey.respondent_scores": ("respondent_scores", "weighted_respondent_scores"),
    "measures.roll_up": ("roll_up",),
    "measures.roll_ups": ("roll_ups",),
    "measures.rolling_years": ("rolling_years",),
    "measures.fairness.standardising": ("direct_rate", "indirect_ratio"),
    "measures.survey.answers": ("indicator_6_bounds", "survey_percentages"),
    "measures.survey.comparisons": ("published_gaps", "score_gaps"),
    "measures.survey.estimates": ("mean_scores", "published_estimates"),
    "measures.fairness.verdicts": ("verdicts",),
    "packs.board_paper": ("board_paper",),
    "packs.pictures": ("picture",),
    "packs.provenance": ("Provenance", "input_file"),
    "packs.report": ("board_pack",),
    "packs.review": ("review",),
    "packs.slides": ("slides",),
    "packs.workbook": ("workbook",),
    "sources.action_history": ("action_changes",),
    "sources.action_plans": ("check_action_plan", "plan_to_edit", "read_action_plan"),
    "sources.benchmark_workbook": ("read_benchmark_workbook",),
    "sources.counts": ("check_counts",),
    "sources.errors": ("InputError",),
    "sources.interventions": ("read_interventions", "sample_interventions"),
    "sources.records.count_records": ("count_records",),
    "sources.records.specs": ("RecordSpec", "read_record_spec"),
    "sources.respondents": ("read_respondents",),
    "sources.samples": ("sample",),
    "sources.saved_action_plans": ("save_action_plan",),
    "sources.staff_flows": ("read_staff_flows",),
    "sources.staff_survey": ("read_staff_survey",),
    "sources.wres_return": ("read_wres_return",),
    "views.action_plan.editor": ("ActionPlanEditor",),
    "views.answers": ("Answer", "Still"),
    "views.wres.at_a_glance": ("at_a_glance",),
    "views.what_would_it_take.bands_ahead_explorer": ("BandsAheadExplorer",),
    "views.baseline_trend.explorer": ("BaselineTrendExplorer",),
    "views.baseline_trend.page": ("BaselineTrendPage",),
    "views.what_would_it_take.before_starting_explorer": ("BeforeStartingExplorer",),
    "views.behind_bme.explorer": ("BehindBmeExplorer",),
    "views.benchmarks.explorer": ("BenchmarkExplorer",),
    "change.action_plans.action_progress": ("action_progress",),
    "change.action_plans.reporting_habits": ("reporting_habits",),
    "views.nine_questions.explorer": ("NineQuestionsExplorer",),
    "views.wres.biggest_gap": ("BiggestGapExplorer",),
    "views.drill_down.explorer": ("DrillDownExplorer",),
    "views.exports": ("save_export",),
    "views.fair_comparison.explorer": ("FairComparisonExplorer",),
    "views.intervention_lab.explorer": ("InterventionLabExplorer",),
    "views.intervention_lab.monitoring_answers": ("monitoring_answer",),
    "views.intervention_lab.published_effects_table": ("published_effects_table",),
    "views.representation.explorer": ("RepresentationExplorer",),
    "views.staff_survey.explorer": ("StaffSurveyExplorer",),
    "views.summary.explorer": ("SummaryExplorer",),
    "views.tables": ("Table",),
    "views.what_would_it_take.explorer": ("WhatWouldItTakeExplorer",),
    "views.what_would_it_take.score_explorer": ("ScoreToMoveExplorer",),
    "views.wres.explorer": ("WresExplorer",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'equity_metrics' has no attribute {name!r}")
    return getattr(import_module(f"equity_metrics.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
