import { maskCardNumbers } from '../../handlers/alerts/card-numbers';
import { DISPUTE_AUTHOR } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** What the fraud detector's reason for a verdict shows of an operator's words. */
const MAX_WORDS = 100;

/** Checks the words of an operator. They are in verdicts and in the archive. */
export function checkReason(reason: string): void {
  if (reason.length > MAX_WORDS) {
    throw new UsageError(`--reason must have at most ${MAX_WORDS} characters, got ${reason.length}: a verdict shows no more`);
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
    throw new UsageError(`--author must not be '${DISPUTE_AUTHOR}', which marks what the system itself does after a dispute`);
  }
}
