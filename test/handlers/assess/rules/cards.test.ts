import { countCards, isCard, isSameCard, type CardTraits } from '../../../../handlers/assess/rules/cards';

const named = (cardFingerprint: string, cardBin?: string): CardTraits => ({ cardFingerprint, cardBin });
const digits = (cardBin: string): CardTraits => ({ cardBin });
const NO_CARD: CardTraits = {};

test.each<[CardTraits, boolean]>([[named('a'), true], [digits('411111'), true], [NO_CARD, false]])('isCard of %j: %s', (card, expected) => {
  expect(isCard(card)).toBe(expected);
});

describe('isSameCard', () => {
  test.each<[string, CardTraits, CardTraits, boolean | undefined]>([
    ['the same fingerprint, with other digits', named('a', '411111'), named('a', '555555'), true],
    ['another fingerprint, with the same digits', named('a', '411111'), named('b', '411111'), false],
    ['the same digits', named('a', '411111'), digits('411111'), true],
    ['more of the same digits', digits('411111'), digits('41111122'), true],
    ['fewer of the same digits', digits('41111122'), digits('411111'), true],
    ['other digits', digits('411111'), digits('411112'), false],
    ['a fingerprint and digits', named('a'), digits('411111'), undefined],
    ['no card', digits('411111'), NO_CARD, undefined],
  ])('%s', (_, one, other, expected) => {
    expect(isSameCard(one, other)).toBe(expected);
    expect(isSameCard(other, one)).toBe(expected);
  });
});

describe('countCards', () => {
  test.each<[string, CardTraits[], number]>([
    ['no card', [NO_CARD], 0],
    ['fingerprints, each once', [named('a'), named('b'), named('a')], 2],
    ['fingerprints with the same digits', [named('a', '411111'), named('b', '411111')], 2],
    ['digits, each once', [digits('411111'), digits('555555'), digits('411111')], 2],
    ['digits of a card with a fingerprint', [named('a', '411111'), digits('411111')], 1],
    ['digits beside a fingerprint without digits', [named('a'), digits('411111')], 2],
    ['fewer digits of the same card, in any order', [digits('411111'), digits('41111122')], 1],
    ['two cards that share six digits', [digits('41111122'), digits('411111'), digits('41111133')], 2],
  ])('%s', (_, cards, expected) => {
    expect(countCards(cards)).toBe(expected);
    expect(countCards([...cards].reverse())).toBe(expected);
  });
});
