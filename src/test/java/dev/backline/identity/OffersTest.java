package dev.backline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which listings are sold beside a show, and which show that is. */
class OffersTest {
  private static final Words WORDS = WordsFile.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "Foo Fighters - VIP                        ; Foo Fighters",
        "Foo Fighters VIP Package                  ; Foo Fighters",
        "Foo Fighters: VIP Packages                ; Foo Fighters",
        "Parking: Foo Fighters                     ; Foo Fighters",
        "PARKING - Foo Fighters                    ; Foo Fighters",
        "Premium Parking - Foo Fighters            ; Foo Fighters",
        "Foo Fighters (Parking Pass)               ; Foo Fighters",
        "Foo Fighters | Gold Lounge            ; Foo Fighters",
        "Foo Fighters - Lounge Access              ; Foo Fighters",
        "Foo Fighters - ÚSCHOVNA                   ; Foo Fighters",
        "Foo Fighters Meet & Greet Upgrade         ; Foo Fighters",
        "Foo Fighters - Hotel Package - Night 2    ; Foo Fighters - Night 2",
        "Tokio Hotel - Upgrade                     ; Tokio Hotel",
        "Metallica: M72 World Tour - VIP Add-On    ; Metallica: M72 World Tour",
        "Wilco (Suite Rental)                      ; Wilco",
        "VIP Parking                               ; VIP Parking",
      })
  void offer_isToldFromItsShow(String listing, String show) {
    Offers offers = Offers.of(listing, WORDS);
    assertThat(offers.offer()).isTrue();
    assertThat(offers.name()).isEqualTo(show);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foo Fighters",
        "Tokio Hotel",
        "Hotel California - A Salute to the Eagles",
        "Parkway Drive",
        "The VIPs",
        "Box Car Racer",
        "Suite Sisters - Live",
        "Night Bus",
        "Metallica: M72 World Tour",
        "Club 8"
      })
  void show_isNoOffer(String listing) {
    assertThat(Offers.of(listing, WORDS)).isEqualTo(new Offers(false, false, listing));
  }

  @ParameterizedTest
  @CsvSource({
    "Bonnaroo - 4-Day Pass, true",
    "Rock im Park Weekend Ticket, true",
    "Boarding Pass, false",
    "The Weekend, false"
  })
  void pass_isForSeveralShows(String listing, boolean pass) {
    assertThat(Offers.of(listing, WORDS).pass()).isEqualTo(pass);
  }
}
