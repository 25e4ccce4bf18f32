import type { FactName } from '../../../src/private/contract';

/** Facts before those without a finite value are removed. */
export type MaybeFacts = Readonly<Partial<Record<FactName, number | undefined>>>;
