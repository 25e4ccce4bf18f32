import { readFileSync } from 'node:fs';
import type { FraudFactPoints } from './scorecard-props';
import { scorecardConfig } from './scorecard-rule';
import type { ScorecardConfig, ScorecardFact } from '../private/contract';

/** The version of the file that this version of the library reads. */
const VERSION = 1;

/** Reads the file that `cdk-webhooks fit` writes. Ignores other members than the version and the facts. */
export function scorecardFile(path: string): ScorecardConfig {
  try {
    const { version, facts } = parseFile(path);
    if (version !== VERSION) {
      throw new Error(`\`version\` must be ${VERSION}, got: ${String(version)}. Write the file with the same version of the tool and of the library.`);
    }
    if (!Array.isArray(facts) || !facts.every(isFact)) {
      throw new Error('`facts` must be a list of { "fact", "intervals": [{ "from", "points" }], "missing" }. Write the file with `cdk-webhooks fit`.');
    }
    return scorecardConfig(facts.map(propsOf));
  } catch (error) {
    throw new Error(`the scorecard ${path} cannot be used: ${(error as Error).message}`);
  }
}

function parseFile(path: string): { readonly version?: unknown; readonly facts?: unknown } {
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof content !== 'object' || content === null) {
    throw new Error(`the file must contain a JSON object, got: ${String(content)}`);
  }
  return content;
}

/** Whether a value has the types of a fact. `scorecardConfig` checks its numbers and names. */
function isFact(value: unknown): value is ScorecardFact {
  const { fact, intervals, missing = 0 } = Object(value) as { readonly [name: string]: unknown };
  return typeof fact === 'string' && Array.isArray(intervals) && intervals.every(isInterval) && typeof missing === 'number';
}

function isInterval(value: unknown): boolean {
  const { from, points } = Object(value) as { readonly [name: string]: unknown };
  return typeof from === 'number' && typeof points === 'number';
}

function propsOf({ fact, intervals, missing }: ScorecardFact): FraudFactPoints {
  return { fact: fact as FraudFactPoints['fact'], intervals: intervals.map(({ from, points }) => ({ minimum: from, points })), missing };
}
