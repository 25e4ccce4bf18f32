/** A client that runs something before each call. */
export const intercepted = <T extends object>(client: T, before: (name: string, input: any) => Promise<void>) => new Proxy(client, {
  get: (target: any, name) => name === 'send' ? async (command: any, options: any) => {
    await before(command.constructor.name, command.input);
    return target.send(command, options);
  } : target[name],
});
