"""The peer of bench/projection: scikit-learn's Barnes-Hut t-SNE on one thread. Reads one JSON order a line, answers with seconds."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE

print(json.dumps({"version": sklearn.__version__}), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    X = np.fromfile(order["rows"], dtype=np.float32).reshape(-1, order["columns"])
    start, cpu = time.perf_counter(), time.process_time()
    tsne = TSNE(perplexity=30, angle=0.5, n_iter=order["iterations"], n_iter_without_progress=order["iterations"], init="pca", learning_rate="auto", random_state=0, n_jobs=1)
    Y = tsne.fit_transform(X)
    seconds = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    Y.astype(np.float64).tofile(order["positions"])
    print(json.dumps(seconds), flush=True)
