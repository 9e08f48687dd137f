package dev.backline.sandbox;

import java.util.List;

/**
 * A recording as one release has it.
 *
 * @param id 22 characters of base 62
 * @param name the title with whatever the label adds: "- 2011 Remaster", "(Live)", or nothing
 * @param disc the number of its disc, from 1
 * @param number its number on the disc, from 1
 * @param artists the numbers of the artists credited, the main one first
 */
public record Track(
    String id,
    String name,
    Recording recording,
    int disc,
    int number,
    boolean explicit,
    List<Integer> artists) {}
