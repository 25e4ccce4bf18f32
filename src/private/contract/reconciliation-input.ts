/** The task of the schedules that start a reconciliation. */
export const RECONCILE_TASK = 'reconcile';

/** The input of the reconciler, from a schedule or from an operator. */
export interface ReconciliationInput {
  readonly task: typeof RECONCILE_TASK;
  /** The name of a reconciled provider. */
  readonly provider: string;
  /** Only from an operator: fetch from this time on (RFC 3339), and continue from there. */
  readonly since?: string;
}
