import type { AwsClients } from '../../../cli/aws/aws-clients';

/** A call that fails, by its index: before it has an effect, or after it. */
export interface CallFault {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export class InjectedFault extends Error {}

/** Clients that record the names of their calls, and fail at one of them. */
export class FaultyClients {
  public readonly calls: string[] = [];

  constructor(private readonly clients: AwsClients, private readonly fault?: CallFault) {}

  public get all(): AwsClients {
    return Object.fromEntries(Object.entries(this.clients).map(([name, client]) => [name, this.wrap(client as object)])) as unknown as AwsClients;
  }

  private wrap<T extends object>(client: T): T {
    return new Proxy(client, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return name === 'send' ? async (...args: unknown[]) => this.send((args[0] as object).constructor.name, async () => (value as Function).apply(target, args) as unknown) : value;
      },
    });
  }

  private async send(name: string, perform: () => Promise<unknown>): Promise<unknown> {
    const fails = this.calls.push(name) - 1 === this.fault?.call;
    if (fails && this.fault!.when === 'before') {
      throw new InjectedFault('failed before the call');
    }
    const answer = await perform();
    if (fails) {
      throw new InjectedFault('the answer was lost');
    }
    return answer;
  }
}
