import { type Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** How the events of a provider are compared with what its own API lists. */
export interface Reconciliation {
  /**
   * The secret with a key for the API of the provider, in the account and the Region of the stack. Give the key no more
   * rights than these:
   *
   * - **Stripe**: a restricted key, `rk_…`, as text. Its only permission is to read events. A key of test mode lists the
   *   events of test mode.
   * - **PayPal**: JSON with the credentials of the app that the webhook belongs to: `{"client_id": "…", "client_secret": "…"}`.
   *   Set `testMode` for an app of the sandbox.
   * - **Square**: the personal access token of the application, as text. Square accepts no other tokens, and this one can do
   *   everything that your account can. Set `testMode` for the token of the sandbox.
   *
   * Until the secret has a value, the alarm `reconciliation-stopped` fires.
   */
  readonly apiKey: ISecret;

  /**
   * The time between two runs. From 15 minutes to 24 hours, in whole minutes. Events of the last 15 minutes are left to their
   * webhooks, so a run finds a missing event at most 15 minutes and this time after it. The alarm `reconciliation-stopped` fires after three times this time without a run that
   * compared all events.
   *
   * @default Duration.hours(1)
   */
  readonly every?: Duration;

  /**
   * The names of the events that must not be missing. A provider lists all events of your account, whether you registered the
   * endpoint for them or not. Name the events that the endpoint is registered for. Otherwise, each other event is found missing,
   * stored, and reported by the alarm `events-missed`.
   *
   * Synthesis rejects names that this library does not list for the provider and that are not in `moneyMovementEvents`.
   *
   * @default - the events of the provider with another kind than `other`, and `moneyMovementEvents`
   */
  readonly eventNames?: string[];
}
