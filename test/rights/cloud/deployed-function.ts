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

  /** The calls that the role did not allow, of the handler so far and of AWS with the role. */
  public get missingRights(): string[] {
    const { statements, denied, failures } = this.caller;
    const deniedToAws = this.serviceCalls.filter((call) => !isAllowed(statements, call));
    return [
      ...denied.map(({ action, resource }) => `${action} on ${resource}`),
      ...deniedToAws.map(({ action, resource, reason, documentation }) => `${action} on ${resource}: ${reason} (${documentation})`),
      ...failures,
    ];
  }

  /** The rights of the role that neither the handler so far nor AWS has used. */
  public get unusedRights(): string[] {
    return unusedRights(this.caller.statements, [...this.caller.calls, ...this.serviceCalls]);
  }
}
