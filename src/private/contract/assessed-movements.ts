/** The money movements below the high tier that are assessed too: all, or payments after declined payments. */
export type AssessmentScopeConfig = { readonly below: 'all' } | SuspiciousScope;

/** Payments whose customer or card had at least `declines` declined payments within the window before. */
export interface SuspiciousScope {
  readonly below: 'suspicious';
  readonly declines: number;
  readonly windowSeconds: number;
}
