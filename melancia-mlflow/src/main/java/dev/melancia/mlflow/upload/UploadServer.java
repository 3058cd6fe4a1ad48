package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.rest.MlflowApi;

/** Every request that an upload makes, by what it is about. */
record UploadServer(
        MlflowApi api, RunRequests runs, RunFinder search, TraceRequests traces, ExperimentIds experiments) {

    static UploadServer on(MlflowApi api) {
        return new UploadServer(
                api, new RunRequests(api), new RunFinder(api), new TraceRequests(api), new ExperimentIds(api));
    }
}
