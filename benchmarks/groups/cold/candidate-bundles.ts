import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHandler } from '../../../projenrc/handler-bundle';
import { HANDLER_ENTRIES } from '../../../projenrc/handler-entries';

const FOLDER = 'benchmarks/groups/cold/candidates';

/** The handlers that are compared. All are bundled with the options of the project. */
export const CANDIDATE_ENTRIES = {
  'empty': `${FOLDER}/empty.ts`,
  'dynamodb-client': `${FOLDER}/dynamodb-client.ts`,
  'hand-signed': `${FOLDER}/hand-signed.ts`,
  'sdk-client': `${FOLDER}/sdk-client.ts`,
  'typical': `${FOLDER}/typical-handler.ts`,
  'ours': HANDLER_ENTRIES['webhook-validator'],
} as const;

export type CandidateName = keyof typeof CANDIDATE_ENTRIES;

/** Bundles of handlers in a temporary folder. */
export class CandidateBundles {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cold-'));

  public async build(): Promise<void> {
    for (const name of Object.keys(CANDIDATE_ENTRIES) as CandidateName[]) {
      await bundleHandler(CANDIDATE_ENTRIES[name], this.fileOf(name));
    }
  }

  public fileOf(name: CandidateName): string {
    return join(this.folder, name, 'index.js');
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
