import { spawn } from 'node:child_process';

/** How each platform opens an address. The address is an argument of its own, and no shell reads it. */
const OPENERS: { readonly [platform: string]: readonly [command: string, ...args: string[]] } = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OTHER_OPENER: readonly [string, ...string[]] = ['xdg-open'];

/** Opens an address in the browser. Returns false if that is not possible: a person can then copy the address. */
export async function openBrowser(url: string, platform: string = process.platform): Promise<boolean> {
  const [command, ...args] = OPENERS[platform] ?? OTHER_OPENER;
  return new Promise((resolve) => {
    const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true, env: process.env });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}
