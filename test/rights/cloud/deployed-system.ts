import type { Clients } from './clients';
import { DeployedFunction } from './deployed-function';
import { DeployedTemplate, type DeployableTemplate } from './deployed-template';
import { REGION } from './moto';
import type { RightsProxy } from './rights-proxy';
import { serviceCallsOf } from './service-calls';
import type { TemplateResources } from './template-resources';
import type { HandlerName } from '../../../src/private/contract';
import { BundleProcess } from '../../handlers/support/bundle-process';
import type { SynthesizedSystem } from '../../support/system';

/** A synthesized system on the emulator. */
export class DeployedSystem {
  /** Names of the resources end in `suffix`, the system's `environmentSuffix`. */
  public static async deploy(system: SynthesizedSystem, suffix: string, cloud: {
    readonly clients: Clients; readonly known: TemplateResources; readonly proxy: RightsProxy;
  }): Promise<DeployedSystem> {
    const template = await DeployedTemplate.deploy(system.template.toJSON() as DeployableTemplate, suffix, cloud.clients);
    cloud.known.addTemplate(template);
    return new DeployedSystem(system, template, suffix, cloud.proxy);
  }

  private readonly functions: BundleProcess[] = [];

  private constructor(
    private readonly system: SynthesizedSystem,
    readonly template: DeployedTemplate,
    private readonly suffix: string,
    private readonly proxy: RightsProxy,
  ) {}

  /** Starts the handler of a function with its environment and, at the proxy, its role. */
  public start(handler: HandlerName, trustedRoot?: string): DeployedFunction {
    const name = `${handler}-${this.suffix}`;
    const [functionId, properties] = this.template.resourcesOf('AWS::Lambda::Function').find(([, { FunctionName }]) => FunctionName === name)!;
    const caller = this.proxy.addCaller(name, this.template.statementsOf(properties.Role['Fn::GetAtt'][0]));
    const process = new BundleProcess(handler, {
      ...this.template.resolve(properties.Environment.Variables),
      AWS_ENDPOINT_URL: this.proxy.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: 'secret',
    }, trustedRoot);
    this.functions.push(process);
    return new DeployedFunction(process, caller, serviceCallsOf(this.template, functionId, properties));
  }

  /** The ARN of the first secret of a provider. */
  public secretOf(provider: string): string {
    const [secret] = this.system.system.providerSecrets(provider);
    return this.template.resolve(this.system.stack.resolve(secret.secretArn));
  }

  /** The ARN of the secret with the key for guests. */
  public get guestKey(): string {
    return this.template.resolve(this.system.stack.resolve(this.system.system.guestKey!.secretArn));
  }

  public stop(): void {
    this.functions.forEach((process) => process.stop());
  }
}
