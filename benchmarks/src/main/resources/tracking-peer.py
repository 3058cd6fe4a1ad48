"""MLflow's Python client in the place of ours: offers metrics at 10,000 a second from one thread, asynchronously, and waits for them.

usage: tracking-peer.py URI EXPERIMENT METRICS   prints one JSON object
"""
import json
import logging
import os
import sys
import time

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_DISABLE_AGENT_HINT="true", MLFLOW_MODEL_CATALOG_URI="",
                  GIT_PYTHON_REFRESH="quiet", MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT="true")
logging.disable(logging.WARNING)

import mlflow  # noqa: E402

PERIOD_NS = 100_000
KEYS = ["train/loss", "train/accuracy", "eval/loss", "eval/f1"]
WARM_UP = 100


def main():
    uri, experiment, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    mlflow.set_tracking_uri(uri)
    mlflow.set_experiment(experiment)
    took = []
    with mlflow.start_run(run_name="python"):
        for i in range(WARM_UP):
            mlflow.log_metric("warm up", i, step=i, synchronous=False)
        mlflow.flush_async_logging()
        due = begin = time.perf_counter_ns()
        for i in range(count):
            due += PERIOD_NS
            while time.perf_counter_ns() < due:  # falls behind when it cannot keep the pace
                pass
            start = time.perf_counter_ns()
            mlflow.log_metric(KEYS[i % len(KEYS)], i * .001, step=i, synchronous=False)
            took.append(time.perf_counter_ns() - start)
        accepted = time.perf_counter_ns()
        mlflow.flush_async_logging()
        end = time.perf_counter_ns()
    took.sort()
    print(json.dumps({
        "client": mlflow.__version__, "metrics": count, "offered_per_s": 1e9 / PERIOD_NS,
        "p50_us": took[(count - 1) // 2] / 1e3, "p99_us": took[-(-count * 99 // 100) - 1] / 1e3, "max_us": took[-1] / 1e3,
        "accepted_per_s": round(count * 1e9 / (accepted - begin)), "delivered_per_s": round(count * 1e9 / (end - begin), 1)}))


main()
