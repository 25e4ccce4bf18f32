import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { validateEnvironmentSuffix } from './validation';

/**
 * The physical names of one system.
 *
 * With a suffix, every name is predictable and readable in a bill. Without a
 * suffix, CloudFormation names the resources, so that two systems fit in one account.
 */
export class PhysicalNames {
  constructor(private readonly scope: Construct, private readonly suffix?: string) {
    validateEnvironmentSuffix(suffix);
  }

  /** `<noun>-<suffix>`, or undefined, so that CloudFormation chooses a name. */
  public optional(noun: string): string | undefined {
    return this.suffix && `${noun}-${this.suffix}`;
  }

  /** Names of roles and dashboards are global in an account, so they end in the region. */
  public optionalInAccount(noun: string): string | undefined {
    return this.suffix && `${noun}-${this.suffix}-${Stack.of(this.scope).region}`;
  }

  /** Bucket names are global in the world, so they end in the account and the region. */
  public optionalBucket(noun: string): string | undefined {
    const { account, region } = Stack.of(this.scope);
    return this.suffix && `${noun}-${this.suffix}-${account}-${region}`;
  }

  /**
   * A name with a prefix that AWS prescribes, for a system without a suffix. The stack's own id is part of it, so that
   * a retained log group does not block the next deployment.
   */
  public perDeployment(noun: string): string {
    return `${noun}-${this.systemId}-${Fn.select(2, Fn.split('/', Stack.of(this.scope).stackId))}`;
  }

  /** A name that is always set, for dimensions and the API. */
  public required(noun: string): string {
    return this.optional(noun) ?? `${noun}-${this.systemId}`;
  }

  /** Distinguishes this system from every other one in the account. */
  public get systemId(): string {
    return this.suffix ?? Names.uniqueResourceName(this.scope, { maxLength: 40, separator: '-' });
  }
}
