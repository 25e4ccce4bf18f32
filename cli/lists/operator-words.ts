import { maskCardNumbers } from '../../handlers/alerts/card-numbers';
import { DISPUTE_AUTHOR } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The maximum length of an operator's words in the reasons of a verdict, in characters. */
const MAX_WORDS = 100;

/** Checks the words of an operator, which are in verdicts and in the archive. */
export function checkReason(reason: string): void {
  if (reason.length > MAX_WORDS) {
    throw new UsageError(`--reason must have at most ${MAX_WORDS} characters, got ${reason.length}. A verdict shows only these`);
  }
  if (maskCardNumbers(reason) !== reason) {
    throw new UsageError('--reason must not contain a card number: verdicts and the archive keep it');
  }
}

/** Checks the name of an operator, which entries and labels keep. */
export function checkAuthor(author: string): void {
  if (author.trim() === '' || author.length > MAX_WORDS) {
    throw new UsageError(`--author must have from 1 to ${MAX_WORDS} characters, got ${author.length}`);
  }
  if (author === DISPUTE_AUTHOR) {
    throw new UsageError(`--author must not be '${DISPUTE_AUTHOR}', which marks entries and labels that the system adds after a dispute`);
  }
}
