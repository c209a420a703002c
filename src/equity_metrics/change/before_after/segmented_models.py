"""One line of counts or scores over time and its design in; the textbook segmented regressions' terms out."""

from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike
from scipy import stats
from scipy.optimize import minimize_scalar

from equity_metrics.change.charts.control_charts import Array

LARGEST_PHI = 0.999


def harmonics(times: ArrayLike, *, cycle: float = 12, pairs: int = 2) -> Array:
    """Lay out sine and cosine columns for a season.

    Parameters
    ----------
    times
        Number of each period, shape (periods,).
    cycle
        Periods in a year.
    pairs
        Sines and cosines: 1 for one wave a year, 2 for two.

    Returns
    -------
    ndarray
        Shape (periods, 2 * pairs).

    References
    ----------
    Bhaskaran K et al. (2013). Time series regression studies in environmental epidemiology. Int J Epidemiol 42:1187.
    """
    angles = 2 * np.pi * np.outer(np.asarray(times, float), np.arange(1, pairs + 1)) / cycle
    return np.hstack([np.sin(angles), np.cos(angles)])


def _terms(
    names: pd.Index, estimates: Array, errors: Array, freedom: float, confidence: float, **more: float
) -> pd.DataFrame:
    half = stats.t.ppf((1 + confidence) / 2, freedom) * errors
    return pd.DataFrame(
        {
            "estimate": estimates,
            "standard_error": errors,
            "lower": estimates - half,
            "upper": estimates + half,
            "confidence": confidence,
            "p_value": 2 * stats.t.sf(np.abs(estimates) / errors, freedom),
        }
        | more,
        index=names,
    )


def _quasi(fitted: Any, names: pd.Index, confidence: float) -> pd.DataFrame:
    freedom = float(fitted.df_resid)
    dispersion = max(float(fitted.pearson_chi2) / freedom, 1.0)
    errors = np.asarray(fitted.bse) * np.sqrt(dispersion)
    return _terms(names, np.asarray(fitted.params), errors, freedom, confidence, dispersion=dispersion)


def segmented_rates(
    events: ArrayLike, exposures: ArrayLike, design: pd.DataFrame, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Fit a quasi-Poisson regression of one line of rates.

    Parameters
    ----------
    events, exposures
        Shape (periods,).
    design
        One column a term, the intercept among them.
    confidence
        Of the intervals, which use Student's t with the residual degrees of freedom.

    Returns
    -------
    pandas.DataFrame
        One row a term: ``estimate`` (log rate ratio), ``standard_error``, ``lower``, ``upper``, ``confidence``,
        ``p_value``, ``dispersion`` (Pearson, never below 1).

    References
    ----------
    Lopez Bernal J, Cummins S, Gasparrini A (2017). Int J Epidemiol 46:348-355.
    """
    offset = np.log(np.asarray(exposures, float))
    fitted = sm.GLM(np.asarray(events, float), design.to_numpy(float), family=sm.families.Poisson(), offset=offset).fit(
        tol=1e-12, maxiter=100
    )
    return _quasi(fitted, design.columns, confidence)


def segmented_proportions(
    events: ArrayLike, people: ArrayLike, design: pd.DataFrame, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Fit a quasi-binomial regression of one line of proportions.

    Parameters
    ----------
    events, people
        Shape (periods,).
    design
        One column a term, the intercept among them.
    confidence
        Of the intervals, which use Student's t with the residual degrees of freedom.

    Returns
    -------
    pandas.DataFrame
        As ``segmented_rates``; ``estimate`` is a log odds ratio.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized Linear Models, 2nd ed., ch. 4.
    """
    yes = np.asarray(events, float)
    both = np.column_stack([yes, np.asarray(people, float) - yes])
    fitted = sm.GLM(both, design.to_numpy(float), family=sm.families.Binomial()).fit(tol=1e-12, maxiter=100)
    return _quasi(fitted, design.columns, confidence)


def segmented_scores(values: ArrayLike, design: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Fit a regression of one line of scores with AR(1) errors, by exact maximum likelihood.

    Parameters
    ----------
    values
        Shape (periods,), one each period without a gap.
    design
        One column a term, the intercept among them.
    confidence
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        As ``segmented_rates``; ``estimate`` is in the unit of the values, and ``phi`` is the autocorrelation. With few
        periods ``phi`` comes out too small and the intervals too narrow: for a test use ``interrupted_scores``.

    References
    ----------
    Beach CM, MacKinnon JG (1978). A maximum likelihood procedure for regression with autocorrelated errors.
    Econometrica 46:51-58.
    """
    y, columns = np.asarray(values, float), design.to_numpy(float)
    periods, terms = columns.shape

    def whitened(phi: float) -> tuple[Array, Array]:
        first = np.sqrt(1 - phi**2)
        return (
            np.concatenate([[first * y[0]], y[1:] - phi * y[:-1]]),
            np.vstack([first * columns[:1], columns[1:] - phi * columns[:-1]]),
        )

    def fit(phi: float) -> tuple[Array, Array, float]:
        response, regressors = whitened(phi)
        estimates: Array = np.linalg.lstsq(regressors, response)[0].astype(np.float64, copy=False)
        return estimates, regressors, float(((response - regressors @ estimates) ** 2).sum())

    def lack_of_fit(phi: float) -> float:
        return periods * np.log(fit(phi)[2]) - np.log(1 - phi**2)

    phi = float(
        minimize_scalar(lack_of_fit, bounds=(-LARGEST_PHI, LARGEST_PHI), method="bounded", options={"xatol": 1e-10}).x
    )
    estimates, regressors, squares = fit(phi)
    freedom = periods - terms
    errors = np.sqrt(np.diag(np.linalg.inv(regressors.T @ regressors)) * squares / freedom)
    return _terms(design.columns, estimates, errors, freedom, confidence, phi=phi)
