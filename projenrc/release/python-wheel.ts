import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ReleaseCheck } from './package-row';
import { commandFailure, runCommand, type CommandResult } from './run-command';

const COMMANDS = ['local', 'send', 'find', 'replay', 'dlq', 'doctor', 'console'];
const IMPORT = 'from cdk_webhook_processing_system import WebhookProcessingSystem, WebhookProvider; print(WebhookProcessingSystem.__name__)';

/** Installs the wheel in an empty environment, imports it, runs its command, and lets PyPI's own tool check wheel and sdist. */
export function checkWheel(wheel: string, version: string): ReleaseCheck[] {
  const environment = mkdtempSync(join(tmpdir(), 'wheel-'));
  const bin = (name: string) => join(environment, 'bin', name);
  const pip = ['install', '--quiet', '--disable-pip-version-check'];
  try {
    const created = runCommand('python3', ['-m', 'venv', environment]);
    const installed = created.ok ? runCommand(bin('pip'), [...pip, wheel, 'twine==6.2.0']) : created;
    if (!installed.ok) {
      return [{ name: 'installed', failures: commandFailure('the wheel cannot be installed', installed) }];
    }
    const imported = runCommand(bin('python'), ['-c', IMPORT]);
    const printed = runCommand(bin('cdk-webhooks'), ['--version']);
    const help = runCommand(bin('cdk-webhooks'), ['--help']);
    return [
      { name: 'imported', failures: commandFailure('the module cannot be imported', imported) },
      { name: 'cdk-webhooks --version', failures: unexpected('cdk-webhooks --version', printed, (output) => output.trim() === version) },
      { name: '--help', failures: unexpected('cdk-webhooks --help', help, (output) => COMMANDS.every((command) => output.includes(command))) },
      { name: 'twine', failures: commandFailure('`twine check` reports', runCommand(bin('twine'), ['check', '--strict', ...archivesBeside(wheel)])) },
    ];
  } finally {
    rmSync(environment, { recursive: true, force: true });
  }
}

/** The wheel and the sdist of its version. */
function archivesBeside(wheel: string): string[] {
  return [wheel, join(dirname(wheel), wheel.slice(dirname(wheel).length + 1).replace(/-py3-none-any\.whl$/, '.tar.gz'))];
}

function unexpected(command: string, result: CommandResult, isExpected: (output: string) => boolean): string[] {
  return result.ok && !isExpected(result.output) ? [`\`${command}\` printed ${result.output.slice(0, 200)}`] : commandFailure(`\`${command}\` failed`, result);
}
