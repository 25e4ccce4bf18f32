/** What one segment holds of the GSM alphabet (3GPP TS 23.038, https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html). */
const SEGMENT = 160;
/**
 * SNS begins each message with the topic's display name, of which it takes ten characters, and `> `
 * (https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html).
 */
const PREFIX = 12;
const MAX_LENGTH = SEGMENT - PREFIX;
const CUT = '...';

/**
 * Characters that count twice, since they stand in the alphabet's extension,
 * and what is written for them.
 */
const LOOKALIKES: { readonly [character: string]: string } = {
  '[': '(', '{': '(', ']': ')', '}': ')', '|': '/', '\\': '/', '~': '-', '^': '-', '`': '\'',
};

/**
 * Puts as many parts as fit into one segment of an SMS, the first one always,
 * cut if it must be; the others whole or not at all. A second segment costs as
 * much as the first, and a single character outside the alphabet shortens all to 70.
 */
export function smsSegment([first, ...others]: readonly [string, ...string[]]): string {
  const head = gsm(first);
  return others.map(gsm).reduce(
    (text, part) => text.length + 2 + part.length <= MAX_LENGTH ? `${text}. ${part}` : text,
    head.length <= MAX_LENGTH ? head : head.slice(0, MAX_LENGTH - CUT.length) + CUT,
  );
}

/** The text in characters of ASCII that the alphabet has too: accents are left out, the rest becomes `?`. */
function gsm(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[[\]{}|\\~^`]/g, (character) => LOOKALIKES[character]).replace(/[^\x20-\x7e]/gu, '?');
}
