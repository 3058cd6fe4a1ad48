package dev.melancia.mlflow.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys of a PEM file, in its order. Immutable.
 *
 * @param name of the setting, for errors
 */
record Pem(String name, Path file, List<Certificate> certificates, List<PrivateKey> keys) {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** Reads the file; throws IllegalArgumentException, without any of its content. */
    static Pem read(String name, Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new IllegalArgumentException(name + " must be a readable PEM file, was " + file, failure);
        }
        Pem pem = new Pem(name, file, new ArrayList<>(), new ArrayList<>());
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            pem.add(block.group(1), block.group(2));
        }
        if (pem.certificates.isEmpty()) {
            throw pem.wrong("must hold a certificate in a block BEGIN CERTIFICATE");
        }
        return pem;
    }

    private void add(String kind, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            if (kind.equals("CERTIFICATE")) {
                certificates.add(
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            } else if (kind.equals("PRIVATE KEY")) {
                keys.add(key(bytes));
            } else if (kind.endsWith("PRIVATE KEY")) {
                throw wrong("must hold its key as PKCS#8 without a password, was " + kind
                        + "; convert it with openssl pkcs8 -topk8 -nocrypt");
            }
        } catch (GeneralSecurityException unusable) {
            throw wrong("must hold X.509 certificates and a PKCS#8 key, had a block " + kind + " that is none");
        }
    }

    private PrivateKey key(byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, pkcs8);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw wrong("must hold an RSA, EC or EdDSA key");
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    /** The key that goes with the first certificate. */
    PrivateKey key() {
        if (keys.isEmpty()) {
            throw wrong("must hold a private key in a block BEGIN PRIVATE KEY beside its certificates");
        }
        return keys.get(0);
    }

    /** Without a cause: that of a decoder may repeat what it was given. */
    private IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException(name + " " + rule + "; file " + file);
    }

    @Override
    public String toString() {
        return "Pem[" + file + "]";
    }
}
