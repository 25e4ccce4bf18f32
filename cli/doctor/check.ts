import { RUNBOOK } from '../../src/private/contract';

/** `not-checked`: the system can be in order or not. */
export type FindingStatus = 'ok' | 'warning' | 'failed' | 'not-checked';

/** The result of one check. */
export interface Finding {
  readonly status: FindingStatus;
  /** What was found, without a full stop at the end. */
  readonly text: string;
  /** What to do, as sentences. Absent if nothing is to be done. */
  readonly remedy?: string;
  /** The address of the part of the runbook. */
  readonly runbook?: string;
}

/** One check. It depends on no other one, and is one line of the result. */
export interface Check {
  /** What is checked, such as `secret stripe`. */
  readonly name: string;
  /** The IAM actions that it needs. */
  readonly actions: readonly string[];
  /** An error means that it could not be checked. */
  readonly run: (abortSignal: AbortSignal) => Promise<Finding>;
}

/** What a finding has in addition to its text. */
export interface Advice {
  readonly remedy: string;
  /** A heading of the runbook, as in its address. */
  readonly heading?: string;
}

export function ok(text: string): Finding {
  return { status: 'ok', text };
}

export function warning(text: string, advice: Advice): Finding {
  return { status: 'warning', text, ...shown(advice) };
}

export function failed(text: string, advice: Advice): Finding {
  return { status: 'failed', text, ...shown(advice) };
}

export function notChecked(text: string, remedy?: string): Finding {
  return { status: 'not-checked', text, remedy };
}

function shown({ remedy, heading }: Advice): Pick<Finding, 'remedy' | 'runbook'> {
  return { remedy, runbook: heading === undefined ? undefined : `${RUNBOOK}#${heading}` };
}
