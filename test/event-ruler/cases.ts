/** Writes patterns and generated events for AWS's own matcher, with the results of this project's matcher. */
import * as fc from 'fast-check';
import type { AssessmentScopeConfig, Tier } from '../../src/private/contract';
import { RELAY_FILTERS } from '../../src/private/stream-filters';
import { assessedBelowHighPattern, tierPattern } from '../../src/private/tier-patterns';
import { matches, type Pattern } from '../support/event-pattern';
import { streamRecordCase } from '../support/stream-cases';
import { foreignCase, movementCase, SOURCE, TIER_CONFIGS } from '../support/tier-cases';

const TIERS: Tier[] = ['high', 'medium', 'low'];
const CASES = 2_000;

interface Named { readonly name: string; readonly pattern: Pattern }

function matchedBy(patterns: readonly Named[], event: object): string[] {
  return patterns.filter(({ pattern }) => matches(pattern, event)).map(({ name }) => name);
}

const tiers = TIER_CONFIGS.map((config) => {
  const patterns = TIERS.map((name): Named => {
    const { detailType, ...rest } = tierPattern(name, SOURCE, config);
    return { name, pattern: { ...rest, 'detail-type': detailType } };
  });
  const cases = [...fc.sample(movementCase, CASES), ...fc.sample(foreignCase, CASES)]
    .map(({ event, isMovement }) => ({ event, isMovement, matched: matchedBy(patterns, event) }));
  return { patterns, cases };
});

const SCOPES: AssessmentScopeConfig[] = [{ below: 'suspicious', declines: 2, windowSeconds: 3_600 }, { below: 'all' }];

/** Movements with and without the mark, for what is assessed below the high tier. */
const belowHigh = TIER_CONFIGS.map((config) => {
  const patterns = SCOPES.map((scope): Named => {
    const { detailType, ...rest } = assessedBelowHighPattern(scope, SOURCE, config);
    return { name: scope.below, pattern: { ...rest, 'detail-type': detailType } };
  });
  const cases = [...fc.sample(movementCase, CASES), ...fc.sample(foreignCase, CASES)]
    .flatMap(({ event }) => [event, { ...event, detail: { ...event.detail as object, suspicious: true } }])
    .map((event) => ({ event, matched: matchedBy(patterns, event) }));
  return { patterns, cases };
});

const filters = RELAY_FILTERS.map((pattern, index): Named => ({ name: `filter ${index}`, pattern: { ...pattern } }));
const changes = { patterns: filters, cases: fc.sample(streamRecordCase, CASES).map((event) => ({ event, matched: matchedBy(filters, event) })) };

process.stdout.write(JSON.stringify([...tiers, ...belowHigh, changes]));
