import type { Caller } from './rights-proxy';
import type { ServiceCall } from './service-calls';
import type { BundleProcess } from '../../handlers/support/bundle-process';
import { isAllowed, unusedRights } from '../policy/evaluate';

/** A function under test: the built handler with the rights of its role. */
export class DeployedFunction {
  constructor(
    readonly handler: BundleProcess,
    private readonly caller: Caller,
    private readonly serviceCalls: readonly ServiceCall[],
  ) {}

  /** What the role lacked, for the handler so far and for what AWS does with the role. */
  public get missingRights(): string[] {
    const { statements, denied, failures } = this.caller;
    const deniedToAws = this.serviceCalls.filter((call) => !isAllowed(statements, call));
    return [
      ...denied.map(({ action, resource }) => `${action} on ${resource}`),
      ...deniedToAws.map(({ action, resource, reason, documentation }) => `${action} on ${resource}: ${reason} (${documentation})`),
      ...failures,
    ];
  }

  /** What the role allows and neither the handler so far nor AWS has used. */
  public get unusedRights(): string[] {
    return unusedRights(this.caller.statements, [...this.caller.calls, ...this.serviceCalls]);
  }
}
