import { createHash } from 'node:crypto';

/** Begins the names of the queue, the rule and the subscription of every session. */
const PREFIX = 'cdk-webhooks-listen-';
const DIGITS = 8;
const TIME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]+$/;

/** A session ends by itself after this time, so that a session that is older than a day cannot be running. */
export const MAX_SESSION_MINUTES = 12 * 60;
/** The age from which what a session left behind is removed. */
const LEFTOVER_MILLIS = 24 * 60 * 60 * 1_000;

/** Begins the names of the sessions of one bus, so that a session removes nothing of another system. */
export function sessionPrefix(busArn: string): string {
  return `${PREFIX}${createHash('sha256').update(busArn).digest('hex').slice(0, DIGITS)}-`;
}

/** The name of a session: `cdk-webhooks-listen-<bus>-20260131T100000Z-<random>`. */
export function sessionName(prefix: string, startedAt: Date, random: string): string {
  return `${prefix}${startedAt.toISOString().replace(/[-:]|\.\d+/g, '')}-${random}`;
}

/** Whether a name is that of a session of the same bus which cannot be running. A name of another form is never one. */
export function isEndedSession(name: string, prefix: string, now: Date): boolean {
  const [, year, month, day, hour, minute, second] = name.startsWith(prefix) ? TIME.exec(name.slice(prefix.length)) ?? [] : [];
  const startedAt = year === undefined ? NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return now.getTime() - startedAt > LEFTOVER_MILLIS;
}
