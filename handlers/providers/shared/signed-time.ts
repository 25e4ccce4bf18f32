import type { ProviderConfig } from '../../../src/private/contract';

const DEFAULT_TOLERANCE_SECONDS = 300;

/** Whether a text is a time in Unix seconds and nothing else. */
export function isUnixSeconds(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}

/** Whether a signed time is near ours, in both directions: a time ahead would keep a captured webhook valid for longer. */
export function isWithinTolerance(unixSeconds: string, config: ProviderConfig, now: Date): boolean {
  const age = Math.floor(now.getTime() / 1000) - Number(unixSeconds);
  return Math.abs(age) <= (config.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS);
}
