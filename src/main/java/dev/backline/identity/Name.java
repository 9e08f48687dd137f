package dev.backline.identity;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A name, taken apart once so that comparing two costs little.
 *
 * @param text as the source writes it
 * @param key {@link TextKeys#name}
 * @param tokens the words of the Latin key, each in the spelling that stands for all
 * @param sorted the tokens in order of the alphabet
 * @param squashed the tokens without spaces between them
 * @param weights how much each word says; repeated words once
 * @param weight of all words
 * @param numbers the tokens with a digit
 */
record Name(
    String text,
    String key,
    List<String> tokens,
    String sorted,
    String squashed,
    Map<String, Double> weights,
    double weight,
    Set<String> numbers) {

  static Name of(String text, Words words, ToDoubleFunction<String> weigh) {
    String key = TextKeys.name(text);
    return of(text, key, words.tokens(TextKeys.latin(text, key)), weigh);
  }

  static Name of(String text, String key, List<String> tokens, ToDoubleFunction<String> weigh) {
    Map<String, Double> weights = new LinkedHashMap<>();
    tokens.forEach(token -> weights.put(token, weigh.applyAsDouble(token)));
    return new Name(
        text,
        key,
        List.copyOf(tokens),
        tokens.stream().sorted().collect(Collectors.joining(" ")),
        String.join("", tokens),
        weights,
        sum(weights.values()),
        tokens.stream()
            .filter(token -> token.chars().anyMatch(Character::isDigit))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static double sum(Collection<Double> weights) {
    return weights.stream().mapToDouble(Double::doubleValue).sum();
  }
}
