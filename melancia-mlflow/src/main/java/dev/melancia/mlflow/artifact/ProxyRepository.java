package dev.melancia.mlflow.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The server itself, which hands artifacts on to its store: URIs {@code mlflow-artifacts:/<experiment>/<run>/artifacts}. */
final class ProxyRepository implements ArtifactRepository {

    static final String SCHEME = "mlflow-artifacts";

    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final MlflowApi api;

    ProxyRepository(MlflowApi api) {
        this.api = api;
    }

    @Override
    public void put(String root, String path, Path file) {
        api.upload(at(root, path), file);
    }

    @Override
    public void put(String root, String path, byte[] content) {
        api.upload(at(root, path), content);
    }

    @Override
    public void fetch(String root, String path, Path file) {
        api.download(at(root, path), file);
    }

    @Override
    public byte[] fetch(String root, String path) {
        return api.content(at(root, path));
    }

    @Override
    public List<ArtifactFile> list(String root, String folder) {
        String all = ArtifactPath.joined(plain(root), folder);
        JsonNode answer = api.get(ARTIFACTS + "?path=" + MlflowApi.encode(all));
        List<ArtifactFile> files = new ArrayList<>();
        for (JsonNode file : answer.path("files")) {
            String name = MlflowApi.required("mlflow-artifacts", file, "path");
            if (name.indexOf('/') >= 0 || name.equals("..") || name.equals(".")) {
                throw refused(name);
            }
            boolean isFolder = file.path("is_dir").asBoolean();
            JsonNode bytes = file.path("file_size");
            files.add(new ArtifactFile(
                    ArtifactPath.joined(folder, name),
                    isFolder,
                    // A file without the field is empty: zero is left out.
                    isFolder ? OptionalLong.empty() : OptionalLong.of(bytes.asLong(0))));
        }
        return files;
    }

    private static MlflowException refused(String name) {
        return MlflowException.refused("mlflow-artifacts", "a name leads to another folder")
                .explained("the server lists an artifact \"" + name + "\", a name that leads to another folder;"
                        + " it is not followed");
    }

    @Override
    public void delete(String root, String path) {
        api.delete(at(root, path), api.body());
    }

    private static String at(String root, String path) {
        return ARTIFACTS + "/" + ArtifactPath.encoded(plain(root)) + "/" + ArtifactPath.encoded(path);
    }

    /** The path of the URI, without the slash before it. */
    private static String plain(String root) {
        return root.substring(SCHEME.length() + 1).replaceFirst("^/+", "");
    }
}
