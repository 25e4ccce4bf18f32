/** The money movements below the high tier that are assessed too: all, or those that earlier declines call for. */
export type AssessmentScopeConfig = { readonly below: 'all' } | SuspiciousScope;

/** Payments of a customer or with a card that had at least `declines` declined payments within the window before. */
export interface SuspiciousScope {
  readonly below: 'suspicious';
  readonly declines: number;
  readonly windowSeconds: number;
}
