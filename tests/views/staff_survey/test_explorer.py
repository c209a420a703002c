import numpy as np
import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.measures.survey.answers import indicator_6_bounds, survey_percentages
from equity_metrics.sources.benchmark_workbook import read_benchmark_workbook
from equity_metrics.sources.respondents import read_respondents
from equity_metrics.sources.staff_survey import read_staff_survey
from equity_metrics.views.staff_survey.explorer import StaffSurveyExplorer

EIGHTEEN = "Survey categories 2018-2024"


@pytest.fixture(scope="module")
def survey(samples):
    national = read_staff_survey(samples / "staff_survey_national_synthetic.xlsx", progress=False)
    organisations = read_staff_survey(samples / "staff_survey_organisations_synthetic.xlsx", progress=False)
    benchmark = read_benchmark_workbook(
        samples / "staff_survey_benchmark_synthetic.xlsx", base_columns="{measure}_{group}_n_{year}"
    )
    published = [survey_percentages(table) for table in (national, organisations, benchmark)]
    respondents = roll_ups(read_respondents(samples / "respondents_synthetic.csv"))
    return release([*published, indicator_6_bounds(national), *respondents])


@pytest.fixture
def explorer(survey):
    return StaffSurveyExplorer(survey, topic="discrimination_staff")


def test_all_18_groups_stand_beside_each_other(explorer):
    assert explorer.grouping == EIGHTEEN
    assert len(explorer.answer.table) == 18
    assert "White - Gypsy or Irish Traveller" in explorer.answer.table["Ethnic group"].tolist()


def test_an_interval_of_published_values_is_called_approximate(explorer):
    assert any("approximate: the survey's weights are not published" in note for note in explorer.answer.notes)
    assert any("not WRES counts" in note for note in explorer.answer.notes)


def test_a_score_has_no_interval_and_says_so(explorer):
    explorer.topic = "PP1_3"
    explorer.grouping = "White / BME"
    assert "No interval can be given: the variance is not published." in explorer.answer.sentence
    assert explorer.answer.table["95 % interval"].eq("none").all()
    explorer.compare = "Gap"
    assert "score points" in explorer.answer.figure.layout.xaxis.title.text


def test_indicator_6_has_bounds_and_no_value_in_the_national_file(explorer):
    explorer.topic = "hba_staff"
    assert "between" in explorer.answer.sentence
    assert "only these bounds are known" in explorer.answer.sentence
    assert explorer.answer.table["Note"].str.startswith("only bounds are known").all()
    assert np.isnan(np.array(explorer.answer.figure.data[1].x, float)).all()
    assert np.isfinite(np.array(explorer.answer.figure.data[0].x, float)).any()


def test_a_pair_that_does_not_exist_is_said_and_the_nearest_offered(explorer, survey):
    place = survey.loc[(survey["level"] == "organisation") & (survey["breakdown"] == "All staff"), "organisation"].iloc[
        5
    ]
    explorer.topic = "safe_to_speak_up"
    explorer.organisation = place
    assert f"hold no figures on this question for {place} by {EIGHTEEN}" in explorer.answer.sentence
    assert len(explorer.answer.table) == 0
    assert all(len(trace.y) == 0 for trace in explorer.answer.figure.data)
    assert explorer._nearest_button.layout.display == ""
    explorer.show_nearest()
    assert (explorer.organisation, explorer.grouping) == (place, "")
    assert place in explorer.answer.sentence
    assert "England" not in explorer.answer.sentence
    assert explorer._nearest_button.layout.display == "none"


def test_the_benchmark_file_gives_organisations_white_and_bme_through_the_years(explorer, survey):
    benchmark = survey[survey["source"].str.contains("benchmark") & (survey["indicator"] == "6")]
    explorer.topic = "hba_staff"
    explorer.organisation = benchmark["organisation"].iloc[0]
    explorer.grouping = "White / BME"
    explorer.source = benchmark["source"].iloc[0]
    assert len(explorer.answer.figure.data[3].x) == 5


def test_every_question_answers_for_england(explorer):
    for _, topic in explorer._controls["topic"].options:
        explorer.topic = topic
        assert explorer.answer.sentence
        assert explorer.answer.alt
