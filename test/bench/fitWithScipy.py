"""BG/NBD as Python users fit it: SciPy's BFGS over one row a customer, then the Hessian.

The objective is that of the lifetimes package (its formula, its starting point and its tolerance),
with the gradient written out, which costs less than the differentiation that lifetimes does at run
time. Reads little-endian doubles x, t_x, T (weeks), one triple a customer; prints one line of JSON.

    python3 fitWithScipy.py summary.bin
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln


def negative_log_likelihood(log_parameters, x, t_x, T):
    r, alpha, a, b = np.exp(log_parameters)
    end, last = np.log(alpha + T), np.log(alpha + t_x)
    dropped = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * last
    alive = -(r + x) * end
    largest = np.maximum(alive, dropped)
    came_back = x > 0
    p, q = np.exp(alive - largest), np.exp(dropped - largest) * came_back
    value = (
        gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        + gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        + np.log(p + q) + largest
    )
    share = q / (p + q)
    d_r = digamma(r + x) - digamma(r) + np.log(alpha) - (1 - share) * end - share * last
    d_alpha = r / alpha - (r + x) * ((1 - share) / (alpha + T) + share / (alpha + t_x))
    d_a = digamma(a + b) - digamma(a + b + x) + share / a
    d_b = (
        digamma(a + b) + digamma(b + x) - digamma(b) - digamma(a + b + x)
        - share / (b + np.maximum(x, 1) - 1)
    )
    gradient = np.array([d_r.mean() * r, d_alpha.mean() * alpha, d_a.mean() * a, d_b.mean() * b])
    return -value.mean(), -gradient


def fit(x, t_x, T):
    scale = 10.0 / T.max()  # large times would flatten the likelihood
    columns = (x, t_x * scale, T * scale)
    found = minimize(
        negative_log_likelihood, np.full(4, 0.1), args=columns, jac=True, method="BFGS",
        options={"gtol": 1e-7},
    )
    step = 1e-5
    hessian = np.array([
        (negative_log_likelihood(found.x + step * unit, *columns)[1]
         - negative_log_likelihood(found.x - step * unit, *columns)[1]) / (2 * step)
        for unit in np.eye(4)
    ]) * len(x)
    parameters = np.exp(found.x)
    errors = parameters * np.sqrt(np.diag(np.linalg.inv((hessian + hessian.T) / 2)))
    parameters[1] /= scale
    errors[1] /= scale
    return parameters, errors


summary = np.fromfile(sys.argv[1], dtype="<f8").reshape(-1, 3)
columns = [np.ascontiguousarray(column) for column in summary.T]
since = time.perf_counter()
parameters, errors = fit(*columns)
seconds = time.perf_counter() - since
print(json.dumps({"seconds": seconds, "parameters": list(parameters), "errors": list(errors)}))
