import { clientsAt, destroy, type Clients } from './clients';
import { DeployedSystem } from './deployed-system';
import { Moto } from './moto';
import { RightsProxy, type Caller } from './rights-proxy';
import { TemplateResources } from './template-resources';
import type { SynthesizedSystem } from '../../support/system';
import type { Statement } from '../policy/statement';

/** An emulator that grants everything, behind a proxy that enforces policies. */
export class Cloud {
  /** Call in `beforeAll`. */
  public static async start(): Promise<Cloud> {
    const moto = await Moto.start();
    const known = new TemplateResources();
    return new Cloud(moto, known, await RightsProxy.inFrontOf(moto.endpoint, known));
  }

  /** Clients with all rights, for the setup and the checks of a test. */
  public readonly admin: Clients;
  private readonly clients: Clients[] = [];
  private readonly systems: DeployedSystem[] = [];

  private constructor(private readonly moto: Moto, readonly known: TemplateResources, private readonly proxy: RightsProxy) {
    this.admin = this.clientsAt(moto.endpoint, 'admin');
  }

  public async deploy(system: SynthesizedSystem, suffix: string): Promise<DeployedSystem> {
    const deployed = await DeployedSystem.deploy(system, suffix, { clients: this.admin, known: this.known, proxy: this.proxy });
    this.systems.push(deployed);
    return deployed;
  }

  /** Clients of a caller with these rights. */
  public clientsWith(name: string, statements: readonly Statement[]): { readonly clients: Clients; readonly caller: Caller } {
    return { caller: this.proxy.addCaller(name, statements), clients: this.clientsAt(this.proxy.endpoint, name) };
  }

  /** Call in `afterAll`. */
  public async stop(): Promise<void> {
    this.systems.forEach((system) => system.stop());
    this.clients.forEach(destroy);
    await this.proxy.close();
    await this.moto.stop();
  }

  private clientsAt(endpoint: string, accessKeyId: string): Clients {
    const clients = clientsAt(endpoint, accessKeyId);
    this.clients.push(clients);
    return clients;
  }
}
