"""The peers of bench/measuring: scikit-learn or faiss on the same rows. Reads one JSON order a line, answers with what it took."""
import importlib
import json
import sys

import numpy as np
from threadpoolctl import threadpool_info

from clock import timed

setting = json.loads(sys.argv[1])
library = importlib.import_module(setting["library"])
X = np.fromfile(setting["rows"], dtype=np.float32).reshape(-1, setting["columns"])
Q = np.fromfile(setting["queries"], dtype=np.float32).reshape(-1, setting["columns"])
labels = np.fromfile(setting["labels"], dtype=np.int32)
start = np.fromfile(setting["start"], dtype=np.float64).reshape(-1, setting["columns"])
threads = setting["threads"]


def nearest(queries, gallery, k):
    if setting["library"] == "faiss":
        library.omp_set_num_threads(threads)
        index = library.IndexFlatL2(gallery.shape[1])
        index.add(gallery)
        return index.search(queries, k)[1]
    from sklearn.neighbors import NearestNeighbors

    return NearestNeighbors(n_neighbors=k, algorithm="brute", n_jobs=threads).fit(gallery).kneighbors(queries, return_distance=False)


def neighbors(_order):
    return {"answer": int(nearest(Q, X, 11).sum())}


def recall(_order):
    rows = nearest(Q, Q, 9)
    hits = labels[rows[:, 1:]] == labels[:, None]
    return {"answer": [float(hits[:, :k].any(1).mean()) for k in (1, 2, 4, 8)]}


def kmeans(order):
    if setting["library"] == "faiss":
        library.omp_set_num_threads(threads)
        found = library.Kmeans(X.shape[1], order["k"], niter=order["iterations"], nredo=order["restarts"], max_points_per_centroid=len(X), seed=0)
        found.train(X)
        return {"answer": float(min(found.obj)), "iterations": order["iterations"]}
    from sklearn.cluster import KMeans

    found = KMeans(order["k"], n_init=order["restarts"], max_iter=order["iterations"], tol=order.get("tolerance", 0), algorithm=setting.get("algorithm", "lloyd"), random_state=0)
    found.fit(X)
    return {"answer": float(found.inertia_), "iterations": int(found.n_iter_)}


def mixture(order):
    import warnings

    from sklearn.mixture import GaussianMixture

    warnings.simplefilter("ignore")
    k, covariance = len(start), order["covariance"]
    rows = X.astype("float64")
    # its own start is passed over: means, weights and precisions are given
    one = np.ones(X.shape[1]) if covariance == "diagonal" else np.eye(X.shape[1])
    found = GaussianMixture(
        k,
        covariance_type="diag" if covariance == "diagonal" else covariance,
        max_iter=order["iterations"],
        tol=0,
        init_params="random_from_data",
        means_init=start,
        weights_init=np.full(k, 1 / k),
        precisions_init=np.stack([one] * k),
        random_state=0,
    )
    found.fit(rows)
    return {"answer": float(found.lower_bound_)}


works = {"neighbors": neighbors, "recall": recall, "k-means": kmeans, "mixture": mixture}
if setting["library"] == "sklearn":
    neighbors(None)  # what it loads when it is first asked is not measured
about = {"version": library.__version__, "threads": threads, "libraries": threadpool_info()}
print(json.dumps(about), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    last = {}

    def all_of_them():
        for _ in range(order["times"]):
            last.update(works[order["do"]](order))
        return last

    timed(all_of_them)
