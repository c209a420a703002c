"""Race equality for NHS staff: WRES and Staff Survey indicators with honest uncertainty.

Names are loaded when they are first used, so that importing the package costs little more than nothing.
"""

from importlib import import_module

_HOMES = {
    "change.agreed_effects": ("agreed_effects", "effects_by_method"),
    "change.publishable_series": ("publishable_series",),
    "cubes.kept_release": ("kept_release",),
    "cubes.released_cube": ("released_cube",),
    "measures.band_clusters": ("band_clusters", "representation_tables"),
    "measures.chance_outside_range": ("chance_outside_range",),
    "measures.comparisons": ("gaps", "relative_likelihoods"),
    "measures.decisions": ("Decision", "Verdict"),
    "measures.differences": ("newcombe_gap", "welch_gap"),
    "measures.disparity_ratio": ("disparity_ratio", "disparity_ratios"),
    "measures.funnels": ("expected_funnel", "likelihood_funnel", "proportion_funnel"),
    "measures.intervals": ("wilson",),
    "measures.mantel_haenszel": ("mantel_haenszel_ratio", "within_strata"),
    "measures.many_comparisons": ("benjamini_hochberg", "chance_words", "many_comparisons", "score_p_values"),
    "measures.mergers": ("merged_counts",),
    "measures.missing_ethnicity": ("allotted_ratios", "missing_ethnicity"),
    "measures.opposite_stories": ("opposite_stories",),
    "measures.overdispersion": ("overdispersion",),
    "measures.own_grouping": ("own_grouping",),
    "measures.parts_of_whole": ("gaps_from_whole",),
    "measures.peer_funnels": ("peer_funnels",),
    "measures.places": ("places_of",),
    "measures.pooling": ("pooled", "pooled_proportions"),
    "measures.presentation": ("presented",),
    "measures.proportions": ("proportions",),
    "measures.ranks": ("ranks",),
    "measures.rates": ("byar", "event_limits", "exact_poisson", "rate_limits"),
    "measures.ratios": ("katz_ratio", "koopman_ratio"),
    "measures.release": ("check_released", "release"),
    "measures.representation": ("representation",),
    "measures.respondent_answers": ("scored_respondents",),
    "measures.respondent_scores": ("respondent_scores", "weighted_respondent_scores"),
    "measures.roll_up": ("roll_up",),
    "measures.roll_ups": ("roll_ups",),
    "measures.rolling_years": ("rolling_years",),
    "measures.standardising": ("direct_rate", "indirect_ratio"),
    "measures.survey_answers": ("indicator_6_bounds", "survey_percentages"),
    "measures.survey_comparisons": ("published_gaps", "score_gaps"),
    "measures.survey_estimates": ("mean_scores", "published_estimates"),
    "measures.verdicts": ("verdicts",),
    "sources.action_plans": ("check_action_plan", "read_action_plan"),
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
    "views.answers": ("Answer", "Still"),
    "views.at_a_glance": ("at_a_glance",),
    "views.bands_ahead_explorer": ("BandsAheadExplorer",),
    "views.baseline_trend_explorer": ("BaselineTrendExplorer",),
    "views.baseline_trend_page": ("BaselineTrendPage",),
    "views.before_starting_explorer": ("BeforeStartingExplorer",),
    "views.behind_bme_explorer": ("BehindBmeExplorer",),
    "views.benchmark_explorer": ("BenchmarkExplorer",),
    "change.action_progress": ("action_progress",),
    "change.reporting_habits": ("reporting_habits",),
    "views.nine_questions.explorer": ("NineQuestionsExplorer",),
    "views.biggest_gap": ("BiggestGapExplorer",),
    "views.drill_down_explorer": ("DrillDownExplorer",),
    "views.exports": ("save_export",),
    "views.fair_comparison_explorer": ("FairComparisonExplorer",),
    "views.intervention_lab_explorer": ("InterventionLabExplorer",),
    "views.monitoring_answers": ("monitoring_answer",),
    "views.published_effects_table": ("published_effects_table",),
    "views.representation_explorer": ("RepresentationExplorer",),
    "views.staff_survey_explorer": ("StaffSurveyExplorer",),
    "views.tables": ("Table",),
    "views.what_would_it_take_explorer": ("WhatWouldItTakeExplorer",),
    "views.wres_explorer": ("WresExplorer",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'equity_metrics' has no attribute {name!r}")
    return getattr(import_module(f"equity_metrics.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
