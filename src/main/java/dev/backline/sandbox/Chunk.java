package dev.backline.sandbox;

/**
 * A rendered attraction or venue.
 *
 * @param hash of the bytes, as the ledger answers it
 * @param imagesFrom where its array of images starts; 0 with {@code imagesTo} 0 when it has none
 * @param classFrom where its array of classifications starts; 0 for a venue
 */
record Chunk(byte[] bytes, long hash, int imagesFrom, int imagesTo, int classFrom, int classTo) {}
