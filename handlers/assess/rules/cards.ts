/** The identifiers of a card: the provider's fingerprint, and the first digits of its number, which other cards can share. */
export interface CardTraits {
  readonly cardFingerprint?: string;
  readonly cardBin?: string;
}

/** Whether anything identifies the card. */
export function isCard({ cardFingerprint, cardBin }: CardTraits): boolean {
  return cardFingerprint !== undefined || cardBin !== undefined;
}

/** Whether two cards can be the same one; undefined if they cannot be compared. Fingerprints decide if both are known. */
export function isSameCard(one: CardTraits, other: CardTraits): boolean | undefined {
  if (one.cardFingerprint !== undefined && other.cardFingerprint !== undefined) {
    return one.cardFingerprint === other.cardFingerprint;
  }
  return one.cardBin === undefined || other.cardBin === undefined ? undefined : haveSameDigits(one.cardBin, other.cardBin);
}

/** Compares the digits that both have: six of a card can be the first six of eight. */
function haveSameDigits(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The minimum number of cards that can explain all events. Cards that can be the same one count once. */
export function countCards(events: readonly CardTraits[]): number {
  const fingerprints = new Set<string>();
  const digitsOfNamed = new Set<string>();
  const digits = new Set<string>();
  for (const { cardFingerprint, cardBin } of events) {
    if (cardFingerprint !== undefined) {
      fingerprints.add(cardFingerprint);
    }
    if (cardBin !== undefined) {
      (cardFingerprint === undefined ? digits : digitsOfNamed).add(cardBin);
    }
  }
  const counted = [...digitsOfNamed];
  let more = 0;
  // The longest first: of digits that can be the same card, only the longest counts.
  for (const bin of [...digits].sort((one, other) => other.length - one.length)) {
    if (!counted.some((each) => haveSameDigits(each, bin))) {
      more += 1;
      counted.push(bin);
    }
  }
  return fingerprints.size + more;
}
