#!/usr/bin/env python3
"""Prints, as one JSON document, what MLflow's own Python client sees on a server: the independent reader of the tests.

usage: read-back.py URI [--experiment NAME] [--model NAME]... [--prompt NAME]... [--no-downloads] [--no-history]

Run it by the Python the server runs by (see start-mlflow.sh). Names are percent-encoded. A name that is not there is null in the
answer, not an error.
Numbers JSON does not have are the texts "NaN", "Infinity" and "-Infinity"; times are milliseconds since 1970.

{"client": "3.17.2",
 "experiment": {"id", "name", "artifact_location", "lifecycle_stage", "tags": {}},
 "runs": [{"id", "name", "status", "lifecycle_stage", "start_time", "end_time", "user", "artifact_uri", "parent" (run id or null),
           "params": {}, "tags": {}, "latest": {key: value}, "metrics": {key: [[value, step, timestamp], ...]},
           "datasets": [{"name", "digest", "source_type", "source", "schema", "profile", "tags": {}}],
           "models_in": [model id], "models_out": [{"id", "step"}],
           "artifacts": {path: {"bytes", "sha256"}}, "tables": {path: {column: [values]}}}],      oldest first
 "evaluation_runs": [run id],
 "logged_models": [{"id", "name", "type", "status", "source_run", "artifact_location", "params": {}, "tags": {},
                    "metrics": [{"key", "value", "step", "dataset"}]}],
 "traces": [{"id", "state", "request_time", "duration", "request", "response", "client_request_id", "tags": {}, "metadata": {},
             "tokens": {}, "cost": {}, "user", "session", "run",
             "spans": [{"id", "parent", "name", "type", "status", "start_ns", "end_ns", "inputs", "outputs", "attributes": {},
                        "events": [{"name", "attributes"}]}],
             "assessments": [{"id", "name", "kind" (feedback or expectation), "value", "error", "rationale", "source_type", "source_id",
                              "span", "metadata": {}, "valid"}]}],                                 oldest first
 "models": {name: {"description", "tags": {}, "aliases": {alias: version},
                   "versions": [{"version", "source", "run", "status", "stage", "description", "tags": {}, "aliases": []}]}},
 "prompts": {name: {"description", "tags": {}, "aliases": {alias: version},
                    "versions": [{"version", "template", "text" (false: chat), "variables", "message", "tags": {}, "aliases": [],
                                  "response_format", "model_config"}]}}}
"""
import argparse
import hashlib
import json
import logging
import math
import os
import sys
import tempfile
import warnings
from urllib.parse import unquote

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_DISABLE_AGENT_HINT="true", MLFLOW_MODEL_CATALOG_URI="",
                  MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false", GIT_PYTHON_REFRESH="quiet")
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import mlflow  # noqa: E402
from mlflow.entities import ViewType  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402


def plain(value):
    """Whatever the client gave, as JSON can say it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return plain(value.item()) if hasattr(value, "item") else str(value)


def pages(page):
    """Everything behind a paged question: page(token) asks for one."""
    token = None
    while True:
        answer = page(token)
        yield from answer
        token = answer.token
        if not token:
            return


def there(question):
    """The answer, or None when the server does not have it."""
    try:
        return question()
    except MlflowException as failure:
        if failure.error_code == "RESOURCE_DOES_NOT_EXIST":
            return None
        raise


class Reader:
    def __init__(self, options):
        self.options = options
        mlflow.set_tracking_uri(options.uri)
        mlflow.set_registry_uri(options.uri)
        self.client = mlflow.MlflowClient()

    def document(self):
        answer = {"client": mlflow.__version__}
        if self.options.experiment is not None:
            answer.update(self.experiment())
        answer["models"] = {name: there(lambda: self.model(name)) for name in self.options.model}
        answer["prompts"] = {name: there(lambda: self.prompt(name)) for name in self.options.prompt}
        return plain(answer)

    def experiment(self):
        found = self.client.get_experiment_by_name(self.options.experiment)
        if found is None:
            return {"experiment": None}
        here = [found.experiment_id]
        mlflow.set_experiment(experiment_id=found.experiment_id)  # load_table looks there alone

        def runs(chosen=""):
            return pages(lambda token: self.client.search_runs(here, chosen, ViewType.ALL, 500, ["attributes.start_time ASC"], token))

        models = pages(lambda token: self.client.search_logged_models(here, page_token=token))
        traces = mlflow.search_traces(locations=here, order_by=["timestamp_ms ASC"], return_type="list")
        return {
            "experiment": {"id": found.experiment_id, "name": found.name, "artifact_location": found.artifact_location,
                           "lifecycle_stage": found.lifecycle_stage, "tags": found.tags},
            "runs": [self.run(one) for one in runs()],
            "evaluation_runs": [one.info.run_id for one in runs("tags.`mlflow.runType` = 'genai_evaluate'")],
            "logged_models": [self.logged_model(one) for one in models],
            "traces": [self.trace(one) for one in traces],
        }

    def run(self, run):
        info, data = run.info, run.data
        return {
            "id": info.run_id, "name": info.run_name, "status": info.status, "lifecycle_stage": info.lifecycle_stage,
            "start_time": info.start_time, "end_time": info.end_time, "user": info.user_id, "artifact_uri": info.artifact_uri,
            "parent": data.tags.get("mlflow.parentRunId"), "params": data.params, "tags": data.tags, "latest": data.metrics,
            "metrics": {key: self.history(info.run_id, key) for key in sorted(data.metrics)} if self.options.history else {},
            "datasets": [{"name": one.dataset.name, "digest": one.dataset.digest, "source_type": one.dataset.source_type,
                          "source": one.dataset.source, "schema": one.dataset.schema, "profile": one.dataset.profile,
                          "tags": {tag.key: tag.value for tag in one.tags}} for one in run.inputs.dataset_inputs],
            "models_in": [one.model_id for one in run.inputs.model_inputs or []],
            "models_out": [{"id": one.model_id, "step": one.step} for one in (run.outputs.model_outputs if run.outputs else [])],
            "artifacts": self.artifacts(info.run_id), "tables": self.tables(info.run_id, data.tags),
        }

    def history(self, run_id, key):
        points = [[one.value, one.step, one.timestamp] for one in self.client.get_metric_history(run_id, key)]
        return sorted(points, key=lambda point: (point[1], point[2]))

    def artifacts(self, run_id):
        found, folders = {}, [None]
        with tempfile.TemporaryDirectory() as target:
            while folders:
                for one in self.client.list_artifacts(run_id, folders.pop()):
                    if one.is_dir:
                        folders.append(one.path)
                    else:
                        found[one.path] = {"bytes": one.file_size or 0}
                        if self.options.downloads:
                            local = self.client.download_artifacts(run_id, one.path, target)
                            found[one.path]["sha256"] = sha256(local)
                            os.remove(local)
        return found

    def tables(self, run_id, tags):
        logged = json.loads(tags.get("mlflow.loggedArtifacts", "[]"))
        return {one["path"]: mlflow.load_table(one["path"], run_ids=[run_id]).to_dict("list") for one in logged if one["type"] == "table"}

    def logged_model(self, model):
        return {"id": model.model_id, "name": model.name, "type": model.model_type, "status": str(model.status),
                "source_run": model.source_run_id, "artifact_location": model.artifact_location, "params": model.params, "tags": model.tags,
                "metrics": [{"key": one.key, "value": one.value, "step": one.step, "dataset": one.dataset_name}
                            for one in model.metrics or []]}

    def trace(self, trace):
        info = trace.info
        return {
            "id": info.trace_id, "state": str(info.state), "request_time": info.request_time, "duration": info.execution_duration,
            "request": info.request_preview, "response": info.response_preview, "client_request_id": info.client_request_id,
            "tags": info.tags, "metadata": info.trace_metadata, "tokens": info.token_usage, "cost": info.cost,
            "user": info.trace_metadata.get("mlflow.trace.user"), "session": info.trace_metadata.get("mlflow.trace.session"),
            "run": info.trace_metadata.get("mlflow.sourceRun"),
            "spans": [{"id": one.span_id, "parent": one.parent_id, "name": one.name, "type": one.span_type,
                       "status": one.status.status_code.name, "start_ns": one.start_time_ns, "end_ns": one.end_time_ns,
                       "inputs": one.inputs, "outputs": one.outputs, "attributes": one.attributes,
                       "events": [{"name": event.name, "attributes": event.attributes} for event in one.events]}
                      for one in trace.data.spans],
            "assessments": [self.assessment(one) for one in info.assessments],
        }

    @staticmethod
    def assessment(one):
        kind = "feedback" if one.feedback is not None else "expectation"
        error = one.feedback.error if one.feedback is not None else None
        return {"id": one.assessment_id, "name": one.name, "kind": kind, "value": one.value,
                "error": None if error is None else {"code": error.error_code, "message": error.error_message},
                "rationale": one.rationale, "source_type": one.source.source_type, "source_id": one.source.source_id,
                "span": one.span_id, "metadata": one.metadata or {}, "valid": one.valid}

    def model(self, name):
        model = self.client.get_registered_model(name)
        found = list(pages(lambda token: self.client.search_model_versions(f"name='{name}'", page_token=token)))
        versions = [self.client.get_model_version(name, one.version) for one in found]  # a search leaves their aliases out
        return {"description": model.description, "tags": model.tags, "aliases": whole(model.aliases),
                "versions": [{"version": int(one.version), "source": one.source, "run": one.run_id, "status": one.status,
                              "stage": one.current_stage, "description": one.description, "tags": one.tags, "aliases": list(one.aliases)}
                             for one in sorted(versions, key=lambda one: int(one.version))]}

    def prompt(self, name):
        prompt = self.client.get_prompt(name)
        if prompt is None:
            return None
        numbers = sorted(int(one.version) for one in pages(lambda token: self.client.search_prompt_versions(name, page_token=token)))
        versions = [mlflow.genai.load_prompt(f"prompts:/{name}/{number}") for number in numbers]
        named = [alias for one in versions for alias in one.aliases]
        by_alias = {alias: mlflow.genai.load_prompt(f"prompts:/{name}@{alias}").version for alias in named}
        return {"description": prompt.description, "tags": prompt.tags, "aliases": by_alias,
                "versions": [{"version": one.version, "template": one.template, "text": one.is_text_prompt,
                              "variables": sorted(one.variables), "message": one.commit_message, "tags": one.tags,
                              "aliases": list(one.aliases), "response_format": one.response_format,
                              "model_config": one.model_config} for one in versions]}


def whole(aliases):
    return {alias: int(version) for alias, version in aliases.items()}


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("uri")
    parser.add_argument("--experiment", type=unquote)
    parser.add_argument("--model", type=unquote, action="append", default=[])
    parser.add_argument("--prompt", type=unquote, action="append", default=[])
    parser.add_argument("--no-downloads", dest="downloads", action="store_false", help="list artifacts, do not fetch them")
    parser.add_argument("--no-history", dest="history", action="store_false", help="last values of metrics only")
    document = Reader(parser.parse_args()).document()
    json.dump(document, sys.stdout, ensure_ascii=True, allow_nan=False)


if __name__ == "__main__":
    main()
