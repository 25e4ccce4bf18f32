/** The host of each partition's console. */
const CONSOLES: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);
const DEFAULT_CONSOLE = 'console.aws.amazon.com';

/** The URL of a service's console. An unknown partition gets the host of the first one. */
export function consoleUrl(partition: string, region: string, service: string): string {
  return `https://${region}.${CONSOLES.get(partition) ?? DEFAULT_CONSOLE}/${service}/home?region=${region}`;
}
